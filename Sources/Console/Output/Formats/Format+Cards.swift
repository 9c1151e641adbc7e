import Values

/// A listing on a terminal that is too narrow for columns: each row is a card with one field per line.
struct CardWriter {
    /// Terminals with fewer columns show cards.
    static let narrow = 60

    private let names: [String]
    private let header: Bool
    private let terminal: Int
    private let coloured: Bool
    private let indent: Int
    private var count = 0
    var isEmpty: Bool { count == 0 }

    init(_ headings: [Heading], header: Bool, terminal: Int, coloured: Bool) {
        (self.header, self.terminal, self.coloured) = (header, terminal, coloured)
        names = headings.map(\.words)
        indent = header ? min((names.map(TerminalText.width).max() ?? 0) + 2, terminal / 2) : 0
    }

    mutating func write(_ listing: Listing, to spool: Spool) throws {
        var sums = listing.headings.map { _ in Sum() }
        try listing.each { row in
            for (i, value) in row.enumerated() where listing.headings[i].sums { sums[i].add(value) }
            try put(row.map(\.cell), row.map(\.tone), to: spool)
        }
        put(totals: zip(listing.headings, sums).map { $0.sums ? $1.cell : "" }, to: spool)
    }

    mutating func put(_ cells: [String], _ tones: [Tone], to spool: Spool) throws {
        if count > 0 { spool.bytes.append("\n") }
        count += 1
        for (i, cell) in cells.enumerated() { put(names[i], cell, tones[i], &spool.bytes) }
        try spool.settle()
    }

    /// A final card with the sums, if there is more than one row.
    func put(totals: [String], to spool: Spool) {
        guard count > 1, totals.contains(where: { !$0.isEmpty }) else { return }
        spool.bytes.append(header ? "\ntotal\n" : "\n")
        for (name, total) in zip(names, totals) { put(name, total, .plain, &spool.bytes) }
    }

    /// An empty field has no line; a long one is wrapped.
    private func put(_ name: String, _ text: String, _ tone: Tone, _ out: inout [UInt8]) {
        guard !text.isEmpty else { return }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for (i, line) in Wrap.lines(words, width: max(terminal - indent, 10)).enumerated() {
            let left = i == 0 && header ? TerminalText.cut(name, to: max(indent - 1, 1)) : ""
            out.append(text: left)
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, indent - TerminalText.width(left))))
            let colour = coloured ? TableWriter.colour(tone) : nil
            if let colour { out.append(text: colour) }
            out.append(text: line)
            if colour != nil { out.append("\u{1b}[0m") }
            out.append("\n")
        }
    }
}
