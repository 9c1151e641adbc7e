import Testing
import Values

@testable import Console

/// Numbers as spreadsheets write them.
@Suite struct NumeralTests {
    private func plain(_ text: String, _ told: DecimalMark? = nil, _ delimiter: Character = ",") -> String? {
        var numerals = NumberReader(told, delimiter: delimiter.asciiValue ?? 0)
        if case .text(let text) = numerals.plain(text, line: 1) { return text }
        return nil
    }

    @Test(arguments: [
        ("1 234,50", "1234.50"), ("1\u{A0}234\u{A0}567,5", "1234567.5"), ("1\u{202F}234", "1234"), ("-1 234,50", "-1234.50"),
        ("R 1 234,50", "R 1234.50"), ("1'234.50", "1234.50"), ("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("1,234,567", "1234567"),
        ("1.234.567", "1234567"), ("0,125", "0.125"), ("12,5", "12.5"), ("1234,567", "1234.567"), ("1.234", "1.234"), ("12.50", "12.50"),
        ("90,5m", "90.5m"), ("12", "12"), ("", ""), ("abc", "abc"), ("12 34", "12 34"), ("1,23,4", "1,23,4"), ("2h 15m", "2h 15m"),
        ("1 2345", "1 2345"), ("1,2,3.5", "1,2,3.5"), ("1 234.567,8", "1 234.567,8"), ("+5", "+5"), ("1,", "1,"), (",5", ",5"),
    ])
    func localNumbersAreNormalised(_ typed: String, _ wanted: String) { #expect(plain(typed) == wanted) }

    @Test func ambiguousNumbersAreRefused() {
        #expect(plain("1,234") == nil)
        #expect(plain("12,345") == nil)
        #expect(plain("1,234", nil, ";") == "1.234")
        #expect(plain("1,234", .point) == "1234")
        #expect(plain("1,234", .comma) == "1.234")
        #expect(plain("1.234", .comma) == "1234")
        #expect(plain("12.50", .comma) == nil)
        #expect(plain("2,5", .point) == nil)
    }

    @Test func oneFileHasOneMark() {
        var numerals = NumberReader(nil, delimiter: UInt8(ascii: ";"))
        #expect(numerals.plain("1,5", line: 2) == .text("1.5"))
        #expect(numerals.plain("1.5", line: 3) == .wrong("'1.5' has a decimal point, line 2 has a decimal comma: say --decimal"))
        #expect(numerals.plain("1 234", line: 4) == .text("1234"))
    }
}
