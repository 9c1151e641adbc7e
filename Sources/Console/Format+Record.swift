import Values

/// One thing for the eye: a line a field, and below them what it has several of, in tables of their own.
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
            var tables: [(String, Listing)] = [], fields: [(String, Shown)] = []
            for (heading, value) in zip(headings, row) where value != .nothing && value != .nested(.array([])) {
                if case .nested(let nested) = value, let inner = nested.listing {
                    tables.append((heading.name, inner))
                } else {
                    fields.append((heading.name, value))
                }
            }
            if format == .markdown { markdown(fields, &spool.bytes) } else { lines(fields, &spool.bytes) }
            for (name, inner) in tables { try table(name, inner, spool) }
        }
    }

    private func lines(_ fields: [(name: String, value: Shown)], _ out: inout [UInt8]) {
        let width = fields.map { Harmless.width($0.name) }.max() ?? 0
        for (name, value) in fields {
            let texts = RecordWriter.texts(value)
            for (i, text) in texts.enumerated() {
                let left = i == 0 ? RecordWriter.spaced(name) : ""
                out.append(text: left)
                if text.isEmpty, i > 0 {
                    out.append("\n")
                    continue
                }
                out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width + 2 - Harmless.width(left)))
                let colour = coloured ? TableWriter.colour(value.tone) : nil
                if let colour { out.append(text: colour) }
                out.append(text: text)
                if colour != nil { out.append("\u{1b}[0m") }
                out.append("\n")
            }
        }
    }

    /// `vat number` for `vat_number`.
    private static func spaced(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }

    private static func texts(_ value: Shown) -> [String] {
        guard case .text(let text) = value.kept else { return [value.cell] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { Harmless.text(String($0)) }
    }

    private func markdown(_ fields: [(name: String, value: Shown)], _ out: inout [UInt8]) {
        MarkdownWriter.line(["field", "value"], &out)
        MarkdownWriter.line(["---", "---"], &out)
        for (name, value) in fields { MarkdownWriter.line([name, MarkdownWriter.cell(value)], &out) }
    }

    private func table(_ name: String, _ listing: Listing, _ spool: Spool) throws {
        if format == .markdown {
            spool.bytes.append(text: "\n### \(RecordWriter.spaced(name))\n\n")
            var writer = MarkdownWriter(listing.headings, header: true)
            try writer.write(listing, to: spool)
        } else {
            spool.bytes.append(text: "\n\(RecordWriter.spaced(name))\n")
            var writer = TableWriter(listing.headings, header: true, terminal: terminal, coloured: coloured)
            try writer.write(listing, to: spool)
        }
    }
}
