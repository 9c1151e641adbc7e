/// A stretch of an ellipse or a spline that turns by a small angle, in the direction of the walk, with a parameter from 0 to 1.
final class NarrowCurve {
    private enum Form {
        case conic(Conic)
        case piece(Bezier)
    }

    private let form: Form
    private let first: Point
    /// Places at equal steps of the parameter, with which the search for the nearest place begins.
    private lazy var places = (0...Self.count).map { evaluate(Double($0) / Double(Self.count)).0 }
    private static let count = 8

    /// - Parameter conic: its start and end are those of the stretch.
    init(_ conic: Conic, after first: Point) { (form, self.first) = (.conic(conic), first) }
    init(_ piece: Bezier) { (form, first) = (.piece(piece), piece.first) }

    /// Returns the place and the velocity at a parameter.
    func evaluate(_ part: Double) -> (Point, Point) {
        switch form {
        case .conic(let conic):
            let t = conic.start + (conic.end - conic.start) * part
            return (conic.point(t, after: first), conic.velocity(t) * (conic.end - conic.start))
        case .piece(let piece): return piece.evaluate(part)
        }
    }

    /// Returns the parameter of the place nearest to a point. The search begins with the nearest of the stored places: between its two
    /// neighbours the distance has one minimum.
    func foot(of p: Point) -> Double {
        let places = places
        var (best, least) = (0, Double.infinity)
        for (number, place) in places.enumerated() {
            let way = place - p, square = way.dot(way)
            if square < least { (best, least) = (number, square) }
        }
        let step = 1 / Double(Self.count)
        var (low, high) = (max(0, Double(best - 1) * step), min(1, Double(best + 1) * step)), part = Double(best) * step
        for _ in 0..<60 {
            let (place, velocity) = evaluate(part), rest = velocity.dot(p - place), square = velocity.dot(velocity)
            if rest > 0 { low = part } else { high = part }
            guard rest != 0, high - low > 1e-14 else { break }
            var next = square > 0 ? part + rest / square : (low + high) / 2
            // The step is exact for a straight curve; for others it may lead out of the interval.
            if next <= low || next >= high {
                // The ends of the stretch are tried before the middle of the interval.
                let end = next <= low ? 0.0 : 1
                next = part != end && (end == 0 ? low : high) == end ? end : (low + high) / 2
            }
            guard abs(next - part) > 1e-13 else { break }
            part = next
        }
        return part
    }
}
