import Values

/// A table for a person. It keeps every row, because the width of a column depends on all of them.
struct TableWriter: RowWriter {
    let headings: [Heading]
    private let header: Bool
    /// The width of the terminal; nil if nothing is to be cut.
    private let terminal: Int?
    private let coloured: Bool
    /// The texts of all cells in one array. A `String` for each would need ten times the allocations.
    private var text: [UInt8] = []
    private var ends: [Int] = []
    private var cellWidths: [Int32] = []
    private var tones: [Tone] = []
    private var widths: [Int]
    /// The widths without the titles.
    private var cells: [Int]
    /// The minimum width of each column, so that codes, days and numbers are not broken.
    private var floors: [Int]
    private var sums: [Sum]
    private var count = 0
    var isEmpty: Bool { count == 0 }

    init(_ headings: [Heading], header: Bool, terminal: Int? = nil, coloured: Bool = false) {
        (self.headings, self.header, self.terminal, self.coloured) = (headings, header, terminal, coloured)
        widths = headings.map { header ? TerminalText.width($0.title) : 0 }
        cells = headings.map { _ in 0 }
        floors = headings.map { header ? Wrap.widestWord($0.title) : 0 }
        sums = headings.map { _ in Sum() }
    }

    mutating func row(_ row: [DisplayValue], _ out: inout [UInt8]) {
        count += 1
        for i in row.indices {
            add(row[i].cell, column: i)
            if coloured { tones.append(row[i].tone) }
            if headings[i].sums { sums[i].add(row[i]) }
        }
    }

    private mutating func add(_ cell: String, column: Int) {
        let width = TerminalText.width(cell)
        text.append(text: cell)
        ends.append(text.count)
        cellWidths.append(Int32(clamping: width))
        widths[column] = max(widths[column], width)
        cells[column] = max(cells[column], width)
        guard terminal != nil, width > floors[column] else { return }
        let isWhole = headings[column].type.isNumber
        floors[column] = max(floors[column], isWhole ? width : min(Wrap.widestWord(cell), TableWriter.longestWord))
    }

    mutating func end(_ spool: Spool) throws {
        guard count > 0 else { return }
        let kept = headings.indices.filter { !headings[$0].isOptional || cells[$0] > 0 }
        if kept.count < headings.count { self = with(kept) }
        let totals = sumRow
        for (i, total) in totals.enumerated() {
            let width = TerminalText.width(total)
            (widths[i], floors[i]) = (max(widths[i], width), max(floors[i], width))
        }
        guard let shown = fitted, zip(cells, shown).allSatisfy({ $0 <= $1 * TableWriter.tallest / 2 }) else {
            return try cards(totals, spool)
        }
        if header { line(headings.map(\.title), shown, &spool.bytes) }
        for row in 0..<count {
            let places = row * headings.count..<(row + 1) * headings.count
            if places.allSatisfy({ Int(cellWidths[$0]) <= shown[$0 - places.lowerBound] }) {
                let start = spool.bytes.count
                for i in places {
                    let column = i - places.lowerBound
                    put(cell(i), Int(cellWidths[i]), column, shown[column], tone(i), &spool.bytes)
                }
                finish(start, &spool.bytes)
            } else {
                line(places.map { String(decoding: cell($0), as: UTF8.self) }, shown, tones: places.map(tone), &spool.bytes)
            }
            try spool.settle()
        }
        if !totals.isEmpty { line(totals, shown, &spool.bytes) }
    }

    /// The table with only these columns.
    private func with(_ kept: [Int]) -> TableWriter {
        var table = TableWriter(kept.map { headings[$0] }, header: header, terminal: terminal, coloured: coloured)
        (table.count, table.sums) = (count, kept.map { sums[$0] })
        for row in 0..<count {
            for (column, i) in kept.enumerated() {
                let place = row * headings.count + i
                table.add(String(decoding: cell(place), as: UTF8.self), column: column)
                if coloured { table.tones.append(tones[place]) }
            }
        }
        return table
    }

