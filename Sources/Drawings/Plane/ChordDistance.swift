/// The nearest points of two straight segments.
enum ChordDistance {
    /// Returns the nearest points of two segments that do not cross; for two segments side by side the middle of their common stretch.
    static func nearest(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> (Point, Point) {
        if let middle = sideBySide(a, b, c, d) { return middle }
        var best = (a, foot(a, c, d))
        for (p, q) in [(b, foot(b, c, d)), (foot(c, a, b), c), (foot(d, a, b), d)] where (q - p).length < (best.1 - best.0).length {
            best = (p, q)
        }
        return best
    }

    /// Returns the middle of the common stretch of two segments that are parallel within some degrees. Their ends would be unsuitable: at
    /// the end of a slot, an edge connects its two sides.
    private static func sideBySide(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> (Point, Point)? {
        let (way, other) = (b - a, d - c)
        let length = way.length
        guard length > 0, abs(way.cross(other)) <= 0.05 * length * other.length else { return nil }
        let (one, two) = (way.dot(c - a) / length, way.dot(d - a) / length)
        let (from, to) = (max(0, min(one, two)), min(length, max(one, two)))
        guard to > from else { return nil }
        let middle = a + way * ((from + to) / 2 / length)
        return (middle, foot(middle, c, d))
    }

    /// Returns the nearest point of a segment to a point.
    static func foot(_ p: Point, _ a: Point, _ b: Point) -> Point {
        let way = b - a, square = way.dot(way)
        guard square > 0 else { return a }
        let t = way.dot(p - a) / square
        return t <= 0 ? a : t >= 1 ? b : a + way * t
    }
}
