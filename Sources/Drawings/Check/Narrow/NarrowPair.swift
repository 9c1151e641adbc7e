/// Two spans that are near each other, of two contours or of the same one.
struct NarrowPair {
    typealias Place = NarrowContour.Place

    let one, two: NarrowContour
    let span, other: Int
    /// The width from which a place is wide enough, and the distance up to which contours touch.
    let limit, touch: Double

    var isOne: Bool { one === two }
    var depth: Int { max(one.depth, two.depth) }
    var areNeighbours: Bool { isOne && (one.next(span) == other || two.next(other) == span) }
    var areLines: Bool { first.isLine && second.isLine }
    /// Whether the distance has a formula: each span is a line or a circular arc.
    var areRound: Bool { first.curve < 0 && second.curve < 0 }
    private var first: NarrowContour.Span { one.spans[span] }
    private var second: NarrowContour.Span { two.spans[other] }
    private var swapped: NarrowPair { NarrowPair(one: two, two: one, span: other, other: span, limit: limit, touch: touch) }

    /// Calls `body` with all pairs of places where the distance may have a minimum: the ends of the spans, the places given by the formulas
    /// for lines and arcs, and the places along curves where the distance stops falling and begins to rise.
    ///
    /// - Returns: false if the spans are farther from each other than the limit.
    func visit(_ body: (Place, Place) -> Void) -> Bool {
        guard areRound else { return Self.size(first.box) <= Self.size(second.box) ? search(body) : swapped.search { body($1, $0) } }
        for p in [one.start(span), one.end(span)] { body(p, two.foot(of: p.point, on: other)) }
        visitEnds(body)
        if let (p, q) = first.piece.nearest(to: second.piece) { body(one.foot(of: p, on: span), two.foot(of: q, on: other)) }
        guard !isOne else { return true }
        first.piece.meet(second.piece) { body(one.foot(of: $0, on: span), two.foot(of: $0, on: other)) }
        return true
    }

    private func visitEnds(_ body: (Place, Place) -> Void) {
        for q in [two.start(other), two.end(other)] { body(one.foot(of: q.point, on: span), q) }
    }

    private static func size(_ box: Box) -> Double { box.width + box.height }

    /// Whether the distance does not decrease along the contours, to the first order.
    func isLeast(_ p: Place, _ q: Place) -> Bool {
        Self.isLeast(one, span, p, from: q.point) && Self.isLeast(two, other, q, from: p.point)
    }

    private static func isLeast(_ contour: NarrowContour, _ span: Int, _ p: Place, from q: Point) -> Bool {
        guard let beside = contour.beside(p.point, on: span) else { return true }
        let side = p.point == contour.spans[span].a ? 1.0 : -1, (own, its) = (p.way * side, beside.way * -side)
        // The ends of two joined spans may differ by the tolerance, so the direction to q is computed for each end.
        if cosine(own, q - p.point) > 1e-6 || cosine(its, q - beside.point) > 1e-6 { return false }
        // A span that leads straight away from q leaves the place to its neighbour, unless that leads straight away, too.
        return !isAlong(own, q - p.point) || isAlong(its, q - p.point)
    }

    private static func isAlong(_ way: Point, _ other: Point) -> Bool { abs(way.cross(other)) <= 1e-3 * way.length * other.length }

    /// The cosine of the angle between two directions; 0 if one of them is zero.
    private static func cosine(_ a: Point, _ b: Point) -> Double {
        let lengths = a.length * b.length
        return lengths > 0 ? a.dot(b) / lengths : 0
    }

    /// Whether the line from one place to the other begins inside the first contour. Nil if it does not leave the first span and reach the
    /// second on the sides that face each other: then another stretch of a contour is between them.
    func isWithin(_ p: Place, _ q: Place) -> Bool? {
        let way = q.point - p.point, (here, there) = (Self.side(one, span, p, way), Self.side(two, other, q, way * -1))
        let (inner, outer) = (one.parent == two.place ? 1.0 : -1, two.parent == one.place ? 1.0 : -1)
        guard (isOne ? here * there : min(here * outer, there * inner)) > -1e-3 else { return nil }
        return abs(here) >= abs(there) ? here > 0 : there > 0
    }

