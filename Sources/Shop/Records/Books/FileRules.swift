import Store
import Values

extension BookRule {
    private static let restore = "restore a backup"

    /// What is true of any data file of laseros.
    static let file: [BookRule] = [
        BookRule("integrity", "the data file is not damaged", hint: "restore a backup", proof: .verification(.pages)),
        BookRule("foreign-keys", "every row that a row refers to is there", hint: "restore a backup", proof: .books(findOrphans)),
        BookRule(
            "schema", "tables, indexes and triggers are those that laseros makes", hint: "restore a backup", proof: .verification(.schema)),
        BookRule("history", "the history is unaltered", of: ["journal"], hint: restore, proof: .verification(.journal)),
        BookRule("rows", "all rows are as the history says", of: ["journal_table"], hint: restore, proof: .verification(.rows)),
        BookRule(
            "counters", "no number can be given twice", of: ["aux_counter"], hint: "restore a backup", proof: .verification(.counters)),
        BookRule(
            "search", "the search index has the words of the rows", of: ["aux_searched"], hint: "laseros upgrade --search-index",
            proof: .verification(.search)),
        BookRule(
            "files", "each file is there, with its size and its hash", of: ["file"], hint: "attach the file again, or restore a backup",
            proof: .verification(.files)),
    ]

    /// Rows that refer to a row that is not there.
    @Sendable private static func findOrphans(_ shop: Shop, _ report: Report) throws {
        let history = History(shop)
        try shop.data.each("PRAGMA foreign_key_check") { row in
            let table = row.text(0)
            guard !row.isNull(1) else { return report(Finding(found: "a row of \(table) refers to a \(row.text(2)) that is not there")) }
            let label = (try? history.label(table, row.int(1), nil)) ?? "#\(row.int(1))"
            report(Finding(record: "\(History.words(table)) \(label)", found: "refers to a \(row.text(2)) that is not there"))
        }
    }

    /// The stored sums of a noun.
    static func sums(_ sums: RunningSums, of noun: Noun) -> BookRule {
        let words = sums.sums.map { $0.column.split(separator: "_").dropLast().joined(separator: " ") }.joined(separator: ", ")
        var rule = BookRule(
            "\(noun.name)-sums", "what is kept of \(noun.plural) (\(words)) is the sum of its rows", hint: mend,
            proof: .books { shop, report in try self.sums(report) { try SumCheck(shop, noun.name, sums, $0).run() } })
        rule.tables = ["aux_\(noun.name)"] + Set(sums.sums.map(\.ledger)).sorted()
        return rule
    }

    /// The transitions of a noun lead to its state; nil if it keeps none, or its state is no column.
    static func moves(of noun: Noun) -> BookRule? {
        guard noun.keepsMoves, let cycle = noun.lifeCycle, let column = cycle.column else { return nil }
        let owner: SQL = "\(name: noun.name + "_id")", table: SQL = "\(name: noun.name)", status: SQL = "\(name: noun.name).\(name: column)"
        let joined: SQL = "FROM chain JOIN \(table) ON \(table).id = chain.record"
        let record: SQL = "\(noun.word + " ") || \(table).\(name: noun.code)"
        var rule = BookRule(
            "\(noun.name)-moves", "the transitions of \(noun.plural) follow each other and lead to their state",

            """
            WITH chain AS (
                SELECT \(owner) AS record, position, from_status, to_status, lag(to_status) OVER steps AS before,
                    row_number() OVER steps AS number, lead(id) OVER steps IS NULL AS is_last
                FROM move WHERE \(owner) IS NOT NULL WINDOW steps AS (PARTITION BY \(owner) ORDER BY position))
            SELECT \(record), 'move ' || chain.position || ' is number ' || number, NULL \(joined) WHERE chain.position <> number
            UNION ALL SELECT \(record), 'move ' || chain.position || ' starts from ' || chain.from_status, chain.before \(joined)
            WHERE chain.from_status <> chain.before
            UNION ALL SELECT \(record), \(status), chain.to_status \(joined) WHERE chain.is_last AND chain.to_status <> \(status)
            UNION ALL SELECT \(record), \(status) || ' without a move', \(cycle.initial) FROM \(table)
            WHERE \(status) <> \(cycle.initial) AND NOT EXISTS (SELECT 1 FROM move WHERE move.\(owner) = \(table).id)
            """)
        rule.tables = [noun.name, Noun.moveTable]
        return rule
    }
}
