import Values

/// Reports geometry that would be cut twice or is too short to be cut.
extension Checking {
    func repeats() {
        for (again, first) in measured.defectPlaces.repeatedContours {
            let middle = measured.geometry.middle(measured.geometry.segments[Int(measured.paths.path(again.chain).firstEdge.first)])
            addRepeat(
                middle, again.length, edges: measured.edges(of: [first.chain, again.chain]),
                { "a contour of \($0) mm lies on another" })
        }
        let isRepeated = measured.repeatedSegments
        for (segment, kept) in measured.duplicates.kept.enumerated() where kept >= 0 && Int(kept) != segment && !isRepeated(segment) {
            let twin = measured.geometry.segments[segment]
            addRepeat(
                measured.geometry.middle(twin), twin.length, edges: measured.edges(ofSegments: [Int(kept), segment]),
                { "\($0) mm is drawn twice" })
        }
        lineOverlaps()
        curveOverlaps()
        for (number, edge) in measured.geometry.edges.enumerated() where measured.duplicates.isTiny[number] {
            let size = measured.geometry.length(edge) * measured.mmPerUnit
            add(
                .warning, .tiny, measured.geometry.start(edge) * measured.mmPerUnit, size, edges: [Int32(truncatingIfNeeded: number)],
                "a piece of \(shown(size)) mm is too short to be cut and is left out")
        }
    }

    /// Place and length are in the drawing's units.
    private func addRepeat(
        _ place: Point, _ length: Double, edges: @autoclosure () -> [Int32], _ words: (String) -> String
    ) {
        let place = place * measured.mmPerUnit, length = length * measured.mmPerUnit
        let (seconds, cost) = cost(length)
        add(
            .warning, .duplicate, place, length, seconds: seconds, edges: edges(),
            words(shown(length)) + " and would be cut twice\(cost())")
    }

    /// Measuring searches for overlaps in drawings of a usual size only. A segment that repeats an earlier one is reported as a duplicate.
    private func lineOverlaps() {
        var (found, end) = (measured.defectPlaces.overlaps, measured.defectPlaces.overlapEnd)
        if measured.overlapSegments == nil, end == nil {
            let overlaps = Overlaps(measured.geometry, tolerance: measured.toleranceMM / measured.mmPerUnit), scale = measured.mmPerUnit
            let isDrawn = measured.drawnSegments
            found = overlaps.places.filter { isDrawn[$0.segment] }.map { $0.scaled(scale) }
            end = overlaps.end.map { $0 * scale }
        }
        let kept = measured.duplicates.kept
        for overlap in found where Int(kept[overlap.segment]) == overlap.segment { add(overlap, on: "an earlier line") }
        if let end {
            notChecked([end * (1 / measured.mmPerUnit)], "the lines are too many and too close: not all that lie on each other are told")
        }
    }

    private func curveOverlaps() {
        let overlaps = CurveOverlaps(measured, most: mostPieces)
        for overlap in overlaps.places { add(overlap.scaled(measured.mmPerUnit), on: "another curve") }
        notChecked(
            overlaps.ends, nothing: overlaps.areTooMany,
            "the curves are too many and too close: not all that lie on each other are told")
    }

    private func add(_ overlap: Overlap, on other: String) {
        let (seconds, cost) = cost(overlap.length)
        add(
            .warning, .overlap, overlap.place, overlap.length, seconds: seconds, edges: measured.edges(of: overlap),
            "\(shown(overlap.length)) mm lies on \(other) and would be cut twice\(cost())")
    }

    /// Returns the time to cut a length, and the words for it.
    private func cost(_ lengthMM: Double) -> (Double?, () -> String) {
        guard let feed = limits.feed, feed > 0 else { return (nil, { "" }) }
        let seconds = lengthMM / feed * 60
        return (seconds, { ", which costs \(shown(seconds)) s" })
    }
}
