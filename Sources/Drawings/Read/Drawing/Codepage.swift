import Glibc

/// The encodings in `$DWGCODEPAGE`.
enum Codepage {
    /// Decodes bytes as UTF-8 if they are valid, otherwise by the code page. Escapes such as `\U+00E9` become their characters.
    static func decode(_ bytes: ArraySlice<UInt8>, named codepage: String?) -> String {
        if bytes.allSatisfy({ $0 < 0x80 && $0 != 0x5C }) { return String(decoding: bytes, as: UTF8.self) }
        let text =
            String(validating: bytes, as: UTF8.self) ?? encoding(named: codepage).flatMap { converted(bytes, from: $0) } ?? western(bytes)
        return text.utf8.contains(0x5C) ? unescaped(text) : text
    }

    /// Returns the C library's name of a code page; nil for the Western one, which is also the default.
    private static func encoding(named codepage: String?) -> String? {
        guard let name = codepage?.uppercased() else { return nil }
        // Only digits and separators between them are passed to the C library.
        let number = name.drop { !$0.isNumber }
        guard number.allSatisfy({ $0.isASCII && !$0.isLetter && $0 != "/" }) else { return nil }
        return switch name {
        case "ANSI_1252", "UNDEFINED", "ASCII": nil
        case "GB2312": "GBK"
        case "KSC5601": "CP949"
        case "BIG5", "JOHAB": name
        case "MAC-ROMAN", "MACINTOSH": "MACINTOSH"
        case _ where name.hasPrefix("ANSI_") || name.hasPrefix("DOS"): "CP\(number)"
        case _ where name.hasPrefix("8859_") || name.hasPrefix("ISO8859"): "ISO-8859-\(number.drop { $0.isNumber }.dropFirst())"
        default: nil
        }
    }

    /// Decodes bytes with iconv. Nil if iconv does not know the encoding. Invalid bytes become U+FFFD.
    private static func converted(_ bytes: ArraySlice<UInt8>, from encoding: String) -> String? {
        guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var given = bytes.map { CChar(bitPattern: $0) }
        // In all these encodings a byte becomes at most three bytes.
        var made = [CChar](repeating: 0, count: 3 * given.count)
        let count = given.withUnsafeMutableBufferPointer { given in
            made.withUnsafeMutableBufferPointer { made in
                var (from, left) = (given.baseAddress, given.count), (to, room) = (made.baseAddress, made.count)
                while left > 0, iconv(converter, &from, &left, &to, &room) == -1, left > 0, room >= 3 {
                    for byte in "\u{FFFD}".utf8 {
                        to?.pointee = CChar(bitPattern: byte)
                        to = to.map { $0 + 1 }
                    }
                    (from, left, room) = (from.map { $0 + 1 }, left - 1, room - 3)
                }
                return made.count - room
            }
        }
        return String(decoding: made[..<count].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func western(_ bytes: ArraySlice<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            let code = byte < 0x80 ? UInt32(byte) : UInt32(windows1252[Int(byte) - 0x80])
            scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return String(scalars)
    }

    private static func unescaped(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let slash = rest.firstIndex(of: "\\") {
            out += rest[..<slash]
            rest = rest[slash...]
            let digits = rest.dropFirst(3).prefix(4)
            if rest.hasPrefix("\\U+") || rest.hasPrefix("\\u+"), digits.count == 4, let code = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(code)
            {
                out.unicodeScalars.append(scalar)
                rest = rest.dropFirst(7)
            } else {
                out += "\\"
                rest = rest.dropFirst()
            }
        }
        return out + rest
    }

    private static let latin1: [UInt16] = (0x80...0xFF).map { $0 }

    /// Windows-1252: Latin-1 except for 0x80 to 0x9F.
    private static let windows1252: [UInt16] =
        [
            0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
            0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
        ] + latin1[32...]
}
