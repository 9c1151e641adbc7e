import Values

/// A spreadsheet that opens a file by a double click: it splits fields and reads numbers as is usual in its country, and takes some text
/// for formulas.
package struct Spreadsheet: Sendable {
    let decimal: DecimalMark

    package init(decimal: DecimalMark) { self.decimal = decimal }

    /// What stands before decimals cannot part fields as well.
    var delimiter: Delimiter { decimal == .comma ? .semicolon : .comma }

    /// Holds what some spreadsheet parts fields by.
    static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.contains { $0 == UInt8(ascii: ";") || $0 == 9 } }
}

extension [UInt8] {
    /// A cell that is no text.
    mutating func append(plain value: Shown, for sheet: Spreadsheet?) {
        let start = count
        append(plain: value)
        guard let sheet, sheet.decimal == .comma, value.type.isNumber else { return }
        for i in start..<count where self[i] == UInt8(ascii: ".") { self[i] = UInt8(ascii: ",") }
    }
}

/// Text that a spreadsheet takes for something else: for a formula (OWASP, "CSV Injection"), or for a number or a day that it then writes
/// in its own way. An apostrophe in front makes it text, and text that has one already gets a second, so that taking one away gives back
/// what was there.
enum Mistakable {
    static func isOne(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        switch first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        default: return isNumberOrDay(text)
        }
    }

    private static let signs = Set(" .,:/-+%".utf8)
    private static let words = [
        "e", "am", "pm", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    /// More digits than that are rounded.
    private static let mostDigits = 15

    /// `0215550133`, `1-2`, `1E5`, `3 May`, `true`; a plain integer is read and written as it is.
    private static func isNumberOrDay(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        var digits = 0, others = 0, word: [UInt8] = [], runs = 0, isInWord = false
        for byte in text.utf8 {
            if case let letter = byte | 0x20, (97...122).contains(letter) {
                if !isInWord { runs += 1 }
                word.append(letter)
                isInWord = true
                continue
            }
            isInWord = false
            if (48...57).contains(byte) { digits += 1 } else if signs.contains(byte) { others += 1 } else { return false }
        }
        if digits == 0 { return ["true", "false"].contains(String(decoding: word, as: UTF8.self)) && others == 0 }
        if runs == 0 { return others > 0 || digits > mostDigits || (digits > 1 && text.utf8.first == UInt8(ascii: "0")) }
        let said = String(decoding: word, as: UTF8.self)
        return runs == 1 && words.contains { $0 == said || (said.count >= 3 && $0.hasPrefix(said)) }
    }
}
