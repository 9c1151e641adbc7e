import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// Properties of all writing commands: each example is run, undone and redone.
@Suite struct ChangeTests {
    /// The commands that cannot be undone: a customer and the tax office have seen the result, or the data is dropped.
    static let standing: Set = ["invoice issue", "log prune"]

    private static func changing(_ example: Example) -> [String] { example.without(flags: ["-n", "--dry-run"]) }

    @Test(arguments: Example.writing)
    func dryRunTellsTheTruth(_ example: Example) throws {
        let workshop = try ExampleShop.copy(for: example), words = Self.changing(example)
        let bytes = try File.read(workshop.data), state = try ShopState(workshop), last = try workshop.lastEntry()

        let tried = try workshop.run(words + ["--dry-run", "--csv"])
        #expect(tried.code == 0, "\(tried.said)")
        #expect(tried.said.contains("dry run: nothing was "))
        let untouched = try File.read(workshop.data) == bytes
        #expect(untouched, "a dry run left something in the data")
        #expect(try ShopState(workshop) == state)

        let done = try workshop.run(words)
        #expect(done.code == 0, "\(done.said)")
        guard try workshop.lastEntry() > last else {
            let lines = tried.out.split(separator: "\n"), changes = History.headings.map(\.name).joined(separator: ",")
            #expect(lines.first.map(String.init) != changes || lines.count == 1, "a dry run shows changes, but nothing is changed")
            return
        }
        #expect(try workshop.lastEntry() == last + 1)
        // A checkpoint changes no row, so the dry run reports how much it drops.
        if example.command == "log prune" { return }
        #expect(try workshop.run(["log", "show", "\(last + 1)", "--csv"]).out == tried.out)
    }

    @Test(arguments: Example.writing)
    func undoAndRedo(_ example: Example) throws {
        let workshop = try ExampleShop.copy(for: example), before = try ShopState(workshop), last = try workshop.lastEntry()
        #expect(try workshop.run(Self.changing(example)).code == 0)
        let after = try ShopState(workshop)
        guard try workshop.lastEntry() > last else {
            #expect(after.rows == before.rows)
            return
        }
        let undo = try workshop.run("laseros undo \(last + 1)")
        if Self.standing.contains(example.command) {
            #expect(undo.code == 4)
            #expect(try ShopState(workshop) == after)
            return
        }
        #expect(undo.code == 0, "\(undo.said)")
        let undone = try ShopState(workshop)
        #expect(undone.rows == before.rows, "\(undone.difference(from: before))")
        // What reverses an undo is a redo, which can be undone in turn.
        let redo = try workshop.run("laseros \(example.command == "undo" ? "undo" : "redo") \(last + 2)")
        #expect(redo.code == 0, "\(redo.said)")
        let redone = try ShopState(workshop)
        #expect(redone.rows == after.rows, "\(redone.difference(from: after))")
        #expect(try workshop.run("laseros log verify").code == 0)
        #expect(try workshop.lastEntry() == last + 3)
    }
}
