import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// The runs, the pieces and the stock after random finishes, scraps, corrections, removals, undos and redos are those of a replay that knows
/// nothing of the program but the rules; and what the rules forbid is refused, and nothing else.
@Suite struct RunReplayTests {
    /// Changes of twelve steps each, of which some are undone and redone.
    private static let changes = 800

    @Test(arguments: [1]) func fiveThousandStepsComeToTheirReplay(_ seed: UInt64) throws {
        let workshop = try Self.shop()
        try withExtendedLifetime(workshop) {
            let shop = try workshop.opened(.writing)
            // Nothing here has to survive a power failure.
            try shop.data.script("PRAGMA synchronous=OFF")
            var replay = RunReplay(try Self.parts(shop), seed)
            for i in 0..<Self.changes {
                switch Int.random(in: 0..<8, using: &replay.random) {
                case 0 where !replay.past.isEmpty: try replay.takeBack(shop, .change)
                case 1...4 where !replay.future.isEmpty: try replay.takeBack(shop, .undo)
                default: try replay.change(shop)
                }
                if i % 40 == 39 { try replay.demandSame(shop) }
            }
            let done = replay.done.values.reduce(0, +)
            #expect(
                done + replay.refused > 5000 && replay.undone > 40 && replay.redone > 20, "\(replay.undone) undone, \(replay.redone) redone"
            )
            #expect(replay.refused > 200 && replay.done.count == 6 && replay.done.values.allSatisfy { $0 > 40 }, "\(replay.done)")
        }
        #expect(try workshop.faults() == [])
    }

    /// A shop with eight projects of two parts, each cut, bent and coated.
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "machine add L Laser", "client add Karoo --terms account",
            "inv add S3 'Sheet 3 mm' --material MS --thickness 3 --size 3000x1500", "inv add S5 'Sheet 5 mm' --material MS --thickness 5",
            "inv receive S3 5000 --cost 1810.33", "inv receive S5 5000 --cost 77.10", "operation add bend bent",
            "operation add coat coated",
        ] { try workshop.demand("laseros \(line)") }
        for i in 1...8 {
            for line in [
                "project add P\(i) -c CL-0001 -m MS -t 3 --sheets 2", "project part add last A --quantity 180 --operations cut,bend,coat",
                "project part add last B --quantity 120 --operations cut,bend,coat", "project offer last --force x", "project approve last",
            ] { try workshop.demand("laseros \(line)") }
        }
        return workshop
    }

    private static func parts(_ shop: Shop) throws -> [RunReplay.Part] {
        let parts = try shop.data.all(
            """
            SELECT queue_part.id, queue.id, queue.code, queue.project_id, level, part.number, queue_part.quantity
            FROM queue_part JOIN queue ON queue.id = queue_id JOIN part ON part.id = part_id ORDER BY queue_part.id
            """
        ) { row in
            RunReplay.Part(
                id: row.int(0), entry: RecordID(id: row.int(1), code: row.text(2)), project: row.int(3), level: row.int(4),
                number: row.int(5),
                quantity: row.int(6))
        }
        try #require(parts.count == 48)
        return parts
    }
}
