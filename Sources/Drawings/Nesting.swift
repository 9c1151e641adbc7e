import Values

/// What lies in what among closed contours, and what crosses itself or another (section 7 of the definitions).
///
/// Contours are worked on in stretches, on every core; what is found does not depend on how many there are. An object, because handing
/// on its arrays for each pair of contours costs more than comparing them.
final class Nesting: Sendable {
    struct Findings: Sendable {
        /// Where pairs of loops cross; at most 1000.
        var crossings: [Point] = []
        var crossingPairs = 0
        /// Where loops cross themselves, by their number.
        var selfCrossings: [Int: Point] = [:]
        /// Whether the comparing of pairs was given up.
        var isCutOff = false
    }

    private let geometry: Geometry
    private let members: [Int32]
    private let loops: [Loop]
    /// The loops with an area, and a tree of their boxes.
    private let areas: [Int32]
    private let index: BoxIndex
    /// The loops that are worked on, neighbours together, so that what they have to look at is at hand.
    private let order: [Int32]
    private let tolerance: Double
    private let chordError: Double

    init(_ geometry: Geometry, _ members: [Int32], _ loops: [Loop], tolerance: Double, chordError: Double) {
        (self.geometry, self.members, self.loops, self.tolerance, self.chordError) = (geometry, members, loops, tolerance, chordError)
        var (areas, flat): ([Int32], [Int32]) = ([], [])
        for (number, loop) in loops.enumerated() where loop.chain.isClosed && !loop.isDuplicate {
            if loop.hasArea { areas.append(Int32(truncatingIfNeeded: number)) } else { flat.append(Int32(truncatingIfNeeded: number)) }
        }
        index = BoxIndex(areas.map { loops[Int($0)].box })
        self.areas = areas
        order = index.items.map { areas[Int($0)] } + flat
    }

    /// Loops that one thread works on before it takes others.
    private static let stretch = 4096

    /// How much is done for a stretch of loops before it is given up: a pair of circles takes 1, of polygons 16, as many as one of them
    /// has chords, and one for each pair of chords that is looked at. Real drawings take some hundreds for each contour.
    private func mostEffort(_ range: Range<Int>) -> Int { (range.count == order.count ? 40_000_000 : 8_000_000) + 1000 * range.count }

    /// What was found in one stretch.
    private struct Stretch: Sendable {
        let place: Int
        let mostEffort: Int
        var effort = 0
        var crossings: [Point] = []
        var crossingPairs = 0
        var selfCrossings: [(Int, Point)] = []
        /// The points of the outline that is worked on, and the places in the tree of the loops near it.
        var points: [Point] = []
        var near: [Int32] = []

        var isCutOff: Bool { effort > mostEffort }
        var effortLeft: Int { mostEffort - effort }
    }

    /// How often each loop is held by another, and the smallest that holds it or -1, as far as one thread has seen.
    private struct Holders: Sendable {
        var depth: [Int32]
        var parent: [Int32]
        var stretches: [Stretch] = []

        init(_ count: Int) {
            depth = [Int32](repeating: 0, count: count)
            parent = [Int32](repeating: -1, count: count)
        }
    }

    /// Sets depth and parent of the loops.
    func run(_ loops: inout [Loop]) -> Findings {
        let count = loops.count
        let shares = Parallel.fold((order.count + Self.stretch - 1) / Self.stretch, into: { Holders(count) }) { [self] holders, place in
            let range = place * Self.stretch..<min((place + 1) * Self.stretch, order.count)
            var stretch = Stretch(place: place, mostEffort: mostEffort(range))
            for outer in order[range] {
                look(into: Int(outer), &stretch, &holders)
                if stretch.isCutOff { break }
            }
            (stretch.points, stretch.near) = ([], [])
            holders.stretches.append(stretch)
        }
        for share in shares {
            for number in loops.indices where share.parent[number] >= 0 {
                loops[number].depth += share.depth[number]
                if isSmaller(share.parent[number], than: loops[number].parent) { loops[number].parent = share.parent[number] }
            }
        }
        return shares.flatMap(\.stretches).sorted { $0.place < $1.place }.reduce(into: Findings()) { findings, stretch in
            findings.crossings += stretch.crossings.prefix(Measurement.Places.most - findings.crossings.count)
            findings.crossingPairs += stretch.crossingPairs
            findings.selfCrossings.merge(stretch.selfCrossings) { first, _ in first }
            findings.isCutOff = findings.isCutOff || stretch.isCutOff
        }
    }

