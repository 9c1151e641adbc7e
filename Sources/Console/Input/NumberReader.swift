import Values

/// Converts a spreadsheet's numbers to plain form: `1 234,50` becomes 1234.50. The decimal mark is given or follows from the numbers.
/// Ambiguous numbers, and files with both decimal marks, are refused.
package struct NumberReader {
    private let told: DecimalMark?
    private let commaIsLikely: Bool
    /// The first line with each mark.
    private var seen: [DecimalMark: Int] = [:]
    /// The mark of an unambiguous number.
    private var proven: DecimalMark?

    /// - Parameters:
    ///   - delimiter: the field separator. A semicolon suggests that the comma is the decimal mark.
    ///   - likely: the decimal mark if nothing else determines it.
    package init(_ told: DecimalMark?, delimiter: UInt8, likely: DecimalMark? = nil) {
        (self.told, commaIsLikely) = (told, delimiter == UInt8(ascii: ";") || likely == .comma)
    }

    /// A converted number, or what is wrong with it.
    package enum Plain: Equatable { case text(String), wrong(String) }

    private static let digits: ClosedRange<Unicode.Scalar> = "0"..."9"
    /// The spaces of different widths and apostrophes that separate thousands.
    private static let gaps: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "\u{2019}"]

    /// Returns the number with a decimal point and without thousands separators; text that is not a number stays unchanged.
    package mutating func plain(_ text: String, line: Int) -> Plain {
        // Fast path: most numbers are plain already.
        var points = 0, isPlain = true
        for byte in text.utf8 where !((48...57).contains(byte) || byte == UInt8(ascii: "-")) {
            points += 1
            isPlain = isPlain && byte == UInt8(ascii: ".")
        }
        if isPlain, points == 0 { return .text(text) }
        if isPlain, points == 1, told != .comma, seen[.comma] == nil, told != nil || !commaIsLikely {
            if seen[.point] == nil { seen[.point] = line }
            if proven == nil, text.utf8.suffix(4).first != UInt8(ascii: ".") { proven = .point }
            return .text(text)
        }
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: NumberReader.digits.contains),
            let last = scalars.lastIndex(where: NumberReader.digits.contains)
        else { return .text(text) }
        let run = scalars[first...last]
        guard run.allSatisfy({ NumberReader.digits.contains($0) || NumberReader.gaps.contains($0) || $0 == "," || $0 == "." }) else {
            return .text(text)
        }
        let mark: DecimalMark?
        switch told.map({ Mark.one($0) }) ?? self.mark(of: run) {
        case .none: mark = nil
        case .one(let found): mark = found
        case .unclear: return .wrong("'\(text)' could be two numbers: say --decimal comma or --decimal point")
        }
        if told == nil, let mark {
            if let other = seen[mark.other] {
                return .wrong("'\(text)' has a decimal \(mark.rawValue), line \(other) has a decimal \(mark.other.rawValue): say --decimal")
            }
            if seen[mark] == nil { seen[mark] = line }
            if proven == nil, isProof(run, mark) { proven = mark }
        }
        guard let number = NumberReader.joined(run, mark ?? .point) else {
            guard let told, run.contains(told.other.character) else { return .text(text) }
            return .wrong("'\(text)' is not a number with a decimal \(told.rawValue)")
        }
        return .text(
            String(String.UnicodeScalarView(scalars[..<first])) + number + String(String.UnicodeScalarView(scalars[(last + 1)...])))
    }

    private enum Mark { case none, one(DecimalMark), unclear }

    /// Determines the decimal mark of a single number.
    private func mark(of run: ArraySlice<Unicode.Scalar>) -> Mark {
        let commas = run.count { $0 == "," }, points = run.count { $0 == "." }
        if commas > 0, points > 0 { return .one(run.last { $0 == "," || $0 == "." } == "," ? .comma : .point) }
        if commas > 1 { return .one(.point) }
        if points > 1 { return .one(.comma) }
        // An unambiguous number in the file decides for those after it.
        if commas + points == 1, let proven, NumberReader.couldPartThousands(run, at: commas == 1 ? "," : ".") { return .one(proven) }
        if points == 1 {
            let isClear = !commaIsLikely || seen[.point] != nil || !NumberReader.couldPartThousands(run, at: ".")
            return isClear ? .one(.point) : .unclear
        }
        guard commas == 1 else { return .none }
        return !NumberReader.couldPartThousands(run, at: ",") || commaIsLikely || seen[.comma] != nil ? .one(.comma) : .unclear
    }

    /// Whether the number is unambiguous proof of its decimal mark: `1,5`, `1 234,50`, `1.234,50`.
    private func isProof(_ run: ArraySlice<Unicode.Scalar>, _ mark: DecimalMark) -> Bool {
        !run.contains(mark.character) || run.contains(mark.other.character) || !NumberReader.couldPartThousands(run, at: mark.character)
    }

    /// `1,234` may have a thousands separator; `0,234` and `1,5` cannot.
    private static func couldPartThousands(_ run: ArraySlice<Unicode.Scalar>, at mark: Unicode.Scalar) -> Bool {
        guard let place = run.firstIndex(of: mark) else { return false }
        return run[(place + 1)...].count == 3 && run[..<place].count <= 3 && run.first != "0"
    }

    /// The digits with a decimal point; nil if the thousands are not groups of three with the same separator.
    private static func joined(_ run: ArraySlice<Unicode.Scalar>, _ mark: DecimalMark) -> String? {
        let parts = run.split(separator: mark.character, omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        if parts.count == 2, !parts[1].allSatisfy(digits.contains) { return nil }
        let gaps = Set(parts[0].filter { !digits.contains($0) })
        guard gaps.count <= 1 else { return nil }
        let groups = parts[0].split(omittingEmptySubsequences: false) { !digits.contains($0) }
        guard groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }) else {
            return nil
        }
        return String(String.UnicodeScalarView(groups.joined()))
            + (parts.count == 2 ? "." + String(String.UnicodeScalarView(parts[1])) : "")
    }
}
