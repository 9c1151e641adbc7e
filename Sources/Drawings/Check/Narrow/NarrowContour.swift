import Glibc

/// A contour that is searched for narrow places: first by spans, whose boxes and turning angles select candidates, then by chords.
final class NarrowContour {
    enum Curve {
        case line
        /// A part of an arc, in the direction of the walk.
        case conic(Int, from: Double, to: Double)
        /// A piece of a spline.
        case piece(spline: Int, Int, isBackwards: Bool)
    }

    /// A line, an eighth of a turn of an arc, or a piece of a spline.
    struct Span {
        let a, b: Point
        let curve: Curve
        let box: Box
        /// The total turning angle, in absolute values, from the start of the contour to that of the span, and an upper bound of that
        /// within the span.
        var before = 0.0
        var within = 0.0

        var isLine: Bool { if case .line = curve { true } else { false } }
    }

    /// The index in `Contours.loops`.
    let place: Int
    let depth: Int
    let geometry: Geometry
    private(set) var spans: [Span] = []
    /// The total turning angle of the contour.
    private var turn = 0.0
    private lazy var index = spans.count > 32 ? BoxIndex(count: spans.count) { spans[$0].box } : nil

    /// The chords' points; empty until `flatten` is called.
    private(set) var points: [Point] = []
    /// The index of the first chord in `points`, by span.
    private var starts: [Int] = []
    private(set) var isCounterClockwise = false

    init(_ measured: Measurement, _ place: Int) {
        let loop = measured.contours.loops[place]
        (self.place, depth, geometry) = (place, Int(loop.depth), measured.geometry)
        var last: Point?
        measured.path(of: place).walk { segment, isBackwards in
            switch segment.shape {
            case .line:
                let (a, b) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
                add(Span(a: a, b: b, curve: .line, box: Box(a, b)), b - a, b - a, within: 0, &last)
            case .conic(let number): add(number, segment, isBackwards, &last)
            case .spline(let number):
                for piece in 0..<geometry.splines[number].pieces {
                    add(number, isBackwards ? geometry.splines[number].pieces - 1 - piece : piece, isBackwards, &last)
                }
            }
        }
        if let last, let first = spans.first { turn += Self.angle(last, Self.direction(of: first, geometry, atEnd: false)) }
    }

    private func add(_ number: Int, _ segment: Segment, _ isBackwards: Bool, _ last: inout Point?) {
        let conic = geometry.conics[number], count = max(1, Int((abs(conic.end - conic.start) / (.pi / 4) - 1e-9).rounded(.up)))
        let (start, end) = isBackwards ? (conic.end, conic.start) : (conic.start, conic.end)
        var from = start, a = isBackwards ? segment.b : segment.a
        for part in 1...count {
            let to = part == count ? end : start + (end - start) * Double(part) / Double(count)
            let b = part < count ? conic.point(to, after: segment.a) : isBackwards ? segment.a : segment.b
            var box = Box(a, b)
            Conic(center: conic.center, u: conic.u, v: conic.v, start: from, end: to).widen(&box, after: a)
            let span = Span(a: a, b: b, curve: .conic(number, from: from, to: to), box: box)
            let (out, into) = (Self.direction(of: span, geometry, atEnd: false), Self.direction(of: span, geometry, atEnd: true))
            add(span, out, into, within: Self.angle(out, into), &last)
            (from, a) = (to, b)
        }
    }

    private func add(_ number: Int, _ piece: Int, _ isBackwards: Bool, _ last: inout Point?) {
        let bezier = geometry.piece(geometry.splines[number], piece)
        let (a, b) = isBackwards ? (bezier.last, bezier.first) : (bezier.first, bezier.last)
        let span = Span(a: a, b: b, curve: .piece(spline: number, piece, isBackwards: isBackwards), box: bezier.hull)
        var within = 0.0, way: Point?
        for (one, two) in zip(bezier.points, bezier.points.dropFirst()) where two.point != one.point {
            let next = two.point - one.point
            if let way { within += Self.angle(way, next) }
            way = next
        }
        let (out, into) = (Self.direction(of: span, geometry, atEnd: false), Self.direction(of: span, geometry, atEnd: true))
        add(span, out, into, within: within, &last)
    }

    /// - Parameters:
    ///   - out: the direction at the start of the span; `into` is that at its end.
    ///   - last: the direction at the end of the previous span.
    private func add(_ span: Span, _ out: Point, _ into: Point, within: Double, _ last: inout Point?) {
        // A span of length 0 has no direction.
        guard out != .zero, into != .zero else { return }
        var span = span
        if let last { turn += Self.angle(last, out) }
        (span.before, span.within) = (turn, within)
        turn += within
        spans.append(span)
        last = into
    }

