import Testing
import Values

@testable import Console

/// A month in the terminal.
@Suite struct MonthGridTests {
    private static let today = Day(year: 2026, month: 12, day: 9)!
    private static func day(_ day: Int) -> Day { Day(year: 2026, month: 12, day: day)! }

    private static func lines(_ entries: [MonthGrid.Entry], month: String = "2026-12", width: Int = 80, coloured: Bool = false) -> [String]
    {
        let grid = MonthGrid(
            Month(reading: month)!, today: today, entries, kinds: ["due", "deadline", "expiry", "cut"],
            isHoliday: { [day(9), day(16)].contains($0) })
        var out: [UInt8] = []
        grid.write(width: width, coloured: coloured, into: &out)
        return String(decoding: out, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func weeksBeginOnMonday() {
        let lines = Self.lines([])
        #expect(lines[0] == "December 2026" && lines[2].hasPrefix("Mon        Tue "))
        #expect(lines[3] == "           1          2          3          4          5          6")
        #expect(lines[5] == "7          8          9 today, … 10         11         12         13")
        #expect(lines[7] == "14         15         16 holiday 17         18         19         20")
        #expect(lines[11] == "28         29         30         31" && lines.count == 14)
        // February 2027 has four weeks, and August 2026 six.
        #expect(Self.lines([], month: "2027-02").count == 12 && Self.lines([], month: "2026-08").count == 16)
    }

    @Test func moreThanFitIsCounted() {
        for count in 1...9 {
            let lines = Self.lines((0..<count).map { .init(Self.day(8), "deadline", "Job \($0)") })
            let below = lines[6..<lines.firstIndex { $0.hasPrefix("14") }!].dropLast().map { $0.dropFirst(11) }
            let shown = count > 4 ? 3 : count
            #expect(below == (0..<shown).map { "E Job \($0)" } + (count > 4 ? ["+\(count - 3)"] : []), "\(below)")
        }
    }

    @Test(arguments: [62, 80, 100, 146, 200, 400]) func itFitsItsWidth(_ width: Int) {
        let names = ["A name that is much too long for any of the seven columns of the month", "門の蝶番門の蝶番門の蝶番門の蝶番", "x\u{1b}[31m\u{7}"]
        let lines = Self.lines(names.map { .init(Self.day(13), "due", $0) }, width: width)
        #expect(lines.allSatisfy { TerminalText.width($0) <= min(width, 286) && !$0.contains("\u{1b}") && !$0.hasSuffix(" ") })
        #expect(lines.contains { $0.contains(width < 146 ? "D A " : "due A name ") })
        #expect(lines.contains("D due   E deadline   X expiry   C cut") == (width < 146))
    }

    @Test func aNarrowTerminalHasNoMonth() { #expect(Self.lines([], width: 61) == [""]) }

    /// Colours take no room.
    @Test func coloursAreForTerminals() {
        let entries = [MonthGrid.Entry(Self.day(8), "due", "Late", .bad), .init(Self.day(10), "cut", "Gate", .good)]
        let plain = Self.lines(entries), coloured = Self.lines(entries, coloured: true)
        #expect(!plain.joined().contains("\u{1b}") && coloured.joined().contains("\u{1b}[31mD Late\u{1b}[0m     "))
        #expect(coloured.map { $0.replacing(/\u{1b}\[[0-9]*m/, with: "") } == plain)
    }
}
