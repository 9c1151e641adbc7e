import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// The output of every list can be piped into every verb that takes codes.
@Suite struct PipeTests {
    /// A verb that takes codes and writes, with its example.
    struct Verb: Sendable, CustomStringConvertible {
        let noun: Noun
        let words: [String]
        let code: String
        /// Whether its other operands are codes, too.
        let takesSeveral: Bool
        var description: String { words.joined(separator: " ") }

        /// The example with other codes.
        func with(_ codes: [String]) -> [String] { words.flatMap { $0 == code ? codes : [$0] } }
    }

    static let verbs: [Verb] = program.commands.compactMap { command in
        guard command.kind == .writes, let codes = command.parameters.lazy.compactMap({ $0 as? CodesParameter }).first else { return nil }
        return Example.all.lazy.filter { $0.command == command.name }.compactMap { example in
            let call = try? program.call(example.words, in: ShopSession(.nowhere))
            guard let noun = nouns.first(where: { $0.name == codes.subject.name }) else { return nil }
            return (call?.values[codes.spec.name]?.first).map {
                Verb(noun: noun, words: example.words, code: $0, takesSeveral: codes.spec.form == .rest)
            }
        }.first
    }

    static let formats = ["--codes", "--csv", "--format=tsv", "--json", "--format=ndjson", "--csv --excel", "--csv --fields name,code"]

