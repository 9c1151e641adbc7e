import Values

/// A month for people: a line of seven columns for each week, from Monday.
package struct MonthGrid: Sendable {
    /// What stands at a day.
    package struct Entry: Sendable {
        package var day: Day
        /// The kind of the entry. In narrow columns a letter stands for it.
        package var kind: String
        package var text: String
        package var tone: Tone

        package init(_ day: Day, _ kind: String, _ text: String, _ tone: Tone = .plain) {
            (self.day, self.kind, self.text, self.tone) = (day, kind, text, tone)
        }
    }

    private let month: Month
    private let today: Day
    private let entries: [Day: [Entry]]
    /// The kinds of entries in the order of the legend, each with the first of its letters that no kind before it has.
    private let kinds: [(kind: String, letter: String)]
    private let isHoliday: @Sendable (Day) -> Bool

    package init(_ month: Month, today: Day, _ entries: [Entry], kinds: [String], isHoliday: @escaping @Sendable (Day) -> Bool) {
        (self.month, self.today, self.isHoliday) = (month, today, isHoliday)
        self.kinds = kinds.reduce(into: []) { known, kind in
            let letters = kind.uppercased().map(String.init)
            known.append((kind, letters.first { letter in !known.contains { $0.letter == letter } } ?? letters.first ?? ""))
        }
        self.entries = Dictionary(grouping: entries, by: \.day)
    }

    /// The width where there is no terminal.
    static let usual = 80
    /// Wider columns would only be farther apart.
    private static let widest = 40
    /// In narrower columns nothing can be read.
    private static let narrowest = 8
    /// Columns of this width have room for the whole word of the kind.
    private static let roomy = 20
    /// The lines of a day below its number.
    private static let mostLines = 4

    private struct Line {
        var text: String
        var tone = Tone.plain
    }

    /// Writes the month and an empty line; nothing if the terminal is too narrow for it.
    func write(width: Int, coloured: Bool, into out: inout [UInt8]) {
        let column = min((width - 6) / 7, MonthGrid.widest)
        guard column >= MonthGrid.narrowest else { return }
        out.append(text: "\(month)\n\n")
        line(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { Line(text: $0) }, column, coloured, &out)
        let first = month.period.from - month.period.from.weekday
        for monday in stride(from: first.number, to: month.period.until.number, by: 7) {
            let days = (monday..<monday + 7).map { lines(of: Day(number: $0), column) }
            for i in 0..<(days.map(\.count).max() ?? 0) {
                line(days.map { i < $0.count ? $0[i] : Line(text: "") }, column, coloured, &out)
            }
            out.append(UInt8(ascii: "\n"))
        }
        guard column < MonthGrid.roomy, !entries.isEmpty else { return }
        out.append(text: kinds.map { "\($0.letter) \($0.kind)" }.joined(separator: "   ") + "\n\n")
    }

    /// The number of a day with what it is, and its entries as far as there is room.
    private func lines(of day: Day, _ column: Int) -> [Line] {
        guard day >= month.period.from, day < month.period.until else { return [] }
        let isFree = isHoliday(day), marks = (day == today ? ["today"] : []) + (isFree ? ["holiday"] : [])
        let number = Line(
            text: "\(day.civil.day) " + marks.joined(separator: ", "), tone: day == today ? .good : isFree ? .warning : .plain)
        let all = entries[day] ?? [], isMore = all.count > MonthGrid.mostLines
        let shown = all.prefix(isMore ? MonthGrid.mostLines - 1 : MonthGrid.mostLines).map { entry in
            let kind = column < MonthGrid.roomy ? kinds.first { $0.kind == entry.kind }?.letter ?? entry.kind : entry.kind
            return Line(text: "\(kind) \(TerminalText.text(entry.text))", tone: entry.tone)
        }
        return [number] + shown + (isMore ? [Line(text: "+\(all.count - shown.count)")] : [])
    }

    private func line(_ cells: [Line], _ column: Int, _ coloured: Bool, _ out: inout [UInt8]) {
        let start = out.count
        for (i, cell) in cells.enumerated() {
            if i > 0 { out.append(UInt8(ascii: " ")) }
            let text = TerminalText.cut(cell.text, to: column), colour = coloured && !text.isEmpty ? TableWriter.colour(cell.tone) : nil
            out.append(text: (colour ?? "") + text + (colour == nil ? "" : "\u{1b}[0m"))
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, column - TerminalText.width(text))))
        }
        while out.count > start, out.last == UInt8(ascii: " ") { out.removeLast() }
        out.append(UInt8(ascii: "\n"))
    }
}
