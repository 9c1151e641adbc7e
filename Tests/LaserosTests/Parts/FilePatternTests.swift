import Testing
import Values

@testable import Shop

/// How a client builds the names of files.
@Suite struct FilePatternTests {
    private func fields(_ pattern: String, _ name: String) throws -> [String: String]? {
        let known = try #require(FilePattern(reading: pattern))
        return known.fields(of: name) { ["MS", "SS"].contains($0.uppercased()) }.map { found in
            Dictionary(found.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
        }
    }

    @Test func fieldsAreFound() throws {
        #expect(
            try fields("{thickness}_{title}_{quantity}_{material}", "3_Left_Bracket_12_ms")
                == ["thickness": "3", "title": "Left_Bracket", "quantity": "12", "material": "ms"])
        #expect(try fields("{title}-{material}", "Left-Bracket-MS") == ["title": "Left-Bracket", "material": "MS"])
        #expect(try fields("*-{title} T{thickness}*", "4711-Plate t1.5mm rev B") == ["title": "Plate", "thickness": "1.5mm"])
        #expect(try fields("Job{quantity}{title}", "job12Plate") == ["quantity": "12", "title": "Plate"])
    }

    @Test func otherNamesDoNotFit() throws {
        for name in ["3_Plate_12", "3_Plate_0_MS", "x_Plate_12_MS", "3__12_MS", "3_Plate_12_Oak", "0_Plate_12_MS", ""] {
            #expect(try fields("{thickness}_{title}_{quantity}_{material}", name) == nil, "\(name)")
        }
    }

    @Test(arguments: ["", "plate", "*", "{title}{title}", "{size}", "{title", "title}", "{title}*", "a/{title}", "{material}_{material}"])
    func othersAreNoPatterns(_ text: String) { #expect(FilePattern(reading: text) == nil) }

    @Test func aHostileNameTakesLittleTime() throws {
        let name = String(repeating: "1_", count: 120) + "x"
        #expect(try fields("{title}_{quantity}_{thickness}_*_{material}", name) == nil)
    }

    @Test(arguments: [("053mm", 530), ("3", 3000), ("1,5", 1500), ("10mm", 10_000), ("0.8", 800)])
    func aZeroWithoutAMarkIsAFraction(_ text: String, _ um: Int) { #expect(FilePattern.thickness(text)?.um == um) }

    /// The pattern comes before the rules of the shop, which see the quantity in `12`.
    @Test func theNameOfAPartFollowsIt() throws {
        let pattern = FilePattern(reading: "{quantity} {title} {thickness}"), words = MaterialWords([], pattern)
        let name = PartName("12 Plate 3.dxf", words)
        #expect(name.title == "Plate" && name.facts.quantity == 12 && name.facts.thickness?.um == 3000)
        #expect(PartName("Flange-MS-10mm-x4.dxf", words) == PartName("Flange-MS-10mm-x4.dxf", MaterialWords([])))
    }
}
