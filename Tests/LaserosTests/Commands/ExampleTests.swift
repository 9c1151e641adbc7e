import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// Every example of the command table runs in the example shop, and its answer has the declared columns.
@Suite struct ExampleTests {
    @Test func theShopStands() throws { try ExampleShop.stands() }

    @Test(arguments: Example.all)
    func runs(_ example: Example) throws {
        let shop = try ExampleShop.copy(for: example), answered = try shop.run(example.words)
        if example.kind == .writes { #expect(try shop.findings() == []) }
        #expect(answered.code == (ExampleShop.sayingNo.contains(example.line) ? 1 : 0), "\(answered.said)")
    }

    /// The settings for examples refer to existing examples that need them.
    @Test func whatRunsBeforeIsNeeded() throws {
        let lines = Set(Example.all.map(\.line))
        #expect(lines.isSuperset(of: ExampleShop.before.keys) && lines.isSuperset(of: ExampleShop.sayingNo))
        for example in Example.all where ExampleShop.before[example.line] != nil {
            let refused = try ExampleShop.copy().run(example.words)
            #expect([4, 7].contains(refused.code), "\(example) runs by itself")
        }
    }

    @Test func everyFilterFindsSomething() throws {
        #expect(Set(ExampleShop.filters.keys) == Set(nouns.map(\.name)))
        for noun in nouns {
            let filters = ExampleShop.filters[noun.name] ?? [:]
            #expect(Set(filters.keys) == Set(noun.subject.filters().map(\.spec.name)), "\(noun.name)")
            for (name, value) in filters {
                let found = try ExampleShop.forReading().run(
                    noun.listCommand.split(separator: " ").map(String.init) + ["--all", "--codes", "--where", "\(name)=\(value)"])
                #expect(found.code == 0 && !found.out.isEmpty, "\(noun.name): \(name)=\(value): \(found.said)")
            }
        }
    }

    @Test(arguments: Example.all)
    func answersWhatItDeclares(_ example: Example) throws {
        let command = try #require(program.commands.first { $0.name == example.command })
        guard !command.answer.isEmpty else { return }
        // The list of what is in an archive is printed besides it.
        let output = command.name == "project zip" ? [] : ["-o", "--output"]
        let words = example.without(
            flags: ["-n", "--dry-run", "-q", "--codes", "--json", "--csv", "--no-header"],
            options: Set(output + ["-f", "--format", "--fields"]))
        let answered = try ExampleShop.copy(for: example).run(words + ["--csv"])
        let names = command.answer.filter { $0.audience != .people }.map(\.name)
        #expect(answered.out.split(separator: "\n").first.map(String.init) == names.joined(separator: ","))
    }

    /// The lists with whole sentences in their rows.
    private static let longRows: Set = ["config list"]

    @Test(arguments: Set(Example.reading.map(\.command).filter { $0.hasSuffix(" list") }).subtracting(longRows))
    func tableFitsATerminal(_ command: String) throws {
        let needsCode = try #require(program.commands.first { $0.name == command }).specs.contains { !$0.isOption && $0.required }
        let line = "laseros \(command)" + (needsCode ? " last" : "")
        for line in try ExampleShop.forReading().demand(line).split(separator: "\n") where line.unicodeScalars.count > 80 {
            Issue.record("\(line)")
        }
    }
}
