import Glibc
import Testing
import Values

@testable import Shop

/// Each finding of `doctor` goes away by the command beside it.
@Suite struct DoctorTests {
    private struct Row {
        var area: String, command: String
    }

    /// The findings, with a stand-in for `sudo`, which installs a stand-in for `crontab`.
    private static func findings(_ workshop: Workshop, _ words: String = "") throws -> [Row] {
        let lines = "jq -r '.[] | .area + \"\\t\" + .command' \"$HOME/found\""
        let answered = try workshop.run("\(path); laseros doctor --json \(words) >\"$HOME/found\"; code=$?; \(lines); exit $code")
        #expect(answered.code == (answered.out.isEmpty ? 0 : 1), "\(answered.said)")
        return answered.out.split(separator: "\n").map { line in
            let cells = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return Row(area: cells[0], command: cells[1])
        }
    }

    private static let path = "PATH=$HOME/bin:$PATH"

    private static func install(_ workshop: Workshop) throws {
        mkdir(workshop.root + "/bin", 0o755)
        let crontab = "#!/bin/sh\ncase $1 in -l) cat \"$HOME/tab\";; -) cat >\"$HOME/new\" && mv \"$HOME/new\" \"$HOME/tab\";; esac\n"
        let sudo = "#!/bin/sh\ncp \"$HOME/bin/ready\" \"$HOME/bin/crontab\"\n"
        for (name, text) in [("ready", crontab), ("sudo", sudo)] {
            try File.write(Array(text.utf8), to: "\(workshop.root)/bin/\(name)")
            chmod("\(workshop.root)/bin/\(name)", 0o755)
        }
    }

    /// What only the shop's people know.
    private static func filled(_ command: String) -> String {
        let known = [
            "NUMBER": "7850", "'NUMBER'": "'023 342 1122'", "ADDRESS": "office@example.com", "CODE": "FIBER", "NAME": "Fibre",
            "AMOUNT": "850",
            "MM": "3", "MM/MIN": "2500", "SECONDS": "1",
        ]
        // The standing commands take a density in g/cm3.
        let words = command.split(separator: " ").map { known[String($0)] ?? String($0) }.joined(separator: " ")
        return command.contains("--density") ? words.split(separator: " ").map { $0 == "7850" ? "7.85" : $0 }.joined(separator: " ") : words
    }

    /// Follows the first finding until there is none.
    private static func mend(_ workshop: Workshop, _ words: String = "") throws -> [String] {
        var areas: [String] = []
        while let first = try findings(workshop, words).first {
            let answered = try workshop.run("\(path); \(filled(first.command))")
            #expect(answered.code == 0, "\(first.command): \(answered.said)")
            let left = try findings(workshop, words)
            guard !left.contains(where: { $0.command == first.command }), areas.count < 40 else {
                Issue.record("\(first.command) does not mend \(first.area)")
                break
            }
            areas.append(first.area)
        }
        return areas
    }

