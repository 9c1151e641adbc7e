// The Unicode decomposition that Swift's string comparison uses; without Foundation there is no public API for it.
@_spi(_Unicode) import Swift

import Glibc

/// One line of text: trimmed, not empty, without control characters.
package struct Line: Readable, Hashable, Sendable {
    package static let word = "TEXT"
    package static let expected = "one line of text"
    package var text: String
    package init(_ text: String) { self.text = text }

    package init?(reading text: String) {
        var trimmed = String(text.trimmed)
        guard !trimmed.isEmpty, trimmed.withUTF8({ $0.allSatisfy { $0 >= 32 && $0 != 127 } }) else { return nil }
        self.text = trimmed
    }
}

/// An e-mail address: one `@`, a dot in the domain, and no character that is special in a mail header.
package struct Email: Readable, Hashable, Sendable {
    package static let word = "ADDRESS"
    package static let expected = "an e-mail address (name@example.com)"
    package var text: String

    package init?(reading text: String) {
        var at = 0, count = 0, labels = 0, label = 0
        for byte in text.utf8 {
            count += 1
            switch byte {
            case UInt8(ascii: "@"):
                guard at == 0, count > 1 else { return nil }
                (at, label) = (count, 0)
            case UInt8(ascii: "."):
                guard at == 0 || label > 0 else { return nil }
                if at > 0 { (labels, label) = (labels + 1, 0) }
            case 0...32, 127, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"), UInt8(ascii: "\""):
                return nil
            default: label += 1
            }
        }
        guard at > 0, labels > 0, label > 0, count <= 254 else { return nil }
        self.text = text
    }
}

/// One or several e-mail addresses, stored as `a@example.com, b@example.com`.
package struct Emails: Readable, Hashable, Sendable {
    package static let word = Email.word
    package static let expected = Email.expected
    package var text: String

    package init?(reading text: String) {
        guard text.holds(UInt8(ascii: ",")) || text.holds(UInt8(ascii: ";")) else {
            guard let one = Email(reading: text) else { return nil }
            self.text = one.text
            return
        }
        var all: [String] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let part = String(String(part).trimmed)
            if part.isEmpty { continue }
            guard let one = Email(reading: part) else { return nil }
            if !all.contains(where: { $0.lowercased() == one.text.lowercased() }) { all.append(one.text) }
        }
        guard !all.isEmpty, all.count <= Emails.most else { return nil }
        self.text = all.joined(separator: ", ")
    }

    private static let most = 20
}

/// Telephone numbers as people write them, with extensions and names: `+27 (0)21 555-0101 ext 3`, `021 555 0101 / 083 123 4567`.
package struct Phone: Readable, Hashable, Sendable {
    package static let word = "NUMBER"
    package static let expected = "a telephone number (+27 21 555 0100)"
    package var text: String

    package init?(reading text: String) {
        let trimmed = text.trimmed
        var digits = 0
        for byte in trimmed.utf8 {
            switch byte {
            case 48...57: digits += 1
            case 65...90, 97...122, 128...255, UInt8(ascii: " "), UInt8(ascii: "#"), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "*"),
                UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"),
                UInt8(ascii: ";"):
                break
            default: return nil
            }
        }
        guard digits >= 5, trimmed.utf8.count <= Phone.longest, !Phone.isShortened(trimmed) else { return nil }
        self.text = String(trimmed)
    }

    private static let longest = 100

    /// Whether a spreadsheet has replaced the last digits of a number by an exponent: `2.7215E+10`.
    private static func isShortened(_ text: Substring) -> Bool {
        guard let e = text.utf8.firstIndex(where: { $0 | 32 == UInt8(ascii: "e") }) else { return false }
        let power = text.utf8[text.utf8.index(after: e)...]
        return power.first == UInt8(ascii: "+") && power.dropFirst().allSatisfy { (48...57).contains($0) }
            && text.utf8[..<e].allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }
}

extension String {
    /// The text without leading and trailing blanks.
    package var trimmed: Substring {
        guard let first = utf8.first, let last = utf8.last, first <= 32 || last <= 32 else { return self[...] }
        var rest = self[...]
        while let c = rest.utf8.first, c == 32 || (9...13).contains(c) { rest = rest.dropFirst() }
        while let c = rest.utf8.last, c == 32 || (9...13).contains(c) { rest = rest.dropLast() }
        return rest
    }

    package var isASCII: Bool {
        var text = self
        return text.withUTF8 { $0.allSatisfy { $0 < 128 } }
    }

    /// Whether the text contains a byte.
    package func holds(_ byte: UInt8) -> Bool {
        var text = self
        return text.withUTF8 { bytes in bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false }
    }

    /// The same as a `String`; without a copy if there is nothing to trim, as with most texts of a file.
    package var strippedOfBlanks: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        return (33..<0x80).contains(first) && (33..<0x80).contains(last) ? self : String(withoutBlanks)
    }

    /// The text without leading and trailing blanks, including a spreadsheet's no-break spaces.
    package var withoutBlanks: Substring {
        var rest = trimmed
        guard rest.utf8.first ?? 0 >= 0x80 || rest.utf8.last ?? 0 >= 0x80 else { return rest }
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }

    /// The text with all line ends as line feeds.
    package var withPlainLines: String {
        guard holds(13) else { return self }
        var last: UInt8 = 0
        // The line feed of a CR LF is dropped, the CR becomes a line feed.
        let bytes = utf8.filter { byte in
            defer { last = byte }
            return !(byte == 10 && last == 13)
        }.map { $0 == 13 ? 10 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The form in which names are compared: `Client Code` becomes `client_code`.
    package var folded: String { String(decoding: lowercased().utf8.map { $0 == 32 || $0 == 45 ? 95 : $0 }, as: UTF8.self) }

    /// The form for searching: lower case without accents, `muller` for `Müller`. An ASCII text is only put in lower case.
    package var searchKey: String {
        if isASCII { return lowercased() }
        var key = UnicodeScalarView()
        for scalar in _nfd {
            for letter in scalar.properties.lowercaseMapping.unicodeScalars {
                if let letters = String.plainLetters[letter] {
                    key.append(contentsOf: letters.unicodeScalars)
                } else if letter.properties.generalCategory != .nonspacingMark || String.isPart(letter, of: key.last) {
                    key.append(letter)
                }
            }
        }
        return String(key)
    }

    /// Letters that Unicode does not decompose into a letter and an accent, and the final sigma.
    private static let plainLetters: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŀ": "l",
        "ŋ": "n", "ŉ": "n", "ſ": "s", "þ": "th", "ŧ": "t", "ς": "σ",
    ]

    /// The Cyrillic й, ў and ї count as separate letters.
    private static func isPart(_ mark: Unicode.Scalar, of letter: Unicode.Scalar?) -> Bool {
        mark == "\u{306}" && (letter == "и" || letter == "у") || mark == "\u{308}" && letter == "і"
    }

    /// The text without a byte order mark.
    package var unmarked: String { unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self }

    /// Pads the text on the left to a width: `"7".padded(to: 4, with: "0")` is `0007`.
    package func padded(to width: Int, with filler: Character = " ") -> String {
        let missing = width - utf8.count
        return missing > 0 ? String(repeating: filler, count: missing) + self : self
    }
}
