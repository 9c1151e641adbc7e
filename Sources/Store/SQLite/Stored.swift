import Values

/// A value of one SQLite cell. Only the journal reads and writes blobs.
package enum Cell: Hashable, Sendable {
    case null, integer(Int), real(Double), text(String)

    package var isNull: Bool { if case .null = self { true } else { false } }

    /// The value in a message: `nothing`, `-1`, `'9999-99-99'`.
    package var said: String {
        switch self {
        case .null: "nothing"
        case .integer(let n): "\(n)"
        case .real(let x): "\(x)"
        case .text(let text): text.count > 40 ? "'\(text.prefix(40))…'" : "'\(text)'"
        }
    }
}

/// A value that can be written to the database and read back.
package protocol Stored: Sendable {
    /// What a cell should hold, for messages: `an amount`.
    static var wanted: String { get }
    var cell: Cell { get }
    /// Nil if the cell holds another type, or a number outside the range that the program can calculate with: another program may have
    /// written anything.
    init?(cell: Cell)
}

extension Stored {
    package static var wanted: String { "a \(Self.self)" }
}

extension Stored where Self: Readable {
    /// `expected` without the example: `an amount` for `an amount (1234.50)`.
    package static var wanted: String { expected.firstIndex(of: "(").map { String(String(expected[..<$0]).trimmed) } ?? expected }
}

extension Cell: Stored {
    package var cell: Cell { self }
    package init?(cell: Cell) { self = cell }
}

extension Int: Stored {
    package var cell: Cell { .integer(self) }
    package init?(cell: Cell) { if case .integer(let n) = cell, Decimal.sound.contains(n) { self = n } else { return nil } }
}

extension Bool: Stored {
    package var cell: Cell { .integer(self ? 1 : 0) }
    package init?(cell: Cell) { if case .integer(let n) = cell, n == 0 || n == 1 { self = n == 1 } else { return nil } }
}

extension Double: Stored {
    package var cell: Cell { .real(self) }
    package init?(cell: Cell) {
        switch cell {
        case .real(let x) where x.isFinite: self = x
        case .integer(let n): self = Double(n)
        default: return nil
        }
    }
}

extension String: Stored {
    package static var wanted: String { "a text" }
    package var cell: Cell { .text(self) }
    package init?(cell: Cell) { if case .text(let s) = cell { self = s } else { return nil } }
}

extension Optional: Stored where Wrapped: Stored {
    package static var wanted: String { Wrapped.wanted }
    package var cell: Cell { self?.cell ?? .null }
    package init?(cell: Cell) {
        if cell == .null { self = .none } else if let value = Wrapped(cell: cell) { self = value } else { return nil }
    }
}

/// A value stored as an integer.
package protocol StoredAsInt: Stored {
    /// The range of integers that are accepted from a cell.
    static var sound: ClosedRange<Int> { get }
    var stored: Int { get }
    init(stored: Int)
}

extension StoredAsInt {
    package static var sound: ClosedRange<Int> { Decimal.sound }
    package var cell: Cell { .integer(stored) }
    package init?(cell: Cell) {
        if case .integer(let n) = cell, Self.sound.contains(n) { self.init(stored: n) } else { return nil }
    }
}

/// A value stored as the text that the user types.
package protocol StoredAsText: Stored, Readable {
    var storedText: String { get }
}

extension StoredAsText {
    package var cell: Cell { .text(storedText) }
    package init?(cell: Cell) { if case .text(let s) = cell { self.init(reading: s) } else { return nil } }
}

extension Money: StoredAsInt {
    package var stored: Int { cents }
    package init(stored: Int) { self.init(cents: stored) }
}

extension Rate: StoredAsInt {
    package var stored: Int { millionths }
    package init(stored: Int) { self.init(millionths: stored) }
}

extension Percent: StoredAsInt {
    package var stored: Int { hundredths }
    package init(stored: Int) { self.init(hundredths: stored) }
}

extension Quantity: StoredAsInt {
    package var stored: Int { thousandths }
    package init(stored: Int) { self.init(thousandths: stored) }
}

extension Length: StoredAsInt {
    package static let sound = 0...Decimal.sound.upperBound
    package var stored: Int { um }
    package init(stored: Int) { self.init(um: stored) }
}

extension Seconds: StoredAsInt {
    package static let sound = 0...Decimal.sound.upperBound
    package var stored: Int { ms }
    package init(stored: Int) { self.init(ms: stored) }
}

extension Count: StoredAsInt {
    package var stored: Int { value }
    package init(stored: Int) { self.init(stored) }
}

extension Line: StoredAsText { package var storedText: String { text } }
extension Email: StoredAsText { package var storedText: String { text } }
extension Emails: StoredAsText { package var storedText: String { text } }
extension Phone: StoredAsText { package var storedText: String { text } }
extension Size: StoredAsText { package var storedText: String { description } }
extension Day: StoredAsText { package var storedText: String { description } }
extension Moment: StoredAsText { package var storedText: String { description } }

extension Choice where Self: Stored {
    package var cell: Cell { .text(rawValue) }
    package init?(cell: Cell) { if case .text(let s) = cell { self.init(rawValue: s) } else { return nil } }
}

/// Stored as the first and the last day: `2026-10-01/2026-10-31`.
extension Period: Stored {
    package var cell: Cell { .text("\(from)/\(until - 1)") }
    package init?(cell: Cell) {
        guard case .text(let text) = cell else { return nil }
        let days = text.split(separator: "/").map { Day(reading: String($0)) }
        guard days.count == 2, let from = days[0], let last = days[1] else { return nil }
        self.init(from: from, until: last + 1)
    }
}
