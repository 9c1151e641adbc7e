import Store
import Values

/// Compares the stored sums of a noun with the rows that they add up.
struct SumCheck {
    private let shop: Shop
    private let noun: String
    private let sums: RunningSums
    private let faults: Faults
    private let history: History

    init(_ shop: Shop, _ noun: String, _ sums: RunningSums, _ faults: Faults) {
        (self.shop, self.noun, self.sums, self.faults, history) = (shop, noun, sums, faults, History(shop))
    }

    private var table: String { "aux_\(noun)" }
    private var key: String { "\(noun)_id" }
    /// The columns of `aux_NOUN` to check: copies, then sums.
    private var columns: [String] { sums.copies + sums.sums.map(\.column) }

    func run() throws {
        // The calculated sums have other names than the stored ones, so that a generated column's expression refers to the stored ones.
        let right = sums.copies + sums.sums.map { "(\($0.total(of: noun, noun + ".id")))" }
        let named = right.enumerated().map { ", \($1) AS right_\($0)" }.joined()
        let pairs = columns.enumerated().map { ", kept.\($1), right_\($0)" }.joined()
        let wrong =
            columns.enumerated().map { "kept.\($1) IS NOT right_\($0)" }
            + sums.generated.map { "kept.\($0.column) IS NOT (\($0.sql))" }
        let since = sums.since.map { " WHERE \($0.column) IS NOT NULL" } ?? ""
        let sql = """
            SELECT id, kept.\(key) IS NULL\(pairs) FROM (SELECT id\(named) FROM \(noun)\(since)) LEFT JOIN \(table) kept ON kept.\(key) = id
            WHERE kept.\(key) IS NULL OR \(wrong.joined(separator: " OR ")) ORDER BY id
            """
        try shop.data.each(SQL(stringLiteral: sql)) { row in try tell(row) }
        let lacking = "\(noun).\(sums.since?.column ?? "id")"
        let others = "SELECT \(key) FROM \(table) LEFT JOIN \(noun) ON \(noun).id = \(key) WHERE \(lacking) IS NULL ORDER BY 1"
        try shop.data.each(SQL(stringLiteral: others)) { row in
            let why = sums.since.map { "it is not \($0.word)" } ?? "it is not there"
            try faults.add(.sums, "\(name(row)): something is kept as \(word(sums.sums[0].column)), but \(why)")
        }
    }

    private func name(_ row: Row) throws -> String { "\(noun) \(try history.label(noun, row.int(0), nil))" }

    /// The name of a column without its unit: `paid` for `paid_cents`.
    private func word(_ column: String) -> String { history.presenter(of: column, in: noun).0 }

    private func tell(_ row: Row) throws {
        let name = try name(row)
        if row.int(1) != 0 { return faults.add(.sums, "\(name): nothing is kept of what is \(word(sums.sums[0].column))") }
        var isTold = false
        for (i, column) in columns.enumerated() {
            let (kept, right) = (row.cell(2 + 2 * i), row.cell(3 + 2 * i))
            guard kept != right else { continue }
            isTold = true
            let (word, present) = history.presenter(of: column, in: noun), shown = try RowWords.text(right, present)
            let sum = i - sums.copies.count
            if sum < 0 {
                faults.add(.sums, "\(name): another \(word) is kept than \(shown)")
            } else {
                let rows = sums.sums[sum].rows
                try faults.add(.sums, "\(name): \(try RowWords.text(kept, present)) is kept as \(word), its \(rows) come to \(shown)")
            }
        }
        if !isTold { faults.add(.sums, "\(name): what is kept does not tell whether it is \(word(sums.sums[0].column))") }
    }
}
