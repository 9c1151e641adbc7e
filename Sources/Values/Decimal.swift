/// Exact decimals, kept as whole numbers of their last place.
package enum Decimal {
    /// What is read stays below it, so that sums and differences of a few thousand of them cannot overflow.
    package static let limit = 1_000_000_000_000_000
    /// What a whole number may be, typed or kept.
    package static let sound = -(limit - 1)...(limit - 1)

    /// Reads `-12.345` as a whole number of `10^-places`; nil when it has more places, no digits, or does not fit.
    package static func read(_ text: some StringProtocol, places: Int) -> Int? {
        var bytes = Substring(text).utf8
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes = bytes.dropFirst() }
        var value = 0, decimals = 0, digits = 0
        var point = false
        for byte in bytes {
            if byte == UInt8(ascii: "."), !point, digits > 0 {
                point = true
                continue
            }
            guard (48...57).contains(byte) else { return nil }
            if point {
                decimals += 1
                guard decimals <= places || byte == 48 else { return nil }
                if decimals > places { continue }
            }
            digits += 1
            let (tens, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int(byte) - 48)
            guard !over, !more else { return nil }
            value = sum
        }
        guard digits > 0, !(point && decimals == 0) else { return nil }
        for _ in min(decimals, places)..<places {
            let (tens, over) = value.multipliedReportingOverflow(by: 10)
            guard !over else { return nil }
            value = tens
        }
        guard value < limit else { return nil }
        return negative ? -value : value
    }

    /// An amount of money as tables and paper show it: `R 1 234.50`, with or without the currency and blanks between thousands.
    /// - Returns: a whole number of `10^-places`.
    static func read(amount text: String, places: Int) -> Int? {
        let blanks: Set<Character> = [" ", "\u{A0}", "\u{202F}"]
        let number = text.hasPrefix("R") ? text.dropFirst().drop(while: blanks.contains) : text[...]
        let groups = number.split(omittingEmptySubsequences: false, whereSeparator: blanks.contains)
        guard groups.count > 1 else { return read(number, places: places) }
        let whole = groups.dropLast() + [groups[groups.count - 1].prefix { $0 != "." }]
        let digits = (whole[0].hasPrefix("-") ? whole[0].dropFirst() : whole[0]).count
        guard (1...3).contains(digits), whole.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return read(groups.joined(), places: places)
    }

    /// Writes a whole number of `10^-places` with at least `least` places; further zeros are left out.
    package static func write(_ value: Int, places: Int, least: Int, into out: inout [UInt8]) {
        if value < 0 { out.append(UInt8(ascii: "-")) }
        var unit: UInt = 1
        for _ in 0..<places { unit *= 10 }
        let magnitude = value.magnitude
        write(digits: magnitude / unit, into: &out)
        var part = Int(magnitude % unit), shown = places
        while shown > least, part % 10 == 0 { (part, shown) = (part / 10, shown - 1) }
        guard shown > 0 else { return }
        out.append(UInt8(ascii: "."))
        var divisor = 1
        for _ in 1..<max(shown, 1) { divisor *= 10 }
        for _ in 0..<shown {
            out.append(UInt8(48 + part / divisor % 10))
            divisor = max(divisor / 10, 1)
        }
    }

    /// The same as a string.
    package static func text(_ value: Int, places: Int, least: Int) -> String {
        var out: [UInt8] = []
        write(value, places: places, least: least, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// With blanks between the thousands of a number that has a point.
    static func grouped(_ number: String) -> String {
        let text = Array(number.utf8), point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
        var out: [UInt8] = []
        for (i, byte) in text.enumerated() {
            if i > 0, i < point, (point - i) % 3 == 0, out.last != UInt8(ascii: "-") { out.append(UInt8(ascii: " ")) }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A measure to a hundredth, without idle zeros: `88.9`; one beyond all use as it is.
    package static func hundredths(_ measure: Double) -> String {
        measure.magnitude < 1e12 ? text(Int((measure * 100).rounded()), places: 2, least: 0) : "\(measure)"
    }

    private static func write(digits value: UInt, into out: inout [UInt8]) {
        var rest = value
        let start = out.count
        repeat {
            out.append(UInt8(48 + rest % 10))
            rest /= 10
        } while rest > 0
        out[start...].reverse()
    }

    /// `a * b / c`, rounded to the nearest whole number, halves away from zero. `c` is above zero.
    package static func scale(_ a: Int, _ b: Int, over c: Int) -> Int { rounded(Int128(a) * Int128(b), over: Int128(c)) }

    /// `a / b`, rounded to the nearest whole number, halves away from zero. `b` is above zero.
    package static func rounded(_ a: Int128, over b: Int128) -> Int {
        let magnitude = (a.magnitude + b.magnitude / 2) / b.magnitude
        return a < 0 ? -Int(clamping: magnitude) : Int(clamping: magnitude)
    }
}
