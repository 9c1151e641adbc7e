import Values

/// A Markdown table, for reports, wikis and pull requests.
struct MarkdownWriter: RowWriter {
    private let headings: [Heading]
    private let header: Bool
    private var sums: [Sum]
    private var isEmpty = true

    init(_ headings: [Heading], header: Bool) {
        (self.headings, self.header) = (headings, header)
        sums = headings.map { _ in Sum() }
    }

    mutating func row(_ row: [DisplayValue], _ out: inout [UInt8]) {
        if isEmpty, header {
            MarkdownWriter.line(headings.map(\.name), &out)
            MarkdownWriter.line(headings.map { $0.type.isNumber ? "---:" : "---" }, &out)
        }
        isEmpty = false
        MarkdownWriter.line(row.map(MarkdownWriter.cell), &out)
        for i in row.indices where headings[i].sums { sums[i].add(row[i]) }
    }

    mutating func end(_ spool: Spool) throws {
        guard !isEmpty, headings.contains(where: \.sums) else { return }
        MarkdownWriter.line(
            headings.indices.map { headings[$0].sums && !sums[$0].cell.isEmpty ? "**\(sums[$0].cell)**" : "" }, &spool.bytes)
    }

    static func line(_ cells: [String], _ out: inout [UInt8]) {
        for cell in cells {
            out.append("| ")
            out.append(text: cell)
            if !cell.isEmpty { out.append(" ") }
        }
        out.append("|\n")
    }

    /// Escapes a cell: a vertical bar would end the cell, and a line feed the table.
    static func cell(_ value: DisplayValue) -> String {
        if case .text(let text) = value.kept, text.utf8.contains(10) {
            return text.split(separator: "\n", omittingEmptySubsequences: false).map { barred(TerminalText.text(String($0))) }.joined(
                separator: "<br>")
        }
        return barred(value.cell)
    }

    private static func barred(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "|")) else { return text }
        return text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
