import Store
import Values

/// A question that a shop asks itself again and again, as a value beside the nouns: from it come a command with its help and completion,
/// its place in `report list`, all formats, and the way to the rows that a figure is made of.
package struct Report: Sendable {
    /// Which of the columns are worth to be drawn, and along which.
    package struct Chart: Sendable {
        package var along: String
        package var of: String
    }

    /// The word behind `report`.
    package var name: String
    package var summary: String
    /// Paragraphs for help.
    package var about = ""
    /// Its first column tells its lines apart.
    package var columns: [Field]
    /// The statement that has these columns.
    package var query: @Sendable (Shop, [SQL]) throws -> SQL
    /// What narrows it: conditions for its statement.
    package var parameters: [Noun.Filter] = []
    /// The noun whose rows its figures are made of.
    package var noun: Noun
    /// Which of them are behind a line: a filter of the noun's list that takes what the first column says.
    package var behind: Noun.Filter
    package var chart: Chart?
    /// Besides the report as it is.
    package var examples: [String] = []

    package init(
        _ name: String, _ summary: String, _ columns: [Field], of noun: Noun, behind: Noun.Filter,
        query: @escaping @Sendable (Shop, [SQL]) throws -> SQL
    ) {
        (self.name, self.summary, self.columns, self.noun, self.behind) = (name, summary, columns, noun, behind)
        self.query = query
    }

    /// A line for all rows of a noun that have something in common, and what they come to.
    /// - Parameters:
    ///   - key: what they have in common.
    ///   - figures: in terms of the noun's list, so that both say the same: `Report.sum`.
    ///   - condition: which rows count at all.
    package static func grouping(
        _ noun: Noun, as name: String, _ summary: String, by key: Field, _ figures: [Field], where condition: SQL, behind: Noun.Filter
    ) -> Report {
        let columns = [key] + figures
        var behind = behind
        behind.condition = { [narrowing = behind.condition] cell, shop in "\(condition) AND \(try narrowing(cell, shop))" }
        return Report(name, summary, columns, of: noun, behind: behind) { _, conditions in
            """
            SELECT \(columns.map(\.sql).joined(", ")) FROM \(noun.from) WHERE \(([condition] + conditions).joined(" AND "))
            GROUP BY \(key.sql) ORDER BY \(key.sql)
            """
        }
    }

    /// The sum of a column of a noun's list, under another name where one is given.
    package static func sum(_ column: String, of noun: Noun, as name: String? = nil) -> Field {
        Field(name ?? column, Money.self, sql: "sum(\(noun.columns.first { $0.name == column }?.sql ?? "NULL"))", sums: true)
    }

    package static func count(_ name: String) -> Field { Field(name, Int.self, sql: "count(*)", sums: true) }
}

extension Shop {
    /// A report, narrowed by conditions of its parameters.
    package func report(_ report: Report, _ conditions: [SQL]) throws -> Listing {
        let statement = try report.query(self, conditions), data = self.data
        return Listing(report.columns.map(\.heading)) { body in
            try data.each(statement) { row in
                try body(report.columns.indices.map { try self.local(report.columns[$0].show(row, $0)) })
            }
        }
    }

    /// The rows that a line of a report is made of, as the noun's list has them.
    package func rows(behind line: Cell, of report: Report, _ conditions: [SQL]) throws -> Listing {
        var query = Query()
        query.conditions = conditions + [try report.behind.condition(line, self)]
        return try list(report.noun, query)
    }
}
