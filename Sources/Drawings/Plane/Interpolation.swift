/// The cubic B-spline through fit points, for splines without control points: global interpolation with chord-length parameters (Piegl and
/// Tiller, The NURBS Book, algorithm A9.1), as in other readers.
struct Interpolation {
    let curve: Nurbs

    init(through given: [Point]) {
        let points = given.enumerated().filter { $0.offset == 0 || $0.element != given[$0.offset - 1] }.map(\.element)
        let degree = min(3, points.count - 1)
        guard degree >= 2 else {
            let ends = points.count == 2 ? points : [given[0], given[0]]
            curve = Nurbs(points: ends)
            return
        }
        let parameters = Self.chordLengths(points)
        let knots = Self.averaged(parameters, degree)
        let controls = Self.solve(points, parameters, knots, degree)
        curve = Nurbs(degree: degree, knots: knots, points: controls, weights: []) ?? Nurbs(points: points)
    }

    private static func chordLengths(_ points: [Point]) -> [Double] {
        var sums = [0.0]
        for (a, b) in zip(points, points.dropFirst()) { sums.append(sums[sums.count - 1] + (b - a).length) }
        let total = sums[sums.count - 1]
        return sums.map { $0 / total }
    }

    /// Returns the knots, each the mean of `degree` parameters (equation 9.8).
    private static func averaged(_ parameters: [Double], _ degree: Int) -> [Double] {
        let inner = (1..<max(parameters.count - degree, 1)).map { first in
            parameters[first..<first + degree].reduce(0, +) / Double(degree)
        }
        return [Double](repeating: 0, count: degree + 1) + inner + [Double](repeating: 1, count: degree + 1)
    }

    /// Gaussian elimination on a band matrix. The matrix is totally positive and needs no pivoting.
    private static func solve(_ points: [Point], _ parameters: [Double], _ knots: [Double], _ degree: Int) -> [Point] {
        let count = points.count
        var right = points
        let width = 2 * degree + 1
        var band = [Double](repeating: 0, count: count * width)
        var span = degree
        for row in 0..<count {
            while span < count - 1, parameters[row] >= knots[span + 1] { span += 1 }
            for (index, value) in basis(span, parameters[row], knots, degree).enumerated() {
                let column = span - degree + index
                let place = column - row + degree
                if place >= 0, place < width { band[row * width + place] = value }
            }
        }
        for row in 0..<count {
            let pivot = band[row * width + degree]
            guard pivot != 0 else { continue }
            for below in row + 1..<max(min(count, row + degree + 1), row + 1) {
                let factor = band[below * width + row - below + degree] / pivot
                guard factor != 0 else { continue }
                for column in row..<min(count, row + degree + 1) {
                    band[below * width + column - below + degree] -= factor * band[row * width + column - row + degree]
                }
                right[below] = right[below] - right[row] * factor
            }
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            for column in row + 1..<max(min(count, row + degree + 1), row + 1) {
                right[row] = right[row] - right[column] * band[row * width + column - row + degree]
            }
            let pivot = band[row * width + degree]
            right[row] = pivot == 0 ? points[row] : right[row] * (1 / pivot)
        }
        return right
    }

    /// Returns the nonzero basis functions of a span (algorithm A2.2).
    private static func basis(_ span: Int, _ t: Double, _ knots: [Double], _ degree: Int) -> [Double] {
        var values = [1.0]
        for level in 1...degree {
            var saved = 0.0
            for index in 0..<level {
                let high = knots[span + index + 1]
                let low = knots[span + 1 - level + index]
                let part = high > low ? values[index] / (high - low) : 0
                values[index] = saved + (high - t) * part
                saved = (t - low) * part
            }
            values.append(saved)
        }
        return values
    }
}

extension Nurbs {
    /// The straight segment from the first to the last point.
    init(points: [Point]) {
        degree = 1
        knots = [0, 0, 1, 1]
        controls = [points[0], points[points.count - 1]].map { Weighted(x: $0.x, y: $0.y, w: 1) }
    }
}
