import Glibc

/// Writes figures as DXF entities, each by one of the possible methods.
struct Pen {
    var tags = Tags()
    /// Whether it is extruded along -z, which reverses x.
    var isFlipped = false
    /// The rotation of the plane about the x axis, by which circles become flatter.
    var tilt = 0.0
    let isOld: Bool

    /// The position, size and rotation of a figure.
    struct Place {
        var x, y, size, turn: Double

        func point(_ px: Double, _ py: Double) -> (x: Double, y: Double) {
            (x + size * (px * cos(turn) - py * sin(turn)), y + size * (px * sin(turn) + py * cos(turn)))
        }
    }

    private mutating func begin(_ type: String, inPlane: Bool) {
        tags.add(0, type)
        tags.add(8, "Cut")
        guard inPlane, isFlipped || tilt != 0 else { return }
        tags.add(210, 0.0)
        tags.add(220, isFlipped ? 0 : sin(tilt))
        tags.add(230, isFlipped ? -1 : cos(tilt))
    }

    private mutating func point(_ code: Int, _ p: (x: Double, y: Double), z: Double? = nil) {
        tags.add(code, p.x)
        tags.add(code + 10, p.y)
        if let z { tags.add(code + 20, z) }
    }

    mutating func line(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) {
        begin("LINE", inPlane: false)
        point(10, a, z: 0)
        point(11, b, z: 0)
    }

    mutating func circle(_ center: (x: Double, y: Double), _ radius: Double) {
        begin("CIRCLE", inPlane: true)
        point(10, center, z: 0)
        tags.add(40, radius)
    }

    /// Angles are in degrees, counterclockwise.
    mutating func arc(_ center: (x: Double, y: Double), _ radius: Double, _ from: Double, _ to: Double) {
        begin("ARC", inPlane: true)
        point(10, center, z: 0)
        tags.add(40, radius)
        tags.add(50, from)
        tags.add(51, to)
    }

    mutating func draw(_ figure: DrawnPart, _ place: Place, _ dice: inout Dice) {
        switch figure.curve {
        case .none: outline(figure, place, &dice)
        case .ellipse(1, 1): roundOutline(place, &dice)
        case .ellipse(let a, let b): ellipse(a, b, place, 0, 2 * .pi, center: (0, 0))
        case .halfEllipse(let a, let b):
            ellipse(a, b, place, 0, .pi, center: (0, -0.42 * a))
            line(place.point(-a, -0.42 * a), place.point(a, -0.42 * a))
        case .parabola(let l): parabola(l, place, &dice)
        case .roundSpline: roundSpline(place)
        }
    }

    /// Draws a circle, two half circles, or a polyline of two bulges.
    private mutating func roundOutline(_ place: Place, _ dice: inout Dice) {
        switch dice.whole(0...2) {
        case 0: circle((place.x, place.y), place.size)
        case 1:
            let start = dice.real(0, 360)
            arc((place.x, place.y), place.size, start, start + 180)
            arc((place.x, place.y), place.size, start + 180, start)
        default:
            let round = DrawnPart(corners: [(1, 0, .arc(1)), (-1, 0, .arc(1))])
            polyline(round, place, closed: true, old: isOld)
        }
    }

    private mutating func outline(_ figure: DrawnPart, _ place: Place, _ dice: inout Dice) {
        let isInPlane = isFlipped || tilt != 0
        let isStraight = figure.corners.allSatisfy { if case .line = $0.piece { true } else { false } }
        switch dice.whole(isInPlane ? 0...1 : 0...3) {
        case 0: polyline(figure, place, closed: true, old: true)
        case 1: polyline(figure, place, closed: true, old: isOld)
        case 2 where isStraight: polyline3D(figure, place, &dice)
        default: loose(figure, place, &dice)
        }
    }

    mutating func polyline(_ figure: DrawnPart, _ place: Place, closed: Bool, old: Bool) {
        begin(old ? "POLYLINE" : "LWPOLYLINE", inPlane: true)
        if old { tags.add(66, flag: 1) } else { tags.add(90, flag: figure.corners.count) }
        tags.add(70, flag: closed ? 1 : 0)
        for corner in figure.corners {
            if old {
                tags.add(0, "VERTEX")
                tags.add(8, "Cut")
            }
            point(10, place.point(corner.x, corner.y))
            if case .arc(let bulge) = corner.piece { tags.add(42, bulge) }
        }
        guard old else { return }
        tags.add(0, "SEQEND")
        tags.add(8, "Cut")
    }

