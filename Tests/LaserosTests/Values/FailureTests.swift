import Glibc
import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// The log of failures, and the ids that scripts watch for.
@Suite struct FailureTests {
    private static let list = Paths.tests + "/failure-ids.txt"

    /// The ids of all failures in the source, so that a removed or new one is noticed. `make transcripts` writes the list.
    @Test func idsAreListed() throws {
        var ids: Set<String> = []
        for file in try Subprocess.run(["find", "Sources", "-name", "*.swift"], in: Paths.package).out.split(separator: "\n") {
            let text = String(decoding: try File.read(Paths.package + "/" + file), as: UTF8.self)
            for (kind, areas) in Self.failures(in: text) { ids.formUnion(areas.map { Failure(kind, $0, "").id }) }
        }
        let found = ids.sorted().map { $0 + "\n" }.joined()
        if getenv("UPDATE") != nil { try File.write(Array(found.utf8), to: Self.list, as: .document) }
        let kept = String(decoding: try File.read(Self.list), as: UTF8.self)
        #expect(found == kept, "make transcripts\n\(difference(kept, found))")
    }

    /// The kinds and areas of the failures in a source text. A failure of any noun has the areas of all.
    private static func failures(in text: String) -> [(kind: Failure.Kind, areas: [Failure.Area])] {
        text.matches(of: /(?:Failure|self\.init)\(\s*\.(\w+),\s*([\w.]+),/).compactMap { match in
            guard let kind = Failure.Kind.allCases.first(where: { "\($0)" == match.1 }) else { return nil }
            if match.2.hasSuffix("noun.area") { return (kind, nouns.map(\.area)) }
            return (kind, Failure.Area.allCases.filter { ".\($0)" == match.2 })
        }
    }

    /// The failure for a row of each noun and table has an id of its own.
    @Test func nounsAndTablesHaveAreas() throws {
        for noun in nouns { #expect(noun.area.rawValue == noun.name) }
        try Workshop().reading { data in
            for table in try data.all("SELECT name FROM sqlite_schema WHERE type = 'table'", { $0.text(0) })
            where !["journal", "aux_", "sqlite_"].contains(where: table.hasPrefix) {
                #expect(Failure.Area(table: table) != nil, "\(table)")
            }
        }
    }

    @Test func idsOutliveTheirWording() {
        #expect(Failure(.refused, .quoting, "one").id == "E-QUOTING-04")
        #expect(Failure(.notFound, .price, "two").id == "E-PRICE-03")
        #expect(Failure(.defect, .quoteLine, "three").id == "E-QUOTE-LINE-70")
    }

    @Test func constraintsAreAboutTheirTable() throws {
        let workshop = try Workshop()
        let answered = try workshop.run("laseros material add 'a b' Wood --density 1 --json")
        #expect(answered.said.contains(#""id": "E-MATERIAL-04""#), "\(answered.said)")
    }

    @Test func secretsAreNotKept() {
        let words = ["user", "add", "thandi", "--password", "hunter2", "--api-token=abc", "--password-file", "f", "smtp_password", "x"]
        #expect(
            RunLog.withoutSecrets(words) == [
                "user", "add", "thandi", "--password", "***", "--api-token=***", "--password-file", "***", "smtp_password", "***",
            ])
        let addresses = ["smtp://anna:hunter2@mail.example:25/a@b", "--url=http://a:b@c", "https://example.com/a:b@c", "a:b@c"]
        #expect(
            RunLog.withoutSecrets(addresses) == [
                "smtp://anna:***@mail.example:25/a@b", "--url=http://a:***@c", "https://example.com/a:b@c", "a:b@c",
            ])
        #expect(RunLog.withoutSecrets(["client", "add", "Secret Garden Signs"]) == ["client", "add", "Secret Garden Signs"])
    }

    @Test func theLogIsPutAside() throws {
        let workshop = try Workshop(), environment = ["XDG_STATE_HOME": workshop.root + "/state"]
        let log = try #require(RunLog(environment)), path = workshop.root + "/state/laseros/runs.log"
        let word = String(repeating: "x", count: 1000)
        for i in 0..<900 { log.keep(["client", "show", word], at: Moment(ms: i * 1000), code: 3, id: "E-CLIENT-03") }
        for name in [path, path + ".1"] {
            var about = stat()
            #expect(stat(name, &about) == 0 && about.st_mode & 0o777 == 0o600)
            #expect(Int(about.st_size) < RunLog.size + 2000)
        }
        var moments: [DisplayValue] = []
        try log.runs(all: false, limit: 3) { _ in 0 }.each { moments.append($0[0]) }
        #expect(moments == [899, 898, 897].map { .moment(Moment(ms: $0 * 1000), offset: 0) })
    }

    @Test func successfulRunsDoNotDisplaceFailures() throws {
        let workshop = try Workshop(), log = try #require(RunLog(["XDG_STATE_HOME": workshop.root + "/state"]))
        log.keep(["client", "show", "lost"], at: Moment(ms: 1), code: 3, id: "E-CLIENT-03", unattended: true)
        let word = String(repeating: "x", count: 1000)
        for i in 2..<1500 { log.keep(["client", "list", word], at: Moment(ms: i), code: 0, id: nil, unattended: true) }
        var commands: [String] = []
        try log.runs(all: false, limit: nil) { _ in 0 }.each { commands.append($0[2].cell) }
        #expect(commands == ["client show lost"])
    }

    @Test func aLongLineIsCut() throws {
        let workshop = try Workshop(), log = try #require(RunLog(["XDG_STATE_HOME": workshop.root + "/state"]))
        log.keep(["client", "edit"] + (1...100_000).map { "CL-\($0)" }, at: Moment(ms: 1), code: 3, id: nil)
        let line = try File.read(workshop.root + "/state/laseros/runs.log")
        #expect(line.count < 2500 && line.last == 10)
        var commands: [String] = []
        try log.runs(all: false, limit: nil) { _ in 0 }.each { commands.append($0[2].cell) }
        #expect(commands.count == 1 && commands[0].hasPrefix("client edit CL-1 CL-2 ") && commands[0].hasSuffix("…"))
    }

    @Test func aTornLineIsPassedOver() throws {
        let workshop = try Workshop(), environment = ["XDG_STATE_HOME": workshop.root + "/state"]
        let log = try #require(RunLog(environment))
        log.keep(["a"], at: Moment(ms: 1), code: 2, id: nil)
        let path = workshop.root + "/state/laseros/runs.log"
        try File.write(try File.read(path) + Array(#"{"at": "2026-08"#.utf8) + [10, 0xFF, 10], to: path)
        log.keep(["b"], at: Moment(ms: 2), code: 2, id: nil)
        var count = 0
        try log.runs(all: false, limit: nil) { _ in 0 }.each { _ in count += 1 }
        #expect(count == 2)
    }
}
