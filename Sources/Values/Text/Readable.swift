/// A value that a person can type.
package protocol Readable: SendableMetatype, Sendable {
    /// Stands for the value in help: DAY, AMOUNT, FILE.
    static var word: String { get }
    /// What was wanted, after "is not": `a day (2026-11-30, today, +3d, fri)`.
    static var expected: String { get }
    /// The largest number that it may be, as it is typed; nil where it is no number.
    static var largest: String? { get }
    /// Every value there is, when there are few.
    static var choices: [String] { get }
    init?(reading text: String)
    /// Reads what may depend on the day: `tomorrow`. `today` is asked for only then.
    static func read(_ text: String, today: () throws -> Day) rethrows -> Self?
}

extension Readable {
    package static var choices: [String] { [] }
    package static var largest: String? { nil }
    package static func read(_ text: String, today: () throws -> Day) rethrows -> Self? { Self(reading: text) }
}

extension Readable {
    /// What was wanted in place of a text that cannot be read, after "is not": of a number that is only too large, the largest.
    package static func wanted(for text: String) -> String {
        guard let largest, Readables.isLong(text) else { return expected }
        return "at most \(largest)"
    }
}

/// What the values that can be typed share.
private enum Readables {
    /// A plain number with more digits before its point than any that means something in a shop.
    static func isLong(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
            && parts[0].drop { $0 == 48 }.count > 9
    }
}

extension String: Readable {
    package static let word = "TEXT"
    package static let expected = "text: it holds a control character"

    /// Text of any number of lines; control characters other than tab and line feed are refused.
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

/// A whole number from 1 up: pieces, sheets, a limit.
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

/// An enumeration of words reads itself: `enum Status: String, Choice { case draft, sent }`.
package protocol Choice: Readable, RawRepresentable<String>, CaseIterable {}

extension Choice {
    package static var word: String { choices.joined(separator: "|") }
    package static var expected: String { "one of " + choices.joined(separator: ", ") }
    // A key path of a generic type is built anew each time, at the price of a hundred of these words.
    package static var choices: [String] { allCases.map { $0.rawValue } }
    /// Case, blanks, underscores and hyphens are alike: `In Progress` is `in-progress`.
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
