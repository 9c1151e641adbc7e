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
