import Store
import Values

/// The named CHECK constraints of a noun's table. With them all faults of a row can be reported with their columns, while SQLite stops at
/// the first.
struct FieldRules {
    private struct Check {
        let name: String
        let sentence: String
        let expression: SQL
        let fields: [Int]
    }

    private let noun: Noun
    private var checks: [Check] = []

    init(_ shop: Shop, _ noun: Noun) throws {
        self.noun = noun
        let columns = Set(try shop.columns(of: noun.name))
        let schema = try shop.data.one("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(noun.name)") { $0.text(0) } ?? ""
        for (name, expression) in Self.constraints(in: schema) {
            guard let rule = Rules.all[name] else { continue }
            let named = Set(expression.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)).intersection(columns)
            let fields = noun.fields.indices.filter { named.contains(noun.fields[$0].column) }
            // Constraints on columns that are not fields, such as the code, are left to SQLite.
            guard fields.count == named.count else { continue }
            checks.append(Check(name: name, sentence: rule.sentence, expression: SQL(stringLiteral: expression), fields: fields))
        }
    }

    /// All `CONSTRAINT name CHECK (expression)` of a table.
    private static func constraints(in schema: String) -> [(name: String, expression: String)] {
        var found: [(String, String)] = [], rest = schema[...]
        while let start = rest.firstRange(of: "CONSTRAINT ") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: " CHECK (") else { break }
            let name = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            var depth = 1
            let expression = rest.prefix { character in
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
                return depth > 0
            }
            found.append((String(name), String(expression)))
            rest = rest[expression.endIndex...]
        }
        return found
    }

    /// The constraints that a record violates, each with the first field that it refers to.
    func broken(by record: Record, in shop: Shop) throws -> [(field: Int, name: String, sentence: String)] {
        try checks.compactMap { check in
            let cells = check.fields.compactMap { record.cells[$0] }
            guard let field = check.fields.first, cells.count == check.fields.count else { return nil }
            let row = zip(check.fields, cells).map { field, cell -> SQL in "\(cell) AS \(name: noun.fields[field].column)" }.joined(", ")
            let holds = try shop.data.one("SELECT ifnull(\(check.expression), 1) FROM (SELECT \(row))") { $0.int(0) != 0 }
            return holds == false ? (field, check.name, check.sentence) : nil
        }
    }
}
