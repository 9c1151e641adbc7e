import Glibc

/// The support function of a contour: how far it reaches in each direction. It is that of its convex hull, which consists of vertices and
/// arcs; each is a circle here, of radius 0 for a vertex, and reaches to c·u + r in the direction u.
struct SupportFunction: Sendable {
    struct Circle: Equatable, Sendable {
        let centre: Point
        let radius: Double

        @inline(__always) func reach(_ way: Point) -> Double { centre.dot(way) + radius }
    }

    /// The directions from `start` to the start of the next piece are those in which a circle reaches farthest.
    struct Piece: Sendable {
        let start: Double
        let circle: Circle
    }

    /// In the order of their starts, from 0 to 2π.
    private(set) var pieces: [Piece] = []

    /// - Parameter outline: a closed path, counterclockwise.
    init(_ outline: ArcPath) {
        let corners = ConvexHull.of(outline.vertices.map(\.place))
        let points = corners.map { Circle(centre: $0, radius: 0) }
        var arcs: [Arc] = []
        for piece in outline.pieces where !piece.isLine && piece.bulge > 0 {
            if !ConvexHull.holds(corners, piece.apex) { arcs.append(Arc(piece)) }
        }
        var stops = [0, .pi / 2, .pi, 1.5 * .pi, 2 * .pi]
        for arc in arcs { stops += [Angle.positive(arc.start), Angle.positive(arc.start + arc.sweep)] }
        stops.sort()
        for (low, high) in zip(stops, stops.dropFirst()) where high - low > 1e-12 {
            let middle = (low + high) / 2
            let circles = points + arcs.filter { Angle.positive(middle - $0.start) <= $0.sweep }.map(\.circle)
            var envelope = Envelope(circles)
            envelope.divide(low, high)
            pieces += envelope.pieces
        }
        pieces = pieces.reduce(into: []) { kept, piece in if kept.last?.circle != piece.circle { kept.append(piece) } }
    }

    /// Returns the piece at a direction.
    func circle(at angle: Double) -> Circle {
        let angle = Angle.positive(angle)
        var (low, high) = (0, pieces.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if pieces[middle].start <= angle { low = middle } else { high = middle }
        }
        return pieces[low].circle
    }

    func reach(_ angle: Double) -> Double { circle(at: angle).reach(Angle.way(angle)) }

    /// The box of the contour after a rotation about the origin.
    func box(turnedBy turn: Double) -> Box {
        var box = Box()
        box.min = Point(-reach(.pi - turn), -reach(1.5 * .pi - turn))
        box.max = Point(reach(-turn), reach(.pi / 2 - turn))
        return box
    }

    /// The directions of the normals of the hull's straight edges, longest edge first.
    var flats: [(angle: Double, length: Double)] {
        var flats: [(angle: Double, length: Double)] = []
        for (number, piece) in pieces.enumerated() {
            let before = pieces[number == 0 ? pieces.count - 1 : number - 1].circle, way = Angle.way(piece.start)
            let length = abs((piece.circle.centre - before.centre).cross(way))
            if length > 1e-6 { flats.append((piece.start, length)) }
        }
        return flats.sorted { ($0.length, $1.angle) > ($1.length, $0.angle) }
    }

    private struct Arc {
        let circle: Circle
        let start, sweep: Double

        init(_ piece: ArcPiece) {
            let centre = piece.centre, arm = piece.a - centre
            circle = Circle(centre: centre, radius: arm.length)
            (start, sweep) = (atan2(arm.y, arm.x), piece.sweep)
        }
    }
}

extension ArcPiece {
    /// The intersection of the tangents at both ends: with them it is a triangle around the arc.
    fileprivate var apex: Point {
        (a + b) * 0.5 - (b - a).left * (bulge / (1 - bulge * bulge))
    }
}

/// The upper envelope of the reach of circles over a range of directions of at most a quarter of a turn.
private struct Envelope {
    private let circles: [SupportFunction.Circle]
    private(set) var pieces: [SupportFunction.Piece] = []
    private let scale: Double

    init(_ circles: [SupportFunction.Circle]) {
        self.circles = circles
        scale = circles.reduce(1) { max($0, abs($1.centre.x), abs($1.centre.y), $1.radius) }
    }

    mutating func divide(_ low: Double, _ high: Double) { divide(low, farthest(low), high, farthest(high)) }

    private func farthest(_ angle: Double) -> Int {
        let way = Angle.way(angle)
        var (best, reach) = (0, -Double.infinity)
        for number in circles.indices where circles[number].reach(way) > reach { (best, reach) = (number, circles[number].reach(way)) }
        return best
    }

    /// - Parameters:
    ///   - a: the circle that reaches farthest at the start of the range.
    ///   - b: the one at its end.
    private mutating func divide(_ low: Double, _ a: Int, _ high: Double, _ b: Int) {
        guard a != b else { return keep(a, low, high) }
        let tie = tie(low, a, high, b), top = farthest(tie), way = Angle.way(tie)
        guard circles[top].reach(way) > circles[a].reach(way) + 1e-12 * scale, top != a, top != b else {
            keep(a, low, tie)
            return keep(b, tie, high)
        }
        divide(low, a, tie, top)
        divide(tie, top, high, b)
    }

    /// The direction in which two circles reach equally far, by bisection: at the start the first reaches farther, at the end the second.
    private func tie(_ low: Double, _ a: Int, _ high: Double, _ b: Int) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<60 {
            let middle = (low + high) / 2, way = Angle.way(middle)
            if circles[b].reach(way) > circles[a].reach(way) { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }

    /// Keeps a circle that reaches farthest at both ends of a range. Between them a larger one may reach still farther, most of all in the
    /// direction of its centre.
    private mutating func keep(_ a: Int, _ low: Double, _ high: Double) {
        guard high > low else { return }
        var best: (gain: Double, angle: Double, circle: Int) = (1e-12 * scale, 0, a)
        for number in circles.indices where number != a {
            let way = circles[number].centre - circles[a].centre, gain = way.length + circles[number].radius - circles[a].radius
            guard gain > best.gain else { continue }
            let angle = low + Angle.positive(atan2(way.y, way.x) - low)
            if angle > low, angle < high { best = (gain, angle, number) }
        }
        guard best.circle != a else { return pieces.append(SupportFunction.Piece(start: low, circle: circles[a])) }
        let top = farthest(best.angle)
        divide(low, a, best.angle, top)
        divide(best.angle, top, high, a)
    }
}

/// Angles in radians.
enum Angle {
    /// The same direction, from 0 up to a whole turn.
    @inline(__always)
    static func positive(_ angle: Double, turn: Double = 2 * .pi) -> Double {
        let rest = fmod(angle, turn)
        return rest < 0 ? (rest + turn < turn ? rest + turn : 0) : rest
    }

    static func degrees(_ angle: Double) -> Double {
        let degrees = (positive(angle) * 180 / .pi * 1e7).rounded() / 1e7
        return degrees < 360 ? degrees : 0
    }

    @inline(__always) static func way(_ angle: Double) -> Point { Point(cos(angle), sin(angle)) }
}
