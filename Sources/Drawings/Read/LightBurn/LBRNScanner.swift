/// Reads the compact lists of a path: letters followed by numbers.
struct LBRNScanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Returns the next letter and skips what precedes it.
    mutating func letter() -> UInt8? {
        while at < bytes.count {
            at += 1
            if (bytes[at - 1] | 0x20) &- 0x61 < 26 { return bytes[at - 1] }
        }
        return nil
    }

    /// Returns the digit at the current position.
    mutating func digit() -> Int? {
        guard at < bytes.count, bytes[at] &- 0x30 < 10 else { return nil }
        at += 1
        return Int(bytes[at - 1] - 0x30)
    }

    /// Returns the number after blanks.
    mutating func number() -> Double? {
        let start = skipBlanks()
        while at < bytes.count, Self.isPartOfNumber(bytes[at]) { at += 1 }
        guard at > start else { return nil }
        return bytes.withUnsafeBufferPointer { Numeral.real(UnsafeBufferPointer(rebasing: $0[start..<at])) }
    }

    /// Returns the integer after blanks.
    mutating func whole() -> Int? {
        let start = skipBlanks()
        while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
        guard at > start else { return nil }
        return bytes.withUnsafeBufferPointer { Numeral.whole(UnsafeBufferPointer(rebasing: $0[start..<at])) }
    }

    private mutating func skipBlanks() -> Int {
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        return at
    }

    /// Whether a byte is a digit, a sign, a decimal point or an exponent mark.
    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2B || byte == 0x2E || byte | 0x20 == 0x65
    }
}
