extension Measurement {
    /// Returns the start and the end of an open contour, in millimetres.
    func ends(of place: Int) -> (Point, Point) {
        let walked = members[contours.loops[place].chain.range]
        guard let first = walked.first, let last = walked.last else { return (.zero, .zero) }
        let (head, tail) = (geometry.edges[Chaining.edge(first)], geometry.edges[Chaining.edge(last)])
        let start = first >= 0 ? geometry.start(head) : geometry.end(head)
        let end = last >= 0 ? geometry.end(tail) : geometry.start(tail)
        return (start * mmPerUnit, end * mmPerUnit)
    }

    /// Whether a segment belongs to a contour, by segment. Segments of contours that repeat others do not.
    var drawnSegments: [Bool] {
        var isDrawn = [Bool](repeating: false, count: geometry.segments.count)
        for loop in contours.loops {
            for member in members[loop.chain.range] {
                for segment in geometry.edges[Chaining.edge(member)].segments { isDrawn[segment] = true }
            }
        }
        return isDrawn
    }
}
