/// What would be cut twice.
extension Measuring {
    /// Contours that lie on others as a whole, and segments that are in none of those.
    mutating func noteRepeats(_ duplicates: Duplicates, _ loops: Loops) {
        let isRepeated = repeatedSegments(loops)
        for loop in loops.all where loop.isDuplicate {
            let first = Int(loops.paths.path(loop.chain).firstEdge.first)
            note(geometry.middle(geometry.segments[first]), loop.length, isContour: true)
        }
        for (index, kept) in duplicates.kept.enumerated() where kept >= 0 && Int(kept) != index && !isRepeated(index) {
            let segment = geometry.segments[index]
            note(geometry.middle(segment), segment.length, isContour: false)
        }
        measureOverlaps(but: isRepeated)
    }

    private mutating func note(_ place: Point, _ length: Double, isContour: Bool) {
        result.places.repeats += 1
        guard result.places.duplicates.count < Measurement.Places.most else { return }
        result.places.duplicates.append((place * scale, length * scale, isContour))
    }

    /// Tells of a segment whether it is told of with its contour.
    private func repeatedSegments(_ loops: Loops) -> (Int) -> Bool {
        guard loops.duplicates > 0 else { return { _ in false } }
        var isRepeated = [Bool](repeating: false, count: geometry.segments.count)
        for loop in loops.all where loop.isDuplicate {
            loops.paths.path(loop.chain).eachSegment { isRepeated[$0] = true }
        }
        return { isRepeated[$0] }
    }

    private mutating func measureOverlaps(but isRepeated: (Int) -> Bool) {
        guard geometry.segments.count <= 150_000 else { return }
        let overlaps = Overlaps(geometry, tolerance: tolerance)
        result.places.overlapEnd = overlaps.end.map { $0 * scale }
        guard overlaps.end == nil else { return }
        result.overlapSegments = overlaps.segments
        result.overlapLengthMM = overlaps.length * scale
        result.places.overlaps = overlaps.places.filter { !isRepeated($0.segment) }.prefix(Measurement.Places.most).map {
            ($0.place * scale, $0.length * scale)
        }
    }
}

extension Measurement {
    /// The contours that are drawn, those that lie on others counted as well: they all are in a file that is written anew.
    package var drawnContours: Int {
        // Each time that an outline is drawn again its lines make contours of their own.
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