    /// The sine of the angle between a contour and a direction from it: 1 is straight inwards, -1 straight outwards. At a corner the span
    /// with the larger angle counts.
    private static func side(_ contour: NarrowContour, _ span: Int, _ p: Place, _ way: Point) -> Double {
        func sine(_ along: Point) -> Double {
            let lengths = along.length * way.length
            return lengths > 0 ? along.cross(way) / lengths : 0
        }
        let own = sine(p.way), beside = contour.beside(p.point, on: span).map { sine($0.way) } ?? 0
        return (abs(own) >= abs(beside) ? own : beside) * (contour.isCounterClockwise ? 1 : -1)
    }

    /// The maximum sine of the angle between spans that count as parallel: about 3 degrees.
    private static let mostSlope = 0.05

    /// Calls `body` with places of the stretch over which the spans are beside each other and nearly parallel: the middle between lines,
    /// four places along curves.
    func visitBeside(_ body: (Place, Place) -> Void) {
        let (from, to) = (one.foot(of: second.a, on: span).point, one.foot(of: second.b, on: span).point)
        let count = areLines ? 1 : 4
        guard from != to else { return }
        for number in 0..<count {
            let p = one.foot(of: from + (to - from) * ((Double(number) + 0.5) / Double(count)), on: span)
            let q = two.foot(of: p.point, on: other), way = q.point - p.point
            if abs(Self.cosine(p.way, way)) + abs(Self.cosine(q.way, way)) <= Self.mostSlope { body(p, q) }
        }
    }

    /// Whether two lines have the same distance over their whole common stretch. Then the middle of the stretch is reported, because at the
    /// ends of a slot the contour leads from one side to the other.
    var isEven: Bool {
        guard areLines else { return false }
        let (a, b) = (first.b - first.a, second.b - second.a), cross = abs(a.cross(b))
        guard cross <= Self.mostSlope * a.length * b.length else { return false }
        let from = one.foot(of: second.a, on: span).point, to = one.foot(of: second.b, on: span).point
        return from != to && cross * (to - from).length <= touch * a.length * b.length
    }
}

/// The search for minima of the distance between curves: places of one span from which the distance to the other rises in both directions.
extension NarrowPair {
    /// A place of the first span with the nearest place of the second.
    private struct Probe {
        let part: Double
        let p, q: Place
        let width: Double
        /// The derivative of the distance by the length along the first span.
        let slope: Double
    }

    private func probe(_ part: Double) -> Probe {
        let p = one.place(part, on: span), q = two.foot(of: p.point, on: other), way = q.point - p.point
        return Probe(part: part, p: p, q: q, width: way.length, slope: -Self.cosine(way, p.way))
    }

    private static let halvings = 3

    private func search(_ body: (Place, Place) -> Void) -> Bool {
        let (from, to) = (probe(0), probe(1))
        guard mayBeNear(from, to) else { return false }
        for end in [from, to] { body(end.p, end.q) }
        visitEnds(body)
        search(from, to, Self.halvings, body)
        return true
    }

    /// Whether the distance between two probes may fall below the limit: a stretch that turns by a small angle is hardly longer than its
    /// chord, and the distance falls by no more than the length along the stretch.
    private func mayBeNear(_ from: Probe, _ to: Probe) -> Bool {
        (from.width + to.width - 1.1 * (to.p.point - from.p.point).length) / 2 < limit
    }

    private func search(_ from: Probe, _ to: Probe, _ halvings: Int, _ body: (Place, Place) -> Void) {
        guard mayBeNear(from, to) else { return }
        guard halvings == 0 else {
            let middle = probe((from.part + to.part) / 2)
            if middle.width <= touch { body(middle.p, middle.q) }
            search(from, middle, halvings - 1, body)
            return search(middle, to, halvings - 1, body)
        }
        if from.slope < 0 && to.slope >= 0 || from.slope <= 0 && to.slope > 0 { findMinimum(from, to, body) }
    }

    /// Finds the minimum between two probes by bisection and, in every other step, by linear interpolation of the slope.
    private func findMinimum(_ from: Probe, _ to: Probe, _ body: (Place, Place) -> Void) {
        var (low, high) = (from, to), best = from.width <= to.width ? from : to
        for round in 0..<60 where high.part - low.part > 1e-12 {
            let share = round % 2 == 0 ? low.slope / (low.slope - high.slope) : 0.5
            let middle = probe(low.part + (high.part - low.part) * min(max(share, 0), 1))
            if middle.width <= best.width { best = middle }
            guard abs(middle.slope) > 1e-10, middle.width > touch / 2 else { break }
            if middle.slope < 0 { low = middle } else { high = middle }
        }
        body(best.p, best.q)
    }
}
