import Testing
import Values

@testable import Console
@testable import laseros

/// Every example of the table runs in the example shop, and answers what its command declares.
@Suite struct ExampleTests {
    @Test func theShopStands() throws { try ExampleShop.stands() }

    @Test(arguments: Example.all)
    func runs(_ example: Example) throws {
        let answered = try ExampleShop.copy(for: example).run(example.words)
        #expect(ExampleShop.runs(answered), "\(answered.said)")
    }

    @Test(arguments: Example.all)
    func answersWhatItDeclares(_ example: Example) throws {
        let command = try #require(program.commands.first { $0.name == example.command })
        guard !command.answer.isEmpty else { return }
        let words = example.without(
            flags: ["-n", "--dry-run", "-q", "--codes", "--json", "--csv", "--no-header"],
            options: ["-o", "--output", "-f", "--format", "--fields"])
        let answered = try ExampleShop.copy(for: example).run(words + ["--csv"])
        #expect(answered.out.split(separator: "\n").first.map(String.init) == command.answer.map(\.name).joined(separator: ","))
    }

    /// Their rows hold whole sentences.
    private static let longRows: Set = ["config list"]

    @Test(arguments: Set(Example.reading.map(\.command).filter { $0.hasSuffix(" list") }).subtracting(longRows))
    func tableFitsATerminal(_ command: String) throws {
        let needsCode = try #require(program.commands.first { $0.name == command }).specs.contains { !$0.isOption && $0.required }
        let line = "laseros \(command)" + (needsCode ? " last" : "")
        for line in try ExampleShop.copy().demand(line).split(separator: "\n") where line.unicodeScalars.count > 80 {
            Issue.record("\(line)")
        }
    }
}
