import Glibc

/// A closed contour that is a circle within the tolerance, whatever entities it consists of.
package struct Round: Sendable {
    /// The entities that a circle can consist of.
    package enum Drawn: String, Sendable { case circle, arcs, splines, lines }

    package let center: Point
    package let diameterMM: Double
    package let drawn: Drawn
    /// The number of lines or curves.
    package let pieces: Int
}

extension Measurement {
    /// Returns the circle of a contour; nil if it is not a circle.
    package func round(_ place: Int) -> Round? {
        let loop = contours.loops[place]
        guard loop.chain.isClosed, loop.hasArea else { return nil }
        if loop.isCircle {
            return Round(
                center: loop.box.center * mmPerUnit, diameterMM: loop.diameter * mmPerUnit, drawn: .circle, pieces: 1)
        }
        // The box of a polygon with many corners is nearly square.
        let (width, height) = (loop.box.width, loop.box.height)
        guard abs(width - height) <= 0.03 * max(width, height) else { return nil }
        guard let fit = RoundFit(path(of: place), around: loop.box.center) else { return nil }
        guard fit.error <= max(toleranceMM / mmPerUnit, 1e-3 * fit.radius) else { return nil }
        return Round(center: fit.center * mmPerUnit, diameterMM: 2 * fit.radius * mmPerUnit, drawn: fit.drawn, pieces: fit.pieces)
    }
}

/// The circle that best fits the corners and curves of a contour.
private struct RoundFit {
    var center = Point.zero
    var radius = 0.0
    /// The largest distance of a place from the circle.
    var error = 0.0
    var pieces = 0
    var drawn = Round.Drawn.arcs

    /// The minimum number of lines: fewer lines are an intended polygon.
    private static let leastLines = 12
    private static let longestAngle = 40 * Double.pi / 180

    /// - Parameter origin: a place near the centre, used as the origin of the sums.
    init?(_ path: ContourPath, around origin: Point) {
        let geometry = path.geometry
        var places: [Point] = []
        var (lines, splines, longest) = (0, 0, 0.0)
        path.walk { segment, _ in
            places.append(segment.a - origin)
            pieces += 1
            switch segment.shape {
            case .line:
                lines += 1
                longest = max(longest, segment.length)
            case .conic: break
            case .spline: splines += 1
            }
            if !segment.isLine { geometry.flatten(segment, error: segment.length / 64, most: 16) { places.append($0 - origin) } }
        }
        guard places.count >= 3, solve(places) else { return nil }
        for place in places { error = max(error, abs((place - center).length - radius)) }
        if lines > 0 {
            guard lines >= Self.leastLines, longest <= 2 * radius * sin(Self.longestAngle / 2) else { return nil }
            drawn = .lines
        } else if splines > 0 {
            drawn = .splines
        }
        center = center + origin
    }

    /// Solves x² + y² = 2ax + 2by + c by least squares (Kåsa, 1976).
    private mutating func solve(_ places: [Point]) -> Bool {
        var (x, y, z) = (0.0, 0.0, 0.0)
        let n = Double(places.count)
        for p in places { (x, y, z) = (x + p.x / n, y + p.y / n, z + p.dot(p) / n) }
        var (xx, xy, yy, xz, yz) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for p in places {
            let (dx, dy, dz) = (p.x - x, p.y - y, p.dot(p) - z)
            (xx, xy, yy, xz, yz) = (xx + dx * dx, xy + dx * dy, yy + dy * dy, xz + dx * dz, yz + dy * dz)
        }
        let determinant = xx * yy - xy * xy
        guard determinant > 1e-9 * xx * yy else { return false }
        center = Point((xz * yy - yz * xy) / (2 * determinant), (yz * xx - xz * xy) / (2 * determinant))
        radius = places.reduce(0) { $0 + ($1 - center).length } / n
        return radius > 0
    }
}
