/// How much an archive may hold. Each limit has its own message.
package struct ArchiveLimits: Sendable {
    /// Files and folders, with the folders that are only in paths.
    package var entries = 100_000
    /// Bytes of one file.
    package var file = 4 << 30
    /// Bytes of all files.
    package var total = 16 << 30
    /// How many times its own size an archive may unpack to. Deflate reaches 1032 with zeros, drawings stay below 50.
    package var ratio = 200
    /// Bytes that even a small archive may unpack to, whatever the ratio.
    package var small = 16 << 20
    /// Folders one in another.
    package var depth = 32
    /// Bytes of a file or folder name, and of a path.
    package var name = 255, path = 1024

    package init() {}

    /// The bytes that an archive of this size may unpack to.
    func unpacked(from size: Int) -> Int {
        let (most, isTooLarge) = size.multipliedReportingOverflow(by: ratio)
        return isTooLarge ? .max : max(most, small)
    }
}
