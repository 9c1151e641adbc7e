import Values

/// What the index takes from a text: its words, without case and accents. A word is a run of letters and digits. SQLite's tokenizer splits
/// ASCII in the same way, and takes any other character as part of a word, so only a text beyond ASCII is rewritten.
package enum SearchText {
    /// SQLite cuts longer words.
    private static let longestWord = 32_768

    /// Appends a cell to the text of a document.
    static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        if !text.isEmpty { text.append(10) }
        guard bytes.contains(where: { $0 >= 0x80 }) else { return text.append(contentsOf: bytes) }
        text.append(contentsOf: folded(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    private static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.searchKey.unicodeScalars { folded.append(scalar.isASCII || isLetter(scalar) ? scalar : " ") }
        return String(folded)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// The words of a text, in order, as the index has them.
    package static func words(of text: String) -> [String] {
        var bytes: [UInt8] = [], words: [String] = []
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &bytes) }
        bytes.withUnsafeBytes { each(in: $0) { words.append(String(decoding: $0, as: UTF8.self).lowercased()) } }
        return words
    }

    /// Calls `body` for each word of a document's text, which still has the case that it was written in.
    static func each(in text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        var start = 0
        for end in 0...text.count where end == text.count || !isWordByte(text[end]) {
            if end > start { body(UnsafeRawBufferPointer(rebasing: text[start..<min(end, start + longestWord)])) }
            start = end + 1
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 0x80...: true
        default: false
        }
    }
}
