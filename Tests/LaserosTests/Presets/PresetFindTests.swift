import Testing
import Values

@testable import Shop
@testable import Commands

/// Finding presets and comparing two of them.
@Suite struct PresetFindTests {
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "material add ALU Aluminium --density 2.7",
            "machine add F 'Fibre laser' --rate 600",
            "machine add C 'CO2 laser' --rate 300", "preset add 'O 3' -m MS -t 3 --gas oxygen --speed 3000",
            "preset add 'N 3' -m MS -t 3 --gas nitrogen --pressure 14 --speed 2000 --machine F",
            "preset add 'N 3.3' -m MS -t 3.3 --gas nitrogen --speed 1900 --machine C", "preset add 'X 3.31' -m MS -t 3.31 --speed 1800",
            "preset add 'A 2' -m ALU -t 2", "preset add 'A 8' -m ALU -t 8",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    @Test(arguments: [
        ("MS 3", ["N 3", "O 3", "N 3.3"]), ("MS 3 --machine F", ["N 3", "O 3"]), ("MS 3 --gas oxygen", ["O 3"]),
        ("MS 3 --gas nitrogen --machine C", ["N 3.3"]), ("MS 3 --tolerance 0", ["N 3", "O 3"]),
        ("MS 3 --tolerance 0.31", ["N 3", "O 3", "N 3.3", "X 3.31"]), ("MS 3.5 --tolerance 0.2", ["X 3.31", "N 3.3"]),
    ])
    func isNearestOfItsGasAndMachine(_ words: String, _ names: [String]) throws {
        let found = try Self.shop().demand("laseros preset find \(words) --csv --fields name --no-header")
        #expect(found.split(separator: "\n").map(String.init) == names)
    }

    @Test func theToleranceIsASetting() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros config set preset_tolerance 0.4")
        #expect(try workshop.demand("laseros preset find MS 3 --codes").split(separator: "\n").count == 4)
        #expect(try workshop.demand("laseros preset find MS 3 --codes --tolerance 0").split(separator: "\n").count == 2)
        #expect(try workshop.run("laseros config set preset_tolerance 11").code == 2)
    }

    @Test func whatIsMissingIsSuggested() throws {
        let workshop = try Self.shop()
        func suggested(_ words: String) throws -> String {
            try workshop.demand("laseros preset find \(words) --csv --fields suggested --no-header")
        }
        #expect(try suggested("MS 3 --machine F") == "\"\"\n1 bar\n")
        #expect(try suggested("ALU 2") == "\"nitrogen, 8 bar\"\n")
        #expect(try suggested("ALU 8") == "\"oxygen, 1.5 bar\"\n")
        let none = try workshop.run("laseros preset find ALU 5")
        #expect(none.code == 3 && none.said.contains("--thickness 5 --gas nitrogen --pressure 12 --speed"))
        #expect(try workshop.run("laseros preset find ALU 5 --gas air").said.contains("--gas air --pressure 6 --speed"))
    }

    @Test func comparisonNamesWhatDiffers() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros preset edit 'O 3' --source here --created-by ben")
        let found = try workshop.demand("laseros preset compare 'O 3' 'N 3' --csv")
        #expect(
            found == """
                field,first,second
                code,PS-0001,PS-0002
                name,O 3,N 3
                machine,,F
                cut_speed,3000,2000
                gas,oxygen,nitrogen
                gas_pressure_bar,,14

                """)
        #expect(try workshop.demand("laseros preset compare PS-0001 PS-0001 --csv") == "field,first,second\n")
        #expect(try workshop.run("laseros preset compare PS-0001 nosuch").code == 3)
    }

    /// Watts and per cent are different facts, and both are kept.
    @Test func powerIsInWattsAndInPercent() throws {
        let workshop = try Self.shop()
        try workshop.demand(
            "laseros preset edit 'O 3' --peak-power 2000 --power 80.5 --pierce-power 2200 --pierce-power-percent 90 --passes 2")
        let fields = "peak_power_w,power_percent,pierce_power_w,pierce_power_percent,passes,created_by"
        #expect(
            try workshop.demand("laseros preset list --search 'O 3' --csv --no-header --fields \(fields)") == "2000,80.5,2200,90,2,thandi\n"
        )
        for wrong in ["--power 100.1", "--power -1", "--pierce-power-percent 101"] {
            #expect(try workshop.run("laseros preset edit 'O 3' \(wrong)").code == 4, "\(wrong)")
        }
        #expect(try workshop.run("laseros preset edit 'O 3' --passes 0").code == 2)
        // Who added it is not changed by who edits it.
        _ = try workshop.run(["preset", "edit", "O 3", "--power", "70"], by: "ben")
        #expect(try workshop.demand("laseros preset list --search 'O 3' --csv --no-header --fields created_by") == "thandi\n")
    }

    @Test func theHistoryHasEachEdit() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros preset edit 'O 3' --power 70 --speed 3100")
        try workshop.demand("laseros preset edit 'N 3' --speed 2100")
        _ = try workshop.run(["preset", "edit", "O 3", "--power", "75"], by: "ben")
        let fields = "entry,who,code,field,before,after"
        let told = try workshop.demand("laseros log changes 'O 3' --limit 2 --csv --no-header --fields \(fields)")
            .split(separator: "\n").filter { !$0.contains("speed_since") }.map { "\($0)\n" }.joined()
        #expect(told == "13,ben,PS-0001,power_percent,70,75\n11,thandi,PS-0001,cut_speed,3000,3100\n11,thandi,PS-0001,power_percent,,70\n")
        #expect(try workshop.demand("laseros log changes 'O 3' --csv").contains("added,name,,O 3\n"))
        // Of an entry that changed several records, only this one is told.
        try workshop.demand("laseros preset edit 'O 3' 'N 3' --passes 3")
        let last = try workshop.demand("laseros log changes 'O 3' --limit 1 --csv --no-header --fields \(fields)")
        #expect(last == "14,thandi,PS-0001,passes,,3\n")
    }
}
