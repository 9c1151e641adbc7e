import Store
import Values

/// A stored sum of the rows in a ledger table, for the row that they refer to: the amount paid of an invoice.
package struct RunningSum: Sendable {
    /// The column of `aux_NOUN` with the sum.
    var column: String
    /// The ledger table, with its columns for the amount and the foreign key.
    var ledger: String
    var amount: String
    /// The column to multiply the amount by: the quantity of a line.
    var factor: String?
    var key: String?
    /// The CHECK on the sum; `Rules` has the message for its name.
    var check: (name: String, sql: String)?
    /// What the names of its triggers begin with.
    var triggers: String
    /// The words for the ledger's rows: `payments`.
    var rows: String

    /// - Parameters:
    ///   - column: the column of `aux_NOUN`.
    ///   - amount: the ledger's column; nil if its name is that of the sum.
    ///   - factor: the ledger's column to multiply by; a NULL amount counts as 0.
    ///   - key: the ledger's foreign key; nil if it is `NOUN_id`.
    ///   - triggers: what the names of its triggers begin with; nil for the ledger's name. It differs for each sum of a ledger.
    package init(
        _ column: String, of ledger: String, _ amount: String? = nil, times factor: String? = nil, by key: String? = nil,
        check: (name: String, sql: String)? = nil, triggers: String? = nil, rows: String? = nil
    ) {
        (self.column, self.ledger, self.amount, self.factor) = (column, ledger, amount ?? column, factor)
        (self.key, self.check, self.triggers) = (key, check, triggers ?? ledger)
        self.rows = rows ?? History.words(ledger) + "s"
    }
}

/// The stored sums of a noun, in the table `aux_NOUN`. Triggers update them, so that lists need not add up rows. This declaration
/// determines the triggers that a migration must create and the sums that `log verify` recalculates; a test compares it with the
/// migrations.
package struct RunningSums: Sendable {
    var sums: [RunningSum]
    /// The column that is set once when a row gets sums, and the word for that: `issued`. Nil if every row has them.
    var since: (column: String, word: String)?
    /// Columns of the row that are copied next to its sums, for a CHECK or an index.
    var copies: [String] = []
    /// Generated columns.
    var generated: [(column: String, sql: String)] = []

    package init(_ sums: RunningSum...) { self.sums = sums }

    /// The declarations of the sum columns in the table `aux_NOUN`.
    var columns: [String] {
        sums.map { sum in
            "\(sum.column) INTEGER NOT NULL DEFAULT 0" + (sum.check.map { " CONSTRAINT \($0.name) CHECK (\($0.sql))" } ?? "")
        } + generated.map { "\($0.column) INTEGER GENERATED ALWAYS AS (\($0.sql)) STORED" }
    }

    /// The triggers that update the sums, as a migration creates them.
    func triggers(of noun: String) -> [String] {
        let ledgers = sums.flatMap { sum in
            let key = sum.key(noun), on = sum.ledger, columns = [sum.amount, sum.factor, key].compactMap { $0 }.joined(separator: ", ")
            let step = { (sign: String, row: String) in
                "    UPDATE aux_\(noun) SET \(sum.column) = \(sum.column) \(sign) \(sum.amount(of: row)) WHERE \(noun)_id = \(row).\(key);\n"
            }
            return [
                "\(sum.triggers)_add AFTER INSERT ON \(on) BEGIN\n" + step("+", "NEW"),
                "\(sum.triggers)_remove AFTER DELETE ON \(on) BEGIN\n" + step("-", "OLD"),
                "\(sum.triggers)_edit AFTER UPDATE OF \(columns) ON \(on) BEGIN\n" + step("-", "OLD") + step("+", "NEW"),
            ]
        }
        return (ledgers + rows(of: noun)).map { "CREATE TRIGGER \($0)END" }
    }

    /// The triggers that insert and delete the row with the sums. An undo may restore the ledger's rows first, so the sum starts from the
    /// existing ones.
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

    /// The amount of a ledger row, by the name or alias of the row: `NEW`.
    func amount(of row: String) -> String {
        factor.map { "coalesce(\(row).\(amount) * \(row).\($0), 0)" } ?? "\(row).\(amount)"
    }

    /// The query that adds up the ledger's rows of one record.
    func total(of noun: String, _ id: String) -> String {
        "SELECT coalesce(sum(\(factor.map { "\(amount) * \($0)" } ?? amount)), 0) FROM \(ledger) WHERE \(key(noun)) = \(id)"
    }
}

extension Shop {
    /// Recalculates all sums and compares them with the stored ones.
    func findWrongSums(_ faults: Faults) throws {
        for noun in nouns {
            if let sums = noun.sums { try SumCheck(self, noun.name, sums, faults).run() }
            try noun.findFaults?(self, faults)
        }
    }
}
