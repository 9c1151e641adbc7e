import Values

/// The sizes from which the unit is judged, in drawing units.
struct UnitSizes {
    /// The sides of the drawing without strays.
    var sides: [Double] = []
    /// The diameters of round holes and discs.
    var diameters: [Double] = []
    /// The narrow side of each hole.
    var widths: [Double] = []
    /// The sides of each hole that is not round.
    var lengths: [Double] = []
    var hasHoles: Bool { !widths.isEmpty }
    var size: Double { sides.max() ?? 0 }
}

/// A suspicion that the numbers of a drawing are in another unit than declared. It is based on most of the sizes, not on a single integer
/// side.
struct UnitSuspicion {
    /// The likely unit: `inches`, `millimetres`, `metres`.
    let looksLike: String
    /// The larger side in that unit, converted to millimetres.
    let sizeMM: Double

    private static let largestSheet = 12_000.0
    /// The length of the longest common bed, in millimetres.
    private static let commonBed = 3050.0
    private static let smallestPart = 1.0
    private static let smallestHole = 0.6

    /// - Parameter isNamed: whether the drawing declares its unit.
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

    /// Returns the first unit in which the drawing has a size that shops cut.
    private static func plausible(_ size: Double, _ units: [(String, Double)], not own: Double) -> UnitSuspicion? {
        for (name, scale) in units where scale != own && (5...6000).contains(size * scale) { return UnitSuspicion(name, size * scale) }
        return nil
    }

    /// Whether a drawing in millimetres is likely in inches: because of fractions of an inch, or because its holes are too small to be cut.
    private static func areInches(_ sizes: UnitSizes, isNamed: Bool) -> Bool {
        let size = sizes.size
        guard size <= 120 else { return false }
        if areFractions(sizes.sides + sizes.diameters) { return true }
        // Most of the holes are smaller than a laser can cut, or one hole is in a part no larger than a coin.
        let small = sizes.widths.count { $0 < smallestHole }
        if sizes.hasHoles, 2 * small >= sizes.widths.count { return true }
        if let largest = sizes.diameters.max(), largest < smallestHole { return true }
        if small > 0, size <= 16 { return true }
        // A part this small with sides in hundredths of a millimetre would have its unit declared.
        return !isNamed && size < 12 && sizes.hasHoles && !sizes.sides.contains { isMultiple($0, of: 2) }
    }

    /// Whether a drawing in inches is likely in millimetres: it would be larger than a bed, or most of its sizes are multiples of half a
    /// millimetre.
    private static func areMillimetres(_ sizes: UnitSizes) -> Bool {
        guard sizes.size >= 60, !areFeet(sizes.sides), sizes.diameters.min() ?? 2 >= 2, sizes.widths.min() ?? 2 >= 1 else { return false }
        if sizes.size * 25.4 > commonBed { return true }
        let all = sizes.sides + sizes.diameters + sizes.lengths
        return 4 * all.count { isMultiple($0, of: 2) } >= 3 * all.count
    }

    private static func isMultiple(_ size: Double, of parts: Double) -> Bool { abs((size * parts).rounded() - size * parts) < 1e-4 }

    /// Whether sizes are fractions of an inch in sixteenths or finer, which do not occur in millimetres; for parts up to 12 units also in
    /// eighths.
    private static func areFractions(_ sizes: [Double]) -> Bool {
        let coarse = sizes.allSatisfy { $0 <= 12 } ? 4.0 : 8.0
        return sizes.allSatisfy { isMultiple($0, of: 64) } && sizes.contains { !isMultiple($0, of: coarse) }
    }

    /// Whether the sides are whole feet, such as those of a standard sheet of 4 by 8 feet.
    private static func areFeet(_ sides: [Double]) -> Bool { sides.allSatisfy { abs(($0 / 12).rounded() * 12 - $0) < 1e-6 } }
}

extension Checking {
    /// Reports a likely wrong unit of the drawing. Pieces far from the rest are not considered.
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
