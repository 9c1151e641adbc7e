import Glibc
import Testing
import Values

@testable import Console
@testable import laseros

/// What is kept of failures, and the ids that people watch for.
@Suite struct FailureTests {
    private static let list = Paths.tests + "/failure-ids.txt"

    /// Every place that makes a failure, as its id: one that is gone or new is seen here. `make transcripts` writes the list.
    @Test func idsAreListed() throws {
        var ids: Set<String> = []
        for module in Paths.names(in: Paths.package + "/Sources") {
            let folder = Paths.package + "/Sources/" + module
            for file in Paths.names(in: folder) where file.hasSuffix(".swift") {
                let text = String(decoding: try File.read(folder + "/" + file), as: UTF8.self)
                let origin = String(file.prefix { $0 != "." && $0 != "+" })
                for kind in Self.kinds(in: text) { ids.insert(Failure(kind, "", about: origin).id) }
            }
        }
        let found = ids.sorted().map { $0 + "\n" }.joined()
        if getenv("UPDATE") != nil { try File.write(Array(found.utf8), to: Self.list, as: .document) }
        let kept = String(decoding: try File.read(Self.list), as: UTF8.self)
        #expect(found == kept, "make transcripts\n\(difference(kept, found))")
    }

    /// The kinds that stand behind `Failure(` in a text.
    private static func kinds(in text: String) -> [Failure.Kind] {
        var kinds: [Failure.Kind] = [], rest = text.utf8[...]
        let opening = Array("Failure(".utf8)
        while let start = rest.firstIndex(of: opening[0]) {
            rest = rest[start...]
            guard rest.starts(with: opening) else {
                rest.removeFirst()
                continue
            }
            rest = rest.dropFirst(opening.count).drop { $0 == 10 || $0 == 32 }
            guard rest.first == UInt8(ascii: ".") else { continue }
            let name = String(decoding: rest.dropFirst().prefix { (65...122).contains($0) }, as: UTF8.self)
            kinds += Failure.Kind.allCases.filter { "\($0)" == name }
        }
        return kinds
    }

    @Test func idsOutliveTheirWording() {
        #expect(Failure(.refused, "one").id == "E-FAILURETESTS-04")
        #expect(Failure(.notFound, "two", about: "price").id == "E-PRICE-03")
        #expect(Failure(.defect, "three", about: "quote_line").id == "E-QUOTE-LINE-70")
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
        var moments: [Shown] = []
        try log.runs(all: false, limit: 3) { _ in 0 }.each { moments.append($0[0]) }
        #expect(moments == [899, 898, 897].map { .moment(Moment(ms: $0 * 1000), offset: 0) })
    }

    @Test func whatGoesWellPushesNoFailureOut() throws {
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