    private func isSmaller(_ loop: Int32, than other: Int32) -> Bool { other < 0 || isLess(Int(loop), Int(other)) }

    private func isLess(_ a: Int, _ b: Int) -> Bool { loops[a].area == loops[b].area ? a < b : loops[a].area < loops[b].area }

    /// Whether a loop crosses itself, and which of the smaller ones, whose box meets its own, lie in it or cross it.
    private func look(into outer: Int, _ stretch: inout Stretch, _ holders: inout Holders) {
        let loop = loops[outer]
        var prepared: Polygon?
        if !loop.isCircle {
            let polygon = polygon(loop, &stretch)
            prepared = polygon
            stretch.effort += polygon.points.count
            // A bow tie may have no area either; a line there and back touches itself all along.
            let place = polygon.selfCrossing(orTouching: loop.hasArea, within: stretch.effortLeft, effort: &stretch.effort)
            if let place { stretch.selfCrossings.append((outer, place)) }
        }
        guard loop.hasArea else { return }
        // First all that are near, then each: within the search every call would count references, on both cores the same ones.
        stretch.near.removeAll(keepingCapacity: true)
        index.visit(loop.box) { place in
            stretch.near.append(Int32(truncatingIfNeeded: place))
            return true
        }
        stretch.effort += stretch.near.count
        for number in stretch.near.indices where !stretch.isCutOff {
            let inner = Int(areas[Int(stretch.near[number])])
            guard isLess(inner, outer) else { continue }
            if loop.isCircle, loops[inner].isCircle, let isHeld = holds(outer, circle: inner) {
                if isHeld { put(inner, into: outer, &holders) }
                continue
            }
            let shape = prepared ?? polygon(loop, &stretch)
            prepared = shape
            if compare(inner, outer, shape, &stretch) { put(inner, into: outer, &holders) }
        }
    }

    private func polygon(_ loop: Loop, _ stretch: inout Stretch) -> Polygon {
        Chaining.outline(of: members[loop.chain.range], geometry, tolerance: tolerance, error: chordError, into: &stretch.points)
        return Polygon(stretch.points)
    }

    /// Whether one loop lies in another; tells where they cross.
    private func compare(_ inner: Int, _ outer: Int, _ shape: Polygon, _ stretch: inout Stretch) -> Bool {
        let box = loops[inner].box
        stretch.effort += 16
        guard shape.mayMeet(box) else { return loops[inner].area < loops[outer].area && shape.contains(box.center) }
        let other = polygon(loops[inner], &stretch)
        stretch.effort += other.points.count
        if let place = shape.crossing(other, within: stretch.effortLeft, effort: &stretch.effort) {
            stretch.crossingPairs += 1
            if stretch.crossings.count < Measurement.Places.most { stretch.crossings.append(place) }
        }
        guard loops[inner].area < loops[outer].area, let interior = other.interior else { return false }
        return shape.contains(interior)
    }

    /// The same for circles, by their centres; nil where they touch or cross, and their polygons have to tell.
    private func holds(_ outer: Int, circle inner: Int) -> Bool? {
        let distance = (loops[inner].box.center - loops[outer].box.center).length
        let (small, large) = (loops[inner].diameter / 2, loops[outer].diameter / 2)
        if distance >= small + large + tolerance { return false }
        return distance + small <= large - tolerance ? true : nil
    }

    private func put(_ inner: Int, into outer: Int, _ holders: inout Holders) {
        holders.depth[inner] += 1
        if isSmaller(Int32(truncatingIfNeeded: outer), than: holders.parent[inner]) {
            holders.parent[inner] = Int32(truncatingIfNeeded: outer)
        }
    }
}
