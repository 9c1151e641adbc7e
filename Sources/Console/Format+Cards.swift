import Values

/// A listing on a terminal too narrow for columns: each row a card, one field a line.
struct CardWriter {
    /// A terminal with fewer columns gets cards.
    static let narrow = 60

    let header: Bool
    let terminal: Int
    let coloured: Bool

    func write(_ listing: Listing, to spool: Spool) throws {
        let names = listing.headings.map { heading in String(heading.name.map { $0 == "_" ? " " : $0 }) }
        let indent = header ? min((names.map(Harmless.width).max() ?? 0) + 2, terminal / 2) : 0
        var sums = listing.headings.map { _ in Sum() }, count = 0
        try listing.each { row in
            if count > 0 { spool.bytes.append("\n") }
            count += 1
            for (i, value) in row.enumerated() {
                if listing.headings[i].sums { sums[i].add(value) }
                put(names[i], value.cell, value.tone, indent, &spool.bytes)
            }
            try spool.settle()
        }
        guard count > 0, listing.headings.contains(where: \.sums) else { return }
        spool.bytes.append(header ? "\ntotal\n" : "\n")
        for (i, sum) in sums.enumerated() where listing.headings[i].sums { put(names[i], sum.cell, .plain, indent, &spool.bytes) }
    }

    /// An empty field has no line; a long one goes on below itself.
    private func put(_ name: String, _ text: String, _ tone: Tone, _ indent: Int, _ out: inout [UInt8]) {
        guard !text.isEmpty else { return }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for (i, line) in Wrap.lines(words, width: max(terminal - indent, 10)).enumerated() {
            let left = i == 0 && header ? Harmless.cut(name, to: max(indent - 1, 1)) : ""
            out.append(text: left)
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, indent - Harmless.width(left))))
            let colour = coloured ? TableWriter.colour(tone) : nil
            if let colour { out.append(text: colour) }
            out.append(text: line)
            if colour != nil { out.append("\u{1b}[0m") }
            out.append("\n")
        }
    }
}
