/// A place by its exact coordinates.
struct PlaceKey: Hashable {
    private let x, y: UInt64

    init(_ place: Point) { (x, y) = (place.x.bitPattern, place.y.bitPattern) }
}

extension Measurement {
    /// Where an open contour begins and ends, in millimetres.
    func ends(of place: Int) -> (Point, Point) {
        let path = path(of: place)
        return (path.start * mmPerUnit, path.end * mmPerUnit)
    }

    /// By segment, whether a contour that is cut goes along it: not what lies on another as a whole.
    var drawnSegments: [Bool] {
        var isDrawn = [Bool](repeating: false, count: geometry.segments.count)
        for place in contours.indices { path(of: place).eachSegment { isDrawn[$0] = true } }
        return isDrawn
    }
}
