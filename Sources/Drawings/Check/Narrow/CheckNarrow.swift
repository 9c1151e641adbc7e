import Values

/// Finds webs and slots: local minima of the distance between two stretches of contours, from both sides.
///
/// The boxes of contours are asked first, then those of their spans, and spans that are near each other are compared: lines and arcs by
/// formula, ellipses and splines by where their distance falls and then rises. There are no chords: a place that is hardly narrower than
/// what is around it, as near a tip, would be lost by them. An object, because it is shared by the threads that go through the contours
/// in stretches.
final class NarrowSearch: Sendable {
    /// With the contours that each is between, or with one twice.
    let places: [(pair: NarrowFindings.Pair, place: NarrowPlace)]
    /// The places where the search stopped early: a hostile drawing can have millions of parallel stretches.
    let ends: [Point]

    /// - Parameters:
    ///   - limit: webs that are as wide are not looked at, in the drawing's units, nor slots of the other limit.
    ///   - touch: what is closer is in contact.
    ///   - mostTurn: no arc, ellipse or spline is looked at by more of a turn at once; what is found is the same.
    init(_ measured: Measurement, limit: Double, slotLimit: Double, touch: Double, mostTurn: Double = .pi / 4) {
        let setting = NarrowSetting(web: limit, slot: slotLimit, touch: touch, mostTurn: mostTurn)
        let contours = NarrowContours(measured, setting)
        let shares = Parallel.fold(contours.stretches, into: { NarrowFindings(cell: 4 * setting.widest) }) { findings, place in
            var stretch = NarrowStretch(contours, findings)
            stretch.look(place)
            findings = stretch.findings
        }
        var findings = NarrowFindings(cell: 4 * setting.widest)
        for share in shares { findings.merge(share) }
        places = findings.places
        ends = findings.ends.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    }
}

/// The limits of narrow places, in drawing units.
struct NarrowSetting: Sendable {
    let web, slot: Double
    /// The distance within which contours touch.
    let touch: Double
    /// By how much an arc, an ellipse or a spline is looked at that turns on.
    let mostTurn: Double

    /// Returns the limit for contours with material between them, or with a gap.
    func limit(isWeb: Bool) -> Double { isWeb ? web : slot }
    var widest: Double { max(web, slot) }
}

/// The contours to examine, with a tree of their boxes.
final class NarrowContours: Sendable {
    let measured: Measurement
    let setting: NarrowSetting
    /// The indices in `Contours.loops`, by position in the tree.
    let numbers: [Int32]
    let index: BoxIndex
    let crossed: Set<NarrowFindings.Pair>

    /// The number of contours that a thread processes at a time.
    private static let stretch = 4096

    init(_ measured: Measurement, _ setting: NarrowSetting) {
        (self.measured, self.setting) = (measured, setting)
        let loops = measured.contours.loops, crossings = measured.contours.selfCrossings
        let numbers = loops.indices.lazy.filter { loops[$0].hasArea && (crossings.isEmpty || crossings[$0] == nil) }
            .map { Int32(truncatingIfNeeded: $0) }
        let taken = Array(numbers)
        self.numbers = taken
        crossed = Set(measured.contours.crossings.lazy.map { .init(Int($0.one), Int($0.two)) })
        index = BoxIndex(count: taken.count) { loops[Int(taken[$0])].box }
    }

    var stretches: Int { (numbers.count + Self.stretch - 1) / Self.stretch }
    func leaves(_ place: Int) -> Range<Int> { place * Self.stretch..<min((place + 1) * Self.stretch, numbers.count) }
    func loop(_ number: Int) -> Loop { measured.contours.loops[number] }
}
