import Store
import Values

/// What the database demands of the fields of a noun: the named CHECK constraints of its table, so that a row that is refused for one
/// thing can be told of all, each with its column.
struct FieldRules {
    private struct Rule {
        /// The constraint's name is the sentence that people read.
        let sentence: String
        let expression: SQL
        let fields: [Int]
    }

    private let noun: Noun
    private var rules: [Rule] = []

    init(_ shop: Shop, _ noun: Noun) throws {
        self.noun = noun
        let columns = Set(try shop.columns(of: noun.name))
        let schema = try shop.data.one("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(noun.name)") { $0.text(0) } ?? ""
        for (sentence, expression) in Self.constraints(in: schema) {
            let named = Set(expression.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)).intersection(columns)
            let fields = noun.fields.indices.filter { named.contains(noun.fields[$0].column) }
            // What looks at a column that is no field, such as the code, is told of by the database alone.
            guard fields.count == named.count else { continue }
            rules.append(Rule(sentence: sentence, expression: SQL(stringLiteral: expression), fields: fields))
        }
    }

    /// Each `CONSTRAINT "sentence" CHECK (expression)`.
    private static func constraints(in schema: String) -> [(String, String)] {
        var found: [(String, String)] = [], rest = schema[...]
        while let start = rest.firstRange(of: "CONSTRAINT \"") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "\" CHECK (") else { break }
            let sentence = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            var depth = 1
            let expression = rest.prefix { character in
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
                return depth > 0
            }
            found.append((String(sentence), String(expression)))
            rest = rest[expression.endIndex...]
        }
        return found
    }

    /// The rules that what a record says breaks, each with the first field that it looks at.
    func broken(by record: Record, in shop: Shop) throws -> [(field: Int, sentence: String)] {
        try rules.compactMap { rule in
            let cells = rule.fields.compactMap { record.cells[$0] }
            guard let field = rule.fields.first, cells.count == rule.fields.count else { return nil }
            let row = zip(rule.fields, cells).map { field, cell -> SQL in "\(cell) AS \(name: noun.fields[field].column)" }.joined(", ")
            let holds = try shop.data.one("SELECT ifnull(\(rule.expression), 1) FROM (SELECT \(row))") { $0.int(0) != 0 }
            return holds == false ? (field, rule.sentence) : nil
        }
    }
}
