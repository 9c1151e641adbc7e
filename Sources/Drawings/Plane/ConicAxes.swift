import Glibc

extension Conic {
    /// An ellipse as in files: its semi-major axis, the ratio of the axes, and the angles from the major axis, counterclockwise.
    struct Axes {
        var major: Point
        var ratio: Double
        var start, end: Double
    }

    /// Nil if the ellipse is degenerate: a line in both directions.
    var axes: Axes? {
        var shift = atan2(2 * u.dot(v), u.dot(u) - v.dot(v)) / 2
        var (major, minor) = (velocityFree(shift), velocity(shift))
        if major.length < minor.length {
            shift += .pi / 2
            (major, minor) = (velocityFree(shift), velocity(shift))
        }
        guard minor.length > 1e-6 * major.length else { return nil }
        let ratio = minor.length / major.length
        let turned = major.cross(minor) < 0 ? (shift - start, shift - end) : (start - shift, end - shift)
        if isWhole { return Axes(major: major, ratio: ratio, start: 0, end: 2 * .pi) }
        return Axes(major: major, ratio: ratio, start: min(turned.0, turned.1), end: max(turned.0, turned.1))
    }

    /// The vector from the centre to the curve.
    private func velocityFree(_ t: Double) -> Point { point(t) - center }

    /// The signed sweep in the plane, positive counterclockwise.
    var sweep: Double { u.cross(v) < 0 ? start - end : end - start }

    /// Returns rational quadratic Bézier pieces of at most a quarter turn from the first to the last point (Piegl and Tiller, The NURBS
    /// Book, section 7.3).
    func quadratics(from first: Point, to last: Point) -> [[Weighted]] {
        let count = max(1, Int((abs(end - start) / (.pi / 2) - 1e-9).rounded(.up)))
        let half = (end - start) / Double(count) / 2
        return (0..<count).map { number in
            let from = start + Double(number) * 2 * half
            let weight = cos(half)
            let a = point(from, after: first), b = number < count - 1 ? point(from + 2 * half, after: first) : last
            let corner = a + velocity(from) * tan(half)
            return [
                Weighted(x: a.x, y: a.y, w: 1), Weighted(x: corner.x * weight, y: corner.y * weight, w: weight),
                Weighted(x: b.x, y: b.y, w: 1),
            ]
        }
    }
}
