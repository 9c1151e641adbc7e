import Drawings
import Testing
import Values

/// Settings of LightBurn's libraries and projects.
struct LightBurnSettingsTests {
    private func read(_ text: String) throws -> LightBurnSettings { try LightBurnSettings(reading: Array(text.utf8)) }

    private func library(_ entries: String, material: String = "Mild Steel") -> String {
        "<?xml version=\"1.0\"?>\n<LightBurnLibrary DisplayName=\"A\">\n<Material name=\"\(material)\">\(entries)</Material></LightBurnLibrary>"
    }

    @Test func anEntryHasItsPlaceAndFigures() throws {
        let found = try read(
            library(
                """
                <Entry Thickness="3.0000" Desc="Cut" NoThickTitle="t"><CutSetting type="Cut"><index Value="0"/><name Value="n"/>
                <minPower Value="20"/><maxPower Value="65.5"/><speed Value="12.5"/><numPasses Value="2"/><frequency Value="20000"/>
                <throughPower Value="40"/><kerf Value="0"/><zOffset Value="-1.5"/><SubLayer type="Scan"><speed Value="99"/></SubLayer>
                </CutSetting></Entry>
                <Entry Thickness="-1.0000" Desc="Mark" NoThickTitle="Mark"><CutSetting_Img type="Image"><speed Value="300"/></CutSetting_Img>
                </Entry>
                """)
        ).settings
        try #require(found.count == 2)
        let (setting, place) = found[0]
        #expect(place.material == "Mild Steel" && place.thicknessMM == 3 && place.description == "Cut" && place.title == "t")
        #expect(place.line == 3 && setting.process == .cut && setting.name == "n")
        #expect(setting.speedMMs == 12.5 && setting.maxPower == 65.5 && setting.passes == 2 && setting.frequency == 20_000)
        #expect(setting.throughPower == 40 && setting.others.map(\.name) == ["minPower", "zOffset"])
        #expect(setting.others.map(\.value) == [20, -1.5])
        #expect(found[1].place.thicknessMM == nil && found[1].setting.process == .engrave && found[1].place.material == "Mild Steel")
    }

    @Test(arguments: ["", "0", "-1", "-1.0000", "nan", "x"])
    func aThicknessIsAboveZero(_ said: String) throws {
        let found = try read(library("<Entry Thickness=\"\(said)\"><CutSetting type=\"Cut\"/></Entry>")).settings
        #expect(found.count == 1 && found[0].place.thicknessMM == nil)
    }

    /// The figures of earlier versions are attributes.
    @Test func attributesAreRead() throws {
        let found = try read(library("<Entry Thickness=\"3\"><CutSetting type=\"Cut\" speed=\"8\" maxPower=\"75\"/></Entry>", material: ""))
            .settings
        #expect(found.first?.setting.speedMMs == 8 && found.first?.setting.maxPower == 75)
    }

    @Test func aProjectHasLayers() throws {
        let found = try read(
            """
            <LightBurnProject><CutSetting type="Cut"><index Value="0"/><speed Value="10"/></CutSetting><CutSetting type="Cut">
            <index Value="1"/><doOutput Value="0"/></CutSetting><Shape Type="Rect" CutIndex="0" W="9" H="4" Cr="0"/></LightBurnProject>
            """
        ).settings
        #expect(found.map(\.setting.label) == ["C00", "C01"] && found.map(\.setting.isOutput) == [true, false])
        #expect(found.allSatisfy { $0.place.material.isEmpty })
    }

    /// A material of a project would have other meanings, and a library is no drawing.
    @Test func libraryAndProjectAreApart() throws {
        let entry = "<Material name=\"A\"><Entry Thickness=\"3\"><CutSetting type=\"Cut\"/></Entry></Material>"
        #expect(try read("<LightBurnProject>\(entry)</LightBurnProject>").settings.allSatisfy { $0.place.material.isEmpty })
        #expect(throws: Failure.self) { try Drawing(reading: Array("<LightBurnLibrary>\(entry)</LightBurnLibrary>".utf8)) }
    }

    @Test(arguments: [
        "", "no markup", "<a/>", "<LightBurnLibrary>", "<LightBurnLibrary></LightBurn>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><LightBurnLibrary DisplayName=\"&b;\"/>",
        "<LightBurnLibrary>" + String(repeating: "<a>", count: 300),
        "<LightBurnLibrary><Material name=\"A\"><Entry Thickness=\"3\"><CutSetting type=\"Cut\"/></Entry></Material>",
        "<LightBurnProject><Shape Type=\"Rect\" W=\"1\" H=\"1\"/>",
    ])
    func whatIsBrokenIsRefused(_ text: String) throws {
        let failure = #expect(throws: Failure.self) { try read(text) }
        #expect(failure?.kind == .input && failure?.message.hasPrefix("not a LightBurn library or project: ") == true)
    }

    /// Every prefix of a library is refused, and one with a wrong bit is read or refused.
    @Test func damagedLibrariesAreReadOrRefused() throws {
        let bytes = try File.read(Paths.examples + "/library.clb"), end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
        #expect(try LightBurnSettings(reading: bytes).settings.count == 5)
        for count in 0..<end {
            let failure = #expect(throws: Failure.self) { try LightBurnSettings(reading: Array(bytes[..<count])) }
            #expect(failure?.kind == .input)
        }
        for i in bytes.indices {
            var damaged = bytes
            damaged[i] ^= 1 << UInt8(i % 8)
            do { _ = try LightBurnSettings(reading: damaged) } catch { #expect((error as? Failure)?.kind == .input, "\(i): \(error)") }
        }
    }
}
