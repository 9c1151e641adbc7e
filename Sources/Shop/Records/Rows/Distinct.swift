import Store
import Values

/// Columns whose combined values are unique in a table. The schema has unique indexes only for codes and numbers, because SQLite checks
/// them after each row: two names could not be swapped, and a changeset with a swap could not be inverted. So this is checked at the end of
/// a command.
package struct Distinct: Sendable {
    var table: String
    /// A row with NULL in the first column counts as unique.
    var columns: [String]
    /// The words after "there is already": `a preset with this name`.
    var what: String

    package init(_ table: String, _ columns: [String], _ what: String) { (self.table, self.columns, self.what) = (table, columns, what) }

    var sentence: String { "there is already \(what)" }
}

extension Shop {
    /// The rows in the range that have a duplicate.
    func twins(_ rule: Distinct, among ids: ClosedRange<Int>) throws -> [(id: Int, other: Int)] {
        let alike = rule.columns.enumerated().map { i, column -> SQL in
            i == 0 ? "b.\(name: column) = a.\(name: column)" : "b.\(name: column) IS a.\(name: column)"
        }
        let equal = try data.all(
            """
            SELECT a.id, min(b.id) FROM \(name: rule.table) a JOIN \(name: rule.table) b ON \(alike.joined(" AND "))
            AND (b.id < a.id OR b.id > \(ids.upperBound)) WHERE a.id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) GROUP BY a.id
            """
        ) { (id: $0.int(0), other: $0.int(1)) }
        return try equal + spelledAlike(rule, among: ids)
    }

    /// Duplicates that SQLite does not see, because the names differ in the case of letters beyond ASCII or in Unicode composition.
    private func spelledAlike(_ rule: Distinct, among ids: ClosedRange<Int>) throws -> [(id: Int, other: Int)] {
        guard nouns.first(where: { $0.name == rule.table })?.title == rule.columns[0],
            try data.one("SELECT 1 FROM aux_name LIMIT 1", { _ in true }) == true
        else {
            return []
        }
        let column: SQL = "\(name: rule.columns[0])"
        let others = rule.columns.dropFirst().map { "AND b.\(name: $0) IS a.\(name: $0)" as SQL }.joined(" ")
        let pairs = try data.all(
            """
            SELECT a.id, b.id, a.\(column), b.\(column) FROM \(name: rule.table) a JOIN aux_name x ON x.name = a.\(column)
            JOIN aux_name y ON y.key = x.key AND y.name <> x.name JOIN \(name: rule.table) b ON b.\(column) = y.name \(others)
            AND (b.id < a.id OR b.id > \(ids.upperBound)) WHERE a.id BETWEEN \(ids.lowerBound) AND \(ids.upperBound)
            """
        ) { (id: $0.int(0), other: $0.int(1), isAlike: $0.text(2).lowercased() == $0.text(3).lowercased()) }
        return pairs.filter(\.isAlike).map { (id: $0.id, other: $0.other) }
    }

    /// `there is already such a price: PR-0012`
    func sentence(_ rule: Distinct, _ noun: Noun, _ other: Int) throws -> String {
        let code = try data.one("SELECT \(name: noun.code) FROM \(name: noun.name) WHERE id = \(other)") { $0.text(0) }
        return rule.sentence + (code.map { ": \($0)" } ?? "")
    }

    /// - Throws: `refused` if a written row is a duplicate.
    package func demandDistinct() throws {
        for (noun, ids) in written {
            for rule in noun.distinct where rule.table == noun.name {
                guard let twins = try twins(rule, among: ids).first else { continue }
                throw Failure(.refused, noun.area, try sentence(rule, noun, twins.other))
            }
        }
    }
}
