/// Traversal of contours.
extension Chaining {
    /// Calls `body` with each segment in the order of the walk, and whether it is walked backwards.
    static func walk(_ members: ArraySlice<Int32>, _ geometry: Geometry, _ body: (Segment, Bool) -> Void) {
        for member in members {
            let range = geometry.edges[edge(member)].segments
            if member >= 0 {
                for index in range { body(geometry.segments[index], false) }
            } else {
                for index in range.reversed() { body(geometry.segments[index], true) }
            }
        }
    }

    /// Returns the points of a contour as chords within an error, starting at its first point, which is not repeated. Ends joined within
    /// `tolerance` become one point.
    static func outline(of members: ArraySlice<Int32>, _ geometry: Geometry, tolerance: Double, error: Double) -> [Point] {
        var points: [Point] = []
        outline(of: members, geometry, tolerance: tolerance, error: error, into: &points)
        return points
    }

    /// The same, replacing the contents of an array that is reused.
    static func outline(
        of members: ArraySlice<Int32>, _ geometry: Geometry, tolerance: Double, error: Double, into points: inout [Point]
    ) {
        points.removeAll(keepingCapacity: true)
        let most = mostChords(of: members, geometry)
        walk(members, geometry) { segment, isBackwards in
            let start = isBackwards ? segment.b : segment.a
            if points.last.map({ !$0.isWithin(tolerance, of: start) }) ?? true { points.append(start) }
            guard isBackwards else { return geometry.flatten(segment, error: error, most: most) { points.append($0) } }
            let first = points.count
            points.append(segment.a)
            geometry.flatten(segment, error: error, most: most) { points.append($0) }
            points.removeLast()
            points[first...].reverse()
        }
        while points.count > 1, points[0].isWithin(tolerance, of: points[points.count - 1]) { points.removeLast() }
    }

    /// Returns the maximum number of chords for one segment of a contour. A circle of radius 10 m at 5 µm needs 3200. Only hostile files
    /// have thousands of such segments in one contour.
    private static func mostChords(of members: ArraySlice<Int32>, _ geometry: Geometry) -> Int {
        let count = members.reduce(0) { $0 + Int(geometry.edges[edge($1)].count) }
        return min(max(2_000_000 / count, 8), 8192)
    }
}
