import Glibc

/// A control point in homogeneous coordinates: x and y are multiplied by the weight.
struct Weighted: Sendable {
    var x, y, w: Double

    @inline(__always)
    static func mix(_ a: Weighted, _ b: Weighted, _ t: Double) -> Weighted {
        Weighted(x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, w: a.w + (b.w - a.w) * t)
    }

    var point: Point { Point(x / w, y / w) }
}

/// A rational Bézier piece of a spline with degree + 1 control points.
struct Bezier {
    let points: ArraySlice<Weighted>

    var degree: Int { points.count - 1 }
    var first: Point { points.first!.point }
    var last: Point { points.last!.point }

    /// Returns place and derivative at t in [0, 1] by de Casteljau's algorithm.
    func evaluate(_ t: Double) -> (Point, Point) {
        withUnsafeTemporaryAllocation(of: Weighted.self, capacity: points.count) { work in
            _ = work.initialize(from: points)
            var count = points.count
            while count > 2 {
                for index in 0..<count - 1 { work[index] = Weighted.mix(work[index], work[index + 1], t) }
                count -= 1
            }
            guard count == 2 else { return (work[0].point, Point.zero) }
            let (a, b) = (work[0], work[1])
            let at = Weighted.mix(a, b, t)
            let n = Double(degree)
            let (dx, dy, dw) = (n * (b.x - a.x), n * (b.y - a.y), n * (b.w - a.w))
            let place = at.point
            return (place, Point((dx - place.x * dw) / at.w, (dy - place.y * dw) / at.w))
        }
    }

    /// The polynomial form of a cubic without weights, as most splines are. It takes a fraction of the time.
    private var cubic: Cubic? {
        guard points.count == 4, points.allSatisfy({ $0.w == 1 }) else { return nil }
        let first = points.startIndex
        return Cubic(points[first].point, points[first + 1].point, points[first + 2].point, points[first + 3].point)
    }

    /// The polynomial a + bt + ct² + dt³.
    private struct Cubic {
        let a, b, c, d: Point

        init(_ p: Point, _ q: Point, _ r: Point, _ s: Point) {
            (a, b) = (p, (q - p) * 3)
            (c, d) = ((r - q - (q - p)) * 3, s - r - (r - q) - (r - q - (q - p)))
        }

        func place(_ t: Double) -> Point { a + (b + (c + d * t) * t) * t }
        func velocity(_ t: Double) -> Point { b + (c * 2 + d * (3 * t)) * t }
    }

    /// Divides the curve at t = 1/2. In each step of de Casteljau's algorithm the first point belongs to the left half and the last to the
    /// right one.
    func halves() -> (Bezier, Bezier) {
        let size = points.count
        let both = [Weighted](unsafeUninitializedCapacity: 2 * size) { buffer, count in
            let work = UnsafeMutableBufferPointer(rebasing: buffer[size...])
            _ = work.initialize(from: points)
            for level in 0..<size {
                buffer[level] = work[0]
                for index in 0..<size - 1 - level { work[index] = Weighted.mix(work[index], work[index + 1], 0.5) }
            }
            count = 2 * size
        }
        return (Bezier(points: both[..<size]), Bezier(points: both[size...]))
    }

    /// The box of the control points, which contains the curve.
    var hull: Box {
        var box = Box()
        for each in points { box.include(each.point) }
        return box
    }

    var length: Double {
        var polygon = 0.0
        for (a, b) in zip(points, points.dropFirst()) { polygon += (b.point - a.point).length }
        if let cubic { return Quadrature.integrate(from: 0, to: 1, scale: polygon * 0.1) { cubic.velocity($0).length } }
        return Quadrature.integrate(from: 0, to: 1, scale: polygon * 0.1) { evaluate($0).1.length }
    }

    /// Returns the integral of (x - origin.x) dy.
    func green(_ origin: Point) -> Double {
        let box = hull
        let scale = (box.width + abs(box.min.x - origin.x)) * box.height
        if let cubic {
            return Quadrature.integrate(from: 0, to: 1, scale: scale) { (cubic.place($0).x - origin.x) * cubic.velocity($0).y }
        }
        return Quadrature.integrate(from: 0, to: 1, scale: scale) {
            let (place, velocity) = evaluate($0)
            return (place.x - origin.x) * velocity.y
        }
    }

    /// Widens a box by the extremes of the curve, by bisecting the pieces whose control points extend beyond it.
    func widen(_ box: inout Box) {
        var halvings = 1000
        widen(&box, &halvings)
    }

    private func widen(_ box: inout Box, _ halvings: inout Int) {
        box.include(first)
        box.include(last)
        let hull = hull
        let slack = 1e-12 * (abs(hull.min.x) + abs(hull.max.x) + abs(hull.min.y) + abs(hull.max.y))
        let stands =
            hull.min.x < box.min.x - slack || hull.min.y < box.min.y - slack || hull.max.x > box.max.x + slack
            || hull.max.y > box.max.y + slack
        halvings -= 1
        guard stands, halvings > 0 else { return }
        let (left, right) = halves()
        left.widen(&box, &halvings)
        right.widen(&box, &halvings)
    }

    /// Adds the ends of chords that are within `error` of the curve; at most 2^`halvings` chords.
    func flatten(error: Double, halvings: Int, _ add: (Point) -> Void) {
        let (a, b) = (first, last)
        let chord = b - a
        let length = chord.length
        let isFlat = points.dropFirst().dropLast().allSatisfy {
            let p = $0.point - a
            guard length > 0 else { return p.length <= error }
            let along = p.dot(chord) / length
            return abs(p.cross(chord)) <= error * length && along >= -error && along <= length + error
        }
        if isFlat || halvings <= 0 { return add(b) }
        let (left, right) = halves()
        left.flatten(error: error, halvings: halvings - 1, add)
        right.flatten(error: error, halvings: halvings - 1, add)
    }
}
