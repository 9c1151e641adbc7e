/// The size, weight and colour of a text; sizes in points.
package struct TextStyle: Sendable {
    package var size: Double
    package var bold: Bool
    package var colour: Colour

    package init(_ size: Double, bold: Bool = false, _ colour: Colour = .ink) {
        (self.size, self.bold, self.colour) = (size, bold, colour)
    }

    /// The distance from one baseline to the next.
    package var leading: Double { size * 1.42 }

    /// The distance from a line's upper edge to its baseline. Capitals are 0.73 em high and vertically centred in the line.
    package var baseline: Double { leading / 2 + size * 0.365 }

    /// How much lower a line of this style has to begin than a line of `other`, so that both have the same baseline.
    func drop(beside other: TextStyle) -> Double { other.baseline - baseline }
}

/// The part of a text that its x coordinate refers to.
package enum Side: Sendable { case left, middle, right }

/// Measures and breaks text. Each canvas has one.
final class Typesetter {
    private let regular: Fonts
    private let heavy: Fonts

    init() throws {
        regular = try Fonts(bold: false)
        heavy = try Fonts(bold: true)
    }

    /// The characters that no font contains, among all that was measured or drawn.
    private(set) var missing: Set<Unicode.Scalar> = []
    /// The texts that were cut off.
    private(set) var cut: [String] = []

    func glyph(_ scalar: Unicode.Scalar, bold: Bool) -> Glyph {
        let glyph = (bold ? heavy : regular).glyph(scalar)
        if glyph.index == 0, scalar.value > 0x20 { missing.insert(scalar) }
        return glyph
    }

    private func noteCut(_ text: String) { if !cut.contains(text) { cut.append(text) } }

    /// The characters that can be drawn: a tab or a line break becomes a space, and characters without a glyph are left out.
    static func drawn(_ text: some StringProtocol) -> [Unicode.Scalar] {
        text.unicodeScalars.compactMap { scalar in
            switch scalar.value {
            case 0x20..<0x7F: scalar
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: " "
            case 0..<0xA0: nil
            default: shapeless(scalar.properties) ? nil : scalar
            }
        }
    }

    /// cairo refuses noncharacters, and characters for private use have no defined meaning.
    private static func shapeless(_ scalar: Unicode.Scalar.Properties) -> Bool {
        scalar.isDefaultIgnorableCodePoint || scalar.isNoncharacterCodePoint || scalar.generalCategory == .privateUse
    }

    /// The width as one line, in points.
    func width(_ text: some StringProtocol, _ style: TextStyle) -> Double {
        Self.drawn(text).reduce(0) { $0 + glyph($1, bold: style.bold).advance } * style.size
    }

    /// Breaks a text at line breaks and spaces, and a word that is too long for a line within the word. If there are more than `limit`
    /// lines, the last one ends in `…`.
    func wrap(_ text: String, _ width: Double, _ style: TextStyle, limit: Int = .max) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lines += wrap(paragraph: paragraph, width, style)
            if lines.count > limit { break }
        }
        guard lines.count > limit, limit > 0 else { return lines }
        noteCut(text)
        lines.removeSubrange(limit...)
        lines[limit - 1] = fitting(lines[limit - 1] + "…", width, style)
        return lines
    }

    private func wrap(paragraph: Substring, _ width: Double, _ style: TextStyle) -> [String] {
        let space = self.width(" ", style)
        var lines: [String] = []
        var line = ""
        var used = 0.0
        for word in paragraph.split(omittingEmptySubsequences: true, whereSeparator: { $0 == " " || $0 == "\t" }) {
            let wide = self.width(word, style)
            if !line.isEmpty, used + space + wide <= width {
                line += " " + word
                used += space + wide
                continue
            }
            if !line.isEmpty { lines.append(line) }
            let pieces = wide <= width ? [String(word)] : pieces(word, width, style)
            lines += pieces.dropLast()
            line = pieces.last ?? ""
            used = self.width(line, style)
        }
        return lines + [line]
    }

    /// Splits a word into pieces that fit, each of at least one character. A piece ends after a punctuation mark if one is in its last
    /// third.
    private func pieces(_ word: Substring, _ width: Double, _ style: TextStyle) -> [String] {
        var pieces: [String] = []
        var piece: [Character] = []
        var used = 0.0
        for character in word {
            let wide = self.width(String(character), style)
            if !piece.isEmpty, used + wide > width {
                let mark = piece.lastIndex { "-_/\\.,;:+".contains($0) } ?? 0
                let end = mark + 1 > piece.count * 2 / 3 ? mark + 1 : piece.count
                pieces.append(String(piece[..<end]))
                piece.removeSubrange(..<end)
                used = self.width(String(piece), style)
            }
            piece.append(character)
            used += wide
        }
        return pieces + [String(piece)]
    }

    /// The text on one line. If it does not fit, it ends in `…`, and the cut is recorded.
    func shortened(_ text: String, _ width: Double, _ style: TextStyle) -> String {
        let fitting = fitting(text, width, style)
        if fitting != text { noteCut(text) }
        return fitting
    }

    /// The same without recording the cut, for texts that are shown whole elsewhere.
    func fitting(_ text: String, _ width: Double, _ style: TextStyle) -> String {
        guard self.width(text, style) > width else { return text }
        var room = width - self.width("…", style)
        let kept = text.prefix { character in
            room -= self.width(String(character), style)
            return room >= 0
        }
        return kept.reversed().drop { $0 == " " || $0 == "…" }.reversed() + "…"
    }
}
