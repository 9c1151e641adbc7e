import Values

/// Where a contour crosses another, in the drawing's units, with the numbers of both, the smaller first.
struct ContourCrossing: Sendable {
    var one, two: Int32
    let place: Point

    init(_ a: Int, _ b: Int, at place: Point) {
        (one, two) = (Int32(truncatingIfNeeded: min(a, b)), Int32(truncatingIfNeeded: max(a, b)))
        self.place = place
    }
}

/// What lies in what among closed contours, and what crosses itself or another (section 7 of the definitions).
///
/// An object, because handing on its arrays for each pair of contours costs more than comparing them.
final class Containment: Sendable {
    struct Findings: Sendable {
        /// The pairs of loops that cross.
        var crossings: [ContourCrossing] = []
        /// Where loops cross themselves, by their number.
        var selfCrossings: [Int: Point] = [:]
        /// Whether the comparing of pairs was given up.
        var isCutOff = false
    }

    private let paths: ContourPaths
    let loops: [Loop]
    /// The loops with an area, and a tree of their boxes.
    let areas: [Int32]
    let index: BoxIndex
    /// The loops that are worked on, neighbours together, so that what they have to look at is at hand.
    private let order: [Int32]
    private let chordError: Double
    private var tolerance: Double { paths.tolerance }

    init(_ paths: ContourPaths, _ loops: [Loop], chordError: Double) {
        (self.paths, self.loops, self.chordError) = (paths, loops, chordError)
        var (areas, flat): ([Int32], [Int32]) = ([], [])
        for (number, loop) in loops.enumerated() where loop.chain.isClosed && !loop.isDuplicate {
            if loop.hasArea { areas.append(Int32(truncatingIfNeeded: number)) } else { flat.append(Int32(truncatingIfNeeded: number)) }
        }
        index = BoxIndex(areas.map { loops[Int($0)].box })
        self.areas = areas
        order = index.items.map { areas[Int($0)] } + flat
    }

    /// Sets depth and parent of the loops.
    func run(_ loops: inout [Loop]) -> Findings {
        var findings = tangles()
        var holding = ContainmentSearch(self, tangled: findings.selfCrossings)
        holding.run(&loops)
        findings.crossings = holding.crossings
        findings.isCutOff = findings.isCutOff || holding.isCutOff
        return findings
    }

    /// Loops that one thread works on before it takes others.
    private static let stretch = 4096

    /// The pairs of chords and the corners that are looked at in a stretch of loops before it is given up. Real drawings take some
    /// hundreds for each contour.
    private func mostEffort(_ range: Range<Int>) -> Int { (range.count == order.count ? 40_000_000 : 8_000_000) + 1000 * range.count }

    /// The loops that cross themselves: in stretches, on every core. What is found does not depend on how many there are.
    private func tangles() -> Findings {
        let stretches = (order.count + Self.stretch - 1) / Self.stretch
        let shares = Parallel.fold(stretches, into: { Findings() }) { [self] findings, place in
            let range = place * Self.stretch..<min((place + 1) * Self.stretch, order.count)
            var effort = 0
            var points: [Point] = []
            for number in order[range] where !loops[Int(number)].isCircle {
                let polygon = polygon(Int(number), &points)
                effort += polygon.points.count
                let left = mostEffort(range) - effort
                // A bow tie may have no area either; a line there and back touches itself all along.
                let found = polygon.selfCrossing(orTouching: loops[Int(number)].hasArea, within: left, effort: &effort)
                if let found { findings.selfCrossings[Int(number)] = found }
                guard effort <= mostEffort(range) else {
                    findings.isCutOff = true
                    break
                }
            }
        }
        return shares.reduce(into: Findings()) { findings, share in
            findings.selfCrossings.merge(share.selfCrossings) { first, _ in first }
            findings.isCutOff = findings.isCutOff || share.isCutOff
        }
    }

    /// The outline of a loop; `points` is used again and again.
    func polygon(_ loop: Int, _ points: inout [Point]) -> Polygon {
        paths.path(loops[loop].chain).chords(error: chordError, into: &points)
        return Polygon(points)
    }

    /// In the order of their areas; those of equal area as they come.
    func isLess(_ a: Int, _ b: Int) -> Bool { loops[a].area == loops[b].area ? a < b : loops[a].area < loops[b].area }

    /// Whether one circle lies in another, by their centres; nil where they touch or cross, and their polygons have to tell.
    func holds(_ outer: Int, circle inner: Int) -> Bool? {
        let distance = (loops[inner].box.center - loops[outer].box.center).length
        let (small, large) = (loops[inner].diameter / 2, loops[outer].diameter / 2)
        if distance >= small + large + tolerance { return false }
        return distance + small <= large - tolerance ? true : nil
    }

    /// What two circles have in common, by their centres: their polygons may cross where they come close. Nil where one is none.
    func meeting(_ outer: Int, circle inner: Int) -> Polygon.Meeting? {
        guard loops[outer].isCircle, loops[inner].isCircle else { return nil }
        let way = loops[inner].box.center - loops[outer].box.center, distance = way.length
        let (small, large) = (loops[inner].diameter / 2, loops[outer].diameter / 2)
        guard distance < small + large - tolerance, distance > abs(large - small) + tolerance else { return .touching }
        let along = (distance * distance + large * large - small * small) / (2 * distance)
        let aside = max(0, large * large - along * along).squareRoot()
        return .crossing(loops[outer].box.center + way * (along / distance) + way.left * (aside / distance))
    }
}
