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

/// The nesting of closed contours, and their crossings with themselves and with others (section 7 of the definitions).
///
/// A class, because passing its arrays for each pair of contours takes longer than comparing them.
final class Containment: Sendable {
    struct Findings: Sendable {
        /// The pairs of loops that cross.
        var crossings: [ContourCrossing] = []
        /// The places where loops cross themselves, by their numbers.
        var selfCrossings: [Int: Point] = [:]
        /// Whether the comparison of pairs stopped early.
        var ends: [Point] = []
    }

    private let paths: ContourPaths
    let loops: [Loop]
    /// The loops with an area, and a tree of their boxes.
    let areas: [Int32]
    let index: BoxIndex
    /// The loops to examine, with neighbours together for locality of memory access.
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

    /// Sets depth and parent of the loops, and returns their crossings.
    func run(_ loops: inout [Loop]) -> Findings {
        var findings = tangles()
        var holding = ContainmentSearch(self, tangled: findings.selfCrossings)
        holding.run(&loops)
        findings.crossings = holding.takeCrossings()
        if let end = holding.budget.end { findings.ends.append(end) }
        return findings
    }

    /// The number of loops that a thread processes at a time.
    private static let stretch = 4096

    /// Finds the loops that cross themselves, in stretches that are processed in parallel. The result does not depend on the number of
    /// threads.
    private func tangles() -> Findings {
        let stretches = (order.count + Self.stretch - 1) / Self.stretch
        let shares = Parallel.fold(stretches, into: { Findings() }) { [self] findings, place in
            let range = place * Self.stretch..<min((place + 1) * Self.stretch, order.count)
            var budget = Budget(for: range.count)
            var points: [Point] = []
            for number in order[range] where !loops[Int(number)].isCircle {
                let polygon = polygon(Int(number), &points)
                budget.take(polygon.points.count, at: polygon.points.first ?? .zero)
                // The area of a bow tie can be 0. A line in both directions touches itself along its whole length.
                let found = polygon.selfCrossing(orTouching: loops[Int(number)].hasArea, budget: &budget)
                if let found { findings.selfCrossings[Int(number)] = found }
                if budget.isSpent { break }
            }
            if let end = budget.end { findings.ends.append(end) }
        }
        return shares.reduce(into: Findings()) { findings, share in
            findings.selfCrossings.merge(share.selfCrossings) { first, _ in first }
            findings.ends += share.ends
        }
    }

    /// Returns the outline of a loop. `points` is a buffer that is reused.
    func polygon(_ loop: Int, _ points: inout [Point]) -> Polygon {
        paths.path(loops[loop].chain).chords(error: chordError, into: &points)
        return Polygon(points)
    }

    /// Compares loops by area; loops of equal area by number.
    func isLess(_ a: Int, _ b: Int) -> Bool { loops[a].area == loops[b].area ? a < b : loops[a].area < loops[b].area }

    /// Whether a circle is inside another, by their centres. Nil if they touch or cross, and their polygons have to be compared.
    func holds(_ outer: Int, circle inner: Int) -> Bool? {
        let distance = (loops[inner].box.center - loops[outer].box.center).length
        let (small, large) = (loops[inner].diameter / 2, loops[outer].diameter / 2)
        if distance >= small + large + tolerance { return false }
        return distance + small <= large - tolerance ? true : nil
    }

    /// Returns the crossing of two circles, by their centres: their polygons can cross although the circles do not. Nil if one of them is
    /// not a circle.
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
