/// A closed polyline, prepared for containment and intersection queries.
///
/// It is stored as chains that are monotone in x and in y (monotone chains, as in JTS). The box of any stretch of a chain is the box of its
/// two ends, so that stretches which cannot meet are discarded by bisection, without an index. A class, because passing three arrays for
/// each pair of outlines takes longer than comparing them.
final class Polygon {
    /// The corners; the first is repeated at the end.
    let points: [Point]
    /// The index of the first corner of each chain, and that of the last corner.
    private let starts: [Int32]
    /// The boxes of the chains, if there are enough chains for an index to save time.
    private let index: BoxIndex?

    init(_ given: [Point]) {
        points = [Point](unsafeUninitializedCapacity: given.count + 1) { corners, count in
            for point in given where count == 0 || corners[count - 1] != point {
                corners[count] = point
                count += 1
            }
            if count > 1, corners[count - 1] != corners[0] {
                corners[count] = corners[0]
                count += 1
            }
        }
        let (points, starts) = (points, Self.starts(points))
        self.starts = starts
        index =
            starts.count > 33 ? BoxIndex((1..<starts.count).map { Box(points[Int(starts[$0 - 1])], points[Int(starts[$0])]) }) : nil
    }

    private static func starts(_ points: [Point]) -> [Int32] {
        guard points.count > 1 else { return [] }
        var starts: [Int32] = [0]
        var (wayX, wayY) = (0.0, 0.0)
        for number in 1..<points.count {
            let step = points[number] - points[number - 1]
            if step.x * wayX < 0 || step.y * wayY < 0 {
                starts.append(Int32(truncatingIfNeeded: number - 1))
                (wayX, wayY) = (0, 0)
            }
            if step.x != 0 { wayX = step.x < 0 ? -1 : 1 }
            if step.y != 0 { wayY = step.y < 0 ? -1 : 1 }
        }
        starts.append(Int32(truncatingIfNeeded: points.count - 1))
        return starts
    }

    /// Calls `body` with pointers to the points and chains: retaining and releasing arrays in the innermost loops takes longer than the
    /// geometry.
    @inline(__always)
    private func withChains<Result>(_ body: (MonotoneChains) -> Result) -> Result {
        points.withUnsafeBufferPointer { points in
            starts.withUnsafeBufferPointer { body(MonotoneChains(points: points, starts: $0)) }
        }
    }

    /// Calls `body` with the chords whose box meets the given one, until it returns false. Returns false in that case.
    @discardableResult
    @inline(__always)
    private func visit(_ box: Box, _ body: (Point, Point) -> Bool) -> Bool {
        withChains { chains in
            if let index { return index.visit(box) { chains.visit($0, box, body) } }
            for chain in 0..<chains.count where !chains.visit(chain, box, body) { return false }
            return true
        }
    }

    /// Whether a chord may cross a box. If not, the whole box is inside or outside.
    func mayMeet(_ box: Box) -> Bool { !visit(box) { _, _ in false } }

    /// Whether a point is inside, by the even-odd rule with a ray to the right.
    func contains(_ p: Point) -> Bool {
        var isInside = false
        var ray = Box(p, p)
        ray.include(Point(.infinity, p.y))
        visit(ray) { a, b in
            // The ray meets a chord if the point is to the left of a rising chord or to the right of a falling one.
            let goesUp = b.y > p.y
            if (a.y > p.y) != goesUp, goesUp ? Orientation.of(a, b, p) > 0 : Orientation.of(a, b, p) < 0 { isInside.toggle() }
            return true
        }
        return isInside
    }

    /// Whether a place is on the outline, or within reach of it.
    func passes(_ p: Point, within reach: Double) -> Bool {
        !visit(Box(p, p).widened(reach)) { a, b in !ChordDistance.foot(p, a, b).isWithin(reach, of: p) }
    }

