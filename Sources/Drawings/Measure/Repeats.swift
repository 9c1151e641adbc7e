/// Finds lines that would be cut twice.
extension Measuring {
    mutating func noteRepeats(_ loops: Loops) {
        for loop in loops.all where loop.isDuplicate {
            result.defectPlaces.repeatedContours.append((loop, loops.all[Int(loop.original)]))
        }
        measureOverlaps()
    }

    private mutating func measureOverlaps() {
        guard geometry.segments.count <= 150_000 else { return }
        let overlaps = Overlaps(geometry, tolerance: tolerance)
        result.defectPlaces.overlapEnd = overlaps.end.map { $0 * scale }
        guard overlaps.end == nil else { return }
        result.overlapSegments = overlaps.segments
        result.overlapLengthMM = overlaps.length * scale
        let isRepeated = result.repeatedSegments
        result.defectPlaces.overlaps = overlaps.places.filter { !isRepeated($0.segment) }.map { $0.scaled(scale) }
    }
}

extension Measurement {
    /// Returns whether a segment belongs to a contour that is reported as lying on another.
    var repeatedSegments: (Int) -> Bool {
        guard !defectPlaces.repeatedContours.isEmpty else { return { _ in false } }
        var isRepeated = [Bool](repeating: false, count: geometry.segments.count)
        for (loop, _) in defectPlaces.repeatedContours { paths.path(loop.chain).eachSegment { isRepeated[$0] = true } }
        return { isRepeated[$0] }
    }

    /// The number of contours as drawn, including those that repeat others: a file that is written from the drawing contains them all.
    package var drawnContours: Int {
        // The lines of each repetition of an outline form contours of their own.
        var times: [[Int32]: Int] = [:], again: [[Int32]] = []
        for edge in duplicates.isDuplicate.indices where duplicates.isDuplicate[edge] {
            let time = times[duplicates.original(of: edge), default: 0]
            times[duplicates.original(of: edge)] = time + 1
            if time == again.count { again.append([]) }
            again[time].append(Int32(truncatingIfNeeded: edge))
        }
        return contourCount + duplicateContours
            + again.reduce(0) { $0 + Chaining(geometry, edges: $1, tolerance: toleranceMM / mmPerUnit).chains.count }
    }
}
