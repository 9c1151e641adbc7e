import Glibc
import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// A batch runs all its lines or none.
@Suite struct BatchTests {
    /// An example of each command that joins a batch.
    static let joining: [Example] = {
        var names = Set(program.commands.filter(\.joins).map(\.name))
        let printing = Example.all.filter { !$0.words.contains("--output") && !$0.words.contains("-o") }
        return printing.filter { names.remove($0.command) != nil }
    }()

    /// Every command that only reads or changes the shop's data is allowed in a batch.
    @Test func commandsOutsideBatchesAreListed() {
        let outside = program.commands.filter { !$0.joins && ($0.kind == .reads || $0.kind == .writes) }.map(\.name)
        let extracting = nouns.filter(\.hasFiles).map { "\($0.name) extract" }
        let labels = ["part", "lot", "remnant", "delivery", "operator"].map { "label \($0)" }
        let others = [
            "backup create", "backup prune", "backup status", "batch", "config edit", "doctor", "log prune", "log verify", "project card",
            "project zip", "redo", "undo", "inv remnant match",
            "upgrade",
        ]
        #expect(Set(outside) == Set(others + labels + extracting))
    }

    @Test(arguments: joining)
    func aLineDoesWhatItsCommandDoes(_ example: Example) throws {
        let alone = try ExampleShop.copy(for: example), together = try Workshop(like: alone), last = try alone.lastEntry()
        let words = example.without(flags: ["-n", "--dry-run"])
        try File.write(Array((ShellLine.text(words) + "\n").utf8), to: together.work + "/line.txt", as: .document)
        let state = try ShopState(together)
        let tried = try together.run(["batch", "line.txt", "--dry-run"])
        #expect(tried.code == 0, "\(tried.said)")
        #expect(try ShopState(together) == state)

        let one = try alone.run(words), line = try together.run(["batch", "line.txt"])
        guard one.code == 0 else {
            // A check that finds something ends the batch.
            #expect(line.code == one.code)
            return
        }
        #expect(line.out == one.out)
        #expect(try ShopState(together) == ShopState(alone))
        #expect(try together.lastEntry() == alone.lastEntry())
        guard try together.lastEntry() > last, example.command != "invoice issue" else { return }
        #expect(try together.run(["undo"]).code == 0)
        #expect(try ShopState(together).rows == state.rows)
    }

    @Test(arguments: joining.filter { $0.kind == .writes })
    func aFailingLineRollsBackTheLinesBeforeIt(_ example: Example) throws {
        let shop = try ExampleShop.copy(for: example), last = try shop.lastEntry(), rows = try ShopState(shop).rows
        let text = ShellLine.text(example.without(flags: ["-n", "--dry-run"])) + "\nclient show nobody-at-all\n"
        let answered = try shop.run(["batch"], input: Array(text.utf8))
        #expect(answered.code == 8 && answered.out.isEmpty)
        #expect(answered.said.contains("standard input:2: there is no client 'nobody-at-all'"), "\(answered.said)")
        #expect(try ShopState(shop).rows == rows && shop.lastEntry() == last)
    }

    /// Waiting for a pipe within a batch would keep the shop locked.
    @Test(arguments: ["client import pipe", "quote add -c karoo pipe", "quote add -c karoo --lines pipe", "client import /dev/null"])
    func waitsForNoPipe(_ line: String) throws {
        let shop = try Workshop()
        try shop.demand("laseros client add Karoo")
        #expect(mkfifo(shop.work + "/pipe", 0o600) == 0)
        let answered = try shop.run(["batch"], input: Array(line.utf8))
        #expect(answered.code == 7 && answered.said.contains("it is not a regular file"), "\(answered.said)")
    }

    /// If the batch is in a file, one of its lines may read standard input.
    @Test func aLineReadsStandardInput() throws {
        let shop = try Workshop()
        try File.write(Array("client import -\nclient add Last\n".utf8), to: shop.work + "/lines", as: .document)
        let answered = try shop.run(["batch", "lines"], input: Array("name\nKaroo\nOverberg\n".utf8))
        #expect(answered.code == 0, "\(answered.said)")
        #expect(try shop.reading { try $0.all("SELECT name FROM client ORDER BY id") { $0.text(0) } } == ["Karoo", "Overberg", "Last"])
    }

    @Test func manyLinesAreOneEntry() throws {
        let shop = try Workshop(), last = try shop.lastEntry()
        let lines = (1...500).map { "client add 'Client \($0)'\ncontact add 'Anna \($0)' --client last\n" }.joined()
        let answered = try shop.run(["batch", "--json"], input: Array(lines.utf8))
        #expect(answered.code == 0)
        let reader = try RecordReader(InputFile(Array(answered.out.utf8), name: "answers"), dialect: .json)
        var count = 0
        while try reader.next() { count += 1 }
        #expect(count == 1000)
        #expect(try shop.lastEntry() == last + 1)
        let pairs = try shop.demand("laseros contact list --csv --no-header --fields name,client").split(separator: "\n")
        #expect(pairs.contains("Anna 77,CL-0077") && pairs.count == 500)
        try shop.demand("laseros undo")
        #expect(try shop.demand("laseros client list").isEmpty)
    }

    /// A quoted line is parsed to the same words, by the program and by a shell.
    @Test func linesAreReadAsAShellDoes() throws {
        var random = Seeded(7)
        let pieces = ["a", "b c", "'", "\"", "\\", "$x", "#", "\n", "\t", "`", "|", ";", "é", "-n", "", "*", "~"]
        for _ in 0..<300 {
            let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            }
            let line = ShellLine.text(words)
            #expect(try ShellLine.words(line) == words)
        }
        let typed = "printf '%s.' a\"b c\"'d e' \"x\\\"y\\\\z\\q\" f\\ g '' \"#h\" i#j # k"
        let shell = try Subprocess.run(["sh", "-c", typed], in: "/").out
        #expect(try ShellLine.words(typed).dropFirst(2).map { $0 + "." }.joined() == shell)
    }
}