    /// The midpoint of the widest inner interval on a horizontal line, at a height where a corner is unlikely.
    var interior: Point? {
        var box = Box()
        for point in points { box.include(point) }
        var crossings: [Double] = []
        for part in [0.5137, 0.2719, 0.7393, 0.0917] {
            let y = box.min.y + box.height * part
            var line = box
            (line.min.y, line.max.y) = (y, y)
            crossings.removeAll(keepingCapacity: true)
            visit(line) { a, b in
                if (a.y > y) != (b.y > y) { crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)) }
                return true
            }
            crossings.sort()
            var widest = (from: 0.0, to: 0.0)
            for place in stride(from: 0, to: crossings.count - 1, by: 2)
            where crossings[place + 1] - crossings[place] > widest.to - widest.from {
                widest = (crossings[place], crossings[place + 1])
            }
            if widest.to > widest.from { return Point((widest.from + widest.to) / 2, y) }
        }
        return points.first
    }

    /// Returns a point where the outline crosses itself or, with `orTouching`, touches itself or reverses, as far as the budget lasts.
    func selfCrossing(orTouching: Bool, budget: inout Budget) -> Point? {
        withChains { chains in
            let points = chains.points
            guard points.count > 4 else { return nil }
            if orTouching, let turn = reversal(points) { return turn }
            var search = ChordSearch(points, points, .itself(orTouching: orTouching), budget)
            for chain in 0..<chains.count where search.goesOn {
                let (first, last) = chains.ends(chain)
                // A monotone chain does not cross itself.
                if let index {
                    index.visit(chains.box(chain)) {
                        let (from, to) = chains.ends($0)
                        return $0 <= chain || search.compare(first, last, with: from, to)
                    }
                } else {
                    for other in chain + 1..<chains.count {
                        let (from, to) = chains.ends(other)
                        guard search.compare(first, last, with: from, to) else { break }
                    }
                }
            }
            budget = search.budget
            return search.found
        }
    }

    /// Returns a corner where the outline reverses along the same line.
    private func reversal(_ points: UnsafeBufferPointer<Point>) -> Point? {
        for number in 1..<points.count {
            let (a, b) = (points[number - 1], points[number])
            let c = points[number + 1 == points.count ? 1 : number + 1]
            if Orientation.of(a, b, c) == 0, (b - a).dot(c - b) < 0 { return b }
        }
        return nil
    }

    /// The common points of two outlines.
    enum Meeting {
        case nothing, touching
        /// One outline changes from one side of the other to its other side at this point.
        case crossing(Point)
    }

    /// Returns how another outline meets this one, as far as the budget lasts.
    func meeting(_ other: Polygon, budget: inout Budget) -> Meeting {
        var isTouching = false
        let found = withChains { chains in
            other.withChains { others -> Point? in
                var search = ChordSearch(chains.points, others.points, .another, budget)
                for chain in 0..<others.count where search.goesOn {
                    let (from, to) = others.ends(chain)
                    if let index {
                        index.visit(others.box(chain)) {
                            let (first, last) = chains.ends($0)
                            return search.compare(first, last, with: from, to)
                        }
                    } else {
                        for own in 0..<chains.count {
                            let (first, last) = chains.ends(own)
                            guard search.compare(first, last, with: from, to) else { break }
                        }
                    }
                }
                (budget, isTouching) = (search.budget, search.isTouching)
                return search.found
            }
        }
        if let found { return .crossing(found) }
        guard isTouching else { return .nothing }
        // If outlines cross at corners only, no chord has ends on both sides of the other outline. Then the corners are located.
        let place = straddle(other, &budget) ?? other.straddle(self, &budget)
        return place.map { .crossing($0) } ?? .touching
    }

    /// Returns a point of another outline that is outside, if another of its points is inside. The corners are located, and the midpoints
    /// of chords that do not run along a chord of this outline; for those the result would depend on rounding. A chord far from this
    /// outline is on the same side as the chord before it.
    private func straddle(_ other: Polygon, _ budget: inout Budget) -> Point? {
        var (inside, outside) = (false, Point?.none)
        var isKnown = false
        for (a, b) in zip(other.points, other.points.dropFirst()) where !budget.isSpent {
            var (isNear, runsAlong) = (false, false)
            visit(Box(a, b)) {
                budget.take(at: a)
                isNear = true
                runsAlong = Crossing.lies(a, $0, $1) && Crossing.lies(b, $0, $1)
                return !runsAlong
            }
            if isKnown && !isNear { continue }
            isKnown = !isNear
            // Locating a point compares some chords for an outline of any size.
            budget.take(16, at: a)
            for p in isNear && !runsAlong ? [a, (a + b) * 0.5] : [a] where visit(Box(p, p), { !Crossing.lies(p, $0, $1) }) {
                if contains(p) { inside = true } else { outside = p }
                if inside, let outside { return outside }
            }
        }
        return nil
    }
}
