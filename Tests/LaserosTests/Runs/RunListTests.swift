import Testing
import Values

@testable import Commands

/// The list of runs, and what it keeps from removal.
@Suite struct RunListTests {
    /// The runs are found by everything that is known of them.
    @Test func runsAreFiltered() throws {
        let workshop = try RunCorrectionTests.shop()
        try RunCorrectionTests.demand(
            workshop, "queue finish \(RunCorrectionTests.gate)/10 --operator OP-0001 --time 30m",
            "queue finish \(RunCorrectionTests.gate)/20 9 --on 2026-08-21 --time 12m",
            "queue scrap \(RunCorrectionTests.gate)/20 2 --reason dropped", "queue run remove last --reason x")
        for (filter, codes) in [
            ("", "RN-0001 RN-0002"), ("--all", "RN-0001 RN-0002 RN-0003"), ("--operator OP-0001", "RN-0001"), ("--operator OP-0002", ""),
            ("--machine L1", "RN-0001"), ("--preset PS-0001", "RN-0001"), ("--material MS", "RN-0001 RN-0002"),
            ("--thickness 3", "RN-0001 RN-0002"),
            ("--thickness 5", ""), ("--operation cut", "RN-0001"), ("--operation bend", "RN-0002"),
            ("--client CL-0001 --period 2026-08-21", "RN-0002"),
            ("--project gate --status done", "RN-0001 RN-0002"), ("--status removed", "RN-0003"), ("@scrap --all", "RN-0003"),
        ] {
            let found = try workshop.demand("laseros queue runs \(filter) --codes").split(separator: "\n").joined(separator: " ")
            #expect(found == codes, "\(filter)")
        }
        #expect(try workshop.run("laseros queue runs --operation weld").code == 3)
        let table = try workshop.demand("laseros queue runs --fields code,time_s,good,sheets")
        #expect(table.contains("total") && table.contains("42m 0s") && table.contains("23"), "\(table)")
    }

    /// A person who left and a preset that is retired are not picked, and do not leave the list of what they did.
    @Test func retiredPresetsAndPeopleAreNotPicked() throws {
        let workshop = try RunCorrectionTests.shop()
        try RunCorrectionTests.demand(workshop, "queue finish \(RunCorrectionTests.gate)/10 2:4 --operator OP-0001 --used-nothing")
        for (noun, code, gone) in [
            ("preset", "PS-0001", "preset PS-0001 is retired"), ("operator", "OP-0001", "OP-0001 does not work here any more"),
        ] {
            let refused = try workshop.run("laseros \(noun) remove \(code)")
            #expect(
                refused.code == 4 && refused.said.contains("it still has 1 run")
                    && refused.said.contains("laseros \(noun) edit \(code) --active no"), "\(refused)")
            try RunCorrectionTests.demand(workshop, "\(noun) edit \(code) --active no")
            #expect(try !workshop.demand("laseros \(noun) list --codes").contains(code))
            #expect(try workshop.demand("laseros \(noun) list --all --csv --no-header --fields code,runs").contains("\(code),1\n"))
            for verb in ["start", "finish"] {
                let answered = try workshop.run("laseros queue \(verb) \(RunCorrectionTests.gate)/10 --\(noun) \(code)")
                #expect(answered.code == 4 && answered.said.contains(gone) && answered.said.contains("--active yes"), "\(answered)")
            }
        }
        try RunCorrectionTests.demand(workshop, "queue finish \(RunCorrectionTests.gate)/10 --used-nothing")
        #expect(try RunCorrectionTests.run(workshop, "last", "preset,operator") == ",")
        #expect(try workshop.run("laseros preset find MS 3").code == 3)
    }
}