    private mutating func polyline3D(_ figure: DrawnPart, _ place: Place, _ dice: inout Dice) {
        begin("POLYLINE", inPlane: false)
        tags.add(66, flag: 1)
        tags.add(70, flag: 9)
        for corner in figure.corners {
            tags.add(0, "VERTEX")
            tags.add(8, "Cut")
            point(10, place.point(corner.x, corner.y), z: dice.real(-5, 5))
            tags.add(70, flag: 32)
        }
        tags.add(0, "SEQEND")
        tags.add(8, "Cut")
    }

    /// Draws single lines and arcs, in random order and direction.
    private mutating func loose(_ figure: DrawnPart, _ place: Place, _ dice: inout Dice) {
        for index in figure.corners.indices.shuffled(using: &dice) {
            let (a, b) = (figure.corners[index], figure.corners[(index + 1) % figure.corners.count])
            let (p, q) = (place.point(a.x, a.y), place.point(b.x, b.y))
            guard case .arc(let bulge) = a.piece else {
                if dice.once(in: 2) { line(p, q) } else { line(q, p) }
                continue
            }
            // The centre is on the perpendicular bisector of the chord, at the distance that the bulge determines.
            let k = (1 - bulge * bulge) / (4 * bulge)
            let (dx, dy) = (q.x - p.x, q.y - p.y)
            let center = ((p.x + q.x) / 2 - k * dy, (p.y + q.y) / 2 + k * dx)
            let radius = hypot(p.x - center.0, p.y - center.1)
            func degrees(_ r: (x: Double, y: Double)) -> Double { atan2(r.y - center.1, r.x - center.0) * 180 / .pi }
            arc(center, radius, degrees(p), degrees(q))
        }
    }

    private mutating func ellipse(
        _ a: Double, _ b: Double, _ place: Place, _ from: Double, _ to: Double, center: (x: Double, y: Double)
    ) {
        begin("ELLIPSE", inPlane: false)
        point(10, place.point(center.x, center.y), z: 0)
        point(11, (place.size * a * cos(place.turn), place.size * a * sin(place.turn)), z: 0)
        tags.add(40, b / a)
        tags.add(41, from)
        tags.add(42, to)
    }

    private mutating func spline(_ degree: Int, _ knots: [Double], _ points: [(Double, Double)], _ weights: [Double], _ place: Place) {
        begin("SPLINE", inPlane: false)
        tags.add(70, flag: weights.isEmpty ? 8 : 12)
        tags.add(71, flag: degree)
        tags.add(72, flag: knots.count)
        tags.add(73, flag: points.count)
        for knot in knots { tags.add(40, knot) }
        for weight in weights { tags.add(41, weight) }
        for p in points { point(10, place.point(p.0, p.1), z: 0) }
    }

    /// Draws one Bézier curve of the second or third degree, or two with a knot between them.
    private mutating func parabola(_ l: Double, _ place: Place, _ dice: inout Dice) {
        let low = -0.6 * l
        switch dice.whole(0...2) {
        case 0: spline(2, [0, 0, 0, 1, 1, 1], [(-l, l + low), (0, -l + low), (l, l + low)], [], place)
        case 1:
            spline(3, [0, 0, 0, 0, 2, 2, 2, 2], [(-l, l + low), (-l / 3, -l / 3 + low), (l / 3, -l / 3 + low), (l, l + low)], [], place)
        default: spline(2, [1, 1, 1, 2, 3, 3, 3], [(-l, l + low), (-l / 2, low), (l / 2, low), (l, l + low)], [], place)
        }
        line(place.point(-l, l + low), place.point(l, l + low))
    }

    /// Draws a circle of four rational arcs (The NURBS Book, figure 7.16).
    private mutating func roundSpline(_ place: Place) {
        let points: [(Double, Double)] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0)]
        let weights = points.indices.map { $0 % 2 == 0 ? 1 : 0.5.squareRoot() }
        spline(2, [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4], points, weights, place)
    }
}
