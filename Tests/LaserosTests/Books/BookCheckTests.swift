import Glibc
import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// `check` finds what breaks a rule of the books, and nothing else.
@Suite struct BookCheckTests {
    @Test func everyRuleHasABrokenShop() {
        let names = BookRule.all(of: nouns).map(\.name)
        #expect(Set(names).count == names.count)
        #expect(BrokenBook.all.map(\.rule).sorted() == names.sorted())
    }

    @Test(arguments: BrokenBook.all.indices)
    func isFound(_ i: Int) throws {
        let broken = BrokenBook.all[i], workshop = try ExampleShop.copy()
        try broken.act(workshop)
        let before = try Self.bytes(workshop)
        let answered = try workshop.run("laseros check --format tsv --no-header")
        #expect(answered.code == 1 && !answered.said.isEmpty, "\(broken.rule)")
        var found = Set(answered.out.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) })
        // Whatever is altered differs from the history.
        if broken.rule != "rows" { found.remove("rows") }
        #expect(found.contains(broken.rule), "\(broken.rule): \(answered.out)")
        #expect(found.subtracting([broken.rule]) == broken.others, "\(broken.rule): \(answered.out)")
        #expect(!answered.out.contains("cannot be proved"))
        let alone = try workshop.run("laseros check --rule \(broken.rule) --format tsv --no-header --fields rule")
        #expect(Set(alone.out.split(separator: "\n").map(String.init)) == [broken.rule] && alone.code == 1)
        #expect(try Self.bytes(workshop) == before)
    }

    private static func bytes(_ workshop: Workshop) throws -> [UInt8] { try File.read(workshop.data) }

    @Test func theExampleHolds() throws {
        let workshop = try ExampleShop.copy(), before = try Self.bytes(workshop)
        let answered = try workshop.run("laseros check")
        #expect(answered.code == 0 && answered.out.hasPrefix("the books hold: "), "\(answered.out)\(answered.said)")
        #expect(try workshop.run("laseros check --json").out == "[]\n")
        #expect(try Self.bytes(workshop) == before)
    }

    @Test func rulesAreChosen() throws {
        let workshop = try ExampleShop.copy()
        #expect(try workshop.run("laseros check --rule quote-vat,quote-terms --rule files").out.hasSuffix(" in 3 rules\n"))
        let unknown = try workshop.run("laseros check --rule quote-vats")
        #expect(unknown.code == 3 && unknown.said.contains("did you mean '--rule quote-vat'?"), "\(unknown.said)")
        let list = try workshop.demand("laseros check --list --csv --no-header --fields rule").split(separator: "\n").map(String.init)
        #expect(list == BookRule.all(of: nouns).map(\.name))
    }

    @Test func manyAreCounted() throws {
        let workshop = try Workshop()
        let lines = (1...50).map { "client add 'Client \($0)'\nproject add P\($0) --client CL-\(String(10000 + $0).dropFirst())\n" }
            .joined()
        #expect(try workshop.run(["batch"], input: Array(lines.utf8)).code == 0)
        try workshop.tamper("UPDATE project SET held_on = '2026-08-01', status = 'completed'")
        let rows = try workshop.run("laseros check --rule project-hold --format tsv --no-header").out.split(separator: "\n")
        #expect(rows.count == 21 && rows.last?.contains("and 30 more") == true, "\(rows)")
    }

    /// A page of noise: what cannot be read is a finding.
    @Test func aDamagedFileIsAFinding() throws {
        for page in [3, 7, 20, 50] {
            let workshop = try ExampleShop.copy()
            try Subprocess.demand([
                "sh", "-c", "head -c 4096 /dev/zero | tr '\\0' 'x' | dd of=$1 bs=4096 seek=\(page) conv=notrunc 2>/dev/null", "sh",
                workshop.data,
            ])
            let before = try Self.bytes(workshop), answered = try workshop.run("laseros check --csv")
            #expect(answered.code == 1 && answered.out.contains("integrity"), "page \(page): \(answered.code) \(answered.said)")
            #expect(try Self.bytes(workshop) == before)
        }
    }
}

extension Workshop {
    /// Makes the bytes of all files old, as if they had been written years ago.
    func ageFiles() throws {
        try Subprocess.demand(["sh", "-c", "find \"$1\" -type f -exec touch -d 2020-01-01T00:00:00Z {} +", "sh", shop + "/files"])
    }

    /// What `check` finds.
    func findings() throws -> [String] {
        let answered = try run("laseros check --format tsv --no-header")
        guard answered.code != 0 else { return [] }
        return answered.out.isEmpty ? [answered.said] : answered.out.split(separator: "\n").map(String.init)
    }
}
