import Values

/// Columns for the eye. It holds every row, because only the last one tells how wide a column is.
struct TableWriter: RowWriter {
    let headings: [Heading]
    private let header: Bool
    /// The terminal's columns; nil when nothing is to be cut.
    private let terminal: Int?
    private let coloured: Bool
    /// Every cell's text, one after the other: a String each would be ten times the allocations.
    private var text: [UInt8] = []
    private var ends: [Int] = []
    private var cellWidths: [Int32] = []
    private var tones: [Tone] = []
    private var widths: [Int]
    private var sums: [Sum]
    private var count = 0

    init(_ headings: [Heading], header: Bool, terminal: Int? = nil, coloured: Bool = false) {
        (self.headings, self.header, self.terminal, self.coloured) = (headings, header, terminal, coloured)
        widths = headings.map { header ? Harmless.width($0.title) : 0 }
        sums = headings.map { _ in Sum() }
    }

    mutating func row(_ row: [Shown], _ out: inout [UInt8]) {
        count += 1
        for i in row.indices {
            add(row[i].cell, column: i)
            if coloured { tones.append(row[i].tone) }
            if headings[i].sums { sums[i].add(row[i]) }
        }
    }

    private mutating func add(_ cell: String, column: Int) {
        let width = Harmless.width(cell)
        text.append(text: cell)
        ends.append(text.count)
        cellWidths.append(Int32(clamping: width))
        widths[column] = max(widths[column], width)
    }

    mutating func end(_ spool: Spool) throws {
        guard count > 0 else { return }
        let totals = sumRow
        for (i, total) in totals.enumerated() { widths[i] = max(widths[i], Harmless.width(total)) }
        let shown = fitted
        if header { line(headings.map(\.title), shown, &spool.bytes) }
        var start = 0
        for row in 0..<count {
            let lineStart = spool.bytes.count
            for column in headings.indices {
                let cell = row * headings.count + column
                put(
                    text[start..<ends[cell]], Int(cellWidths[cell]), column, shown[column], coloured ? tones[cell] : .plain,
                    &spool.bytes)
                start = ends[cell]
            }
            finish(lineStart, &spool.bytes)
            try spool.settle()
        }
        if !totals.isEmpty { line(totals, shown, &spool.bytes) }
    }

    /// The sums, with a word in the first column that has none and is no number; empty without sums.
    private var sumRow: [String] {
        guard headings.contains(where: \.sums) else { return [] }
        let label = headings.firstIndex { !$0.sums && !$0.type.isNumber }
        return headings.indices.map { headings[$0].sums ? sums[$0].cell : $0 == label ? "total" : "" }
    }

    private func line(_ cells: [String], _ shown: [Int], _ out: inout [UInt8]) {
        let start = out.count
        for (i, cell) in cells.enumerated() { put(Array(cell.utf8)[...], Harmless.width(cell), i, shown[i], .plain, &out) }
        finish(start, &out)
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
        if width > shown {
            out.append(text: Harmless.cut(String(decoding: cell, as: UTF8.self), to: shown))
        } else {
            out.append(contentsOf: cell)
        }
        if colour != nil { out.append("\u{1b}[0m") }
        if !headings[column].type.isNumber { out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: gap)) }
    }

    /// What switches a terminal to the colour of a tone.
    static func colour(_ tone: Tone) -> String? {
        switch tone {
        case .plain: nil
        case .good: "\u{1b}[32m"
        case .warning: "\u{1b}[33m"
        case .bad: "\u{1b}[31m"
        case .quiet: "\u{1b}[2m"
        }
    }

    /// The widths that fit the terminal: the widest columns of text give way first, numbers never.
    private var fitted: [Int] {
        guard let terminal else { return widths }
        var shown = widths
        var over = shown.reduce(0, +) + 2 * (shown.count - 1) - terminal
        let texts = headings.indices.filter { !headings[$0].type.isNumber }
        while over > 0, let widest = texts.max(by: { shown[$0] < shown[$1] }), shown[widest] > TableWriter.narrowest {
            let next = texts.map { shown[$0] }.filter { $0 < shown[widest] }.max() ?? 0
            let step = min(over, max(1, shown[widest] - max(next, TableWriter.narrowest)))
            shown[widest] -= step
            over -= step
        }
        return shown
    }

    /// A column of text is never cut to less than this.
    private static let narrowest = 6
}