    private func cell(_ i: Int) -> ArraySlice<UInt8> { text[(i == 0 ? 0 : ends[i - 1])..<ends[i]] }

    private func tone(_ i: Int) -> Tone { coloured ? tones[i] : .plain }

    /// Writes cards, if the columns do not fit next to each other.
    private func cards(_ totals: [String], _ spool: Spool) throws {
        var cards = CardWriter(headings, header: header, terminal: terminal ?? 0, coloured: coloured)
        for row in 0..<count {
            let places = row * headings.count..<(row + 1) * headings.count
            try cards.put(places.map { String(decoding: cell($0), as: UTF8.self) }, places.map(tone), to: spool)
        }
        cards.put(totals: headings.indices.map { headings[$0].sums ? totals[$0] : "" }, to: spool)
    }

    /// The row of sums, with a word in the first text column without a sum; empty if there are no sums.
    private var sumRow: [String] {
        guard headings.contains(where: \.sums) else { return [] }
        let label = headings.firstIndex { !$0.sums && !$0.type.isNumber }
        return headings.indices.map { headings[$0].sums ? sums[$0].cell : $0 == label ? "total" : "" }
    }

    /// Writes a row whose cells may be wrapped.
    private func line(_ cells: [String], _ shown: [Int], tones: [Tone]? = nil, _ out: inout [UInt8]) {
        let lines = zip(cells, shown).map { Wrap.cell($0, width: $1, most: TableWriter.tallest) }
        for i in 0..<(lines.map(\.count).max() ?? 0) {
            let start = out.count
            for (column, lines) in lines.enumerated() {
                let piece = i < lines.count ? lines[i] : ""
                put(Array(piece.utf8)[...], TerminalText.width(piece), column, shown[column], tones?[column] ?? .plain, &out)
            }
            finish(start, &out)
        }
    }

    private func finish(_ start: Int, _ out: inout [UInt8]) {
        while out.count > start, out.last == UInt8(ascii: " ") { out.removeLast() }
        out.append(UInt8(ascii: "\n"))
    }

    private func put(_ cell: ArraySlice<UInt8>, _ width: Int, _ column: Int, _ shown: Int, _ tone: Tone, _ out: inout [UInt8]) {
        if column > 0 { out.append("  ") }
        let gap = max(0, shown - width)
        if headings[column].type.isNumber { out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: gap)) }
        let colour = cell.isEmpty ? nil : TableWriter.colour(tone)
        if let colour { out.append(contentsOf: colour.utf8) }
        out.append(contentsOf: cell)
        if colour != nil { out.append("\u{1b}[0m") }
        if !headings[column].type.isNumber { out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: gap)) }
    }

    /// The escape sequence for a tone's colour.
    static func colour(_ tone: Tone) -> String? {
        switch tone {
        case .plain: nil
        case .good: "\u{1b}[32m"
        case .warning: "\u{1b}[33m"
        case .bad: "\u{1b}[31m"
        case .quiet: "\u{1b}[2m"
        }
    }

    /// The column widths that fit the terminal. Titles are shortened first, then the widest columns down to their longest words. Nil if
    /// nothing fits.
    private var fitted: [Int]? {
        guard let terminal else { return widths }
        var shown = widths
        var over = shown.reduce(0, +) + 2 * (shown.count - 1) - terminal
        for i in shown.indices where over > 0 {
            let step = min(over, shown[i] - max(cells[i], floors[i]))
            shown[i] -= step
            over -= step
        }
        while over > 0 {
            let yielding = shown.indices.filter { shown[$0] > floors[$0] }
            guard let widest = yielding.max(by: { shown[$0] < shown[$1] }) else { return nil }
            let next = max(floors[widest], yielding.map { shown[$0] }.filter { $0 < shown[widest] }.max() ?? 0)
            let step = min(over, max(1, shown[widest] - next))
            shown[widest] -= step
            over -= step
        }
        return shown
    }

    /// Longer words, such as file names, are broken if space is scarce.
    private static let longestWord = 24
    /// Columns whose cells would need more lines are shown as cards.
    private static let tallest = 12
}
