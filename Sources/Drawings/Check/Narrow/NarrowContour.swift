import Glibc

/// A contour divided into spans, whose boxes and turning angles exclude most pairs of spans from the comparison.
final class NarrowContour {
    /// A line, or a stretch of an arc, an ellipse or a spline that turns by a small angle.
    struct Span {
        /// The line or arc; the chord of a stretch of an ellipse or spline.
        let piece: ArcPiece
        let box: Box
        /// The directions at its start and at its end; never zero.
        let out, into: Point
        /// The index in `curves` of a stretch of an ellipse or a spline, otherwise -1.
        fileprivate(set) var curve: Int32 = -1
        /// The total turning angle, in absolute values, from the start of the contour to the start of the span.
        fileprivate(set) var before = 0.0
        /// An upper bound of the turning angle within the span.
        fileprivate(set) var within = 0.0
        /// The length of the contour before the span.
        fileprivate(set) var reached = 0.0

        var a: Point { piece.a }
        var b: Point { piece.b }
        var isLine: Bool { curve < 0 && piece.isLine }
    }

    /// The index in `Contours.loops`.
    let place: Int
    let depth: Int
    /// The index of the contour that it lies in, or -1.
    let parent: Int
    let isCounterClockwise: Bool
    private(set) var spans: [Span] = []
    private var curves: [NarrowCurve] = []
    private let geometry: Geometry
    /// The maximum angle by which a span of an arc, ellipse or spline turns.
    private let mostTurn: Double
    /// The total turning angle of the contour.
    private var turn = 0.0
    private var length = 0.0
    private lazy var index = spans.count > 32 ? BoxIndex(count: spans.count) { spans[$0].box } : nil

    init(_ measured: Measurement, _ place: Int, mostTurn: Double) {
        let loop = measured.contours.loops[place]
        (self.place, depth, parent, isCounterClockwise) = (place, Int(loop.depth), Int(loop.parent), loop.isCounterClockwise)
        (geometry, self.mostTurn) = (measured.geometry, mostTurn)
        measured.path(of: place).walk { segment, isBackwards in
            let (a, b) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
            switch segment.shape {
            case .line: addLine(a, b)
            case .conic(let number): add(geometry.conics[number], from: a, to: b, isBackwards)
            case .spline(let number):
                let spline = geometry.splines[number]
                for piece in 0..<spline.pieces {
                    let bezier = geometry.piece(spline, isBackwards ? spline.pieces - 1 - piece : piece)
                    add(isBackwards ? Bezier(points: bezier.points.reversed()[...]) : bezier, halvings: Self.mostHalvings)
                }
            }
        }
        if let last = spans.last { turn += Self.angle(last.into, spans[0].out) }
    }

    private func addLine(_ a: Point, _ b: Point) {
        add(Span(piece: ArcPiece(from: a, to: b, bulge: 0), box: Box(a, b), out: b - a, into: b - a), within: 0)
    }

    private func add(_ conic: Conic, from first: Point, to last: Point, _ isBackwards: Bool) {
        let (start, end) = isBackwards ? (conic.end, conic.start) : (conic.start, conic.end)
        let count = max(1, Int((abs(end - start) / mostTurn - 1e-9).rounded(.up)))
        var part = conic, a = first
        for number in 1...count {
            (part.start, part.end) = (
                start + (end - start) * Double(number - 1) / Double(count), start + (end - start) * Double(number) / Double(count)
            )
            let b = number < count ? part.point(part.end, after: a) : last
            add(part, from: a, to: b, isRound: conic.radius != nil, halvings: Self.mostHalvings)
            a = b
        }
    }

    private static let mostHalvings = 8

    private func add(_ part: Conic, from a: Point, to b: Point, isRound: Bool, halvings: Int) {
        let side = part.end < part.start ? -1.0 : 1, (out, into) = (part.velocity(part.start) * side, part.velocity(part.end) * side)
        let within = Self.angle(out, into)
        if !isRound, within > mostTurn, halvings > 0 {
            var (one, two) = (part, part)
            one.end = (part.start + part.end) / 2
            two.start = one.end
            let middle = part.point(one.end, after: a)
            add(one, from: a, to: middle, isRound: false, halvings: halvings - 1)
            return add(two, from: middle, to: b, isRound: false, halvings: halvings - 1)
        }
        var box = Box(a, b)
        part.widen(&box, after: a)
        let bulge = isRound ? tan((part.end - part.start) / 4) * (part.u.cross(part.v) < 0 ? -1 : 1) : 0
        let span = Span(piece: ArcPiece(from: a, to: b, bulge: bulge), box: box, out: out, into: into)
        add(span, within: within, isRound ? nil : NarrowCurve(part, after: a))
    }

