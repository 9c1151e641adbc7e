/// Exact decimals, stored as integers scaled by a power of ten.
package enum Decimal {
    /// Values that are read stay below this, so that the sum of a few thousand of them cannot overflow.
    package static let limit = 1_000_000_000_000_000
    /// The range of integers that are accepted as input or from the database.
    package static let sound = -(limit - 1)...(limit - 1)

    /// Reads `-12.345` or `12,5` as an integer in units of `10^-places`; nil if it has more places, has no digits, is too large, or can be
    /// two numbers.
    package static func read(_ text: some StringProtocol, places: Int) -> Int? {
        read(plain: text, places: places) ?? written(Substring(text)).flatMap { read(plain: $0, places: places) }
    }

    private static func read(plain text: some StringProtocol, places: Int) -> Int? {
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

    private static let blanks: Set<Character> = [" ", "\u{A0}", "\u{202F}"]

    /// Reads an amount of money in the formats of tables and documents: `R 1 234.50`, `-R 10.00`, `12.50 €`, with or without a currency
    /// sign and with spaces between thousands. The shop decides which signs are allowed: see `currency(of:)`.
    /// - Returns: an integer in units of `10^-places`.
    static func read(amount text: String, places: Int) -> Int? {
        if let plain = read(text, places: places) { return plain }
        guard let number = parted(text)?.number else { return nil }
        let groups = number.split(omittingEmptySubsequences: false, whereSeparator: blanks.contains)
        guard groups.count > 1 else { return read(number, places: places) }
        let whole = groups.dropLast() + [groups[groups.count - 1].prefix { $0 != "." && $0 != "," }]
        let digits = (whole[0].hasPrefix("-") ? whole[0].dropFirst() : whole[0]).count
        guard (1...3).contains(digits), whole.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return read(groups.joined(), places: places)
    }

    /// The currency sign before or after an amount; empty if there is none.
    package static func currency(of amount: String) -> String { parted(amount)?.sign ?? "" }

    /// The number of an amount and its currency sign; nil if there is no number.
    private static func parted(_ text: String) -> (number: String, sign: String)? {
        let minus = text.hasPrefix("-") ? "-" : "", rest = text.dropFirst(minus.count)
        func isSign(_ character: Character) -> Bool {
            character.isLetter || character == "."
                || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .currencySymbol }
        }
        func sign(_ letters: Substring) -> String? {
            letters.isEmpty ? "" : letters.count <= 8 && letters.contains { $0 != "." } ? String(letters) : nil
        }
        let before = rest.prefix(while: isSign)
        guard before.isEmpty else {
            let number = rest.dropFirst(before.count).drop(while: blanks.contains)
            return sign(before).map { (minus + number, $0) }
        }
        let behind = rest.suffix(rest.reversed().prefix(while: isSign).count)
        var number = rest.dropLast(behind.count)
        while !behind.isEmpty, let last = number.last, blanks.contains(last) { number.removeLast() }
        return sign(behind).map { (minus + number, $0) }
    }

    /// Writes an integer in units of `10^-places` with at least `least` decimal places; further zeros are left out.
    package static func write(_ value: Int, places: Int, least: Int, into out: inout [UInt8]) {
        if value < 0 { out.append(UInt8(ascii: "-")) }
        var unit: UInt = 1
        for _ in 0..<places { unit *= 10 }
        write(digits: value.magnitude / unit, into: &out)
        var part = value.magnitude % unit, shown = places
        while shown > least, part % 10 == 0 { (part, shown) = (part / 10, shown - 1) }
        guard shown > 0 else { return }
        out.append(UInt8(ascii: "."))
        write(digits: part, least: shown, into: &out)
    }

    /// The same as a string.
    package static func text(_ value: Int, places: Int, least: Int) -> String {
        var out: [UInt8] = []
        write(value, places: places, least: least, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// A 64-bit binary floating-point number represents this many decimal digits exactly; programs differ in how they print more.
    private static let exactDigits = 15

    /// Converts a number in JSON to a decimal without an exponent: `1.2e-05` becomes `0.000012`. A number with decimals is rounded to 15
    /// digits, because 26.95 may be written as 26.950000000000003. Numbers too long for any field stay unchanged.
    package static func plain(json number: String) -> String {
        guard number.utf8.count > exactDigits || number.utf8.contains(where: { $0 | 32 == UInt8(ascii: "e") }) else { return number }
        let parts = number.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 32 == UInt8(ascii: "e") }
        let isNegative = parts[0].first == UInt8(ascii: "-")
        let halves = (isNegative ? parts[0].dropFirst() : parts[0]).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let exponent = parts.count == 1 ? 0 : Int(Substring(parts[1])), exponent.magnitude < 100, halves.count <= 2 else {
            return number
        }
        var digits = halves.joined().map { Int($0) - 48 }, scale = (halves.count == 2 ? halves[1].count : 0) - exponent
        guard digits.allSatisfy((0...9).contains) else { return number }
        if scale > 0 { round(&digits, &scale) }
        while scale < 0 { (digits, scale) = (digits + [0], scale + 1) }
        digits = [Int](repeating: 0, count: max(0, scale + 1 - digits.count)) + digits
        let whole = digits.dropLast(scale).drop { $0 == 0 }, text = { (digits: ArraySlice<Int>) in digits.map { "\($0)" }.joined() }
        return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : text(whole)) + (scale > 0 ? "." + text(digits.suffix(scale)) : "")
    }

    /// Rounds to the exact digits, half away from zero, and removes trailing zeros.
    private static func round(_ digits: inout [Int], _ scale: inout Int) {
        let excess = digits.drop { $0 == 0 }.count - exactDigits
        if excess > 0 {
            let cut = min(excess, scale), isUp = digits[digits.count - cut] >= 5
            (digits, scale) = ([0] + digits.dropLast(cut), scale - cut)
            var i = digits.count - 1
            while isUp, digits[i] == 9 { (digits[i], i) = (0, i - 1) }
            if isUp { digits[i] += 1 }
        }
        while scale > 0, digits.last == 0 { (_, scale) = (digits.removeLast(), scale - 1) }
    }

    /// Puts spaces between the thousands of a number that has a decimal point.
    static func grouped(_ number: String) -> String {
        let text = Array(number.utf8), point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
        var out: [UInt8] = []
        for (i, byte) in text.enumerated() {
            if i > 0, i < point, (point - i) % 3 == 0, out.last != UInt8(ascii: "-") { out.append(UInt8(ascii: " ")) }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A measure rounded to a hundredth, without trailing zeros: `88.9`. An extremely large one stays unrounded.
    package static func hundredths(_ measure: Double) -> String {
        measure.magnitude < 1e12 ? text(Int((measure * 100).rounded()), places: 2, least: 0) : "\(measure)"
    }

    /// Writes an integer, padded with zeros to `least` digits.
    package static func write(digits value: UInt, least: Int = 1, into out: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { buffer in
            var rest = value, at = 20
            while rest > 0 || 20 - at < least {
                at -= 1
                buffer[at] = UInt8(truncatingIfNeeded: 48 + rest % 10)
                rest /= 10
            }
            out.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[at...]))
        }
    }

    /// `a * b / c`, rounded to the nearest integer, half away from zero. `c` is positive.
    package static func scale(_ a: Int, _ b: Int, over c: Int) -> Int { rounded(Int128(a) * Int128(b), over: Int128(c)) }

    /// `a / b`, rounded to the nearest integer, half away from zero. `b` is positive.
    package static func rounded(_ a: Int128, over b: Int128) -> Int {
        let magnitude = (a.magnitude + b.magnitude / 2) / b.magnitude
        return a < 0 ? -Int(clamping: magnitude) : Int(clamping: magnitude)
    }
}
