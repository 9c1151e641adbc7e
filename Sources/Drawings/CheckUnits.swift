/// Whether a drawing's numbers look as if they were of another unit than it says.
struct UnitSuspicion {
    /// `inches`, `millimetres`, `metres`
    let looksLike: String
    /// What the larger side would be then, in millimetres.
    let sizeMM: Double

    private static let largestSheet = 12_000.0
    private static let smallestPart = 1.0
    private static let smallestHole = 0.6

    /// - Parameter diameters: of the round holes, in the drawing's units.
    init?(size: Double, mmPerUnit: Double, sides: [Double], diameters: [Double]) {
        let sizeMM = size * mmPerUnit
        if sizeMM > Self.largestSheet {
            guard
                let found = Self.plausible(
                    size, [("millimetres", 1), ("micrometres", 0.001), ("hundredths of a millimetre", 0.01)], not: mmPerUnit)
            else { return nil }
            self = found
        } else if sizeMM < Self.smallestPart {
            guard let found = Self.plausible(size, [("metres", 1000), ("inches", 25.4), ("millimetres", 1)], not: mmPerUnit) else {
                return nil
            }
            self = found
        } else if mmPerUnit == 1, size <= 120, Self.areInches(sides + diameters) || Self.areTooSmall(diameters) {
            self.init("inches", size * 25.4)
        } else if mmPerUnit == 25.4, size >= 60, !Self.areFeet(sides), (diameters.min() ?? 2) >= 2, Self.areWhole(sides + diameters) {
            self.init("millimetres", size)
        } else {
            return nil
        }
    }

    private init(_ looksLike: String, _ sizeMM: Double) { (self.looksLike, self.sizeMM) = (looksLike, sizeMM) }

    /// The first unit by which the drawing would be of a size that shops cut.
    private static func plausible(_ size: Double, _ units: [(String, Double)], not own: Double) -> UnitSuspicion? {
        for (name, scale) in units where scale != own && (5...6000).contains(size * scale) { return UnitSuspicion(name, size * scale) }
        return nil
    }

    /// Fractions of an inch in sixteenths and finer, which nobody draws in millimetres; eighths only of what would be small.
    private static func areInches(_ sizes: [Double]) -> Bool {
        func isMultiple(_ size: Double, of parts: Double) -> Bool { abs((size * parts).rounded() - size * parts) < 1e-4 }
        let coarse = sizes.allSatisfy { $0 <= 12 } ? 4.0 : 8.0
        return sizes.allSatisfy { isMultiple($0, of: 64) } && sizes.contains { !isMultiple($0, of: coarse) }
    }

    /// A sheet of 4 by 8 feet is one of the trade's own.
    private static func areFeet(_ sides: [Double]) -> Bool { sides.allSatisfy { abs(($0 / 12).rounded() * 12 - $0) < 1e-6 } }

    /// Every round hole smaller than a laser makes them.
    private static func areTooSmall(_ diameters: [Double]) -> Bool { diameters.max().map { $0 < smallestHole } ?? false }

    private static func areWhole(_ sizes: [Double]) -> Bool { sizes.allSatisfy { abs($0.rounded() - $0) < 1e-6 } }
}
