/// The unit of the numbers in a drawing (`$INSUNITS`).
package struct Units: Equatable, Sendable {
    /// AutoCAD's code of the unit; 0 is unitless.
    package let code: Int
    /// `mm`, `inch`, `unitless`, ...
    package let word: String
    package let mmPerUnit: Double

    package static let unitless = Units(code: 0, word: "unitless", mmPerUnit: 1)
    package static let millimetre = Units(code: 4, word: "mm", mmPerUnit: 1)
    package static let inch = Units(code: 1, word: "inch", mmPerUnit: 25.4)

    /// All units in the order of the codes in the DXF reference. A US survey foot is 1200/3937 m.
    package static let all: [Units] = {
        let surveyFoot = 1_200_000.0 / 3937
        let table: [(String, Double)] = [
            ("unitless", 1), ("inch", 25.4), ("foot", 304.8), ("mile", 1_609_344), ("mm", 1), ("cm", 10), ("m", 1000), ("km", 1e6),
            ("microinch", 25.4e-6), ("mil", 0.0254), ("yard", 914.4), ("angstrom", 1e-7), ("nm", 1e-6), ("micron", 1e-3), ("dm", 100),
            ("dam", 1e4), ("hm", 1e5), ("gigametre", 1e12), ("au", 1.495978707e14), ("lightyear", 9.4607304725808e18),
            ("parsec", 3.0856775814913673e19), ("us-foot", surveyFoot), ("us-inch", surveyFoot / 12), ("us-yard", surveyFoot * 3),
            ("us-mile", surveyFoot * 5280),
        ]
        return table.enumerated().map { Units(code: $0.offset, word: $0.element.0, mmPerUnit: $0.element.1) }
    }()

    /// Returns the unit of a code; nil if the DXF reference does not define it.
    package static func of(code: Int) -> Units? { all.indices.contains(code) ? all[code] : nil }
    /// Returns the unit with a name: `mm`, `inch`, `in`, ...
    package static func named(_ word: String) -> Units? { all.first { $0.word == word || (word == "in" && $0 == .inch) } }
}
