/// The monotone chains of a polygon: the box of any stretch of a chain is the box of its two ends.
struct MonotoneChains {
    let points: UnsafeBufferPointer<Point>
    let starts: UnsafeBufferPointer<Int32>

    var count: Int { max(starts.count - 1, 0) }

    @inline(__always)
    func box(_ chain: Int) -> Box { Box(points[Int(starts[chain])], points[Int(starts[chain + 1])]) }

    /// Returns the indices of the first and the last corner of a chain.
    @inline(__always)
    func ends(_ chain: Int) -> (Int, Int) { (Int(starts[chain]), Int(starts[chain + 1])) }

    /// Calls `body` with the chords of a chain whose box meets the given one, until it returns false. Returns false in that case.
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
}

/// Finds crossing chords of two outlines, or of one with itself, by bisecting stretches whose boxes meet.
struct ChordSearch {
    enum Subject {
        /// One outline with itself. Adjacent chords share a corner and are skipped.
        case itself(orTouching: Bool)
        case another
    }

    let points: UnsafeBufferPointer<Point>
    let others: UnsafeBufferPointer<Point>
    let subject: Subject
    /// A step is a comparison of two chords.
    private(set) var budget: Budget
    private(set) var found: Point?
    /// Whether chords of two outlines have a common point without crossing.
    private(set) var isTouching = false

    init(_ points: UnsafeBufferPointer<Point>, _ others: UnsafeBufferPointer<Point>, _ subject: Subject, _ budget: Budget) {
        (self.points, self.others, self.subject, self.budget) = (points, others, subject, budget)
    }

    var goesOn: Bool { found == nil && !budget.isSpent }

    /// Compares a stretch of each outline, given by two corners. Returns false if the search is finished.
    mutating func compare(_ first: Int, _ last: Int, with from: Int, _ to: Int) -> Bool {
        guard Box(points[first], points[last]).meets(Box(others[from], others[to])) else { return true }
        let (own, its) = (last - first, to - from)
        if own == 1, its == 1 {
            look(first, from)
            return goesOn
        }
        if own >= its {
            let middle = (first + last) / 2
            return compare(first, middle, with: from, to) && compare(middle, last, with: from, to)
        }
        let middle = (from + to) / 2
        return compare(first, last, with: from, middle) && compare(first, last, with: middle, to)
    }

    private mutating func look(_ first: Int, _ second: Int) {
        budget.take(at: points[first])
        let (a, b, c, d) = (points[first], points[first + 1], others[second], others[second + 1])
        switch subject {
        case .itself(let orTouching):
            if second == first + 1 || (first == 0 && second == points.count - 2) { return }
            found = orTouching ? Crossing.meeting(a, b, c, d) : Crossing.proper(a, b, c, d)
        case .another:
            found = Crossing.proper(a, b, c, d)
            isTouching = isTouching || found == nil && Crossing.meeting(a, b, c, d) != nil
        }
    }
}

/// The common points of two straight segments.
enum Crossing {
    /// Returns the intersection of ab and cd if the ends of each lie on opposite sides of the other.
    @inline(__always)
    static func proper(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
        let (c1, d1) = (Orientation.of(a, b, c), Orientation.of(a, b, d))
        guard (c1 > 0 && d1 < 0) || (c1 < 0 && d1 > 0) else { return nil }
        let (a1, b1) = (Orientation.of(c, d, a), Orientation.of(c, d, b))
        guard (a1 > 0 && b1 < 0) || (a1 < 0 && b1 > 0) else { return nil }
        return a + (b - a) * (a1 / (a1 - b1))
    }

    /// Returns a common point of ab and cd.
    static func meeting(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
        if let crossing = proper(a, b, c, d) { return crossing }
        if lies(c, a, b) { return c }
        if lies(d, a, b) { return d }
        if lies(a, c, d) { return a }
        return lies(b, c, d) ? b : nil
    }

    static func lies(_ p: Point, _ a: Point, _ b: Point) -> Bool { Box(a, b).meets(Box(p, p)) && Orientation.of(a, b, p) == 0 }
}