    @Test func aNewShopIsMendedStepByStep() throws {
        let workshop = try Workshop()
        try Self.install(workshop)
        #expect(
            try Self.mend(workshop) == [
                "time zone", "letterhead", "letterhead", "letterhead", "letterhead", "vat", "bank", "bank", "machines", "presets",
                "presets",
                "prices", "backup", "cron", "cron",
            ])
        #expect(try workshop.run("\(Self.path); laseros doctor") == Answered(out: "nothing is lacking\n", said: "", code: 0))
    }

    @Test func aShopThatIsNamedStaysNamed() throws {
        let workshop = try Workshop()
        try Self.install(workshop)
        try Subprocess.demand(["mv", workshop.shop, workshop.root + "/an odd % shop's"])
        let named = "--shop \"$HOME/an odd % shop's\""
        #expect(try Self.mend(workshop, named).last == "cron")
        let tab = String(decoding: try File.read(workshop.root + "/tab"), as: UTF8.self)
        #expect(tab.hasPrefix("0 2 * * * /") && tab.contains("odd \\% shop") && tab.split(separator: "\n").count == 1, "\(tab)")
        // As cron runs it: without the backslashes, by sh.
        let job = tab.dropFirst("0 2 * * * ".count).split(separator: "\\", omittingEmptySubsequences: false)
        let line = job.dropFirst().reduce(String(job[0])) { $0 + ($1.hasPrefix("%") ? "" : "\\") + $1 }
        let before = Paths.names(in: workshop.root + "/an odd % shop's/backups").count
        #expect(try workshop.run("export LASEROS_NOW=2026-08-24T00:00:00Z; \(line)") == Answered(out: "", said: "", code: 0))
        #expect(Paths.names(in: workshop.root + "/an odd % shop's/backups").count == before + 1)
    }

    @Test func whatLaterGoesWrongIsMended() throws {
        let workshop = try Workshop()
        try Self.install(workshop)
        _ = try Self.mend(workshop)
        for (damage, area) in [
            ("chmod 755 \"$LASEROS_SHOP/files\" && chmod 644 \"$LASEROS_SHOP\"/backups/*", "modes"),
            ("chmod 750 \"$LASEROS_SHOP\"", "modes"),
            ("laseros machine edit FIBER --rate '' && laseros price list --codes", "machines"),
            ("laseros machine add SECOND Second --rate 10", "machines"),
            ("rm \"$LASEROS_SHOP\"/backups/*", "backup"),
            ("sed -i 's/^/  # /' \"$HOME/tab\"", "cron"),
        ] {
            try workshop.demand(damage)
            #expect(try Self.mend(workshop) == [area], "\(damage)")
        }
    }

    @Test func aSharedShopIsOpenToItsGroup() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros init --shared group ours")
        let modes = "laseros doctor --all --shop ours --csv --fields state,finding | grep 'its group'"
        #expect(try workshop.run(modes).out == "well,those outside its group can neither read nor write the shop\n")
        try workshop.demand("chmod o+x ours/files")
        #expect(try workshop.run(modes).out == "lacking,those outside its group may read or write files\n")
    }

    @Test func anUnknownTimeZoneIsFound() throws {
        let workshop = try Workshop()
        try workshop.demand("sqlite3 \"$LASEROS_SHOP/laseros.db\" \"INSERT INTO setting (name, value) VALUES ('time_zone', 'Mars/Base')\"")
        let found = try workshop.run("laseros doctor --csv --fields area,command")
        #expect(found.code == 1 && found.out.contains("time zone,sudo apt-get install tzdata\n"), "\(found)")
    }

    @Test func anOlderShopIsUpgradedFirst() throws {
        let workshop = try Workshop()
        try Subprocess.demand(["rm", "-r", workshop.shop])
        try Subprocess.demand(["tar", "-C", workshop.root, "-xzf", Paths.tests + "/golden/7/shop.tgz"])
        mkdir(workshop.shop + "/backups", 0o700)
        let found = try workshop.run("laseros doctor --csv --fields area,command")
        #expect(found == Answered(out: "area,command\nversion,laseros upgrade\n", said: "", code: 1))
        try workshop.demand("laseros upgrade")
        #expect(try !workshop.run("laseros doctor --csv --fields area").out.contains("version"))
    }

    @Test func networkFileSystemsAreKnown() {
        let mounts = """
            29 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
            88 29 0:51 / /srv/my\\040shop rw,relatime shared:45 - nfs4 server:/export rw
            89 29 0:70000 / /mnt rw - fuse.sshfs host: rw
            """
        #expect(networkFileSystem(ofDevice: 254 << 8 | 1, in: mounts) == nil)
        #expect(networkFileSystem(ofDevice: 51, in: mounts) == "nfs4")
        #expect(networkFileSystem(ofDevice: 70000 & 0xFF | (70000 & ~0xFF) << 12, in: mounts) == "fuse.sshfs")
        #expect(networkFileSystem(ofDevice: 5, in: mounts) == nil)
    }
}
