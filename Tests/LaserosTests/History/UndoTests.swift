import Testing
import Values

@testable import Store
@testable import Commands

/// What an undo restores, and when it is refused.
@Suite struct UndoTests {
    private static func notes(_ workshop: Workshop) throws -> [String] {
        try workshop.reading { try $0.all("SELECT coalesce(notes, '') FROM client WHERE id < 3 ORDER BY id") { $0.text(0) } }
    }

    /// Two people work in one shop, and each undoes their own changes.
    @Test func everybodyUndoesTheirOwn() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit 1 --notes hers")
        #expect(try workshop.run(["client", "edit", "2", "--notes", "his"], by: "sipho").code == 0)
        let before = try Self.notes(workshop)
        #expect(before == ["hers", "his"])
        try workshop.demand("laseros undo")
        #expect(try Self.notes(workshop) == ["", "his"])
        #expect(try workshop.run(["undo"], by: "sipho").code == 0)
        #expect(try Self.notes(workshop) == ["", ""])
        #expect(try workshop.run(["undo"], by: "zola").code == 3)
        // Redo also applies to one's own undo.
        try workshop.demand("laseros redo")
        #expect(try Self.notes(workshop) == ["hers", ""])
    }

    /// Undoes step by step and redoes again; a redone change can be undone once more.
    @Test func oneAfterTheOther() throws {
        let workshop = try ExampleShop.copy()
        let steps = [
            ("client edit 1 --notes a", "a"), ("client edit 1 --notes b", "b"), ("undo", "a"), ("undo", ""), ("redo", "a"), ("redo", "b"),
            ("undo", "a"), ("undo", ""), ("redo", "a"), ("undo", ""),
        ]
        for (step, (line, notes)) in steps.enumerated() {
            try workshop.demand("laseros \(line)")
            #expect(try Self.notes(workshop)[0] == notes, "step \(step): \(line)")
        }
        #expect(try workshop.faults() == [])
    }

    /// If rows have changed since, each is named and nothing at all is undone.
    @Test func whatHasChangedSinceStandsInTheWay() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit 1 2 3 --notes first")
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros client edit 1 --notes second")
        try workshop.demand("laseros client edit 3 --notes third")
        let refused = try workshop.run("laseros undo \(entry)")
        #expect(refused.code == 4 && refused.said.hasPrefix("error: entry \(entry) cannot be undone: "), "\(refused.said)")
        for code in ["CL-0001", "CL-0003"] { #expect(refused.said.contains("\(code) was changed since"), "\(refused.said)") }
        #expect(!refused.said.contains("CL-0002"))
        #expect(try Self.notes(workshop) == ["second", "first"])
    }

    /// The program does not apply an altered history to the data.
    @Test(arguments: ["who = 'thandi '", "sentence = 'nothing'", "hash = substr(hash, 2) || '0'", "at = '2026-08-23T08:00:01.000Z'"])
    func anAlteredEntryIsNotUndone(_ change: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit 1 --notes x")
        let entry = try workshop.lastEntry()
        try workshop.tamper("UPDATE journal SET \(change) WHERE id = \(entry)")
        let refused = try workshop.run("laseros undo \(entry)")
        #expect(refused.code == 6 && refused.said.contains("entry \(entry) was altered outside laseros"), "\(refused.said)")
        #expect(try Self.notes(workshop)[0] == "x")
    }
}
