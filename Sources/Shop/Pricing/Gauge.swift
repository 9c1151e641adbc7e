import Values

/// Sheet gauges, in thousandths of a millimetre. The thickness of a gauge depends on the metal.
enum Gauge {
    /// Manufacturers' standard gauge for steel, from number 3: ten-thousandths of an inch.
    private static let steel = [
        2391, 2242, 2092, 1943, 1793, 1644, 1495, 1345, 1196, 1046, 897, 747, 673, 598, 538, 478, 418, 359, 329, 299, 269, 239, 209, 179,
        164, 149, 135, 120,
    ]
    /// Galvanised steel, from number 8.
    private static let galvanised = [
        1681, 1532, 1382, 1233, 1084, 934, 785, 710, 635, 575, 516, 456, 396, 366, 336, 306, 276, 247, 217, 202, 187, 172, 157,
    ]
    /// Stainless steel, from number 3.
    private static let stainless = [
        2500, 2344, 2187, 2031, 1875, 1719, 1562, 1406, 1250, 1094, 938, 781, 703, 625, 562, 500, 438, 375, 344, 313, 281, 250, 219, 188,
        172, 156, 141, 125,
    ]
    /// Brown & Sharpe gauge for non-ferrous metals, from number 3.
    private static let brownSharpe = [
        2294, 2043, 1819, 1620, 1443, 1285, 1144, 1019, 907, 808, 720, 641, 571, 508, 453, 403, 359, 320, 285, 253, 226, 201, 179, 159,
        142, 126, 113, 100,
    ]

    /// - Parameter material: the abbreviation of the material, `MS` if unknown.
    /// - Returns: the thickness in micrometres; nil if there is no such gauge.
    static func micrometres(_ number: Int, of material: String) -> Int? {
        let (table, first) =
            switch material {
            case "GALV": (galvanised, 8)
            case "SS": (stainless, 3)
            case "AL", "BR", "CU": (brownSharpe, 3)
            default: (steel, 3)
            }
        guard table.indices.contains(number - first) else { return nil }
        return Decimal.scale(table[number - first], 254, over: 100)
    }
}
