import Testing
import Values

@testable import Shop
@testable import Store

/// What is exported comes back into an empty shop as it was, with parts, transitions and deliveries.
@Suite struct RoundTripTests {
    /// What no file brings: contents of files, quotes and invoices with what refers to them, what the program computes, purchases that are
    /// placed, which come back as drafts, articles, which have a file for each supplier, and movements, of which the stock on hand comes back.
    private static let without: Set = [
        "file", "quote", "quote_version", "quote_line", "quote_term", "invoice", "invoice_line", "payment", "allocation", "journal",
        "journal_schema", "setting", "filter", "purchase", "purchase_line", "purchase_receipt", "supplier_article",
        "movement", "reservation", "queue", "queue_part", "run", "run_row", "plan_slot",
    ]

    /// The rows of the business tables as text, with codes and numbers in place of ids, which depend on the order of a file.
    private static func dump(_ workshop: Workshop) throws -> [String: [String]] {
        try workshop.reading { data in
            func name(_ table: String, _ id: Int) throws -> String {
                let columns = try data.all("SELECT name FROM pragma_table_info(\(table))") { $0.text(0) }
                if columns.contains("code") {
                    return try data.one("SELECT code FROM \(name: table) WHERE id = \(id)") { $0.text(0) } ?? "?"
                }
                let parts = try data.one("SELECT project_id, number FROM part WHERE id = \(id)") { ($0.int(0), $0.int(1)) }
                return try parts.map { "\(try name("project", $0)).\($1)" } ?? "?"
            }
            var dump: [String: [String]] = [:]
            for table in try Session.tables(data) where !without.contains(table) && !table.hasPrefix("aux_") {
                let columns = try data.all("SELECT name FROM pragma_table_info(\(table))") { $0.text(0) }.filter { $0 != "id" }
                let references = Dictionary(
                    uniqueKeysWithValues: try data.all("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(\(table))") {
                        ($0.text(0), $0.text(1))
                    })
                let condition: SQL = table == "move" ? "project_id IS NOT NULL" : "1"
                let list = columns.map { "\(name: $0)" as SQL }.joined(", ")
                dump[table] = try data.all("SELECT \(list) FROM \(name: table) WHERE \(condition)") { row in
                    columns.indices.map { row.cell($0) }
                }.map { cells in
                    try zip(columns, cells).map { column, cell in
                        guard let other = references[column], case .integer(let id) = cell else { return "\(column)=\(cell.said)" }
                        return "\(column)=\(try name(other, id))"
                    }.joined(separator: " ")
                }.sorted()
            }
            return dump
        }
    }

    @Test(arguments: ["json", "csv"])
    func anExportIsTheWholeShop(_ format: String) throws {
        let old = try ExampleShop.copy(), new = try Workshop()
        for line in [
            "laseros project edit hinges --cut-time 90m --expected +3w", "laseros project edit pits --notes 'ask again'",
            "laseros project deliver hinges 1:1 --received-by Anna", "laseros project complete hinges",
            "laseros project deliver hinges --final", "laseros project remake hinges 'bent the wrong way' 1:1 --cost 450",
            "laseros project cancel letters 'too dear'",
        ] { try old.demand(line) }
        for noun in [
            "client", "contact", "material", "machine", "operation", "preset", "price", "product", "project", "delivery", "supplier",
            "inv", "lot", "operator",
        ] {
            try old.demand("laseros \(noun) export --format \(format) --output \(new.work)/\(noun).\(format)")
            // At another time, by another person: what was and who did it is in the file.
            #expect(try new.run([noun, "import", "\(noun).\(format)"], at: "2027-02-03T04:05:06Z", by: "sipho").code == 0)
        }
        let was = try Self.dump(old), now = try Self.dump(new)
        #expect(was.keys.sorted() == now.keys.sorted())
        for (table, rows) in was { #expect(now[table] == rows, "\(table)") }
        for table in ["project", "part", "part_operation", "part_component", "move", "delivery", "delivery_line"] {
            #expect(was[table]?.isEmpty == false, "\(table)")
        }
    }
}
