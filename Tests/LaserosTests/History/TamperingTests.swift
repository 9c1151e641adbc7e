import Glibc
import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Every alteration by another program is reported, in any shop, and no change by laseros is. `COUNT=1000 swift test --skip-build --filter
/// TamperingTests` tries that many of each.
@Suite struct TamperingTests {
    private static let count = getenv("COUNT").flatMap { Int(String(cString: $0)) } ?? 60

    /// A shop with all kinds of entries, and the same shop after old changes were dropped.
    private static let shops = Result {
        let workshop = try ExampleShop.copy()
        for line in [
            "client edit 1 --notes second", "client edit 1 --notes third", "undo", "redo", "client add Gone", "undo",
            "invoice pay INV-2026-0001 --amount 5", "invoice pay INV-2026-0001 --amount 7", "project attach 1 0003-Gasket-SS-1mm-x25.dxf",
        ] { _ = try workshop.run("laseros \(line)") }
        let pruned = try Workshop(like: workshop)
        try pruned.demand("laseros log prune --keep 12")
        try pruned.demand("laseros client add 'Came Later'")
        return [workshop, pruned]
    }

    @Test func everyTamperingIsNamed() throws {
        let shops = try Self.shops.get()
        for seed in 0..<Self.count {
            let original = shops[seed % shops.count]
            var tamperer = try Tamperer(original, seed: UInt64(seed))
            let tampering = try tamperer.next(), workshop = try Workshop(like: original)
            try tampering.act(workshop)
            let faults = try workshop.faults()
            #expect(
                faults.contains { fault in tampering.expected.allSatisfy { fault.contains($0) } },
                "\(seed): \(tampering.what): \(tampering.expected): \(faults)")
        }
    }

    @Test func honestShopsHoldThroughout() throws {
        let shops = try Self.shops.get()
        for shop in shops { #expect(try shop.faults() == []) }
        for seed in 0..<Self.count {
            let workshop = try Workshop(like: shops[seed % shops.count])
            var random = Seeded(UInt64(seed)), made: MadeSchema?, done: [String] = []
            for step in 0..<Int.random(in: 3...7, using: &random) {
                if step == 2, seed % 4 == 0 {
                    let migration = HonestLines.migrations.randomElement(using: &random) ?? ""
                    done.append(migration)
                    made = try workshop.migrate(migration)
                } else {
                    let line = HonestLines.line(&random, try workshop.lastEntry())
                    done.append("\(line.words) \(line.input)")
                    _ = try workshop.run(ShellWords.laseros("laseros " + line.words) ?? [], input: Array(line.input.utf8))
                }
            }
            let faults = try made.map { try workshop.faults(against: $0) } ?? workshop.faults()
            #expect(faults == [], "\(seed): \(done)")
        }
    }
}

/// Random regular commands; some of them fail.
enum HonestLines {
    static let migrations = [
        "ALTER TABLE client ADD COLUMN level INTEGER NOT NULL DEFAULT 3", "UPDATE client SET notes = upper(notes)",
        "CREATE TABLE later (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT) STRICT; INSERT INTO later (name) SELECT name FROM client",
        "ALTER TABLE client DROP COLUMN contact", "ALTER TABLE material RENAME COLUMN notes TO remarks",
    ]

    static func line(_ random: inout Seeded, _ last: Int) -> (words: String, input: String) {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        let client = "CL-000\(number(1...5))", n = number(100...999)
        switch number(0...20) {
        case 0: return ("client add 'Client \(n)' --notes 'é \(n)'", "")
        case 1: return ("client edit \(client) --notes 'note \(n)' --email a\(n)@b.example", "")
        case 2: return ("client remove \(client)", "")
        case 3: return ("undo", "")
        case 4: return ("redo", "")
        case 5: return ("undo \(number(1...last))", "")
        case 6: return ("redo \(number(1...last))", "")
        case 7:
            return (
                "client import -", "code,name,notes\nCL-0\(n),Imported \(n),x\n\(client),Renamed \(n),\nCL-0\(n + 1),Imported \(n + 1),\n"
            )
        case 8: return ("batch", "client add 'Batch \(n)'\ncontact add Anna --client last\nclient edit \(client) --phone '021 555 0\(n)'\n")
        case 9: return ("batch", "client add 'Batch \(n)'\nclient show nobody\n")
        case 10: return ("quote add --client \(client) 0001-Flange-MS-10mm-x4.dxf:\(number(1...9))", "")
        case 11: return ("quote send last", "")
        case 12: return ("quote accept last", "")
        case 13: return ("invoice add QT-2026-000\(number(1...6))", "")
        case 14: return ("invoice issue last", "")
        case 15: return ("invoice pay INV-2026-000\(number(1...2)) --amount \(number(1...20))", "")
        case 16: return ("project add 'Job \(n)' --client \(client) --due +2w", "")
        case 17:
            return ("project attach last \(["0003-Gasket-SS-1mm-x25.dxf", "0004-Panel-AL-2mm-x6.dxf", "clients.csv"][number(0...2)])", "")
        case 18: return ("config set vat_rate \(number(10...20))", "")
        case 19: return ("log prune --keep \(number(1...9))", "")
        default: return ("material add M\(n) 'Material \(n)' --density \(number(1...9))", "")
        }
    }
}