    private static func angle(_ a: Point, _ b: Point) -> Double {
        let cross = a.cross(b), dot = a.dot(b)
        return cross == 0 && dot >= 0 ? 0 : abs(atan2(cross, dot))
    }

    /// Returns the direction of the walk at the start or the end of a span; zero if the span has length 0.
    private static func direction(of span: Span, _ geometry: Geometry, atEnd: Bool) -> Point {
        switch span.curve {
        case .line: return span.b - span.a
        case .conic(let number, let from, let to): return geometry.conics[number].velocity(atEnd ? to : from) * (to < from ? -1 : 1)
        case .piece(let spline, let number, let isBackwards):
            let points = geometry.piece(geometry.splines[spline], number).points, end = atEnd ? span.b : span.a
            // The nearest control point that differs from the end.
            let beside = atEnd == isBackwards ? points.first { $0.point != end } : points.last { $0.point != end }
            return beside.map { atEnd ? end - $0.point : $0.point - end } ?? .zero
        }
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

    /// Between the two places of a narrow place of one contour, the contour turns by at least half a turn, in both directions around it. As
    /// chords and joints are inexact, 30 degrees less are accepted.
    private static let leastTurn = 150 * Double.pi / 180

    /// Whether the contour turns enough between two spans for them to be the two sides of a narrow place.
    func mayFace(_ one: Int, _ two: Int) -> Bool {
        let (first, second) = (spans[min(one, two)], spans[max(one, two)])
        let between = second.before + second.within - first.before
        guard one != two else { return first.within >= Self.leastTurn }
        return between >= Self.leastTurn && turn - second.before + first.before + first.within >= Self.leastTurn
    }
}

/// The chords of the contour.
extension NarrowContour {
    /// - Parameter touch: the distance within which ends are one corner.
    func flatten(error: Double, touch: Double) {
        guard points.isEmpty else { return }
        starts.reserveCapacity(spans.count + 1)
        for span in spans {
            if points.last.map({ !$0.isWithin(touch, of: span.a) }) ?? true { points.append(span.a) }
            starts.append(points.count - 1)
            add(span, error: error)
        }
        while points.count > 1, points[0].isWithin(touch, of: points[points.count - 1]) { points.removeLast() }
        starts.append(points.count)
        var doubled = 0.0
        for (a, b) in zip(points, points.dropFirst()) { doubled += (a - points[0]).cross(b - points[0]) }
        isCounterClockwise = doubled > 0
    }

    /// With an error of 5 µm an arc of radius 10 m has 400 chords per eighth of a turn.
    private static let mostHalvings = 10

    private func add(_ span: Span, error: Double) {
        switch span.curve {
        case .line: points.append(span.b)
        case .conic(let number, let from, let to):
            let conic = geometry.conics[number]
            Conic(center: conic.center, u: conic.u, v: conic.v, start: from, end: to)
                .flatten(from: span.a, to: span.b, error: error, most: 1 << Self.mostHalvings) { points.append($0) }
        case .piece(let spline, let number, let isBackwards):
            let piece = geometry.piece(geometry.splines[spline], number)
            guard isBackwards else { return piece.flatten(error: error, halvings: Self.mostHalvings) { points.append($0) } }
            let first = points.count
            points.append(span.b)
            piece.flatten(error: error, halvings: Self.mostHalvings) { points.append($0) }
            points.removeLast()
            points[first...].reverse()
        }
    }

    /// Returns the chords of a span, as indices of their first points.
    func chords(of span: Int) -> Range<Int> {
        let first = min(starts[span], points.count)
        return first..<max(first, min(starts[span + 1], points.count))
    }

    func next(_ point: Int) -> Int { point + 1 == points.count ? 0 : point + 1 }
    func previous(_ point: Int) -> Int { point == 0 ? points.count - 1 : point - 1 }

    /// Whether the distance to the other side does not decrease along the contour, to first order.
    func isLeast(_ p: Point, _ way: Point, _ chord: Int) -> Bool {
        let end = next(chord)
        if p != points[chord], p != points[end] { return true }
        let corner = p == points[chord] ? chord : end
        for neighbour in [next(corner), previous(corner)] {
            let along = points[neighbour] - points[corner]
            if way.dot(along) > 1e-6 * way.length * along.length { return false }
        }
        return true
    }

    /// Whether a place is reached from another within a length, forwards along the contour.
    func isReached(_ place: Point, on last: Int, from start: Point, on first: Int, within most: Double) -> Bool {
        var chord = next(first), way = (points[chord] - start).length
        while way < most, chord != first {
            if chord == last { return way + (place - points[last]).length < most }
            let end = next(chord)
            way += (points[end] - points[chord]).length
            chord = end
        }
        return false
    }
}
