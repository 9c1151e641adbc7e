import Glibc
import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// An action outside the database is claimed, run and recorded, and a repetition is always noticed.
@Suite struct ActTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    private func shop() throws -> Shop {
        try Shop(workshop.shop, .writing, clock: try #require(Moment(reading: Workshop.clock)), who: "worker", nouns: .ofTable)
    }

    /// An action that sends messages; `sent` stands for the outside world.
    private func sending(_ names: [String], sent: @escaping (String) throws -> Void) -> Act<[String], Int> {
        Act("mail send") {
            (names, names.isEmpty ? nil : counted(names.count, "message"))
        } act: { names in
            try names.forEach(sent)
            return names.count
        } record: { names, done in
            switch done {
            case .success(let count): "\(counted(count, "message")) sent"
            case .failure(let error): "not all of \(counted(names.count, "message")) sent: \((error as? Failure)?.message ?? "")"
            }
        }
    }

    private func entries() throws -> [String] {
        try workshop.reading { try $0.all("SELECT kind || ' ' || sentence FROM journal ORDER BY id") { $0.text(0) } }
    }

    private let request = ChangeRequest(words: ["mail", "send"])

    @Test func claimsActsAndRecords() throws {
        let shop = try shop()
        var seen: [String] = []
        let outcome = try shop.perform(
            sending(["a", "b"]) { name in
                // The claim is committed, and the lock is free.
                #expect(try entries() == ["claim mail send: 2 messages"])
                try File.write([], to: workshop.work + "/" + name)
            }, request
        ) { outcome in
            seen = outcome.notes + ["\(outcome.done ?? 0)"]
        }
        #expect(seen == ["2"] && outcome.entries == [1, 2])
        #expect(try entries() == ["claim mail send: 2 messages", "act 2 messages sent"])
        #expect(try workshop.run("laseros log verify").code == 0)
        for entry in 1...2 {
            let answered = try workshop.run("laseros undo \(entry)")
            #expect(answered.code == 4 && answered.said.contains("entry \(entry) cannot be undone: "), "\(answered.said)")
            #expect(try workshop.run("laseros log show \(entry)").code == 0)
        }
        #expect(Paths.names(in: workshop.shop + "/files").isEmpty)
        // Undo without a number skips actions.
        #expect(try workshop.run("laseros undo").code == 3)
    }

    @Test func dryRunDoesNothing() throws {
        let shop = try shop()
        var isAnswered = false
        let outcome = try shop.perform(
            sending(["a"]) { _ in Issue.record("sent") }, ChangeRequest(words: ["mail", "send"], dryRun: true)
        ) { outcome in
            isAnswered = outcome.work == ["a"] && outcome.done == nil
        }
        #expect(try isAnswered && outcome.entries.isEmpty && entries().isEmpty)
    }

    @Test func nothingToDoIsNoEntry() throws {
        let outcome = try shop().perform(sending([]) { _ in Issue.record("sent") }, request) { _ in }
        #expect(try outcome.entries.isEmpty && entries().isEmpty)
    }

    @Test func whatFailsIsRecordedAndTold() throws {
        let shop = try shop()
        let failure = #expect(throws: Failure.self) {
            try shop.perform(sending(["a"]) { _ in throw Failure(.outside, .file, "no network") }, request) { _ in Issue.record("answered")
            }
        }
        #expect(failure?.message == "no network")
        #expect(try entries() == ["claim mail send: 1 message", "act not all of 1 message sent: no network"])
        // The outcome is recorded, so the next run has no note.
        #expect(try shop.perform(sending(["a"]) { _ in }, request) { _ in }.notes.isEmpty)
    }

    @Test func onlyOneRunIsAtIt() throws {
        let shop = try shop()
        try shop.perform(
            sending(["a"]) { _ in
                let other = try self.shop()
                let failure = #expect(throws: Failure.self) {
                    try other.perform(sending(["a"]) { _ in Issue.record("sent twice") }, request) { _ in }
                }
                #expect(failure?.id == "E-ACT-06" && failure?.message == "entry 1 is still at work: mail send: 1 message")
                // Other actions and changes are not affected.
                try workshop.demand("laseros client add Karoo")
                try workshop.demand("laseros files prune")
            }, request
        ) { _ in }
        #expect(try entries().last == "act 1 message sent")
    }

    /// Ends a run before it records the outcome, as if it were killed.
    private func kill() throws {
        let failure = #expect(throws: Failure.self) {
            try shop().perform(sending(["a"]) { _ in }, request) { _ in throw Failure(.outside, .file, "no room") }
        }
        #expect(failure?.message == "mail send is done, but not recorded: no room")
    }

    @Test func theNextRunGoesOnAndSaysSo() throws {
        try kill()
        #expect(try entries() == ["claim mail send: 1 message"])
        let tried = try shop().perform(sending(["a"]) { _ in }, ChangeRequest(words: ["mail", "send"], dryRun: true)) { _ in }
        let told = "entry 1 (mail send: 1 message) was killed before it was recorded: "
        #expect(tried.notes == [told + "the next run does what is left"])
        var sent = 0
        #expect(try shop().perform(sending(["a"]) { _ in sent += 1 }, request) { _ in }.notes == [told + "what is left is done now"])
        #expect(try sent == 1 && entries().dropFirst() == ["claim mail send: 1 message", "act 1 message sent"])
        #expect(try shop().perform(sending([]) { _ in }, request) { _ in }.notes.isEmpty)
    }

    @Test func theNextRunSettlesWhatIsDone() throws {
        try kill()
        let outcome = try shop().perform(sending([]) { _ in }, request) { _ in }
        #expect(outcome.notes == ["entry 1 (mail send: 1 message) was killed before it was recorded: nothing is left to do"])
        #expect(try entries().last == "act entry 1 (mail send: 1 message) was killed before it was recorded" && outcome.entries == [2])
        #expect(try shop().perform(sending([]) { _ in }, request) { _ in }.notes.isEmpty)
        #expect(try workshop.run("laseros log verify").code == 0)
    }

    /// Another process attaches the same bytes between the claim and the action.
    @Test func onlyFilesStillUnattachedArePruned() throws {
        try workshop.demand("laseros client add Karoo")
        try workshop.demand("laseros project add Gate -c karoo")
        try workshop.demand("laseros project attach gate prices.csv clients.csv")
        try workshop.demand("laseros project detach gate prices.csv clients.csv")
        try workshop.ageFiles()
        let shop = try shop(), pruning = shop.filePruning(request, after: GraceDays(reading: "0")!)
        var attaching = pruning
        attaching.act = { loose in
            try workshop.demand("laseros project attach gate prices.csv")
            return try pruning.act(loose)
        }
        let outcome = try shop.perform(attaching, request) { _ in }
        #expect(outcome.work.count == 2 && outcome.done?.count == 1)
        try workshop.demand("laseros project extract gate --to out")
        #expect(try File.read(workshop.work + "/out/prices.csv") == File.read(workshop.work + "/prices.csv"))
    }
}
