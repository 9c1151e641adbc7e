import Glibc
import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Which shops are opened, depending on their modes and on how they were found. What needs several users is tested in `smoke/trust.sh`.
@Suite struct TrustTests {
    private static func environment(_ safe: String = "", _ workshop: Workshop) -> Environment {
        Environment(
            clock: Moment(ms: 0), variables: ["HOME": workshop.root], directory: workshop.shop, user: "thandi",
            preferences: Preferences(checking: "safe_shops = \(safe)\n", file: "f"), say: { _ in })
    }

    private static func refusal(_ workshop: Workshop, isNamed: Bool = false, safe: String = "") -> String? {
        ShopPlace(folder: workshop.shop, isNamed: isNamed).refusal(in: environment(safe, workshop))?.message
    }

    @Test func onesOwnIsTrusted() throws { #expect(try Self.refusal(Workshop()) == nil) }

    @Test(arguments: ["", "/laseros.db"]) func whatAGroupMayWriteIsNamedOrListed(_ part: String) throws {
        let workshop = try Workshop()
        chmod(workshop.shop + part, part.isEmpty ? 0o770 : 0o660)
        let refusal = try #require(Self.refusal(workshop))
        #expect(refusal.hasPrefix("the group ") && refusal.contains("may write \(workshop.shop)\(part):"), "\(refusal)")
        #expect(Self.refusal(workshop, safe: "/nowhere:\(workshop.root)") != nil)
        #expect(Self.refusal(workshop, isNamed: true) == nil)
        for list in ["*", workshop.shop, "/nowhere: \(workshop.shop)/", "~/shop", "\(workshop.shop)/../shop"] {
            #expect(Self.refusal(workshop, safe: list) == nil, "\(list)")
        }
    }

    @Test(arguments: [("", 0o777), ("", 0o1777), ("", 0o702), ("/laseros.db", 0o666), ("/laseros.db", 0o602)])
    func whatEverybodyMayWriteIsRefused(_ part: String, _ mode: Int) throws {
        let workshop = try Workshop()
        chmod(workshop.shop + part, mode_t(mode))
        for (isNamed, safe) in [(false, ""), (false, "*"), (true, ""), (true, workshop.shop)] {
            #expect(Self.refusal(workshop, isNamed: isNamed, safe: safe)?.hasPrefix("everybody may write \(workshop.shop)\(part):") == true)
        }
        #expect(try workshop.run("laseros client list").code == 6)
        #expect(try workshop.run("laseros client list --shop \(workshop.shop)").code == 6)
    }

    @Test func ownersAreTheCallerAndRootAndWhoCalledSudo() {
        #expect(ShopPlace.owners(caller: 1000, sudo: nil) == [0, 1000])
        #expect(ShopPlace.owners(caller: 1000, sudo: "1001") == [0, 1000])
        #expect(ShopPlace.owners(caller: 0, sudo: "1001") == [0, 1001])
        for text in ["", "-1", "thandi", "4294967296"] { #expect(ShopPlace.owners(caller: 0, sudo: text) == [0]) }
    }

    @Test func safeShopsAreWholePaths() {
        for list in ["", "*", "/a", "/a:~/b", "/a:\n/b"] { #expect(Preferences.refusal("safe_shops", list) == nil, "\(list)") }
        for list in ["a", "/a:b", "./a", "~thandi/a", "**"] { #expect(Preferences.refusal("safe_shops", list) != nil, "\(list)") }
    }

    /// The command in the hint keeps the existing entries of the list.
    @Test func theHintAddsToTheList() throws {
        let workshop = try Workshop()
        chmod(workshop.shop, 0o770)
        let hint = ShopPlace(folder: workshop.shop, isNamed: false).refusal(in: Self.environment("/srv/a:~/b", workshop))?.hint
        #expect(hint?.hasSuffix("config set --personal safe_shops '/srv/a:~/b:\(workshop.shop)'") == true, "\(hint ?? "")")
    }

    private static func mode(_ path: String) -> mode_t {
        var about = stat()
        return lstat(path, &about) == 0 ? about.st_mode & 0o7777 : 0
    }

    @Test func aGroupsShopHasItsModes() throws {
        let workshop = try Workshop(), shop = workshop.root + "/ours"
        let made = try workshop.run("laseros init --shared=group \(shop)")
        #expect(made.code == 0 && made.said.contains("the group ") && made.said.contains("safe_shops"), "\(made.said)")
        for line in [
            "client add 'Karoo Signs'", "project add Gate -c karoo", "project attach last 0001-Flange-MS-10mm-x4.dxf",
        ] { try workshop.demand("umask 077; laseros \(line) --shop \(shop)") }
        try Database(shop + "/laseros.db", .reading).copy(to: shop + "/backups/copy.db")
        let folders = try Subprocess.run(["find", ".", "-type", "d", "!", "-perm", "2770"], in: shop)
        let files = try Subprocess.run(["find", ".", "-type", "f", "!", "-perm", "0660"], in: shop)
        #expect(folders.out == "" && files.out == "", "\(folders.out)\(files.out)")
        #expect(try Subprocess.run(["find", ".", "-type", "f"], in: shop).out.split(separator: "\n").count == 4)

        // The journal has the mode of the data file.
        let data = try Database(shop + "/laseros.db", .writing)
        try data.script("BEGIN IMMEDIATE; UPDATE client SET notes = 'x'")
        #expect(Self.mode(shop + "/laseros.db-journal") == 0o660)
        try data.script("ROLLBACK")
    }

    /// Neither the owner of an existing shop nor its permissions change.
    @Test func anotherShopIsNotShared() throws {
        let workshop = try Workshop(), modes = ["", "/laseros.db", "/files"].map { Self.mode(workshop.shop + $0) }
        #expect(try workshop.run("laseros init --shared group").code == 4)
        #expect(["", "/laseros.db", "/files"].map { Self.mode(workshop.shop + $0) } == modes)
    }

    @Test func oneThatEverybodyWouldWriteIsNotMade() throws {
        let workshop = try Workshop(), folder = workshop.root + "/public"
        mkdir(folder, 0o777)
        chmod(folder, 0o1777)
        #expect(try workshop.run("laseros init \(folder)").code == 6)
        #expect(Paths.names(in: folder).isEmpty)
    }
}
