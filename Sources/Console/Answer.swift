import Values

/// Where a command's answer goes: formatted at once, while its transaction is open, and copied out when that has ended.
package final class Answer {
    package let call: Call
    package let spool = Spool()
    /// 0, or 1 where a check says no.
    package private(set) var code: Int32 = 0
    /// Said on standard error once the answer is out.
    package private(set) var notes: [String] = []

    package init(_ call: Call) { self.call = call }

    /// Formats an output into the spool.
    package func put(_ output: Output) throws {
        code = max(code, output.code)
        notes += output.notes
    }

    /// The entry that a change was stored as: said when the answer cannot be written after all.
    package var entry: Int?

    package func note(_ text: String) { notes.append(text) }
}
