import Values

/// One record for a person: one line per field, followed by tables for its lists.
struct RecordWriter {
    let format: Format
    let terminal: Int?
    let coloured: Bool

    func write(_ listing: Listing, to spool: Spool) throws {
        let headings = listing.headings
        var isFirst = true
        try listing.each { row in
            if !isFirst { spool.bytes.append("\n") }
            isFirst = false
            var tables: [(Heading, Listing)] = [], fields: [(Heading, DisplayValue)] = []
            for (heading, value) in zip(headings, row) where value != .nothing && value != .nested(.array([])) {
                if case .nested(let nested) = value, let inner = nested.listing {
                    tables.append((heading, inner))
                } else {
                    fields.append((heading, value))
                }
            }
            if format == .markdown { markdown(fields, &spool.bytes) } else { lines(fields, &spool.bytes) }
            for (heading, inner) in tables { try table(heading, inner, spool) }
        }
    }

    private func lines(_ fields: [(heading: Heading, value: DisplayValue)], _ out: inout [UInt8]) {
        let width = fields.map { TerminalText.width($0.heading.words) }.max() ?? 0
        for (heading, value) in fields {
            let texts = RecordWriter.texts(value)
            for (i, text) in texts.enumerated() {
                let left = i == 0 ? heading.words : ""
                out.append(text: left)
                if text.isEmpty, i > 0 {
                    out.append("\n")
                    continue
                }
                out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width + 2 - TerminalText.width(left)))
                let colour = coloured ? TableWriter.colour(value.tone) : nil
                if let colour { out.append(text: colour) }
                out.append(text: text)
                if colour != nil { out.append("\u{1b}[0m") }
                out.append("\n")
            }
        }
    }

    private static func texts(_ value: DisplayValue) -> [String] {
        guard case .text(let text) = value.kept else { return [value.cell] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { TerminalText.text(String($0)) }
    }

    private func markdown(_ fields: [(heading: Heading, value: DisplayValue)], _ out: inout [UInt8]) {
        MarkdownWriter.line(["field", "value"], &out)
        MarkdownWriter.line(["---", "---"], &out)
        for (heading, value) in fields { MarkdownWriter.line([heading.name, MarkdownWriter.cell(value)], &out) }
    }

    private func table(_ heading: Heading, _ listing: Listing, _ spool: Spool) throws {
        if format == .markdown {
            spool.bytes.append(text: "\n### \(heading.words)\n\n")
            var writer = MarkdownWriter(listing.headings, header: true)
            try writer.write(listing, to: spool)
        } else {
            spool.bytes.append(text: "\n\(heading.words)\n")
            var writer = TableWriter(listing.headings, header: true, terminal: terminal, coloured: coloured)
            try writer.write(listing, to: spool)
        }
    }
}
