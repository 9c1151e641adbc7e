/// The convex hull of points (Andrew, 1979).
enum ConvexHull {
    /// Returns the corners counterclockwise, without those in the middle of an edge.
    static func of(_ points: [Point]) -> [Point] {
        let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        guard sorted.count > 2 else { return sorted }
        let lower = chain(sorted), upper = chain(sorted.reversed())
        return lower.dropLast() + upper.dropLast()
    }

    private static func chain(_ points: [Point]) -> [Point] {
        points.reduce(into: []) { chain, point in
            if chain.last == point { return }
            while chain.count > 1, Orientation.of(chain[chain.count - 2], chain[chain.count - 1], point) <= 0 { chain.removeLast() }
            chain.append(point)
        }
    }

    /// Whether a point is inside a hull or on it.
    static func holds(_ hull: [Point], _ point: Point) -> Bool {
        guard var last = hull.last, hull.count > 2 else { return false }
        for corner in hull {
            if Orientation.of(last, corner, point) < 0 { return false }
            last = corner
        }
        return true
    }
}
