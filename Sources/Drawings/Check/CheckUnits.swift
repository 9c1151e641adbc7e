import Values

/// What of a drawing tells its unit, in the drawing's numbers.
struct UnitSizes {
    /// Of the drawing without what lies far from it.
    var sides: [Double] = []
    /// Of the round holes and discs.
    var diameters: [Double] = []
    /// The narrow side of each hole.
    var widths: [Double] = []
    /// The sides of each hole that is not round.
    var lengths: [Double] = []
    var hasHoles: Bool { !widths.isEmpty }
    var size: Double { sides.max() ?? 0 }
}

/// Whether a drawing's numbers look as if they were of another unit than it says. The sizes of the many decide, not one whole side.
struct UnitSuspicion {
    /// `inches`, `millimetres`, `metres`
    let looksLike: String
    /// What the larger side would be then, in millimetres.
    let sizeMM: Double

    private static let largestSheet = 12_000.0
    /// The longest bed that many shops have, in millimetres.
    private static let commonBed = 3050.0
    private static let smallestPart = 1.0
    private static let smallestHole = 0.6

    /// - Parameter isNamed: whether the drawing names its unit.
    init?(_ sizes: UnitSizes, mmPerUnit: Double, isNamed: Bool) {
        let size = sizes.size, sizeMM = size * mmPerUnit
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
        } else if mmPerUnit == 1, Self.areInches(sizes, isNamed: isNamed) {
            self.init("inches", size * 25.4)
        } else if mmPerUnit == 25.4, Self.areMillimetres(sizes) {
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

    /// A drawing in millimetres that would be a part in inches: by fractions of an inch, or because what is in it is too small to be cut.
    private static func areInches(_ sizes: UnitSizes, isNamed: Bool) -> Bool {
        let size = sizes.size
        guard size <= 120 else { return false }
        if areFractions(sizes.sides + sizes.diameters) { return true }
        // Most of the holes are smaller than a laser makes them, or one of them in what is no larger than a coin.
        let small = sizes.widths.count { $0 < smallestHole }
        if sizes.hasHoles, 2 * small >= sizes.widths.count { return true }
        if let largest = sizes.diameters.max(), largest < smallestHole { return true }
        if small > 0, size <= 16 { return true }
        // Nobody draws so small a frame by hundredths of a millimetre without naming the unit.
        return !isNamed && size < 12 && sizes.hasHoles && !sizes.sides.contains { isMultiple($0, of: 2) }
    }

    /// A drawing in inches that would be larger than a bed, or of which most sizes are those of millimetres.
    private static func areMillimetres(_ sizes: UnitSizes) -> Bool {
        guard sizes.size >= 60, !areFeet(sizes.sides), sizes.diameters.min() ?? 2 >= 2, sizes.widths.min() ?? 2 >= 1 else { return false }
        if sizes.size * 25.4 > commonBed { return true }
        let all = sizes.sides + sizes.diameters + sizes.lengths
        return 4 * all.count { isMultiple($0, of: 2) } >= 3 * all.count
    }

    private static func isMultiple(_ size: Double, of parts: Double) -> Bool { abs((size * parts).rounded() - size * parts) < 1e-4 }

    /// Fractions of an inch in sixteenths and finer, which nobody draws in millimetres; eighths only of what would be small.
    private static func areFractions(_ sizes: [Double]) -> Bool {
        let coarse = sizes.allSatisfy { $0 <= 12 } ? 4.0 : 8.0
        return sizes.allSatisfy { isMultiple($0, of: 64) } && sizes.contains { !isMultiple($0, of: coarse) }
    }

    /// A sheet of 4 by 8 feet is one of the trade's own.
    private static func areFeet(_ sides: [Double]) -> Bool { sides.allSatisfy { abs(($0 / 12).rounded() * 12 - $0) < 1e-6 } }
}

extension Checking {
    /// Coordinates whose unit is not the one that the drawing states; pieces far from the rest are left out of the judgement.
    func units(_ strays: Strays) {
        let scale = measured.mmPerUnit, main = strays.main
        var sizes = UnitSizes(sides: [main.width / scale, main.height / scale])
        for loop in measured.contours.loops where loop.hasArea && main.contains(loop.box.scaled(scale)) {
            if loop.isCircle { sizes.diameters.append(loop.diameter) }
            guard loop.isHole else { continue }
            sizes.widths.append(min(loop.box.width, loop.box.height))
            if !loop.isCircle { sizes.lengths += [loop.box.width, loop.box.height] }
        }
        let size = max(main.width, main.height), isNamed = !measured.notes.contains { $0.kind == .unitsAssumed }
        if let suspicion = UnitSuspicion(sizes, mmPerUnit: scale, isNamed: isNamed) {
            let other = "\(suspicion.looksLike) (\(shown(suspicion.sizeMM)) mm)"
            add(.warning, .unitSuspect, nil, size, "\(shown(size)) mm is odd for a part: the numbers look like \(other); --units overrules")
        } else if size > 12_000 || size < 1 {
            let odd = size < 1 ? "smaller than a pinhead" : "larger than any sheet"
            add(.warning, .unitSuspect, nil, size, "\(shown(size)) mm is \(odd): the unit of the drawing is in doubt")
        }
    }
}
