import Store
import Values

/// Columns whose values no two rows of a table share together. The schema keeps only codes and numbers apart: it looks at each row as it
/// is written, and two names may swap, or a changeset of that be turned back. So it is asked for when a command is done.
package struct Distinct: Sendable {
    var table: String
    /// A row without a value in the first is like no other.
    var columns: [String]
    /// After "there is already": `a preset with this name`.
    var what: String

    package init(_ table: String, _ columns: [String], _ what: String) { (self.table, self.columns, self.what) = (table, columns, what) }

    var sentence: String { "there is already \(what)" }
}

extension Shop {
    /// Rows among these, each with one that is like it.
    func twins(_ rule: Distinct, among ids: ClosedRange<Int>) throws -> [(id: Int, other: Int)] {
        let alike = rule.columns.enumerated().map { i, column -> SQL in
            i == 0 ? "b.\(name: column) = a.\(name: column)" : "b.\(name: column) IS a.\(name: column)"
        }
        return try data.all(
            """
            SELECT a.id, min(b.id) FROM \(name: rule.table) a JOIN \(name: rule.table) b ON \(alike.joined(" AND "))
            AND (b.id < a.id OR b.id > \(ids.upperBound)) WHERE a.id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) GROUP BY a.id
            """
        ) { (id: $0.int(0), other: $0.int(1)) }
    }

    /// - Throws: `refused` when something was written that is there already.
    package func demandDistinct() throws {
        for (noun, ids) in written {
            for rule in noun.distinct where try rule.table == noun.name && !twins(rule, among: ids).isEmpty {
                throw Failure(.refused, noun.area, rule.sentence)
            }
        }
    }
}