    @Test func everyVerbWithCodesIsTried() {
        let taking = program.commands.filter { $0.kind == .writes && $0.parameters.contains { $0 is CodesParameter } }
        #expect(taking.count == Self.verbs.count && taking.count >= 2 * nouns.count - 1)
        for command in taking { #expect(command.specs.contains { $0.name == "all-matching" }, "\(command.name)") }
    }

    @Test(arguments: verbs, formats)
    func listsPipeIntoVerbs(_ verb: Verb, _ format: String) throws {
        var options = format.split(separator: " ").map(String.init)
        if verb.noun.index(of: "name") == nil { options.removeAll { $0 == "name,code" || $0 == "--fields" } }
        // What is over is in no state for most transitions, and one that is refused refuses all.
        let shop = try ExampleShop.copy(), list = [verb.noun.name, "list"] + (verb.takesSeveral ? ["--all"] : [])
        let codes = try shop.run(list + ["--codes"]).out.split(separator: "\n").map(String.init)
        let printed = try shop.run(list + options).out
        let piped = try shop.run(verb.with(["-"]) + ["--dry-run", "--csv"], input: Array(printed.utf8))
        #expect(!codes.isEmpty)
        guard verb.takesSeveral else {
            // The codes that succeed one by one must have the same effect in a single call, unless one that is refused refuses all.
            let typed = try codes.map { try shop.run(verb.with([$0]) + ["--dry-run", "--csv"]) }, done = typed.filter { $0.code == 0 }
            if piped.code != 0, done.count < typed.count { return #expect(piped.out.isEmpty) }
            #expect(Set(done.flatMap { $0.out.split(separator: "\n") }) == Set(piped.out.split(separator: "\n")))
            return
        }
        #expect(try shop.run(verb.with(codes) + ["--dry-run", "--csv"]) == piped)
    }

    /// The lines of a list for these codes, and its header.
    private static func only(_ codes: [String], of printed: String) -> String {
        let lines = printed.split(separator: "\n")
        return lines.filter { line in line == "code" || codes.contains { line.contains("\"\($0)\"") || line == $0 } }
            .map { $0 + "\n" }.joined()
    }

    /// Every verb applies to the piped records for which it is possible.
    @Test(arguments: verbs)
    func everyVerbWorksOnWhatIsPiped(_ verb: Verb) throws {
        let example = try #require(Example.all.first { $0.words == verb.words })
        let list = [verb.noun.name, "list", "--all", "--fields", "code"]
        for format in ["--codes", "--csv", "--format=ndjson"] {
            let shop = try ExampleShop.copy(for: example), last = try shop.lastEntry()
            let codes = try shop.run(list + ["--codes"]).out.split(separator: "\n").map(String.init)
            let possible = try codes.filter { try shop.run(verb.with([$0]) + ["--dry-run"]).code == 0 }
            #expect(!possible.isEmpty)
            let answered = try shop.run(verb.with(["-"]), input: Array(Self.only(possible, of: shop.run(list + [format]).out).utf8))
            #expect(answered.code == 0, "\(format): \(answered.said)")
            #expect(try shop.lastEntry() == last + 1)
        }
    }

    private static func filters(_ noun: Noun) -> [String] {
        (ExampleShop.filters[noun.name] ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    }

    @Test(arguments: verbs)
    func filtersFindWhatTheListShows(_ verb: Verb) throws {
        let shop = try ExampleShop.copy(), noun = verb.noun
        #expect(try shop.run(verb.with(["--all-matching"])).code == 2)
        let ways = Self.filters(noun).map { ["--where", $0] } + noun.named.map { ["@\($0.name)"] }
        for way in ways {
            for all in [[], ["--all"]] {
                let codes = try shop.run([noun.name, "list", "--codes"] + way + all)
                #expect(codes.code == 0, "\(codes.said)")
                let piped = try shop.run(verb.with(["-"]) + ["--dry-run", "--csv"], input: Array(codes.out.utf8))
                let matching = try shop.run(verb.with(["--all-matching"]) + way + all + ["--dry-run", "--csv"])
                if codes.out.isEmpty { #expect(matching.code == 0) } else { #expect(matching == piped, "\(way)") }
            }
        }
    }

    /// Every verb refuses a filter next to codes, because the filter would have no effect.
    @Test(arguments: verbs)
    func aFilterIsNotPassedOver(_ verb: Verb) throws {
        let shop = try ExampleShop.copy(), last = try shop.lastEntry()
        let filter = try #require(Self.filters(verb.noun).first)
        let refused = try shop.run(verb.words + ["--where", filter])
        #expect(refused.code == 2 && refused.said.contains("narrows only with --all-matching"), "\(refused.said)")
        #expect(try shop.lastEntry() == last)
    }

    @Test(arguments: verbs)
    func aSavedFilterFindsTheSame(_ verb: Verb) throws {
        let shop = try ExampleShop.copy(), noun = verb.noun
        for filter in Self.filters(noun) {
            let saved = try shop.run([noun.name, "list", "--where", filter, "--save", "kept"])
            #expect(saved.code == 0, "\(saved.said)")
            let plain = try shop.run([noun.name, "list", "--where", filter, "--csv"])
            #expect(try shop.run([noun.name, "list", "@kept", "--csv"]) == plain)
            let matching = try shop.run(verb.with(["--all-matching"]) + ["--where", filter, "--dry-run", "--csv"])
            #expect(try shop.run(verb.with(["--all-matching"]) + ["@kept", "--dry-run", "--csv"]) == matching)
        }
    }

    @Test(arguments: verbs)
    func nothingToDoIsNoFailure(_ verb: Verb) throws {
        let shop = try ExampleShop.copy(), last = try shop.lastEntry()
        for input in ["", "\n\n", "[]", "code,name\n", "\u{FEFF}code\r\n"] {
            let answered = try shop.run(verb.with(["-"]), input: Array(input.utf8))
            #expect(answered.code == 0 && answered.out.hasSuffix("nothing was done\n"), "\(input.debugDescription): \(answered.said)")
        }
        #expect(try shop.lastEntry() == last)
    }

    private static let wide: [UInt8] = [0xFF, 0xFE] + "CL-0001\nCL-0002\n".utf8.flatMap { [$0, 0] }

    static let forms: [(String, [UInt8])] = [
        ("lines", Array("CL-0001\r\nCL-0002\r\n".utf8)), ("wide", wide),
        ("excel", Array("\u{FEFF}sep=;\r\nname;code\r\n\"Karoo; Signs\";CL-0001\r\nBrass;CL-0002\r\n".utf8)),
        ("number", Array("number\tname\nCL-0001\ta\nCL-0002\tb\n".utf8)),
    ]

    @Test(arguments: forms)
    func codesComeInAnyForm(_ name: String, _ bytes: [UInt8]) throws {
        let shop = try ExampleShop.copy()
        let answered = try shop.run(["client", "edit", "-", "--notes", name], input: bytes)
        #expect(answered.out == "2 clients changed\n", "\(answered.said)")
    }

    @Test func inputWithoutCodesIsRefused() throws {
        let shop = try ExampleShop.copy()
        #expect(try shop.run(["client", "edit", "-", "--notes", "x"], input: Array("[{\"name\": \"Karoo\"}]".utf8)).code == 8)
        #expect(try shop.run(["client", "edit", "-", "--notes", "x"], input: Array("code,name\nCL-0001,a\n,b\n".utf8)).code == 8)
        #expect(try shop.run(["client", "edit", "-", "--notes", "x"], input: Array("CL-0001\nCL-0999\n".utf8)).code == 3)
        #expect(try shop.run(["client", "edit", "-", "--notes", "x"], input: [0x43, 0xC3, 0x28]).code == 3)
    }
}
