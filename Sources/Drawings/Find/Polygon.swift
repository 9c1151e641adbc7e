/// A closed outline of straight chords, ready to be asked what lies in it and what crosses it.
///
/// It is kept as chains that go up or down in x and in y all along (monotone chains, as in JTS): the box of any stretch of a chain
/// is that of its two ends, so that stretches which cannot meet are left out by halves, without an index to build. An object, because
/// handing on three arrays for each pair of outlines costs more than comparing them.
final class Polygon {
    /// The corners, the first repeated at the end.
    let points: [Point]
    /// Where each chain begins, and the last corner.
    private let starts: [Int32]
    /// The boxes of the chains, where there are enough of them for an index to pay.
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

    /// The points and chains as pointers: counting references in the innermost loops costs more than the geometry.
    @inline(__always)
    private func withChains<Result>(_ body: (MonotoneChains) -> Result) -> Result {
        points.withUnsafeBufferPointer { points in
            starts.withUnsafeBufferPointer { body(MonotoneChains(points: points, starts: $0)) }
        }
    }

    /// Calls `body` with the chords whose box meets the given one until it says stop; false when it did.
    @discardableResult
    @inline(__always)
    private func visit(_ box: Box, _ body: (Point, Point) -> Bool) -> Bool {
        withChains { chains in
            if let index { return index.visit(box) { chains.visit($0, box, body) } }
            for chain in 0..<chains.count where !chains.visit(chain, box, body) { return false }
            return true
        }
    }

    /// Whether any chord may go through a box; where none does, the box is inside or outside as a whole.
    func mayMeet(_ box: Box) -> Bool { !visit(box) { _, _ in false } }

    /// Even-odd rule with a ray to the right.
    func contains(_ p: Point) -> Bool {
        var isInside = false
        var ray = Box(p, p)
        ray.include(Point(.infinity, p.y))
        visit(ray) { a, b in
            // Left of a chord that goes up, right of one that goes down: the ray meets it.
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

    /// The middle of the widest stretch inside, on a line at a height where no corner is likely.
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

    /// Where the outline crosses itself, or, when that counts, touches itself or goes back on itself. At most `most` pairs of chords are
    /// looked at; `effort` grows by those that were.
    func selfCrossing(orTouching: Bool, within most: Int, effort: inout Int) -> Point? {
        withChains { chains in
            let points = chains.points
            guard points.count > 4 else { return nil }
            if orTouching, let turn = reversal(points) { return turn }
            var search = ChordSearch(points, points, .itself(orTouching: orTouching), most: most)
            for chain in 0..<chains.count where search.goesOn {
                let (first, last) = chains.ends(chain)
                // A chain cannot meet itself.
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
            effort += search.looked
            return search.found
        }
    }

    /// A corner where the outline turns back on itself.
    private func reversal(_ points: UnsafeBufferPointer<Point>) -> Point? {
        for number in 1..<points.count {
            let (a, b) = (points[number - 1], points[number])
            let c = points[number + 1 == points.count ? 1 : number + 1]
            if Orientation.of(a, b, c) == 0, (b - a).dot(c - b) < 0 { return b }
        }
        return nil
    }

    /// What two outlines have in common.
    enum Meeting {
        case nothing, touching
        /// Where one goes from one side of the other to its other side.
        case crossing(Point)
    }

    /// What another outline has in common with this one, as far as `most` pairs of chords tell.
    func meeting(_ other: Polygon, within most: Int, effort: inout Int) -> Meeting {
        var (looked, isTouching) = (0, false)
        defer { effort += looked }
        let found = withChains { chains in
            other.withChains { others -> Point? in
                var search = ChordSearch(chains.points, others.points, .another, most: most)
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
                (looked, isTouching) = (search.looked, search.isTouching)
                return search.found
            }
        }
        if let found { return .crossing(found) }
        guard isTouching else { return .nothing }
        // Through corners no chord has the other on both sides: then the corners have to tell.
        let place = straddle(other, within: most, &looked) ?? other.straddle(self, within: most, &looked)
        return place.map { .crossing($0) } ?? .touching
    }

    /// A point of another outline that lies outside, where others of its points lie inside. Corners are asked, and the middles of
    /// chords that do not run along one of these: those would answer by their rounding. Far from this outline a chord lies where the one
    /// before it lay.
    private func straddle(_ other: Polygon, within most: Int, _ looked: inout Int) -> Point? {
        var (inside, outside) = (false, Point?.none)
        var isKnown = false
        for (a, b) in zip(other.points, other.points.dropFirst()) where looked < most {
            var (isNear, runsAlong) = (false, false)
            visit(Box(a, b)) {
                looked += 1
                isNear = true
                runsAlong = Crossing.lies(a, $0, $1) && Crossing.lies(b, $0, $1)
                return !runsAlong
            }
            if isKnown && !isNear { continue }
            isKnown = !isNear
            // Asking whether a point is inside looks at some chords of every size of outline.
            looked += 16
            for p in isNear && !runsAlong ? [a, (a + b) * 0.5] : [a] where visit(Box(p, p), { !Crossing.lies(p, $0, $1) }) {
                if contains(p) { inside = true } else { outside = p }
                if inside, let outside { return outside }
            }
        }
        return nil
    }
}
