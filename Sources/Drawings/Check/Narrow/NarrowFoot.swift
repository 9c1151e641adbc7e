/// Nearest places on the exact curves.
extension NarrowContour {
    /// Returns the nearest place on a span to a point.
    func foot(of p: Point, on span: Int) -> Point {
        switch spans[span].curve {
        case .line: return ChordDistance.foot(p, spans[span].a, spans[span].b)
        case .conic(let number, let from, let to):
            let whole = geometry.conics[number], part = Conic(center: whole.center, u: whole.u, v: whole.v, start: from, end: to)
            return nearest(to: p, from, to, spans[span]) { (part.point($0, after: spans[span].a), part.velocity($0)) }
        case .piece(let spline, let number, let isBackwards):
            let piece = geometry.piece(geometry.splines[spline], number)
            return nearest(to: p, isBackwards ? 1 : 0, isBackwards ? 0 : 1, spans[span]) { piece.evaluate($0) }
        }
    }

    /// Starts at the nearest of some places and repeatedly moves to the foot of the perpendicular on the tangent, as long as the distance
    /// decreases.
    private func nearest(to p: Point, _ from: Double, _ to: Double, _ span: Span, _ curve: (Double) -> (Point, Point)) -> Point {
        var best = (distance: (span.a - p).length, place: span.a, at: from)
        func look(_ at: Double, _ place: Point) -> Bool {
            let distance = (place - p).length
            guard distance < best.distance else { return false }
            best = (distance, place, at)
            return true
        }
        _ = look(to, span.b)
        for step in 1..<Self.firstPlaces {
            let at = from + (to - from) * Double(step) / Double(Self.firstPlaces)
            _ = look(at, curve(at).0)
        }
        var part = 1.0
        for _ in 0..<Self.mostSteps {
            let (place, velocity) = curve(best.at), square = velocity.dot(velocity)
            guard square > 0 else { break }
            let step = velocity.dot(p - place) / square
            let next = min(max(best.at + part * step, min(from, to)), max(from, to))
            guard abs(next - best.at) > 1e-9 * abs(to - from) else { break }
            // If the radius of curvature is small compared with the distance, the step is too long.
            if !look(next, curve(next).0) { part /= 2 }
        }
        return best.place
    }

    private static let firstPlaces = 8, mostSteps = 24
}
