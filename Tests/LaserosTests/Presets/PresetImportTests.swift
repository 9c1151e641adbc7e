import Glibc
import Testing
import Values

@testable import Shop
@testable import Commands

/// Presets from files of other programs.
@Suite struct PresetImportTests {
    private static func shop(_ names: String...) throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material add MS 'Mild Steel' --density 7.85", "material add BRASS Brass --density 8.5",
            "machine add F 'Fibre laser' --rate 600",
        ] { try workshop.demand("laseros \(line)") }
        for folder in ["files", "files/old", "files/old/deep"] { mkdir("\(workshop.work)/\(folder)", 0o755) }
        for name in names { try write(workshop, name, "") }
        return workshop
    }

    private static func write(_ workshop: Workshop, _ name: String, _ text: String) throws {
        try File.write(Array(text.utf8), to: "\(workshop.work)/\(name)")
    }

    private static func rows(_ answered: Answered) -> [String] { answered.out.split(separator: "\n").dropFirst().map(String.init) }

    /// Files of a folder are never opened, and of several with one name each is kept.
    @Test func namesOfAFolderBecomePresets() throws {
        let workshop = try Self.shop(
            "files/3mm MS O2.fsm", "files/old/3mm MS O2.fsm", "files/old/deep/3mm MS O2.fsm", "files/swatch MS.fsm", "files/.4mm MS.fsm",
            "files/old/note.txt")
        symlink("3mm MS O2.fsm", "\(workshop.work)/files/5mm MS.fsm")
        let answered = try workshop.run("laseros preset import files --csv --fields code,result,name,reason")
        #expect(
            Self.rows(answered) == [
                "PS-0001,added,3mm MS O2,", "PS-0002,added,3mm MS O2 (old),", "PS-0003,added,3mm MS O2 (deep),",
                ",left out,swatch MS,no thickness",
            ])
        #expect(
            try workshop.demand("laseros preset list --fields source --no-header --csv") == """
                files/3mm MS O2.fsm
                files/old/3mm MS O2.fsm
                files/old/deep/3mm MS O2.fsm

                """)
        // From above or from within, the same files are the same presets.
        let entries = try workshop.lastEntry()
        for line in ["files/", "./files", "\(workshop.work)/files"] {
            #expect(try workshop.run("laseros preset import \(line) --json").out.split(separator: "\"same\"").count == 4, "\(line)")
        }
        #expect(try workshop.lastEntry() == entries)
        try workshop.demand("laseros preset import 'files/old/3mm MS O2.fsm'")
        #expect(try workshop.lastEntry() == entries)
        // Opening it would wait for a writer.
        mkfifo("\(workshop.work)/7mm MS.fsm", 0o600)
        #expect(try workshop.demand("laseros preset import '7mm MS.fsm' --csv --fields code --no-header") == "PS-0004\n")
    }

    @Test func optionsFillInWhatFilesDoNotSay() throws {
        let workshop = try Self.shop("files/10mm. N2.fsm", "files/Brass O2.fsm", "files/4mm MS AL.fsm", "files/6mm Zinc.fsm")
        let answered = try workshop.run(
            "laseros preset import files -m brass -t 2 --machine F --csv --fields name,material,thickness_mm,reason")
        #expect(
            Self.rows(answered) == [
                "10mm. N2,BRASS,10,", "4mm MS AL,\"MS, AL\",4,several materials", "6mm Zinc,ZN,6,unknown material", "Brass O2,BRASS,2,",
            ])
        #expect(try workshop.demand("laseros preset list --machine F --codes") == "PS-0001\nPS-0002\n")
        #expect(answered.said.contains("there is no material ZN") && answered.said.contains("1 left out: several materials"))
    }

    private static func library(_ entries: String) -> String { "<LightBurnLibrary>\(entries)</LightBurnLibrary>" }

    private static func entry(_ material: String, _ mm: String, _ name: String, _ figures: String, type: String = "Cut") -> String {
        let title = "NoThickTitle=\"\(name)\"",
            values = figures.split(separator: " ").map { pair in
                let parts = pair.split(separator: "=")
                return "<\(parts[0]) Value=\"\(parts[1])\"/>"
            }
        return """
            <Material name="\(material)"><Entry Thickness="\(mm)" Desc="\(name)" \(title)><CutSetting type="\(type)">\(values.joined())\
            </CutSetting></Entry></Material>
            """
    }

    @Test func aLibraryHasSpeedAMinuteAndPowerInPercent() throws {
        let workshop = try Self.shop()
        let entries = [
            Self.entry("Mild Steel", "3", "Cut", "speed=23.3333 maxPower=65.5 numPasses=2 frequency=5000 throughPower=40 kerf=0.1"),
            Self.entry("Mild Steel", "3", "Cut", "speed=10 maxPower=250 numPasses=0"), Self.entry("Mild Steel", "-1", "Fold", "speed=5"),
            Self.entry("Mild Steel", "-1", "4mm O2 1.2D", "speed=5"), Self.entry("Birch", "3", "Cut", "speed=5"),
            Self.entry("Brass", "2", "Fill", "speed=500", type: "Scan"), Self.entry("", "5", "MS cut", "speed=1e300"),
        ]
        try Self.write(workshop, "a.clb", Self.library(entries.joined()))
        let answered = try workshop.run("laseros preset import a.clb --csv --fields code,result,name,material,thickness_mm,reason")
        #expect(
            Self.rows(answered) == [
                "PS-0001,added,Mild Steel 3 mm Cut,MS,3,", "PS-0002,added,Mild Steel 3 mm Cut (2),MS,3,",
                ",left out,Mild Steel Fold,MS,,no thickness", "PS-0003,added,Mild Steel 4mm O2 1.2D,MS,4,",
                ",left out,Birch 3 mm Cut,Birch,3,unknown material", ",left out,Brass 2 mm Fill,BRASS,2,engraves",
                "PS-0004,added,5 mm MS cut,MS,5,",
            ])
        let fields = "cut_speed,power_percent,peak_power_w,pierce_power_percent,passes,pulse_frequency_hz,gas,nozzle,notes"
        #expect(
            try workshop.demand("laseros preset list --csv --no-header --fields \(fields)") == """
                1400,65.5,,40,2,5000,,,LightBurn: kerf 0.1
                600,,,,,,,,
                300,,,,,,oxygen,1.2mm Double,
                ,,,,,,,,

                """)
    }

    /// The figures of a library are brought up to date; what the shop has written stays.
    @Test func aLibraryAgainChangesFigures() throws {
        let workshop = try Self.shop()
        func take(_ speed: Int) throws -> String {
            try Self.write(workshop, "a.clb", Self.library(Self.entry("Mild Steel", "3", "Cut", "speed=\(speed) kerf=0.1")))
            return try workshop.demand("laseros preset import a.clb --csv --fields result --no-header")
        }
        #expect(try take(10) == "added\n")
        try workshop.demand("laseros preset edit PS-0001 --notes mine --gas air")
        #expect(try take(10) == "same\n")
        #expect(try take(20) == "changed\n")
        #expect(try workshop.demand("laseros preset list --csv --no-header --fields cut_speed,gas,notes") == "1200,air,mine\n")
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros preset list --csv --no-header --fields cut_speed") == "600\n")
    }

    @Test func layersOfAProjectAreOfItsName() throws {
        let workshop = try Self.shop()
        let layers = ["Cut", "Scan", "Tool"].enumerated().map { i, type in
            "<CutSetting type=\"\(type)\"><index Value=\"\(i)\"/><speed Value=\"10\"/></CutSetting>"
        }
        let off = "<CutSetting type=\"Cut\"><index Value=\"4\"/><doOutput Value=\"0\"/></CutSetting>"
        try Self.write(workshop, "Bracket-MS-5mm-x10.lbrn2", "<LightBurnProject>\(layers.joined())\(off)</LightBurnProject>")
        let answered = try workshop.run(
            "laseros preset import Bracket-MS-5mm-x10.lbrn2 --csv --fields result,name,material,thickness_mm,reason")
        #expect(
            Self.rows(answered) == [
                "added,Bracket-MS-5mm-x10 C00,MS,5,", "left out,Bracket-MS-5mm-x10 C01,MS,5,engraves",
                "left out,Bracket-MS-5mm-x10 C02,MS,5,not cut", "left out,Bracket-MS-5mm-x10 C04,MS,5,not cut",
            ])
    }

    @Test func hostileFilesAreRefused() throws {
        let workshop = try Self.shop("files/note.txt")
        let state = try ShopState(workshop)
        try Self.write(workshop, "a.clb", "<LightBurnLibrary><Material")
        try Self.write(workshop, "b.clb", "\0\u{1}\u{2}")
        #expect(try workshop.run("laseros preset import a.clb").code == 8)
        #expect(try workshop.run("laseros preset import b.clb").code == 8)
        #expect(try workshop.run("laseros preset import files").code == 3)
        #expect(try workshop.run("laseros preset import nosuch.fsm").code == 7)
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros config set file_size_limit_mb 1")
        try Self.write(workshop, "c.clb", Self.library(String(repeating: " ", count: 1 << 20)))
        #expect(try workshop.run("laseros preset import c.clb").code == 4)
        mkfifo("\(workshop.work)/d.clb", 0o600)
        #expect(try workshop.run("laseros preset import d.clb").code == 4)
        // A line break in a name is no name.
        try Self.write(workshop, "e.clb", Self.library(Self.entry("Mild Steel", "3", "Cut&#10;twice", "speed=10")))
        #expect(try workshop.demand("laseros preset import e.clb --csv --fields result,reason --no-header") == "left out,unfit name\n")
        let long = String(repeating: "a", count: 5000)
        try Self.write(
            workshop, "f.clb",
            Self.library(Self.entry("Mild Steel", "3", long, "speed=10") + Self.entry("Mild Steel", "3", long, "speed=10")))
        #expect(try workshop.demand("laseros preset import f.clb --csv --fields result --no-header") == "added\nadded\n")
    }

    @Test func optionsGoWithTheirFiles() throws {
        let workshop = try Self.shop("files/3mm MS.fsm")
        for line in ["files --update", "files --map a=b", "presets.csv --machine F", "presets.csv -m MS", "presets.csv -t 3", "- -t 3"] {
            #expect(try workshop.run("laseros preset import \(line)").code == 2, "\(line)")
        }
        #expect(try workshop.demand("laseros preset import files --dry-run --json").contains("3mm MS"))
        #expect(try workshop.demand("laseros preset list --codes").isEmpty)
    }
}
