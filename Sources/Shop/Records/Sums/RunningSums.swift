import Store
import Values

/// A sum of the rows of a ledger, kept beside the row that they belong to: what is paid of an invoice.
package struct RunningSum: Sendable {
    /// The column of `aux_NOUN` that keeps it.
    var column: String
    /// The table of the rows that are added up, with the columns of their amounts and of what they belong to.
    var ledger: String
    var amount: String
    /// The column that the amount is multiplied by: the quantity of a line.
    var factor: String?
    var key: String?
    /// The CHECK that the sum is held to; `Rules` has the sentence for its name.
    var check: (name: String, sql: String)?
    /// What the rows are called: `payments`.
    var rows: String

    /// - Parameters:
    ///   - column: of `aux_NOUN`.
    ///   - amount: the ledger's column; nil where it is called like the sum.
    ///   - factor: the ledger's column that the amount is multiplied by; what has no amount counts as 0.
    ///   - key: the ledger's column that refers to the noun; nil where it is `NOUN_id`.
    package init(
        _ column: String, of ledger: String, _ amount: String? = nil, times factor: String? = nil, by key: String? = nil,
        check: (name: String, sql: String)? = nil, rows: String? = nil
    ) {
        (self.column, self.ledger, self.amount, self.factor) = (column, ledger, amount ?? column, factor)
        (self.key, self.check) = (key, check)
        self.rows = rows ?? History.words(ledger) + "s"
    }
}

/// The running sums of a noun, in the table `aux_NOUN`. Triggers keep them, so that no list adds up rows. The triggers that a migration
/// must make, and what `log verify` adds up again, come from here; a test holds the migrations against it.
package struct RunningSums: Sendable {
    var sums: [RunningSum]
    /// Filled once and for all when a row is to have sums, and the word for that: `issued`. Nil where every row has them.
    var since: (column: String, word: String)?
    /// Columns of the row that are beside its sums, for a CHECK or an index.
    var copies: [String] = []
    /// Columns that SQLite makes of the others.
    var generated: [(column: String, sql: String)] = []

    package init(_ sums: RunningSum...) { self.sums = sums }

    /// The columns with the sums as the table `aux_NOUN` declares them.
    var columns: [String] {
        sums.map { sum in
            "\(sum.column) INTEGER NOT NULL DEFAULT 0" + (sum.check.map { " CONSTRAINT \($0.name) CHECK (\($0.sql))" } ?? "")
        } + generated.map { "\($0.column) INTEGER GENERATED ALWAYS AS (\($0.sql)) STORED" }
    }

    /// The triggers that keep them, as a migration makes them.
    func triggers(of noun: String) -> [String] {
        let ledgers = sums.flatMap { sum in
            let key = sum.key(noun), on = sum.ledger, columns = [sum.amount, sum.factor, key].compactMap { $0 }.joined(separator: ", ")
            let step = { (sign: String, row: String) in
                "    UPDATE aux_\(noun) SET \(sum.column) = \(sum.column) \(sign) \(sum.amount(of: row)) WHERE \(noun)_id = \(row).\(key);\n"
            }
            return [
                "\(on)_add AFTER INSERT ON \(on) BEGIN\n" + step("+", "NEW"),
                "\(on)_remove AFTER DELETE ON \(on) BEGIN\n" + step("-", "OLD"),
                "\(on)_edit AFTER UPDATE OF \(columns) ON \(on) BEGIN\n" + step("-", "OLD") + step("+", "NEW"),
            ]
        }
        return (ledgers + rows(of: noun)).map { "CREATE TRIGGER \($0)END" }
    }

    /// Those that make the row with the sums, and remove it. An undo may bring back the rows of a ledger first: a new sum begins with
    /// these.
    private func rows(of noun: String) -> [String] {
        let columns = ["\(noun)_id"] + copies + sums.map(\.column)
        let values = (["id"] + copies).map { "NEW.\($0)" } + sums.map { "(\($0.total(of: noun, "NEW.id")))" }
        let insertion = """
                INSERT INTO aux_\(noun) (\(columns.joined(separator: ", "))) VALUES (
                    \(values.joined(separator: ", ")));

            """
        if let since = since?.column {
            let moment = "AFTER UPDATE OF \(since) ON \(noun) WHEN NEW.\(since) IS NOT NULL AND OLD.\(since) IS NULL"
            return ["aux_\(noun)_add \(moment) BEGIN\n" + insertion]
        }
        let set = copies.map { "\($0) = NEW.\($0)" }.joined(separator: ", ")
        let edit = "    UPDATE aux_\(noun) SET \(set) WHERE \(noun)_id = NEW.id;\n"
        return [
            "aux_\(noun)_add AFTER INSERT ON \(noun) BEGIN\n" + insertion,
            "aux_\(noun)_remove AFTER DELETE ON \(noun) BEGIN\n    DELETE FROM aux_\(noun) WHERE \(noun)_id = OLD.id;\n",
        ] + (copies.isEmpty ? [] : ["aux_\(noun)_edit AFTER UPDATE OF \(copies.joined(separator: ", ")) ON \(noun) BEGIN\n" + edit])
    }
}

extension RunningSum {
    func key(_ noun: String) -> String { key ?? "\(noun)_id" }

    /// What a row of the ledger adds, by the name or alias of the row: `NEW`.
    func amount(of row: String) -> String {
        factor.map { "coalesce(\(row).\(amount) * \(row).\($0), 0)" } ?? "\(row).\(amount)"
    }

    /// The query that adds up the ledger's rows of one thing.
    func total(of noun: String, _ id: String) -> String {
        "SELECT coalesce(sum(\(factor.map { "\(amount) * \($0)" } ?? amount)), 0) FROM \(ledger) WHERE \(key(noun)) = \(id)"
    }
}

extension Shop {
    /// Adds up the rows of all ledgers, and holds the sums that are kept against that.
    func findWrongSums(_ faults: Faults) throws {
        for noun in nouns {
            if let sums = noun.sums { try SumCheck(self, noun.name, sums, faults).run() }
        }
    }
}
