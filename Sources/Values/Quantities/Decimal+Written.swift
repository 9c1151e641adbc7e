/// Numbers as people and spreadsheets write them, with a decimal comma or with marks between thousands.
extension Decimal {
    /// The plain form of `26,50`, `1.234,50`, `1,234.50` or `1.234.567`; nil for any other text, and for `1,234`, which can be two numbers.
    static func written(_ text: Substring) -> String? {
        let sign = text.hasPrefix("-") ? "-" : "", digits = text.dropFirst(sign.count)
        let marks = digits.filter { $0 == "," || $0 == "." }
        guard let last = marks.last, marks != ".", digits.utf8.allSatisfy({ (44...57).contains($0) && $0 != 45 && $0 != 47 }),
            unclear(digits) == nil
        else { return nil }
        // A mark that repeats stands between thousands.
        let hasFraction = marks.filter { $0 == last }.count == 1
        let fraction = hasFraction ? digits.suffix(while: { $0 != last }) : ""
        let whole = hasFraction ? digits.dropLast(fraction.count + 1) : digits
        let groups = whole.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy({ $0.count == 3 }),
            Set(whole.filter { $0 == "," || $0 == "." }).count <= 1, !groups[0].isEmpty, fraction.isEmpty != hasFraction
        else { return nil }
        return sign + groups.joined() + (hasFraction ? "." + fraction : "")
    }

    /// The two numbers that a text such as `1,234` can be, with a unit or a currency sign around it; nil for other texts.
    static func unclear(_ text: some StringProtocol) -> (whole: String, fraction: String)? {
        guard let first = text.firstIndex(where: isDigit), let last = text.lastIndex(where: isDigit) else { return nil }
        let parts = text[first...last].split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy(isDigit) }), (1...3).contains(parts[0].count), parts[1].count == 3,
            parts[0].first != "0"
        else { return nil }
        return (whole: parts.joined(), fraction: parts.joined(separator: "."))
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

extension Substring {
    /// The characters behind the last one that does not fit.
    fileprivate func suffix(while fits: (Character) -> Bool) -> Substring {
        self[(lastIndex { !fits($0) }.map(index(after:)) ?? startIndex)...]
    }
}
