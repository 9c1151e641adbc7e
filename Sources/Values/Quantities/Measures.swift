/// A length in whole micrometres: 0.47 mm is 470.
package struct Length: Hashable, Comparable, Sendable {
    package var um: Int
    package init(um: Int) { self.um = um }
    package static func < (a: Length, b: Length) -> Bool { a.um < b.um }
    package static func - (a: Length, b: Length) -> Length { Length(um: Int(clamping: Int128(a.um) - Int128(b.um))) }
    package var millimetres: Double { Double(um) / 1000 }
}

extension Length: CustomStringConvertible, Readable {
    package static let word = "MM"
    package static let expected = "a length in millimetres (3, 0.47, 2.5mm)"
    package static let largest: String? = Length(um: Decimal.limit - 1).description
    package var description: String { Decimal.text(um, places: 3, least: 0) }
    package init?(reading text: String) {
        let number = text.lowercased().hasSuffix("mm") ? String(text.dropLast(2)).trimmed : text[...]
        guard let um = Decimal.read(number, places: 3), um >= 0 else { return nil }
        self.um = um
    }
}

/// A physical quantity in thousandths of its unit: 7.85 g/cm3, 14.5 bar, 2000 W.
package struct Quantity: Hashable, Comparable, Sendable {
    package var thousandths: Int
    package init(thousandths: Int) { self.thousandths = thousandths }
    package static func < (a: Quantity, b: Quantity) -> Bool { a.thousandths < b.thousandths }
}

extension Quantity: CustomStringConvertible, Readable {
    package static let word = "NUMBER"
    package static let expected = "a number with at most three decimals (7.85)"
    package static let largest: String? = Quantity(thousandths: Decimal.limit - 1).description
    package var description: String { Decimal.text(thousandths, places: 3, least: 0) }
    package init?(reading text: String) {
        // A difference may have its sign.
        let digits = text.hasPrefix("+") && !text.hasPrefix("+-") ? text.dropFirst() : text[...]
        guard let thousandths = Decimal.read(digits, places: 3) else { return nil }
        self.thousandths = thousandths
    }
}

/// A duration in whole milliseconds.
package struct Seconds: Hashable, Comparable, Sendable {
    package var ms: Int
    package init(ms: Int) { self.ms = ms }
    package static func < (a: Seconds, b: Seconds) -> Bool { a.ms < b.ms }

    /// `2h 15m`, `45m` or `8.5s`, for tables.
    package var spoken: String {
        let minutes = ms / 60_000
        if minutes >= 60 { return "\(minutes / 60)h \(minutes % 60)m" }
        if minutes >= 1 { return "\(minutes)m \(ms % 60_000 / 1000)s" }
        return Decimal.text(ms, places: 3, least: 0) + "s"
    }
}

extension Seconds: CustomStringConvertible, Readable {
    package static let word = "SECONDS"
    package static let expected = "a time in seconds (90, 0.5, 2m, 1h)"
    package var description: String { Decimal.text(ms, places: 3, least: 0) }
    package init?(reading text: String) {
        let units: [(String, Int)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
        let (digits, unit) = units.first { text.hasSuffix($0.0) }.map { (text.dropLast($0.0.count), $0.1) } ?? (text[...], 1000)
        guard let thousandths = Decimal.read(digits, places: 3), thousandths >= 0 else { return nil }
        ms = Decimal.scale(thousandths, unit, over: 1000)
        if !Decimal.sound.contains(ms) { return nil }
    }
}

/// The size of a sheet or a bed, width by height in micrometres: `3000x1500`.
package struct Size: Hashable, Sendable {
    package var width: Length
    package var height: Length
    package init(width: Length, height: Length) { (self.width, self.height) = (width, height) }
}

extension Size: CustomStringConvertible, Readable {
    package static let word = "SIZE"
    package static let expected = "a size in millimetres (3000x1500)"
    package var description: String { "\(width)x\(height)" }
    package init?(reading text: String) {
        var text = text.lowercased()
        if text.hasSuffix("mm") { text.removeLast(2) }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "×" }.map { String(String($0).trimmed) }
        guard parts.count == 2, let width = Length(reading: parts[0]), let height = Length(reading: parts[1]),
            width.um > 0, height.um > 0
        else { return nil }
        self.init(width: width, height: height)
    }
}
