import Store
import Values

/// Something that `check` proves of the books: a statement that returns what contradicts it. Each noun declares those about it.
package struct BookRule: Sendable {
    /// How a statement's figures are shown.
    enum Figure: Sendable { case words, money, quantity }

    /// What contradicts a rule.
    package struct Finding: Sendable {
        /// `quote QT-2026-0001`; nil if no record is known.
        var record: String?
        /// What stands in the books.
        var found: String
        /// What should stand there; nil if the rule says it.
        var expected: String?
    }

    typealias Report = (Finding) -> Void

    enum Proof: Sendable {
        /// What `log verify` proves, too.
        case verification(Faults.Topic)
        case books(@Sendable (Shop, Report) throws -> Void)
    }

    package var name: String
    /// The sentence that holds.
    package var proves: String
    /// What to do about a finding.
    package var hint: String
    /// The tables whose rows it is about.
    var tables: [String]
    var proof: Proof

    init(_ name: String, _ proves: String, of tables: [String] = [], hint: String, proof: Proof) {
        (self.name, self.proves, self.tables, self.hint, self.proof) = (name, proves, tables, hint, proof)
    }

    /// A rule that one statement proves.
    /// - Parameters:
    ///   - what: the word before a found figure: `total`.
    ///   - sql: returns the record, what is found and, optionally, what is expected, for each contradiction.
    init(
        _ name: String, _ proves: String, of tables: [String] = [], hint: String = BookRule.mend, as figure: Figure = .words,
        found what: String = "", _ sql: SQL
    ) {
        (self.name, self.proves, self.tables, self.hint) = (name, proves, tables, hint)
        proof = .books { shop, report in
            try shop.data.each(sql) { row in
                let expected = row.count > 2 && !row.isNull(2) ? try figure.text(row, 2) : nil
                report(Finding(record: row.isNull(0) ? nil : row.text(0), found: what + (try figure.text(row, 1)), expected: expected))
            }
        }
    }

    static let mend = "laseros log changes RECORD tells what happened to it"

    package static let headings = [Heading("rule", .text), Heading("record", .text), Heading("found", .text), Heading("expected", .text)]
    package static let columns: [Column<BookRule>] = [
        Column("rule") { $0.name }, Column("proves") { $0.proves }, Column("hint", wide: true) { $0.hint },
    ]
}

extension BookRule.Figure {
    /// A cell of a statement as text.
    /// - Throws: `store` if it holds no such figure.
    fileprivate func text(_ row: Row, _ i: Int) throws -> String {
        guard !row.isNull(i) else { return "nothing" }
        switch self {
        case .words: return row.text(i)
        case .money: return (try row.get(i) as Money).description
        case .quantity: return (try row.get(i) as Quantity).description
        }
    }
}

extension BookRule {
    /// All rules: of the file, of each noun that keeps sums or transitions, and those that nouns declare.
    package static func all(of nouns: [Noun]) -> [BookRule] {
        file + [fileOwner]
            + nouns.flatMap { noun in
                [noun.sums.map { sums($0, of: noun) }, moves(of: noun)].compactMap { $0 } + noun.books
            }
    }
}
