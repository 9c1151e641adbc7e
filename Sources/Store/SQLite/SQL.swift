/// A statement and its values. Interpolated values are bound as parameters: `"SELECT * FROM client WHERE code = \(code)"`. Only another
/// `SQL` and a declared name become part of the text.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    package private(set) var text = ""
    package private(set) var values: [Cell] = []

    package init(stringLiteral text: String) { self.text = text }
    package init(stringInterpolation parts: Parts) { (text, values) = (parts.text, parts.values) }

    package struct Parts: StringInterpolationProtocol {
        var text = ""
        var values: [Cell] = []
        package init(literalCapacity: Int, interpolationCount: Int) {}
        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: (some Stored)?) {
            text += "?"
            values.append(value.cell)
        }

        package mutating func appendInterpolation(_ sql: SQL) {
            text += sql.text
            values += sql.values
        }

        /// Inserts the name of a table or column, which must be a declared one.
        package mutating func appendInterpolation(name: String) {
            let isPlain = !name.utf8.contains(UInt8(ascii: "\""))
            text += "\""
            text += isPlain ? name : name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            text += "\""
        }
    }

    package static func += (a: inout SQL, b: SQL) {
        a.text += b.text
        a.values += b.values
    }

    package static func + (a: SQL, b: SQL) -> SQL {
        var sum = a
        sum += b
        return sum
    }
}

extension Sequence<SQL> {
    package func joined(_ separator: SQL) -> SQL {
        var sum: SQL = "", first = true
        for part in self {
            if !first { sum += separator }
            sum += part
            first = false
        }
        return sum
    }
}
