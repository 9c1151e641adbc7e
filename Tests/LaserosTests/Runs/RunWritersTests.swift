import Testing
import Values

@testable import Store
@testable import Commands

/// Many people finish runs at once.
@Suite struct RunWritersTests {
    /// Two hundred processes finish runs: every one is recorded, no movement is lost or doubled, and they sum to the stock on hand.
    @Test func twoHundredFinishAtOnce() throws {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "inv add S3 'Sheet 3 mm' --material MS --thickness 3",
            "inv receive S3 100 --cost 1800.10",
            "client add Karoo --terms account", "operation add bend bent", "project add Gate -c CL-0001 -m MS -t 3",
            "project part add last Bar --quantity 150 --operations cut,bend", "project part add last Rod --quantity 60 --operations cut",
            "project offer last --force x", "project approve last", "project add Rail -c CL-0001 -m MS -t 3 --quantity 90",
            "project offer last --force x", "project approve last",
        ] { try workshop.demand("laseros \(line)") }
        // Of the gate 100 bars are cut and 50 of them are bent; of the rail 50 are cut.
        try workshop.demand("laseros queue finish JB-2026-08-CL0001-001/10 1:50 --used S3:1")
        // A shell that waits for as many by itself may miss the end of one.
        let line = """
            cat >work.sh <<'END'
            case $(($1 % 4)) in
            0) laseros queue finish JB-2026-08-CL0001-001/10 1:1 --used S3:0.25 ;;
            1) laseros queue finish JB-2026-08-CL0001-001/20 1:1 --time 1m ;;
            2) laseros queue finish JB-2026-08-CL0001-001/10 2:1 --used S3:0.125 --remnant 100x100 ;;
            3) laseros queue finish JB-2026-08-CL0001-002 1 --used S3:0.5 ;;
            esac >$1.out 2>$1.said && touch $1.done
            END
            seq 200 | xargs -P 200 -n 1 sh work.sh
            ls *.done | wc -l
            """
        #expect(try workshop.demand(line).trimmed == "200")
        try workshop.reading { (data: Database) throws -> Void in
            func number(_ sql: SQL) throws -> Int? { try data.one(sql) { $0.int(0) } }
            #expect(try number("SELECT count(*) FROM run") == 201)
            #expect(try number("SELECT count(DISTINCT code) FROM run") == 201)
            #expect(try number("SELECT sum(good) FROM run_row") == 250)
            #expect(try number("SELECT count(*) FROM movement WHERE kind = 'use'") == 151)
            #expect(try number("SELECT count(*) FROM movement WHERE lot_id IS NOT NULL") == 50)
            let onHand = 100_000 - 1000 - 50 * (250 + 125 + 500)
            #expect(try number("SELECT sum(quantity_millis) FROM movement WHERE inv_id = 1") == onHand)
            #expect(try number("SELECT on_hand_millis FROM aux_inv WHERE inv_id = 1") == onHand)
        }
        #expect(try workshop.demand("laseros queue list --csv --no-header --fields left") == "60\n100\n40\n")
        #expect(try workshop.faults() == [])
    }
}
