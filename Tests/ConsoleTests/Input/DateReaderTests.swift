import Testing
import Values

@testable import Console

/// The order of day and month in a file.
@Suite struct DateReaderTests {
    private func cells(_ text: String, _ told: DateOrder? = nil, likely: DateOrder? = nil) throws -> [String] {
        func open() throws -> RecordReader { try RecordReader(InputFile(Array(text.utf8), name: "x.csv")) }
        var opened = 0
        let dates = DateReader(told, likely: likely) {
            opened += 1
            return try open()
        }
        let reader = try open()
        var said: [String] = []
        while try reader.next({ _ in }) {
            for i in reader.columns.indices {
                switch dates.cell(reader.text(i), column: i) {
                case .text(let text): said.append(text)
                case .wrong(let message): said.append(message)
                default: said.append("?")
                }
            }
        }
        #expect(opened <= 1)
        return said
    }

    @Test func oneDayTellsTheOrderOfItsColumn() throws {
        let file = "due,paid\n12/01/2026,12/01/2026\n13/01/2026,01/13/2026\n2/3/2026,2/3/2026\n"
        #expect(try cells(file) == ["2026-01-12", "2026-12-01", "13/01/2026", "01/13/2026", "2026-03-02", "2026-02-03"])
    }

    @Test func withoutSuchADayItIsAsked() throws {
        let file = "due\n12/01/2026\n15.12.2026\n2026-12-31\n\n"
        #expect(try cells(file)[0] == "'12/01/2026' could be two days: say --dates dmy or --dates mdy")
        #expect(try cells(file, likely: .mdy) == ["2026-12-01", "15.12.2026", "2026-12-31"])
        #expect(try cells(file, .dmy, likely: .mdy)[0] == "2026-01-12")
        // What the column shows is more than what is likely, and less than what is said.
        #expect(try cells(file + "12/31/2026\n", likely: .dmy)[0] == "2026-12-01")
        #expect(try cells(file + "12/31/2026\n", .dmy).last == "'12/31/2026' is not a date with --dates dmy")
    }

    @Test func aColumnWithBothOrdersIsRefused() throws {
        let file = "due\n12/01/2026\n31/01/2026\n01/31/2026\n"
        #expect(
            try cells(file)[0]
                == "'12/01/2026' could be two days: line 3 has the day first, line 4 the month: say --dates dmy or --dates mdy")
    }

    @Test func faultyRowsTellNothing() throws {
        #expect(try cells("due,a\n12/01/2026,1\n31/01/2026,1,2,3\n")[0].contains("could be two days"))
    }

    @Test func aPipeIsReadTwice() throws {
        let file = InputFile(Array("due\n1/2/2026\n".utf8), name: "x"), text = try TextInput(file)
        let first = try RecordReader(text), second = try RecordReader(try text.again())
        #expect(try first.next() && second.next())
        #expect(first.text(0) == second.text(0))
    }
}
