/// The distance of a point from a straight segment.
enum ChordDistance {
    /// Returns the nearest point of a segment to a point.
    static func foot(_ p: Point, _ a: Point, _ b: Point) -> Point {
        let way = b - a, square = way.dot(way)
        guard square > 0 else { return a }
        let t = way.dot(p - a) / square
        return t <= 0 ? a : t >= 1 ? b : a + way * t
    }
}
