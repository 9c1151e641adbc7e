/// A closed outline of straight chords, ready to be asked what lies in it and what crosses it.
struct Polygon {
    /// The corners, without a repeat of the first at the end.
    let points: [Point]
    /// The boxes of the chords, where there are enough of them for an index to pay.
    private let index: BoxIndex?

    init(_ points: [Point]) {
        var kept: [Point] = []
        kept.reserveCapacity(points.count)
        for point in points where kept.last != point { kept.append(point) }
        while kept.count > 1, kept[0] == kept[kept.count - 1] { kept.removeLast() }
        self.points = kept
        index = kept.count > 24 ? BoxIndex(kept.indices.map { Box(kept[$0], kept[$0 + 1 == kept.count ? 0 : $0 + 1]) }) : nil
    }

    func chord(_ number: Int) -> (a: Point, b: Point) { (points[number], points[number + 1 == points.count ? 0 : number + 1]) }

    /// Calls `body` with the chords whose box meets the given one until it says stop.
    @discardableResult
    func visit(_ box: Box, _ body: (Int) -> Bool) -> Bool {
        if let index { return index.visit(box, body) }
        for number in points.indices {
            let (a, b) = chord(number)
            if Box(a, b).meets(box), !body(number) { return false }
        }
        return true
    }

    /// Even-odd rule with a ray to the right.
    func contains(_ p: Point) -> Bool {
        var isInside = false
        var ray = Box(p, p)
        ray.include(Point(.infinity, p.y))
        visit(ray) {
            let (a, b) = chord($0)
            if (a.y > p.y) != (b.y > p.y), p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
            return true
        }
        return isInside
    }

    /// The middle of the widest stretch inside, on a line at a height where no corner is likely.
    var interior: Point? {
        var box = Box()
        for point in points { box.include(point) }
        for part in [0.5137, 0.2719, 0.7393, 0.0917] {
            let y = box.min.y + box.height * part
            var line = box
            (line.min.y, line.max.y) = (y, y)
            var crossings: [Double] = []
            visit(line) {
                let (a, b) = chord($0)
                if (a.y > y) != (b.y > y) { crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)) }
                return true
            }
            crossings.sort()
            let stretches = stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
            if let widest = stretches.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }), widest.1 > widest.0 {
                return Point((widest.0 + widest.1) / 2, y)
            }
        }
        return points.first
    }

    /// Where the outline crosses itself, or, when that counts, touches itself or goes back on itself.
    func selfCrossing(orTouching: Bool) -> Point? {
        guard points.count > 3 else { return nil }
        for number in points.indices {
            let (a, b) = chord(number)
            // A spike: the next chord goes back on this one.
            let turn = chord(number + 1 == points.count ? 0 : number + 1).b
            if orTouching, (b - a).cross(turn - b) == 0, (b - a).dot(turn - b) < 0 { return b }
            var found: Point?
            visit(Box(a, b)) { other in
                guard other > number + 1, !(number == 0 && other == points.count - 1) else { return true }
                let (c, d) = chord(other)
                found = orTouching ? Self.meeting(a, b, c, d) : Self.crossing(a, b, c, d)
                return found == nil
            }
            if let found { return found }
        }
        return nil
    }

    /// Where another outline goes from one side of this one to the other, if it does.
    func crossing(_ other: Polygon) -> Point? {
        var isTouching = false
        for number in other.points.indices {
            let (a, b) = other.chord(number)
            var found: Point?
            visit(Box(a, b)) {
                let (c, d) = chord($0)
                found = Self.crossing(a, b, c, d)
                isTouching = isTouching || found == nil && Self.meeting(a, b, c, d) != nil
                return found == nil
            }
            if let found { return found }
        }
        // Through corners no chord has the other on both sides: then the corners have to tell.
        return isTouching ? straddle(other) ?? other.straddle(self) : nil
    }

    /// A point of another outline that lies outside, where others of its points lie inside. Corners are asked, and the middles of
    /// chords that do not run along one of these: those would answer by their rounding.
    private func straddle(_ other: Polygon) -> Point? {
        var (inside, outside) = (false, Point?.none)
        for number in other.points.indices {
            let (a, b) = other.chord(number)
            let runsAlong = !visit(Box(a, b)) { !Self.lies(a, chord($0).a, chord($0).b) || !Self.lies(b, chord($0).a, chord($0).b) }
            for p in runsAlong ? [a] : [a, (a + b) * 0.5] where visit(Box(p, p), { !Self.lies(p, chord($0).a, chord($0).b) }) {
                if contains(p) { inside = true } else { outside = p }
                if inside, let outside { return outside }
            }
        }
        return nil
    }

    /// Where ab and cd cross with each on both sides of the other.
    private static func crossing(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
        let (ab, cd) = (b - a, d - c)
        let (c1, d1) = (ab.cross(c - a), ab.cross(d - a))
        let (a1, b1) = (cd.cross(a - c), cd.cross(b - c))
        guard (c1 > 0 && d1 < 0) || (c1 < 0 && d1 > 0), (a1 > 0 && b1 < 0) || (a1 < 0 && b1 > 0) else { return nil }
        return a + ab * (a1 / (a1 - b1))
    }

    /// Where ab and cd have a point in common.
    private static func meeting(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
        if let crossing = crossing(a, b, c, d) { return crossing }
        if lies(c, a, b) { return c }
        if lies(d, a, b) { return d }
        if lies(a, c, d) { return a }
        return lies(b, c, d) ? b : nil
    }

    private static func lies(_ p: Point, _ a: Point, _ b: Point) -> Bool {
        (b - a).cross(p - a) == 0 && Box(a, b).meets(Box(p, p))
    }
}
