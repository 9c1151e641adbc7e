/// A colour with components from 0 to 1.
package struct Colour: Equatable, Sendable {
    package var red, green, blue: Double

    package init(_ red: Double, _ green: Double, _ blue: Double) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Reads `#1F3A5F` or `1f3a5f`. Nil if the text is not six hexadecimal digits.
    package init?(hex: String) {
        let digits = hex.hasPrefix("#") ? hex.dropFirst() : hex[...]
        guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else { return nil }
        self.init(Double(value >> 16) / 255, Double(value >> 8 & 0xFF) / 255, Double(value & 0xFF) / 255)
    }

    /// The colour mixed with white: a share of 1 is the colour itself, 0 is white.
    package func tint(_ share: Double) -> Colour {
        Colour(1 - (1 - red) * share, 1 - (1 - green) * share, 1 - (1 - blue) * share)
    }

    package static let white = Colour(1, 1, 1)
    package static let black = Colour(0, 0, 0)
    package static let ink = Colour(0.13, 0.14, 0.16)
    package static let muted = Colour(0.42, 0.44, 0.48)
    package static let hairline = Colour(0.82, 0.83, 0.85)
    package static let darkBlue = Colour(0.12, 0.23, 0.37)
    package static let blue = Colour(0.16, 0.45, 0.74)
    package static let silver = Colour(0.62, 0.64, 0.67)
    package static let green = Colour(0.05, 0.55, 0.24)
    package static let orange = Colour(0.85, 0.47, 0.02)
    package static let purple = Colour(0.5, 0.24, 0.66)
    package static let red = Colour(0.82, 0.13, 0.12)
}
