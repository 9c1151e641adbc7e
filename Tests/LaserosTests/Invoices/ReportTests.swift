import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// Reports agree with the lists that they add up.
@Suite struct ReportTests {
    private static func demo() throws -> Workshop {
        let workshop = try Workshop()
        try Subprocess.demand(["rm", "-r", workshop.shop])
        try workshop.demand("laseros init --demo")
        return workshop
    }

    /// The rows of a listing in CSV, by column name.
    private static func rows(_ workshop: Workshop, _ line: String) throws -> [[String: String]] {
        let lines = try workshop.demand("laseros \(line) --csv").split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        return lines.dropFirst().map { row in Dictionary(zip(lines[0], row).map { (String($0), String($1)) }) { first, _ in first } }
    }

    private static func cents(_ rows: [[String: String]], _ column: String) -> Int {
        rows.reduce(0) { sum, row in sum + (Int(row[column]?.filter { $0 != "." } ?? "") ?? 0) }
    }

    @Test func namesAreNoVerbs() {
        let names = Report.all.map(\.name), verbs = StandardVerb.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count && Set(names).isDisjoint(with: verbs))
        for report in Report.all {
            #expect(Set(report.columns.map(\.name)).count == report.columns.count)
            if let chart = report.chart { #expect(Set([chart.along, chart.of]).isSubset(of: report.columns.map(\.name))) }
        }
    }

    @Test func salesAreWhatTheInvoicesComeTo() throws {
        let workshop = try Self.demo()
        try workshop.demand("laseros invoice pay INV-2026-0001 --amount 0.01")
        let sales = try Self.rows(workshop, "report sales")
        let issued = try Self.rows(workshop, "invoice list --all").filter { $0["status"] != "draft" }
        #expect(sales.count == 2)
        for (figure, column) in [("invoiced", "total"), ("paid", "paid"), ("owed", "balance")] {
            #expect(Self.cents(sales, figure) == Self.cents(issued, column) && Self.cents(sales, figure) > 0)
            for line in sales {
                let behind = try Self.rows(workshop, "report sales \(line["month"]!)")
                #expect(line["invoices"] == "\(behind.count)" && Self.cents([line], figure) == Self.cents(behind, column), "\(line)")
            }
        }
    }

    @Test func theDaysOfAPeriodCount() throws {
        let workshop = try Self.demo(), all = try Self.rows(workshop, "report sales --from 2026-07-01 --to 2026-08-31")
        let days = try Self.rows(workshop, "invoice list --all").compactMap { $0["issued_on"] }.filter { !$0.isEmpty }.sorted()
        #expect(try Self.rows(workshop, "report sales") == all)
        let first = try Self.rows(workshop, "report sales --to \(days[0])"),
            others = try Self.rows(workshop, "report sales --from \(days[1])")
        #expect(first.count == 1 && first[0]["invoices"] == "1")
        #expect(Self.cents(first + others, "invoiced") == Self.cents(all, "invoiced"))
        let answered = try workshop.run("laseros report sales 2026-q3 --to \(days[0]) --codes")
        #expect(answered.out.split(separator: "\n").count == 1, "\(answered)")
    }

    @Test func barsAreAsLongAsTheirFigures() throws {
        let listing = Listing(
            [Heading("month", .text), Heading("sum", .int)], [[.text("a"), .int(80)], [.text("b"), .int(33)], [.text("c"), .int(-5)]])
        var bars: [[DisplayValue]] = []
        try listing.drawn("sum", along: "month", width: 10).each { bars.append($0) }
        #expect(bars.map { $0[2] } == [.text("██████████"), .text("████▏"), .text("")])
    }
}
