// The decomposition is that by which Swift compares strings; there is no other way to it without Foundation.
@_spi(_Unicode) import Swift

import Glibc

/// One line of text that says something: trimmed, not empty, without control characters.
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

/// An e-mail address: one `@`, a dot in the domain, nothing that a mail header could misread.
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

/// A telephone number: 5 to 15 digits, with blanks, brackets, dots, hyphens and a leading plus as people write them.
package struct Phone: Readable, Hashable, Sendable {
    package static let word = "NUMBER"
    package static let expected = "a telephone number (+27 21 555 0100)"
    package var text: String

    package init?(reading text: String) {
        let trimmed = text.trimmed
        var digits = 0, isFirst = true
        for byte in trimmed.utf8 {
            switch byte {
            case 48...57: digits += 1
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."): break
            case UInt8(ascii: "+") where isFirst: break
            default: return nil
            }
            isFirst = false
        }
        guard (5...15).contains(digits) else { return nil }
        self.text = String(trimmed)
    }
}

extension String {
    /// Without blanks at both ends.
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

    /// Whether a byte is among those of the text.
    package func holds(_ byte: UInt8) -> Bool {
        var text = self
        return text.withUTF8 { bytes in bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false }
    }

    /// The same without a copy, where there are no blanks at its ends: most texts of a file have none.
    package var strippedOfBlanks: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        return (33..<0x80).contains(first) && (33..<0x80).contains(last) ? self : String(withoutBlanks)
    }

    /// Without blanks at both ends, those of a spreadsheet that do not break among them.
    package var withoutBlanks: Substring {
        var rest = trimmed
        guard rest.utf8.first ?? 0 >= 0x80 || rest.utf8.last ?? 0 >= 0x80 else { return rest }
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }

    /// Lines of a text end as they do here, whatever wrote the file.
    package var withPlainLines: String {
        guard holds(13) else { return self }
        var last: UInt8 = 0
        // The second half of a pair goes.
        let bytes = utf8.filter { byte in
            defer { last = byte }
            return !(byte == 10 && last == 13)
        }.map { $0 == 13 ? 10 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What names are compared by: `Client Code` is `client_code`.
    package var folded: String { String(decoding: lowercased().utf8.map { $0 == 32 || $0 == 45 ? 95 : $0 }, as: UTF8.self) }

    /// What a name is found by: small letters without their accents, `muller` for `Müller`. An ASCII text is only put in small letters.
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

    /// Letters that are no letter with an accent to Unicode, and the final sigma.
    private static let plainLetters: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŀ": "l",
        "ŋ": "n", "ŉ": "n", "ſ": "s", "þ": "th", "ŧ": "t", "ς": "σ",
    ]

    /// The Cyrillic й, ў and ї are letters of their own.
    private static func isPart(_ mark: Unicode.Scalar, of letter: Unicode.Scalar?) -> Bool {
        mark == "\u{306}" && (letter == "и" || letter == "у") || mark == "\u{308}" && letter == "і"
    }

    /// Without the byte order mark that some editors put first.
    package var unmarked: String { unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self }

    /// Filled from the left to a width: `"7".padded(to: 4, with: "0")` is `0007`.
    package func padded(to width: Int, with filler: Character = " ") -> String {
        let missing = width - utf8.count
        return missing > 0 ? String(repeating: filler, count: missing) + self : self
    }
}
