/// A place by its exact coordinates.
struct PlaceKey: Hashable {
    private let x, y: UInt64

    init(_ place: Point) { (x, y) = (place.x.bitPattern, place.y.bitPattern) }
}

extension Measurement {
    /// Returns the start and the end of an open contour, in millimetres.
    func ends(of place: Int) -> (Point, Point) {
        let path = path(of: place)
        return (path.start * mmPerUnit, path.end * mmPerUnit)
    }

    /// Whether a segment belongs to a contour, by segment. Segments of contours that repeat others do not.
    var drawnSegments: [Bool] {
        var isDrawn = [Bool](repeating: false, count: geometry.segments.count)
        for place in contours.indices { path(of: place).eachSegment { isDrawn[$0] = true } }
        return isDrawn
    }
}
