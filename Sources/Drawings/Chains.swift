/// The monotone chains of a polygon.
struct Chains {
    let points: UnsafeBufferPointer<Point>
    let starts: UnsafeBufferPointer<Int32>

    var count: Int { max(starts.count - 1, 0) }

    @inline(__always)
    func box(_ chain: Int) -> Box { Box(points[Int(starts[chain])], points[Int(starts[chain + 1])]) }

    /// Calls `body` with the chords of a chain whose box meets the given one until it says stop; false when it did.
    @inline(__always)
    func visit(_ chain: Int, _ box: Box, _ body: (Point, Point) -> Bool) -> Bool {
        visit(Int(starts[chain]), Int(starts[chain + 1]), box, body)
    }

    private func visit(_ first: Int, _ last: Int, _ box: Box, _ body: (Point, Point) -> Bool) -> Bool {
        guard Box(points[first], points[last]).meets(box) else { return true }
        if last - first == 1 { return body(points[first], points[last]) }
        let middle = (first + last) / 2
        return visit(first, middle, box, body) && visit(middle, last, box, body)
    }

    /// Calls `body` with the numbers of chords of two chains whose boxes meet until it says stop; false when it did.
    @inline(__always)
    func pair(_ chain: Int, _ others: Chains, _ other: Int, _ body: (Int, Int) -> Bool) -> Bool {
        pair(
            Int(starts[chain]), Int(starts[chain + 1]), others.points, Int(others.starts[other]), Int(others.starts[other + 1]), body)
    }

    private func pair(
        _ first: Int, _ last: Int, _ others: UnsafeBufferPointer<Point>, _ from: Int, _ to: Int, _ body: (Int, Int) -> Bool
    ) -> Bool {
        guard Box(points[first], points[last]).meets(Box(others[from], others[to])) else { return true }
        let (own, its) = (last - first, to - from)
        if own == 1, its == 1 { return body(first, from) }
        if own >= its {
            let middle = (first + last) / 2
            return pair(first, middle, others, from, to, body) && pair(middle, last, others, from, to, body)
        }
        let middle = (from + to) / 2
        return pair(first, last, others, from, middle, body) && pair(first, last, others, middle, to, body)
    }
}

/// Where two straight pieces have something in common.
enum Crossing {
    /// Where ab and cd cross with each on both sides of the other.
    @inline(__always)
    static func proper(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
        let (ab, cd) = (b - a, d - c)
        let (c1, d1) = (ab.cross(c - a), ab.cross(d - a))
        let (a1, b1) = (cd.cross(a - c), cd.cross(b - c))
        guard (c1 > 0 && d1 < 0) || (c1 < 0 && d1 > 0), (a1 > 0 && b1 < 0) || (a1 < 0 && b1 > 0) else { return nil }
        return a + ab * (a1 / (a1 - b1))
    }

    /// Where ab and cd have a point in common.
    static func meeting(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
        if let crossing = proper(a, b, c, d) { return crossing }
        if lies(c, a, b) { return c }
        if lies(d, a, b) { return d }
        if lies(a, c, d) { return a }
        return lies(b, c, d) ? b : nil
    }

    static func lies(_ p: Point, _ a: Point, _ b: Point) -> Bool { (b - a).cross(p - a) == 0 && Box(a, b).meets(Box(p, p)) }
}
