/// A value that a user can type.
package protocol Readable: SendableMetatype, Sendable {
    /// The placeholder of the value in help: DAY, AMOUNT, FILE.
    static var word: String { get }
    /// What a valid value is, for messages after "is not": `a day (2026-11-30, today, +3d, fri)`.
    static var expected: String { get }
    /// The largest valid number, as it is typed; nil for other types.
    static var largest: String? { get }
    /// What a valid value is, for messages after "is not". For a number that is too large it names the largest.
    static func wanted(for text: String) -> String
    /// All valid values, if there are few.
    static var choices: [String] { get }
    init?(reading text: String)
    /// Reads a text whose meaning may depend on the day, such as `tomorrow`; only then it calls `today`.
    static func read(_ text: String, today: () throws -> Day) rethrows -> Self?
}

extension Readable {
    package static var choices: [String] { [] }
    package static var largest: String? { nil }
    package static func read(_ text: String, today: () throws -> Day) rethrows -> Self? { Self(reading: text) }
}

extension Readable {
    package static func wanted(for text: String) -> String {
        guard let largest else { return expected }
        if let unclear = Decimal.unclear(text) { return "one number: it is \(unclear.whole) or \(unclear.fraction)" }
        return Readables.isLong(text) ? "at most \(largest)" : expected
    }
}

/// Helpers of the readable values.
private enum Readables {
    /// Whether a text is a number with more digits before its decimal point than any field has.
    static func isLong(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
            && parts[0].drop { $0 == 48 }.count > 9
    }
}

extension String: Readable {
    package static let word = "TEXT"
    package static let expected = "text: it holds a control character"

    /// Text of any number of lines. Control characters other than tab and line feed are refused.
    package init?(reading text: String) {
        guard text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 10 || $0 == 9 }) else { return nil }
        self = text
    }
}

extension Int: Readable {
    package static let word = "NUMBER"
    package static let expected = "a whole number"
    package static let largest: String? = "\(Decimal.sound.upperBound)"
    package init?(reading text: String) {
        guard text.utf8.first != UInt8(ascii: "+"), let number = Int(text), Decimal.sound.contains(number) else { return nil }
        self = number
    }
}

/// A positive integer: pieces, sheets, a limit.
package struct Count: Readable, Hashable {
    package static let word = "NUMBER"
    package static let expected = "a whole number from 1 up"
    package static let largest: String? = "\(sound.upperBound)"
    package var value: Int
    package init(_ value: Int) { self.value = value }
    package init?(reading text: String) {
        guard let value = Int(reading: text), Count.sound.contains(value) else { return nil }
        self.value = value
    }

    package static let sound = 1...1_000_000_000
}

extension Bool: Readable {
    package static let word = "yes|no"
    package static let expected = "yes or no"
    package static let choices = ["yes", "no"]
    package init?(reading text: String) {
        switch text.lowercased() {
        case "yes", "true", "1": self = true
        case "no", "false", "0": self = false
        default: return nil
        }
    }
}

/// An enumeration of words that is readable by its raw values: `enum Status: String, Choice { case draft, sent }`.
package protocol Choice: Readable, RawRepresentable<String>, CaseIterable {}

extension Choice {
    package static var word: String { choices.joined(separator: "|") }
    package static var expected: String { "one of " + choices.joined(separator: ", ") }
    // A key path of a generic type is created anew on each use, which costs as much as a hundred of these words.
    package static var choices: [String] { allCases.map { $0.rawValue } }
    /// Ignores case and treats spaces, underscores and hyphens as equal: `In Progress` is `in-progress`.
    package init?(reading text: String) {
        if let exact = Self(rawValue: text.lowercased()) {
            self = exact
        } else {
            let folded = text.folded
            guard let alike = Self.allCases.first(where: { $0.rawValue.folded == folded }) else { return nil }
            self = alike
        }
    }
}
