import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Assemblies: no circles, and what they bring.
@Suite struct AssemblyTests {
    private static func shop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0001 -m MS -t 3 --quantity 4")
        for title in ["A", "B", "C", "D"] { try workshop.demand("laseros project part add last \(title)") }
        return workshop
    }

    @Test func anUndoMakesNoCircle() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit last 1 --of 2:1")
        try workshop.demand("laseros project part edit last 1 --of ''")
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros project part edit last 2 --of 3:1")
        try workshop.demand("laseros project part edit last 3 --of 1:1")
        let state = try ShopState(workshop), refused = try workshop.run("laseros undo \(entry)")
        #expect(refused.code == 4 && refused.said.contains(".1 would contain itself"), "\(refused)")
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros project part edit last 3 --of ''")
        try workshop.demand("laseros undo \(entry)")
    }

    /// A data file may hold a circle that something else has written.
    @Test(.timeLimit(.minutes(1))) func aCircleIsRefused() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit last 4 --of 1:1")
        try workshop.demand("laseros project part edit last 1 --of 2:2")
        try workshop.tamper(
            """
            INSERT INTO part_component (assembly_id, position, part_id, quantity)
            SELECT part_id, 1, assembly_id, 3 FROM part_component ORDER BY id DESC LIMIT 1
            """)
        try workshop.tamper("UPDATE project SET status = 'completed' WHERE name = 'Gate'")
        let refused = try workshop.run("laseros project remake last scratched 4:1")
        #expect(refused.code == 4 && refused.said.contains("contains itself"), "\(refused)")
        // A part that is named is not brought.
        try workshop.demand("laseros project remake Gate scratched 1:1")
    }

    /// A part is counted for each way in which an assembly contains it, however many there are.
    @Test(.timeLimit(.minutes(1))) func eachWayCounts() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit last 1 --of 2:2,3:3,4:1")
        try workshop.demand("laseros project part edit last 2 --of 4:5")
        try workshop.demand("laseros project part edit last 3 --of 4:7,2:1")
        for i in 5...60 {
            try workshop.demand("laseros project part add Gate P\(i) --quantity 100" + (i > 6 ? " --of \(i - 1),\(i - 2)" : ""))
        }
        try workshop.tamper("UPDATE project SET status = 'completed' WHERE name = 'Gate'")
        func remade(_ words: String) throws -> [Substring] {
            try workshop.demand("laseros project remake JB-2026-08-CL0001-004 scratched \(words)")
            let parts = try workshop.demand("laseros project part list last --csv --no-header --fields part,ordered")
            return parts.split(separator: "\n")
        }
        let parts = try remade("1:2 12:1")
        // 2 x 1 has 3 x 2 = 6 of 3, 2 x 2 + 6 = 10 of 2, and 2 + 10 x 5 + 6 x 7 = 94 of 4.
        for row in ["1,2", "2,10", "3,6", "4,94", "11,1", "10,2", "9,3", "8,5"] {
            #expect(parts.contains(Substring(row)), "\(row): \(parts)")
        }
        // A number that is too large is not known.
        #expect(try remade("60:1").contains("7,"))
    }

    /// A removal names the rows that others name, in a command as in an import.
    @Test func whatIsNamedStays() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit last 4 --of 1:1,2:1")
        let used = try workshop.run("laseros project part remove last 1 2 3")
        #expect(used.code == 4 && used.said.contains(": parts 1, 2 cannot be removed: they are named by 2 part components"), "\(used)")
        let code = try workshop.demand("laseros project show last --csv --no-header --fields code").dropLast()
        let kept = #"{"part": 2, "title": "B"}, {"part": 4, "title": "D", "components": "1:1,2:1"}"#
        let rows = #"[{"code": "\#(code)", "parts": [\#(kept)]}]"#, state = try ShopState(workshop)
        let refused = try workshop.run(["project", "import", "-"], input: Array(rows.utf8))
        #expect(
            refused.code == 8 && refused.said.contains("parts: part 1 cannot be removed: it is named by 1 part component"), "\(refused)")
        #expect(try ShopState(workshop) == state)
    }

    /// The two parts of a row are told apart in the history.
    @Test func theHistoryTellsTheAssembly() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit last 1 --of 2:1")
        let told = try workshop.demand("laseros project part edit last 1 --of '' --dry-run --csv --no-header --fields field,before")
        #expect(told.contains("assembly,JB-2026-08-CL0001-004.1\n") && told.contains("part,JB-2026-08-CL0001-004.2\n"), "\(told)")
    }
}
