import Values

/// Bytes on their way out: in memory, past 32 MiB in an unlinked temporary file.
package final class Spool {
    package var bytes: [UInt8] = []
    package init() {}
}
