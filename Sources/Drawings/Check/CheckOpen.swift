import Values

/// The contours that open contours cross, and their roles.
struct OpenFindings {
    var crossings = OpenCrossings()
    /// The roles of the open contours, in their order.
    var roles: [Parting.Role] = []
    /// Whether nothing was examined because there were too many chords, and the place where the search stopped early.
    var areTooMany = false
    var end: Point?

    /// - Parameter most: the maximum number of chords, which take a hundred bytes each.
    init(_ measured: Measurement, most: Int) {
        guard measured.open > 0 else { return }
        guard let chords = OpenChords(measured, most: most) else {
            areTooMany = true
            return
        }
        roles = Parting(chords).roles
        crossings = OpenCrossings(chords)
        end = chords.end
    }
}

/// Defects of open contours.
extension Checking {
    /// The number of contours between lines from which they are considered intentional.
    private static let manyShared = 4
    /// The beam removes half of the cut on each side of its path, so that it cuts a piece free although the path has this gap.
    private static let widestBridged = Check.kerf / 2

    /// An open contour, with its index in `Measurement.contours`.
    private struct Open {
        let place: Int
        let ends: (Point, Point)
        let role: Parting.Role
    }

    /// Reports each open contour at the end that is nearest to another open end. Contours between lines are reported together, because
    /// parts with common edges have no closed contours. So are regular slits.
    func openContours(_ found: OpenFindings) {
        let measured = self.measured, loops = measured.contours.loops
        let junctions = Set(measured.defectPlaces.junctions.map { PlaceKey($0.place) })
        let open = loops.indices.lazy.filter { !loops[$0].chain.isClosed }.enumerated().map { number, place in
            let ends = measured.ends(of: place)
            let isBetween = junctions.contains(PlaceKey(ends.0)) && junctions.contains(PlaceKey(ends.1))
            let role = found.roles.indices.contains(number) ? found.roles[number] : .loose
            return Open(place: place, ends: ends, role: role == .loose && isBetween ? .joining : role)
        }.filter { marks.circleOf[$0.place] == nil }
        let shared = open.filter { $0.role != .loose }
        let isShared = shared.count >= Self.manyShared
        if isShared, let first = shared.first {
            let length = shared.reduce(0) { $0 + measured.contours[$1.place].lengthMM }
            let areJunctions = shared.allSatisfy { junctions.contains(PlaceKey($0.ends.0)) && junctions.contains(PlaceKey($0.ends.1)) }
            add(
                .error, .openContour, first.ends.0, length, edges: measured.edges(of: shared.lazy.map(\.place)),
                "\(shared.count) contours of \(shown(length)) mm together run from \(areJunctions ? "junction to junction" : "line to line"): "
                    + "parts that share edges? none is closed by itself")
        }
        let slits = Slits(measured, open.lazy.filter { $0.role == .loose }.map(\.place), in: contents)
        self.slits(slits)
        let gaps = Dictionary(measured.defectPlaces.openEnds.map { (PlaceKey($0.place), $0.gap) }) { first, _ in first }
        for contour in open where (contour.role == .loose || !isShared) && !slits.contains(contour.place) {
            tell(contour, gaps)
        }
    }

    private func tell(_ contour: Open, _ gaps: [PlaceKey: Double?]) {
        let length = measured.contours[contour.place].lengthMM
        switch contour.role {
        case .loose: loose(contour, gaps)
        case .joining:
            add(
                .error, .openContour, contour.ends.0, length, edges: measured.edges(of: [contour.place]),
                "a contour of \(shown(length)) mm is open and runs from line to line: it joins them and cuts nothing out by itself")
        case .parting:
            add(
                .error, .openContour, contour.ends.0, length, edges: measured.edges(of: [contour.place]),
                "a contour of \(shown(length)) mm is open and runs from line to line: it parts what it runs across, and neither side "
                    + "is a closed contour that could be measured")
        }
    }

    private func loose(_ contour: Open, _ gaps: [PlaceKey: Double?]) {
        let (start, end) = contour.ends, own = (end - start).length
        let nearest = [start, end].map { ($0, gaps[PlaceKey($0)] ?? nil) }.min { $0.1 ?? .infinity < $1.1 ?? .infinity }
        let (nearer, near) = (nearest?.0 ?? start, nearest?.1)
        let gap = near ?? (own <= 1 ? own : nil), length = measured.contours[contour.place].lengthMM
        if length > 10 * own, own <= Self.widestBridged {
            return add(
                .warning, .openContour, nearer, length, gap: gap, edges: measured.edges(of: [contour.place]),
                "a contour of \(shown(length)) mm is open by \(shown(own)) mm: less than half the cut, which bridges it; its area is not measured"
            )
        }
        let way = gap.map { "a gap of \(shown($0)) mm would have to be closed" } ?? "its ends are \(shown(own)) mm apart"
        add(
            .error, .openContour, nearer, length, gap: gap, edges: measured.edges(of: [contour.place]),
            "a contour of \(shown(length)) mm is open and cuts nothing out by itself: \(way)")
    }

    func openCrossings(_ found: OpenFindings) {
        let crossings = found.crossings.all.filter { !isMark($0.place * measured.mmPerUnit) }
        add(crossings, "an open contour crosses another: one cut runs through the other")
        selfCrossings(found.crossings.selfCrossings, "an open contour crosses itself: the cut runs through one place twice")
        notChecked(
            found.end.map { [$0] } ?? [], nothing: found.areTooMany,
            "the lines are too many and too close: not all that open contours cross is told")
    }
}
