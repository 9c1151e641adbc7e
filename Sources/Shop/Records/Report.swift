import Store
import Values

/// A predefined query. The declaration determines a command with its help and completion, its entry in `report list`, all formats, and
/// access to the rows behind a figure.
package struct Report: Sendable {
    /// The columns to draw as bars, and the column for their labels.
    package struct Chart: Sendable {
        package var along: String
        package var of: String
    }

    /// The word after `report`.
    package var name: String
    package var summary: String
    /// Paragraphs for help.
    package var about = ""
    /// The columns; the first identifies a line.
    package var columns: [Field]
    /// Returns the statement with these columns.
    package var query: @Sendable (Shop, [SQL]) throws -> SQL
    /// Its filters: conditions for the statement.
    package var parameters: [Noun.Filter] = []
    /// The noun whose rows are added up.
    package var noun: Noun
    /// The filter of the noun's list that selects the rows behind a line, by the first column's value.
    package var behind: Noun.Filter
    package var chart: Chart?
    /// Examples besides the plain report.
    package var examples: [String] = []

    package init(
        _ name: String, _ summary: String, _ columns: [Field], of noun: Noun, behind: Noun.Filter,
        query: @escaping @Sendable (Shop, [SQL]) throws -> SQL
    ) {
        (self.name, self.summary, self.columns, self.noun, self.behind) = (name, summary, columns, noun, behind)
        self.query = query
    }

    /// Groups the rows of a noun and adds them up.
    /// - Parameters:
    ///   - key: the grouping field.
    ///   - figures: sums of the list's columns, so that both agree: `Report.sum`.
    ///   - condition: the rows to include.
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

    /// The sum of a column of a noun's list, optionally with another name.
    package static func sum(_ column: String, of noun: Noun, as name: String? = nil) -> Field {
        Field(name ?? column, Money.self, sql: "sum(\(noun.columns.first { $0.name == column }?.sql ?? "NULL"))", sums: true)
    }

    package static func count(_ name: String) -> Field { Field(name, Int.self, sql: "count(*)", sums: true) }
}

extension Shop {
    /// Runs a report with conditions from its parameters.
    package func report(_ report: Report, _ conditions: [SQL]) throws -> Listing {
        let statement = try report.query(self, conditions), data = self.data
        return Listing(report.columns.map(\.heading)) { body in
            try data.each(statement) { row in
                try body(report.columns.indices.map { try self.local(report.columns[$0].show(row, $0)) })
            }
        }
    }

    /// The rows behind a line of a report, as in the noun's list.
    package func rows(behind line: Cell, of report: Report, _ conditions: [SQL]) throws -> Listing {
        var query = Query()
        query.conditions = conditions + [try report.behind.condition(line, self)]
        return try list(report.noun, query)
    }
}
