import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Changing a shop without a command line, as a server or a mail worker would.
@Suite struct ShopChangeTests {
    private let workshop: Workshop
    private let shop: Shop

    init() throws {
        workshop = try Workshop()
        shop = try Shop(workshop.shop, .writing, clock: try #require(Moment(reading: Workshop.clock)), who: "worker", nouns: .ofTable)
    }

    private func added(_ name: String) throws -> ChangeStep<String> {
        var client = Record(.client)
        client.cells[try #require(Noun.client.index(of: "name"))] = .text(name)
        return ChangeStep(try shop.add(client).code, "client \(name) added")
    }

    private func names() throws -> [String] { try shop.data.all("SELECT name FROM client ORDER BY id") { $0.text(0) } }

    @Test func severalChangesByOneShop() throws {
        let first = try shop.change(ChangeRequest(words: ["worker"])) { try added("Karoo") }
        let second = try shop.change(ChangeRequest(words: ["worker"])) { try added("Breede") }
        #expect([first.entry, second.entry] == [1, 2])
        #expect([first.value, second.value] == ["CL-0001", "CL-0002"])
        #expect(try shop.data.entry(2)?.sentence == "client Breede added")
    }

    @Test func dryRunKeepsNothingAndTellsWhatWouldChange() throws {
        var rows = 0
        let tried = try shop.change(ChangeRequest(words: ["worker"], dryRun: true)) {
            try added("Karoo")
        } finish: { change in
            try change.changes?.each { _ in rows += 1 }
        }
        #expect(rows > 0 && tried.entry == nil)
        #expect(try names().isEmpty)
        #expect(try shop.change(ChangeRequest(words: ["worker"])) { try added("Breede") }.value == "CL-0001")
    }

    @Test func whatIsChangedWithinAChangeIsPartOfIt() throws {
        let outer = try shop.change(ChangeRequest(words: ["batch"])) {
            let inner = try shop.change(ChangeRequest(words: ["line"])) { try added("Karoo") }
            #expect(inner.entry == nil && inner.changes == nil)
            return try added("Breede")
        }
        #expect(outer.entry == 1)
        #expect(try shop.data.one("SELECT count(*) FROM journal") { $0.int(0) } == 1)
    }

    @Test func aStepThatFailsTakesTheOthersBack() throws {
        #expect(throws: Failure.self) {
            try shop.change(ChangeRequest(words: ["worker"]), [{ try added("Karoo") }, { throw Failure(.refused, .file, "no") }])
        }
        #expect(try names().isEmpty)
        // The lock is free, and no cache contains the rolled-back rows.
        #expect(try shop.change(ChangeRequest(words: ["worker"])) { try added("Karoo") }.entry == 1)
    }

    @Test func bytesAreKeptBeforeTheyAreNamed() throws {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let request = ChangeRequest(words: ["worker"], contents: [FileContent("abc.txt", hash, size: 3) { Array("abc".utf8) }])
        try shop.change(request) {
            #expect(try shop.standing(of: hash, size: 3) == .whole)
            return try added("Karoo")
        }
        var dry = request
        dry.dryRun = true
        dry.contents = [FileContent("x", String(hash.reversed()), size: 1) { throw Failure(.defect, .file, "a dry run reads nothing") }]
        try shop.change(dry) { try added("Breede") }
    }
}
