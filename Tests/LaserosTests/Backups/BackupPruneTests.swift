import Glibc
import Security
import Testing
import Values

@testable import Shop

/// What `backup prune` removes from a folder.
@Suite struct BackupPruneTests {
    private let workshop: Workshop
    private let shop: String
    private var folder: String { workshop.shop + "/backups" }

    init() throws {
        workshop = try Workshop()
        try workshop.demand("laseros backup create")
        let name = try #require(BackupName(Paths.names(in: workshop.shop + "/backups")[0]))
        shop = name.shop
        try Subprocess.demand(["rm", "\(workshop.shop)/backups/\(name.text)"])
    }

    /// Puts an archive of a moment into the folder, as far as its name tells.
    @discardableResult
    private func put(_ at: String, of shop: String? = nil, isDamaged: Bool = false) throws -> String {
        let bytes = [0x28, 0xB5, 0x2F, 0xFD] + Array("made at \(at)".utf8), moment = try #require(Moment(reading: at))
        let name = BackupName(at: moment, shop: shop ?? self.shop, digest: bytes.withUnsafeBytes { Digest.of($0) }, isEncrypted: false).text
        try File.write(isDamaged ? Array(bytes.dropLast()) : bytes, to: "\(folder)/\(name)")
        return name
    }

    private func left() -> [String] { Paths.names(in: folder) }

    @Test func aRealRunRemovesWhatADryRunNames() throws {
        for day in 10...20 { for hour in ["06", "18"] { try put("2026-08-\(day)T\(hour):00:00Z") } }
        let before = left()
        let dry = try workshop.demand("laseros backup prune --keep-last 1 --keep-daily 3 --dry-run --csv --fields archive,action,reasons")
        #expect(left() == before)
        let rows = dry.split(separator: "\n").dropFirst().map { $0.split(separator: ",", maxSplits: 2).map(String.init) }
        #expect(rows.map { $0[0] } == before.reversed())
        #expect(rows.filter { $0[1] == "keep" }.map { $0.count > 2 ? $0[2] : "" } == ["\"last, daily\"", "daily", "daily"])
        let answered = try workshop.run("laseros backup prune --keep-last 1 --keep-daily 3")
        // Nobody looks on.
        #expect(answered == Answered(out: "", said: "", code: 0))
        #expect(left() == rows.filter { $0[1] == "keep" }.map { $0[0] }.sorted() && left().count == 3)
    }

    @Test func daysAreThoseOfTheShop() throws {
        // In Johannesburg these are 12 August, 01:00, and 23:00.
        let early = try put("2026-08-11T23:00:00Z"), late = try put("2026-08-12T21:00:00Z")
        #expect(try workshop.run("laseros backup prune --keep-daily 2").code == 0)
        #expect(left() == [late])
        try put("2026-08-11T23:00:00Z")
        try workshop.demand("laseros config set time_zone UTC")
        #expect(try workshop.run("laseros backup prune --keep-daily 2").code == 0)
        #expect(left() == [early, late])
    }

    @Test func whatIsNotAnArchiveOfThisShopStays() throws {
        let newest = try put("2026-08-12T00:00:00Z"), old = try put("2026-08-11T00:00:00Z")
        let others = [try put("2026-08-01T00:00:00Z", of: "0badcafe"), "notes.txt", old + ".part", "x" + old, ".hidden", old.uppercased()]
        for name in others.dropFirst() { try File.write([1], to: "\(folder)/\(name)") }
        let rest = old.dropFirst("laseros-20260811".count), folderName = "laseros-20260802\(rest)", link = "laseros-20260803\(rest)"
        mkdir("\(folder)/\(folderName)", 0o700)
        symlink("\(workshop.shop)/laseros.db", "\(folder)/\(link)")
        #expect(try workshop.run("laseros backup prune --keep-last 1").code == 0)
        #expect(left() == (others + [newest, folderName, link]).sorted())
        #expect(access(workshop.shop + "/laseros.db", F_OK) == 0)
    }

    @Test func theNewestWholeOneStaysAndDamagedOnesTakeNoPlace() throws {
        let names = try (1...6).map { try put("2026-08-0\($0)T00:00:00Z", isDamaged: $0 >= 4) }
        let answered = try workshop.run("laseros backup prune --keep-last 2")
        // The damaged one of the 4th would be the third of the last ones.
        #expect(left() == [names[1], names[2], names[4], names[5]])
        #expect(answered.code == 1 && names[3...].allSatisfy { answered.said.contains("warning: \($0) is damaged\n") }, "\(answered.said)")
    }

    @Test func ofDamagedOnesAloneNothingIsRemoved() throws {
        for day in 1...3 { try put("2026-08-0\(day)T00:00:00Z", isDamaged: true) }
        for dry in ["", " --dry-run"] {
            let answered = try workshop.run("laseros backup prune --keep-last 1\(dry)")
            #expect(answered.code == 1 && answered.said.contains("all 3 archives in"), "\(answered.said)")
        }
        #expect(left().count == 3)
    }

    @Test func underAnEmptyRuleNothingIsRemoved() throws {
        for day in 1...3 { try put("2026-08-0\(day)T00:00:00Z") }
        for rule in ["", " --keep-last 0", " --keep-daily 0 --keep-yearly 0", " --keep-last -1"] {
            #expect(try workshop.run("laseros backup prune\(rule)").code == 2, "\(rule)")
        }
        #expect(left().count == 3)
        #expect(try workshop.run("laseros backup prune --keep-last unlimited").code == 0 && left().count == 3)
    }

    @Test func oneRunAtATime() throws {
        for day in 1...3 { try put("2026-08-0\(day)T00:00:00Z") }
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #expect(flock(descriptor, LOCK_EX) == 0)
        #expect(try workshop.run("laseros backup prune --keep-last 1").code == 6 && left().count == 3)
        #expect(try workshop.run("laseros backup prune --keep-last 1 --dry-run").code == 0)
        close(descriptor)
        #expect(try workshop.run("laseros backup prune --keep-last 1").code == 0 && left().count == 1)
    }

    /// Killed at each removal, there are fewer archives, the oldest ones gone, and none is half.
    @Test(arguments: 1...4) func killedItHasRemovedTheOldest(_ point: Int) throws {
        let names = try (1...5).map { try put("2026-08-0\($0)T00:00:00Z") }
        let strace = "strace -f -qq -o /dev/null -e trace=unlink -e inject=unlink:signal=KILL:when=\(point)"
        let answered = try workshop.run("\(strace) laseros backup prune --keep-last 1; echo killed")
        #expect(answered.out == "killed\n")
        #expect(left() == Array(names[(point - 1)...]))
        #expect(try Backups.list(in: folder).allSatisfy { try Backups.isWhole($0) })
        try workshop.demand("laseros backup prune --keep-last 1")
        #expect(left() == [names[4]])
    }
}
