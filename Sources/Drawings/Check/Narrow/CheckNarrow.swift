import Values

/// Finds webs and slots: local minima of the distance between two stretches of contours, from both sides.
///
/// The search compares the boxes of contours, then the boxes of their spans, then the spans that are near each other: lines and arcs by
/// formula, ellipses and splines by a search for the place where their distance stops falling and begins to rise. Curves are not
/// approximated by chords, which would miss a minimum that is slightly smaller than the distances around it, as near a tip. A class,
/// because threads share the result and process the contours in stretches.
final class NarrowSearch: Sendable {
    /// The narrow places, each with the two contours at its sides; if one contour is on both sides, the pair names it twice.
    let places: [(pair: NarrowFindings.Pair, place: NarrowPlace)]
    /// The places where the search stopped early: a hostile drawing can have millions of parallel stretches.
    let ends: [Point]

    /// - Parameters:
    ///   - limit: the width in drawing units from which a web is wide enough.
    ///   - slotLimit: the same for a slot.
    ///   - touch: the distance up to which contours touch.
    ///   - mostTurn: the angle by which a span of an arc, ellipse or spline turns at most. The result does not depend on it.
    init(_ measured: Measurement, limit: Double, slotLimit: Double, touch: Double, mostTurn: Double = .pi / 4) {
        let setting = NarrowSetting(web: limit, slot: slotLimit, touch: touch, mostTurn: mostTurn)
        let contours = NarrowContours(measured, setting)
        let shares = Parallel.fold(contours.stretches, into: { NarrowFindings(cell: 4 * setting.widest) }) { findings, place in
            var stretch = NarrowStretch(contours, findings)
            stretch.search(place)
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
    /// The maximum angle by which a span of an arc, an ellipse or a spline turns.
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
    /// The pairs of contours that cross.
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
