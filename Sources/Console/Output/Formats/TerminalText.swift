/// Makes text safe for a terminal, and measures it in columns.
enum TerminalText {
    /// Whether the character is a control character, a direction mark, or a line separator other than a line feed.
    @inline(__always)
    static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<32, 127..<160, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// `\n`, `\t`, `\x1b`, `\u202e`.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\t": return "\\t"
        default:
            let hex = String(scalar.value, radix: 16)
            return scalar.value < 256 ? "\\x" + (hex.utf8.count < 2 ? "0" : "") + hex : "\\u" + hex
        }
    }

    /// Escapes everything that a terminal interprets. Messages may keep line feeds.
    static func text(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            if isHarmful(scalar), !(keepingLines && scalar == "\n") {
                out += escape(scalar)
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Escapes bytes of a machine format for a terminal; lines and tabs stay.
    static func clean(_ bytes: inout [UInt8], from start: Int = 0) {
        guard bytes[start...].contains(where: { $0 >= 127 || $0 < 32 && $0 != 9 && $0 != 10 }) else { return }
        var out: [UInt8] = []
        for scalar in String(decoding: bytes[start...], as: UTF8.self).unicodeScalars {
            if isHarmful(scalar), scalar != "\n", scalar != "\t" {
                out += escape(scalar).utf8
            } else {
                out += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        bytes.replaceSubrange(start..., with: out)
    }

    /// The width of a character in columns: 2 for East Asian wide characters and emoji, 0 for combining marks.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }

    static func width(_ text: String) -> Int {
        text.isASCII ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// Truncates to a number of columns, the last of them `…`.
    static func cut(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        var out = "", used = 0
        for scalar in text.unicodeScalars {
            used += width(scalar)
            if used > columns - 1 { break }
            out.unicodeScalars.append(scalar)
        }
        return out + "…"
    }
}
