import Values

/// Converts the dates of a file to the form 2026-01-12. The order of day and month in `12/01/2026` is given, or shows in the column: one day
/// above 12 tells it for all of its rows. The file is read ahead for that once, and only if there is such a date.
package final class DateReader {
    /// What the other dates of a column show, each with the first line.
    private struct Evidence {
        var lines: [DateOrder: Int] = [:]

        mutating func note(_ text: String, line: Int) {
            guard text.utf8.contains(UInt8(ascii: "/")) || text.utf8.contains(UInt8(ascii: "-")), let order = WrittenDay(text)?.order,
                lines[order] == nil
            else { return }
            lines[order] = line
        }
    }

    private let told: DateOrder?, likely: DateOrder?
    private let reread: () throws -> RecordReader
    private var evidence: [Evidence]?

    /// - Parameters:
    ///   - likely: the order if neither the caller nor the column determines it.
    ///   - reread: opens the file again.
    package init(_ told: DateOrder?, likely: DateOrder?, reread: @escaping () throws -> RecordReader) {
        (self.told, self.likely, self.reread) = (told, likely, reread)
    }

    /// The contents of a column of days: a date that can be two days in the form 2026-01-12, any other text unchanged.
    package func cell(_ text: String, column: Int) -> FileCell {
        if let told {
            guard !WrittenDay.contradicts(text, told) else { return .wrong("'\(text)' is not a date with --dates \(told.rawValue)") }
            return .text(WrittenDay.ordered(text, told))
        }
        guard WrittenDay.isUnclear(text) else { return .text(text) }
        let lines: [DateOrder: Int]
        do { lines = try shown(column).lines } catch { return .wrong((error as? Failure)?.message ?? "\(error)") }
        if let dmy = lines[.dmy], let mdy = lines[.mdy] {
            return .wrong(
                "'\(text)' could be two days: line \(dmy) has the day first, line \(mdy) the month: say --dates dmy or --dates mdy")
        }
        guard let order = lines.keys.first ?? likely else {
            return .wrong("'\(text)' could be two days: say --dates dmy or --dates mdy")
        }
        return .text(WrittenDay.ordered(text, order))
    }

    private func shown(_ column: Int) throws -> Evidence {
        if let evidence { return evidence[column] }
        let reader = try reread()
        var found = [Evidence](repeating: Evidence(), count: reader.columns.count)
        // Faults of rows are reported when the file is read for good.
        while try reader.next({ _ in }) {
            for i in found.indices where !reader.isNull(i) && !reader.isAbsent(i) && (6...60).contains(reader.bytes(i).count) {
                found[i].note(reader.text(i), line: reader.line)
            }
        }
        evidence = found
        return found[column]
    }
}
