import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// What real minutes say about presets.
@Suite struct PresetLearnTests {
    private static let job = "JB-2026-08-CL0001-001"

    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "machine add L1 Laser", "machine add L2 'Old laser'",
            "preset add MS3 -m MS -t 3 --speed 3000", "preset add MS5 -m MS -t 5 --speed 1500", "client add Karoo --terms account",
            "project add Gate -c CL-0001 -m MS -t 3 --quantity 9000", "project offer last --force x", "project approve last",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    /// Stores runs that took longer than estimated by a bias in per cent, with noise.
    private static func addRuns(
        _ count: Int, to workshop: Workshop, bias: Int, seed: UInt64, preset: Int? = 1, thickness: Int = 3000, day: String = "2026-08-20"
    ) throws {
        var random = Seeded(seed)
        try withExtendedLifetime(workshop) {
            let shop = try workshop.opened(.writing)
            _ = try shop.change(ChangeRequest(words: ["test"])) {
                for _ in 0..<count {
                    let estimate = Int.random(in: 300_000...3_600_000, using: &random)
                    let real = estimate * (1000 + bias * 10 + Int.random(in: -80...80, using: &random)) / 1000
                    try shop.data.run(
                        """
                        INSERT INTO run (code, day, machine_id, preset_id, material_id, thickness_um, ended_at, duration_ms, estimate_ms, at)
                        VALUES (\(try shop.nextCode("RN-", digits: 4, in: "run")), \(day), 1, \(preset), 1, \(thickness), \(shop.clock), \(real),
                            \(estimate), \(shop.clock))
                        """)
                    try shop.data.run("INSERT INTO run_row (run_id, position, queue_part_id, good) VALUES (\(shop.data.lastID), 1, 1, 1)")
                }
                return ChangeStep((), "worked")
            }
        }
    }

    private static func learned(_ workshop: Workshop, _ options: String = "", _ fields: String) throws -> [String] {
        try workshop.demand("laseros preset learn \(options) --csv --no-header --fields \(fields)").split(separator: "\n").map(String.init)
    }

    /// A hidden bias is named within 2 points from 30 runs on, and the proposed speed takes it away.
    @Test(arguments: [7, 15, -10], [30, 45, 200])
    func aHiddenBiasIsNamed(_ bias: Int, _ count: Int) throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let workshop = try Self.shop()
            try Self.addRuns(count, to: workshop, bias: bias, seed: seed)
            try withExtendedLifetime(workshop) {
                let found = try #require(try workshop.opened().learnedSpeeds(RunChoice()).first)
                let named = try #require(found.ratio.bias).hundredths, speed = try #require(found.proposed)
                #expect(abs(named - bias * 100) <= 200, "\(named) for \(bias) of \(count), seed \(seed)")
                let right = 3000 * 100 / (100 + bias)
                #expect(abs(speed.thousandths / 1000 - right) <= right / 50, "\(speed)")
                #expect(found.missing == 0 && found.ratio.runs == count)
            }
        }
    }

    /// With fewer runs nothing is proposed, and it is said how many are missing.
    @Test func tooFewRunsProposeNothing() throws {
        let workshop = try Self.shop()
        try Self.addRuns(29, to: workshop, bias: 15, seed: 1)
        #expect(try Self.learned(workshop, "", "preset,runs,bias_percent,proposed,missing") == ["PS-0001,29,,,1"])
        #expect(try workshop.run("laseros preset learn").said == "PS-0001 3 mm: 1 run is missing before a speed is proposed\n")
        let state = try ShopState(workshop), accepted = try workshop.run("laseros preset learn --accept")
        #expect(accepted.out == "nothing is proposed: no preset changed\n")
        #expect(try ShopState(workshop) == state)
        try Self.addRuns(1, to: workshop, bias: 15, seed: 2)
        #expect(try Self.learned(workshop, "", "preset,runs,missing") == ["PS-0001,30,0"])
    }

    /// Accepting is an edit: the log shows it, an undo takes it back. What was estimated with the old speed does not change the new one.
    @Test func acceptedSpeedsAreEdits() throws {
        let workshop = try Self.shop()
        try Self.addRuns(40, to: workshop, bias: 25, seed: 1)
        try Self.addRuns(40, to: workshop, bias: -20, seed: 2, preset: 2, thickness: 5000)
        let state = try ShopState(workshop), proposed = try Self.learned(workshop, "", "preset,proposed")
        #expect(proposed.count == 2)
        let dry = try workshop.run("laseros preset learn --accept --dry-run")
        #expect(dry.code == 0)
        #expect(try ShopState(workshop) == state)
        #expect(try workshop.demand("laseros preset learn --thickness 3 --accept") == "1 preset changed\n")
        let speeds = try workshop.demand("laseros preset list --csv --no-header --fields code,cut_speed").split(separator: "\n").map(
            String.init)
        #expect(speeds == [proposed[0], "PS-0002,1500"])
        #expect(try workshop.demand("laseros log PS-0001").contains("1 preset changed"))
        #expect(try Self.learned(workshop, "", "preset,runs") == ["PS-0002,40"], "the estimates were those of the old speed")
        try workshop.demand("laseros undo")
        #expect(try Self.learned(workshop, "", "preset,proposed") == proposed)
        try workshop.demand("laseros preset learn --material MS --machine L1 --period 2026-08 --accept")
        #expect(
            try workshop.demand("laseros preset list --csv --no-header --fields code,cut_speed").split(separator: "\n").map(String.init)
                == proposed)
    }

    /// Runs are chosen by what is asked for; removed ones, other operations and presets for something else have no part in it.
    @Test func onlyRunsOfCuttingCount() throws {
        let workshop = try Self.shop()
        try Self.addRuns(31, to: workshop, bias: 5, seed: 1)
        try Self.addRuns(3, to: workshop, bias: 5, seed: 2, preset: nil)
        try Self.addRuns(2, to: workshop, bias: 5, seed: 3, preset: 2, day: "2026-07-01")
        #expect(try Self.learned(workshop, "", "preset,thickness_mm,runs") == [",3,5", "PS-0001,3,31"])
        for (options, lines) in [
            ("--machine L2", []), ("--period 2026-07", [",2"]), ("--period 2026-08", [",3", "PS-0001,31"]), ("--thickness 5", []),
            ("--material MS --thickness 3 --machine L1", [",5", "PS-0001,31"]),
        ] { #expect(try Self.learned(workshop, options, "preset,runs") == lines, "\(options)") }
        try workshop.demand("laseros queue run remove RN-0001 --reason x")
        #expect(try Self.learned(workshop, "--period 2026-08", "preset,runs") == [",3", "PS-0001,30"])
        try workshop.demand("laseros preset edit PS-0001 --active no")
        #expect(try Self.learned(workshop, "--period 2026-08", "preset,proposed") == [",", "PS-0001,"], "it is retired")
    }

    /// A run whose clock was forgotten is left out.
    @Test func forgottenClocksAreLeftOut() throws {
        let workshop = try Self.shop()
        try Self.addRuns(30, to: workshop, bias: 7, seed: 1)
        try Self.addRuns(1, to: workshop, bias: 900, seed: 2)
        #expect(try Self.learned(workshop, "", "runs,left_out") == ["30,1"])
    }
}
