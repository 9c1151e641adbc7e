import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// The order of what a search finds, and what it suggests.
@Suite struct SearchTests {
    private func found(_ text: String, _ options: String = "", in workshop: Workshop) throws -> [String] {
        let answered = try workshop.demand("laseros search '\(text)' \(options) --csv --no-header --fields noun,name")
        return answered.split(separator: "\n").map(String.init)
    }

    @Test func whatIsNamedJustSoGoesFirst() throws {
        let workshop = try Workshop()
        for name in ["Gates Unlimited", "Gate", "Old Gate Works", "Gate Works"] { try workshop.demand("laseros client add '\(name)'") }
        try workshop.demand("laseros project add 'Gate' -c CL-0001")
        try workshop.demand("laseros project part add last 'Gate leaf'")
        #expect(
            try found("gate", in: workshop) == [
                "client,Gate", "project,Gate", "client,Gate Works", "client,Old Gate Works", "client,Gates Unlimited",
            ])
        #expect(try found("GATE", "--limit 3", in: workshop).count == 3)
        #expect(try found("gate", "--noun project", in: workshop) == ["project,Gate"])
        #expect(try found("CL-0003", in: workshop).first == "client,Old Gate Works")
        #expect(try found("wor ga", in: workshop) == ["client,Gate Works", "client,Old Gate Works"])
    }

    /// Words may be parted between a record and what it belongs to.
    @Test func wordsOfTheClientCount() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add 'Karoo Signs'")
        try workshop.demand("laseros client add 'Brass'")
        try workshop.demand("laseros project add Fence -c CL-0001")
        try workshop.demand("laseros project part add last 'Left bracket'")
        try workshop.demand("laseros project add Bracket -c CL-0002")
        #expect(try found("brack karoo", in: workshop) == ["project,Fence"])
        #expect(try found("karoo sig fence", in: workshop) == ["project,Fence"])
        #expect(try found("brass fence", in: workshop) == [])
        // A client's own words alone do not list all that it has.
        #expect(try found("karoo", in: workshop) == ["client,Karoo Signs"])
    }

    @Test func nearWordsAreSuggested() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add 'Karoo Signs'")
        for (text, hint) in [
            ("karro sings", "did you mean 'karoo signs'?"), ("akroo", "did you mean 'karoo'?"),
            ("karoo xyzzy", "no word begins with 'xyzzy'"),
        ] {
            let answered = try workshop.run(["search", text])
            #expect(answered.code == 0 && answered.out.isEmpty && answered.said.contains(hint), "\(text): \(answered.said)")
        }
        // Thousands of codes that begin alike do not hide a word.
        let codes = (1...20_000).map { "ka\($0)" }.joined(separator: " ")
        #expect(try workshop.run(["client", "import", "-"], input: Array("name,address\nx,\(codes)\n".utf8)).code == 0)
        #expect(try workshop.run(["search", "karro"]).said.contains("did you mean 'karoo'?"))
        #expect(try !workshop.run(["search", "12345"]).said.contains("hint"))
        #expect(try workshop.run(["search", "x", "--noun", "clint"]).said.contains("did you mean client?"))
    }

    /// A beginning of many words is read from the last records of the first noun, as far as these suffice.
    @Test func aBeginningOfManyWordsFindsTheNewest() throws {
        let workshop = try Workshop()
        let names = (1...150).map { "Common\($0),\($0 > 140 ? "" : "Street\($0)")\n" }.joined()
        #expect(try workshop.run(["client", "import", "-"], input: Array(("name,address\n" + names).utf8)).code == 0)
        try workshop.demand("laseros project add Commons -c CL-0001")
        #expect(try found("com", "--limit 2", in: workshop) == ["client,Common150", "client,Common149"])
        #expect(try found("com str", "--limit 2", in: workshop) == ["client,Common140", "client,Common139"])
        let all = try found("com", "--limit 500", in: workshop)
        #expect(all.count == 151 && all.first == "client,Common150" && all.last == "project,Commons")
        // The last records of a noun do not suffice when only older ones have the word.
        let others = (1...600).map { "Other\($0),\n" }.joined()
        #expect(try workshop.run(["client", "import", "-"], input: Array(("name,address\n" + others).utf8)).code == 0)
        #expect(try found("com", "--limit 2", in: workshop) == ["client,Common150", "client,Common149"])
    }

    @Test func everyKindOfRecordIsFound() throws {
        let workshop = try ExampleShop.copy()
        for noun in nouns where noun.name != "filter" && noun.name != "price" {
            let code = try workshop.demand("laseros \(noun.listCommand) --codes --limit 1 --all").trimmed
            guard !code.isEmpty else { continue }
            let codes = try workshop.demand("laseros search '\(code)' --noun \(noun.name) --codes").split(separator: "\n").map(String.init)
            #expect(codes.first == String(code), "\(noun.name)")
        }
    }
}
