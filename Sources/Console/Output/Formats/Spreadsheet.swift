import Values

/// A spreadsheet that opens a file by double click. It splits fields and reads numbers by the conventions of its country, and reads some
/// texts as formulas.
package struct Spreadsheet: Sendable {
    let decimal: DecimalMark

    package init(decimal: DecimalMark) { self.decimal = decimal }

    /// With a decimal comma the fields are separated by semicolons.
    var delimiter: Delimiter { decimal == .comma ? .semicolon : .comma }

    /// Whether the bytes contain a separator of some spreadsheet.
    static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.contains { $0 == UInt8(ascii: ";") || $0 == 9 } }

    /// Puts an apostrophe before a text that a spreadsheet would misread, and before each part of it that would be a formula in its own
    /// cell. The separator depends on the country of the person who opens the file, and quotes do not protect the text if the separator is
    /// another.
    static func guarded(_ text: String) -> String {
        var text = text
        let places = text.withUTF8 { bytes in formulas(in: bytes, from: 1) + (isFormula(bytes, 0) ? [0] : []) }
        let isWhole = places.last == 0 || SpreadsheetText.isOne(text)
        guard isWhole || !places.isEmpty else { return text }
        var out: [UInt8] = isWhole ? [apostrophe] : [], at = 0
        let bytes = Array(text.utf8)
        for place in places where place > 0 {
            out += bytes[at..<place] + [apostrophe]
            at = place
        }
        return String(decoding: out + bytes[at...], as: UTF8.self)
    }

    /// The positions of the apostrophes that `guarded` has added, in order.
    static func guards(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        guard bytes.contains(apostrophe) else { return [] }
        let inner = formulas(in: bytes, from: 1).filter { bytes[$0] == apostrophe }
        guard bytes.first == apostrophe else { return inner }
        let rest = without([0] + inner, bytes)
        let isWhole = SpreadsheetText.isOne(String(decoding: rest, as: UTF8.self)) || rest.withUnsafeBufferPointer { isFormula($0, 0) }
        return isWhole ? [0] + inner : inner
    }

    /// The bytes without those at these positions, which are in order.
    static func without(_ places: [Int], _ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out: [UInt8] = [], at = 0
        for place in places {
            out += bytes[at..<place]
            at = place + 1
        }
        return out + bytes[at...]
    }

    private static let apostrophe = UInt8(ascii: "'")

    /// The starts of parts that a spreadsheet would read as formulas.
    private static func formulas(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int] {
        bytes.indices.dropFirst(start).filter { i in
            switch bytes[i - 1] {
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 9, 10, 13: isFormula(bytes, i)
            default: false
            }
        }
    }

    /// Whether a formula begins here, possibly after a quote, which a spreadsheet removes. Apostrophes before it are skipped: one more is
    /// added, so that the text's own can be told from ours.
    private static func isFormula(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var i = start, isQuoted = false
        while i < bytes.count, bytes[i] == apostrophe || bytes[i] == UInt8(ascii: "\"") {
            isQuoted = isQuoted || bytes[i] != apostrophe
            i += 1
        }
        guard i < bytes.count else { return false }
        switch bytes[i] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): return true
        case 9, 10, 13: return isQuoted
        // The full-width forms of these characters: U+FF1D, U+FF0B, U+FF0D, U+FF20.
        case 0xEF: return i + 2 < bytes.count && bytes[i + 1] == 0xBC && [0x9D, 0x8B, 0x8D, 0xA0].contains(bytes[i + 2])
        default: return false
        }
    }
}

extension [UInt8] {
    /// Appends a cell that is not text.
    mutating func append(plain value: DisplayValue, for sheet: Spreadsheet?) {
        let start = count
        append(plain: value)
        guard let sheet, sheet.decimal == .comma, value.type.isNumber else { return }
        for i in start..<count where self[i] == UInt8(ascii: ".") { self[i] = UInt8(ascii: ",") }
    }
}
