import Values

/// Finds webs and slots: where the distance between two stretches of contour is least, seen from both.
///
/// The boxes of contours are asked first, then those of their spans, and only spans that are near others are compared in chords, which lie
/// far closer to the curves than the limit. What is told is measured between the curves themselves. An object, because it is shared by
/// the threads that go through the contours in stretches.
final class NarrowSearch: Sendable {
    /// With the contours that each is between, or with one twice.
    let places: [(pair: NarrowFindings.Pair, place: NarrowPlace)]
    /// Where the search was given up: a hostile drawing may have millions of stretches side by side.
    let ends: [Point]

    /// - Parameters:
    ///   - limit: webs that are as wide are not looked at, in the drawing's units, nor slots of the other limit.
    ///   - touch: what is closer is in contact.
    init(_ measured: Measurement, limit: Double, slotLimit: Double, touch: Double) {
        let exactness = 0.002 / measured.mmPerUnit
        let setting = NarrowSetting(
            web: limit, slot: slotLimit, touch: touch, chordError: min(max(limit, slotLimit) / 64, exactness))
        let contours = NarrowContours(measured, setting)
        let shares = Parallel.fold(contours.stretches, into: { NarrowFindings(cell: 4 * limit) }) { findings, place in
            var stretch = NarrowStretch(contours, findings)
            stretch.look(place)
            findings = stretch.findings
        }
        var findings = NarrowFindings(cell: 4 * limit)
        for share in shares { findings.merge(share) }
        let crossed = measured.contours.crossings.lazy.map { NarrowFindings.Pair(Int($0.one), Int($0.two)) }
        places = findings.places(crossed: Set(crossed))
        ends = findings.ends.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    }
}

/// What counts as narrow, in the drawing's units.
struct NarrowSetting: Sendable {
    let web, slot: Double
    /// What is closer is in contact.
    let touch: Double
    /// How far chords may lie from the contours.
    let chordError: Double

    /// What contours are looked for that have material between them, or a gap.
    func limit(isWeb: Bool) -> Double { isWeb ? web : slot }
    var widest: Double { max(web, slot) }
}

/// The contours that are looked at, with a tree of their boxes.
final class NarrowContours: Sendable {
    let measured: Measurement
    let setting: NarrowSetting
    /// By place in the tree, their numbers in `Contours.loops`.
    let numbers: [Int32]
    let index: BoxIndex

    /// Contours that one thread works on before it takes others.
    private static let stretch = 4096

    init(_ measured: Measurement, _ setting: NarrowSetting) {
        (self.measured, self.setting) = (measured, setting)
        let loops = measured.contours.loops, crossings = measured.contours.selfCrossings
        let numbers = loops.indices.lazy.filter { loops[$0].hasArea && (crossings.isEmpty || crossings[$0] == nil) }
            .map { Int32(truncatingIfNeeded: $0) }
        let taken = Array(numbers)
        self.numbers = taken
        index = BoxIndex(count: taken.count) { loops[Int(taken[$0])].box }
    }

    var stretches: Int { (numbers.count + Self.stretch - 1) / Self.stretch }
    func leaves(_ place: Int) -> Range<Int> { place * Self.stretch..<min((place + 1) * Self.stretch, numbers.count) }
    func loop(_ number: Int) -> Loop { measured.contours.loops[number] }
}
