/// Finds lines that would be cut twice.
extension Measuring {
    /// Stores contours that lie completely on others, and repeated segments that are not part of those.
    mutating func noteRepeats(_ duplicates: Duplicates, _ loops: Loops, _ chaining: Chaining) {
        let isRepeated = repeatedSegments(loops, chaining)
        for loop in loops.all where loop.isDuplicate {
            guard let first = segments(of: loop, chaining).first else { continue }
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

    private func segments(of loop: Loop, _ chaining: Chaining) -> [Int] {
        chaining.members(loop.chain).flatMap { Array(geometry.edges[Chaining.edge($0)].segments) }
    }

    /// Returns a function that determines whether a segment is reported with its contour.
    private func repeatedSegments(_ loops: Loops, _ chaining: Chaining) -> (Int) -> Bool {
        guard loops.duplicates > 0 else { return { _ in false } }
        var isRepeated = [Bool](repeating: false, count: geometry.segments.count)
        for loop in loops.all where loop.isDuplicate {
            for segment in segments(of: loop, chaining) { isRepeated[segment] = true }
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