    private func add(_ piece: Bezier, halvings: Int) {
        var within = 0.0, out: Point?, into = Point.zero
        for (one, two) in zip(piece.points, piece.points.dropFirst()) where two.point != one.point {
            let next = two.point - one.point
            if out == nil { out = next } else { within += Self.angle(into, next) }
            into = next
        }
        // A span of length 0 has no direction.
        guard let out else { return }
        guard within > 1e-9 || piece.first == piece.last else { return addLine(piece.first, piece.last) }
        if within > mostTurn, halvings > 0 {
            let (one, two) = piece.halves()
            add(one, halvings: halvings - 1)
            return add(two, halvings: halvings - 1)
        }
        let span = Span(piece: ArcPiece(from: piece.first, to: piece.last, bulge: 0), box: piece.hull, out: out, into: into)
        add(span, within: within, NarrowCurve(piece))
    }

    private func add(_ span: Span, within: Double, _ curve: NarrowCurve? = nil) {
        guard span.out != .zero, span.into != .zero else { return }
        var span = span
        if let last = spans.last { turn += Self.angle(last.into, span.out) }
        (span.before, span.within, span.reached) = (turn, within, length)
        turn += within
        length += Self.length(span, from: span.a, to: span.b)
        if let curve {
            span.curve = Int32(truncatingIfNeeded: curves.count)
            curves.append(curve)
        }
        spans.append(span)
    }

    private static func angle(_ a: Point, _ b: Point) -> Double {
        let cross = a.cross(b), dot = a.dot(b)
        return cross == 0 && dot >= 0 ? 0 : abs(atan2(cross, dot))
    }

    /// Calls `body` with the spans whose box meets a box.
    func visit(_ box: Box, _ body: (Int) -> Void) {
        guard let index else {
            for span in spans.indices where spans[span].box.meets(box) { body(span) }
            return
        }
        index.visit(box) {
            body($0)
            return true
        }
    }

    /// A contour that comes near itself turns by 180 degrees or more between the two places, in both directions of the walk. Joints are
    /// inexact, so 150 degrees are enough.
    private static let leastTurn = 150 * Double.pi / 180

    /// Whether the contour turns enough between two spans for them to be the two sides of a narrow place.
    func mayFace(_ one: Int, _ two: Int) -> Bool {
        let (first, second) = (spans[min(one, two)], spans[max(one, two)])
        let between = second.before + second.within - first.before
        guard one != two else { return first.within >= Self.leastTurn }
        return between >= Self.leastTurn && turn - second.before + first.before + first.within >= Self.leastTurn
    }
}

/// Places on the exact curves.
extension NarrowContour {
    func next(_ span: Int) -> Int { span + 1 == spans.count ? 0 : span + 1 }
    func previous(_ span: Int) -> Int { span == 0 ? spans.count - 1 : span - 1 }

    /// A place on a span with the direction of the walk there.
    struct Place {
        let point, way: Point
    }

    /// Returns the place on a span at a parameter from 0 to 1.
    func place(_ part: Double, on span: Int) -> Place {
        if let curve = curve(span) {
            let (point, way) = curve.evaluate(part)
            return part <= 0 ? start(span) : part >= 1 ? end(span) : Place(point: point, way: way)
        }
        let piece = spans[span].piece, point = part <= 0 ? piece.a : part >= 1 ? piece.b : piece.point(at: part)
        return Place(point: point, way: piece.direction(at: point))
    }

    /// Returns the place on a span that is nearest to a point.
    func foot(of p: Point, on span: Int) -> Place {
        if let curve = curve(span) { return place(curve.foot(of: p), on: span) }
        let piece = spans[span].piece, point = piece.foot(of: p)
        return Place(point: point, way: piece.direction(at: point))
    }

    func start(_ span: Int) -> Place { Place(point: spans[span].a, way: spans[span].out) }
    func end(_ span: Int) -> Place { Place(point: spans[span].b, way: spans[span].into) }

    private func curve(_ span: Int) -> NarrowCurve? { spans[span].curve < 0 ? nil : curves[Int(spans[span].curve)] }

    /// Returns the end of the neighbouring span that is joined to a span at a point; nil if the point is not an end of the span.
    func beside(_ p: Point, on span: Int) -> Place? {
        p == spans[span].a ? end(previous(span)) : p == spans[span].b ? start(next(span)) : nil
    }

    /// Whether the contour is shorter than `most` from one place forwards to another.
    func isReached(_ place: Point, on last: Int, from start: Point, on first: Int, within most: Double) -> Bool {
        let (from, to) = (spans[first], spans[last])
        let end = from.reached + Self.length(from, from: from.a, to: from.b)
        let between = to.reached - end + (last > first ? 0 : length)
        return Self.length(from, from: start, to: from.b) + between + Self.length(to, from: to.a, to: place) < most
    }

    /// The approximate length of a span between two places: that of an arc whose turning angle has the same ratio to that of the span as
    /// the chords.
    private static func length(_ span: Span, from a: Point, to b: Point) -> Double {
        let chord = (b - a).length, whole = (span.b - span.a).length
        let turn = whole > 0 ? span.within * min(1, chord / whole) : 0
        return chord * (1 + turn * turn / 24)
    }
}
