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

    /// A dry run changes nothing and shows what is then done; that is undone and redone.
    @Test(arguments: Example.writing)
    func isTriedDoneUndoneAndRedone(_ example: Example) throws {
        let workshop = try ExampleShop.copy(for: example), before = try ShopState(workshop), last = try workshop.lastEntry()
        let tried = try Self.tried(example, workshop, before)
        #expect(try workshop.run(Self.changing(example)).code == 0)
        let after = try ShopState(workshop)
        guard try workshop.lastEntry() > last else {
            let lines = tried.out.split(separator: "\n"), changes = History.headings.map(\.name).joined(separator: ",")
            #expect(lines.first.map(String.init) != changes || lines.count == 1, "a dry run shows changes, but nothing is changed")
            #expect(after.rows == before.rows)
            return
        }
        #expect(try workshop.lastEntry() == last + 1)
        // A checkpoint changes no row, so the dry run reports how much it drops.
        if example.command != "log prune" { #expect(try workshop.run(["log", "show", "\(last + 1)", "--csv"]).out == tried.out) }
        try Self.turnBack(example, workshop, from: after, to: before, entry: last + 1)
    }

    private static func tried(_ example: Example, _ workshop: Workshop, _ state: ShopState) throws -> Answered {
        let bytes = try File.read(workshop.data), tried = try workshop.run(changing(example) + ["--dry-run", "--csv"])
        #expect(tried.code == 0, "\(tried.said)")
        #expect(tried.said.contains("dry run: nothing was "))
        let untouched = try File.read(workshop.data) == bytes
        #expect(untouched, "a dry run left something in the data")
        #expect(try ShopState(workshop) == state)
        return tried
    }

    private static func turnBack(
        _ example: Example, _ workshop: Workshop, from after: ShopState, to before: ShopState, entry: Int
    ) throws {
        let undo = try workshop.run("laseros undo \(entry)")
        if standing.contains(example.command) {
            #expect(undo.code == 4)
            #expect(try ShopState(workshop) == after)
            return
        }
        #expect(undo.code == 0, "\(undo.said)")
        let undone = try ShopState(workshop)
        #expect(undone.rows == before.rows, "\(undone.difference(from: before))")
        // What reverses an undo is a redo, which can be undone in turn.
        let redo = try workshop.run("laseros \(example.command == "undo" ? "undo" : "redo") \(entry + 1)")
        #expect(redo.code == 0, "\(redo.said)")
        let redone = try ShopState(workshop)
        #expect(redone.rows == after.rows, "\(redone.difference(from: after))")
        #expect(try workshop.run("laseros log verify").code == 0)
        #expect(try workshop.lastEntry() == entry + 2)
    }
}
