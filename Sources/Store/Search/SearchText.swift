import Glibc
import Values

/// The text of a document, in one buffer for all documents.
final class DocumentText {
    private var start = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 8)
    private var size = 4096
    private(set) var count = 0

    deinit { start.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
    var mutableBytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: count) }

    func removeAll() { count = 0 }

    /// Appends a cell, after a line feed.
    func append(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.baseAddress else { return }
        let needed = count + bytes.count + 1
        if needed > size {
            let larger = UnsafeMutableRawPointer.allocate(byteCount: needed * 2, alignment: 8)
            memcpy(larger, start, count)
            start.deallocate()
            (start, size) = (larger, needed * 2)
        }
        start.storeBytes(of: 10, toByteOffset: count, as: UInt8.self)
        memcpy(start + count + 1, first, bytes.count)
        count = needed
    }
}

/// What the index takes from a text: its words, without case and accents. A word is a run of letters and digits. SQLite's tokenizer splits
/// ASCII in the same way, and takes any other character as part of a word, so only a text beyond ASCII is rewritten.
package enum SearchText {
    /// SQLite cuts longer words.
    private static let longestWord = 32_768

    /// Appends a cell to the text of a document.
    static func append(_ bytes: UnsafeRawBufferPointer, to text: DocumentText) {
        guard !isASCII(bytes) else {
            text.append(bytes)
            if let number = phone(bytes) { number.withUnsafeBytes { text.append($0) } }
            return
        }
        var folded = folded(String(decoding: bytes, as: UTF8.self))
        folded.withUTF8 { text.append(UnsafeRawBufferPointer($0)) }
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        while at + 8 <= bytes.count {
            if bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
            at += 8
        }
        while at < bytes.count {
            if bytes[at] >= 0x80 { return false }
            at += 1
        }
        return true
    }

    /// The digits of a telephone number as it is dialled within the country, if it is written with blanks, signs or the country's code: a
    /// word more of a text that is nothing else.
    private static func phone(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var digits: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 48...57: digits.append(byte)
            case UInt8(ascii: " "), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "/"):
                break
            default: return nil
            }
        }
        if digits.starts(with: countryCode), bytes[0] == UInt8(ascii: "+") || digits.count == 11 {
            digits.removeFirst(countryCode.count)
            if digits.first != UInt8(ascii: "0") { digits.insert(UInt8(ascii: "0"), at: 0) }
        }
        return (leastDigits...mostDigits).contains(digits.count) && !digits.elementsEqual(bytes) ? digits : nil
    }

    /// The same for a text that is looked for.
    package static func phone(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { phone(UnsafeRawBufferPointer($0)) }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static let countryCode = Array("27".utf8), leastDigits = 6, mostDigits = 15

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
        let document = DocumentText()
        var text = text, words: [String] = []
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: document) }
        each(in: document.bytes) { words.append(String(decoding: $0, as: UTF8.self).lowercased()) }
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
