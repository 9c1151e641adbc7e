import Glibc

/// A spline of a measured drawing: consecutive Bézier pieces in `Geometry.controls`.
struct Spline: Sendable {
    var first: Int
    var pieces: Int
    var degree: Int
    /// The point at the middle of the parameter range.
    var middle: Point
}

/// A NURBS curve of an entity, with control points transformed to the plane.
struct Nurbs {
    /// A fault of a curve that was corrected.
    enum Fault { case reducedDegree, noKnots, badKnots, badWeights }

    private(set) var faults: [Fault] = []
    var degree: Int
    var knots: [Double]
    var controls: [Weighted]

    /// Corrects inconsistent data: see section 3 of the definitions.
    init?(degree wanted: Int, knots given: [Double], points: [Point], weights: [Double]) {
        guard points.count >= 2, wanted >= 1 else { return nil }
        degree = min(wanted, points.count - 1)
        // No real drawing has a higher degree, and the time for a piece grows with its square.
        guard degree <= 32 else { return nil }
        knots = given
        if degree < wanted {
            faults.append(.reducedDegree)
            knots = []
        }
        let isOrdered = zip(knots, knots.dropFirst()).allSatisfy { $0 <= $1 }
        let fits = knots.count == points.count + degree + 1 && isOrdered
        if !fits || !(knots[degree] < knots[points.count]) {
            faults.append(given.isEmpty ? .noKnots : .badKnots)
            knots = Self.uniform(points.count, degree)
        }
        let isWeighted = weights.count == points.count && weights.allSatisfy { $0 > 0 }
        if !weights.isEmpty, !isWeighted { faults.append(.badWeights) }
        controls = points.indices.map {
            let weight = isWeighted ? weights[$0] : 1
            return Weighted(x: points[$0].x * weight, y: points[$0].y * weight, w: weight)
        }
    }

    /// Returns clamped knots with equal steps.
    static func uniform(_ count: Int, _ degree: Int) -> [Double] {
        let inner = count - degree
        return [Double](repeating: 0, count: degree) + (0...inner).map(Double.init) + [Double](repeating: Double(inner), count: degree)
    }

    /// Appends the Bézier pieces over [knot[p], knot[n]] to a pool and returns their position in it.
    func pieces(into pool: inout [Weighted]) -> Spline {
        let start = pool.count
        var pieces = 0
        let count = controls.count
        let halfway = (knots[degree] + knots[count]) / 2
        var middle = Point.zero
        for span in degree..<count where knots[span] < knots[span + 1] {
            let (a, b) = (knots[span], knots[span + 1])
            for turn in 0...degree { pool.append(blossom(span, a, b, turn)) }
            pieces += 1
            if halfway >= a, halfway <= b {
                middle = Bezier(points: pool[(pool.count - degree - 1)...]).evaluate((halfway - a) / (b - a)).0
            }
        }
        return Spline(first: start, pieces: pieces, degree: degree, middle: middle)
    }

    /// Returns the polar form of a span at `turn` times b and otherwise a, which is a control point of its Bézier piece.
    private func blossom(_ span: Int, _ a: Double, _ b: Double, _ turn: Int) -> Weighted {
        withUnsafeTemporaryAllocation(of: Weighted.self, capacity: degree + 1) { work in
            _ = work.initialize(from: controls[(span - degree)...span])
            for level in 1...degree {
                let t = level <= turn ? b : a
                for index in 0...(degree - level) {
                    let low = knots[span - degree + level + index]
                    let high = knots[span + 1 + index]
                    work[index] = Weighted.mix(work[index], work[index + 1], high > low ? (t - low) / (high - low) : 0)
                }
            }
            return work[0]
        }
    }
}
