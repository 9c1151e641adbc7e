import Glibc

/// A circular or elliptic arc: c + u cos t + v sin t for t from `start` to `end`. An affine map changes only c, u and v.
struct Conic: Sendable {
    var center: Point
    var u, v: Point
    var start, end: Double

    /// Returns the counterclockwise sweep between two angles (section 3 of the definitions). Equal angles and a full turn give the whole
    /// curve.
    static func sweep(from start: Double, to end: Double) -> (start: Double, end: Double) {
        let turn = 2 * Double.pi
        let difference = end - start
        var rest = fmod(difference, turn)
        if rest < 0 { rest += turn }
        if abs(difference) > turn - 1e-6 || rest < 1e-9 || turn - rest < 1e-9 { return (start, start + turn) }
        return (start, start + rest)
    }

    /// The arc of a bulge from p to q. The bulge is the tangent of a quarter of the angle, positive counterclockwise.
    init(from p: Point, to q: Point, bulge: Double) {
        let chord = q - p
        center = (p + q) * 0.5 + chord.left * ((1 - bulge * bulge) / (4 * bulge))
        u = p - center
        v = u.left
        start = 0
        end = 4 * atan(bulge)
    }

    init(center: Point, u: Point, v: Point, start: Double, end: Double) {
        (self.center, self.u, self.v, self.start, self.end) = (center, u, v, start, end)
    }

    var isWhole: Bool { abs(end - start) > 2 * .pi - 1e-6 }

    /// The radius if the axes are equal and orthogonal.
    var radius: Double? {
        let (uu, vv) = (u.dot(u), v.dot(v))
        guard abs(uu - vv) <= 1e-10 * (uu + vv), abs(u.dot(v)) <= 1e-10 * (uu + vv) else { return nil }
        return ((uu + vv) / 2).squareRoot()
    }

    func point(_ t: Double) -> Point { center + u * cos(t) + v * sin(t) }
    func velocity(_ t: Double) -> Point { v * cos(t) - u * sin(t) }

    /// Returns the point relative to the first point of the arc: the centre of a nearly straight arc is so far away that its points cannot
    /// be computed from it.
    func point(_ t: Double, after first: Point) -> Point { first + velocity((t + start) / 2) * (2 * sin((t - start) / 2)) }

    func middle(after first: Point) -> Point { point((start + end) / 2, after: first) }

    var length: Double {
        if let radius { return radius * abs(end - start) }
        // The speed has a period of half a turn. Dividing the arc into quarters keeps the integrand smooth for flat ellipses.
        let scale = u.length + v.length
        var sum = 0.0
        for quarter in 0..<4 {
            let from = start + (end - start) * Double(quarter) / 4
            let to = start + (end - start) * Double(quarter + 1) / 4
            sum += abs(Quadrature.integrate(from: from, to: to, scale: scale * 1e-3) { velocity($0).length })
        }
        return sum
    }

    /// Whether the arc is a full turn up to rounding.
    private var isFullTurn: Bool { abs(abs(end - start) - 2 * .pi) < 1e-12 }

    /// Widens a box by the extremes of the arc between its ends.
    func widen(_ box: inout Box, after first: Point) {
        if isFullTurn {
            let reach = Point((u.x * u.x + v.x * v.x).squareRoot(), (u.y * u.y + v.y * v.y).squareRoot())
            return box.include(Box(center - reach, center + reach))
        }
        let (low, high) = (Swift.min(start, end), Swift.max(start, end))
        for angle in [atan2(v.x, u.x), atan2(v.y, u.y)] {
            var t = angle + ((low - angle) / .pi).rounded(.up) * .pi
            while t <= high {
                box.include(point(t, after: first))
                t += .pi
            }
        }
    }

    /// The area between the arc and its chord, positive counterclockwise.
    var bow: Double {
        let sweep = end - start
        // The sweep minus its sine. Below half a radian the difference would lose digits, so the Taylor series is summed.
        guard abs(sweep) < 0.5 else { return u.cross(v) * (sweep - sin(sweep)) / 2 }
        let square = sweep * sweep
        var (sum, term) = (0.0, sweep * square / 6)
        for count in stride(from: 4.0, through: 14, by: 2) {
            sum += term
            term *= -square / (count * (count + 1))
        }
        return u.cross(v) * sum / 2
    }

    /// Adds the ends of chords from `first` to `last` that are within `error` of the arc; at most `most` chords.
    func flatten(from first: Point, to last: Point, error: Double, most: Int, _ add: (Point) -> Void) {
        let reach = Swift.max(u.length, v.length)
        let step = 4 * asin(Swift.min(1, (error / (2 * reach)).squareRoot()))
        let wanted = (abs(end - start) / Swift.max(step, 1e-9)).rounded(.up)
        let least = isWhole ? 8.0 : 2.0
        let count = Int(Swift.min(Swift.max(wanted, least), Double(most)))
        let turn = (end - start) / Double(count)
        if abs(end - start) < 0.01 {
            for place in 1..<count { add(point(start + Double(place) * turn, after: first)) }
            return add(last)
        }
        // Each point is the previous one rotated by the same angle, which avoids a sine for each.
        let (turnCos, turnSin) = (cos(turn), sin(turn))
        var (x, y) = (cos(start), sin(start))
        for _ in 1..<count {
            (x, y) = (x * turnCos - y * turnSin, y * turnCos + x * turnSin)
            add(center + u * x + v * y)
        }
        add(last)
    }
}
