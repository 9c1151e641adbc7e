/// Curves that overlap parts of others, and contours that lie completely on curves of another kind. The definitions of overlaps cover
/// straight lines only.
struct CurveOverlaps {
    /// The overlaps in drawing units, in the order of the file.
    private(set) var places: [Overlap] = []
    /// Whether nothing was examined because there were too many curves, and the places where the search stopped early.
    private(set) var areTooMany = false
    private(set) var ends: [Point] = []

    /// - Parameter most: the maximum number of lines, arcs and pieces of splines, which take a hundred bytes each.
    init(_ measured: Measurement, most: Int) {
        let geometry = measured.geometry
        guard !geometry.conics.isEmpty || !geometry.splines.isEmpty else { return }
        guard let curves = CurveIndex(measured, most: most) else {
            areTooMany = true
            return
        }
        let found = straightCurves(curves) + ArcOverlaps(curves).places + CoveredContours(curves, measured).places
        places = found.sorted { $0.segment < $1.segment }
        if let end = curves.budget.end { ends.append(end) }
    }

    /// Returns the overlaps of curves that are straight within the tolerance, with lines and with each other.
    private mutating func straightCurves(_ curves: CurveIndex) -> [Overlap] {
        let geometry = curves.geometry
        let bent = curves.kinds.indices.filter { curves.kinds[$0] == .straight && !geometry.segments[$0].isLine }
        guard !bent.isEmpty else { return [] }
        func box(_ segment: Int) -> Box { Box(geometry.segments[segment].a, geometry.segments[segment].b) }
        let near = BoxIndex(bent.map { box($0).widened(2 * curves.tolerance) })
        let lines = curves.kinds.indices.filter { segment in
            curves.kinds[segment] == .straight && (!geometry.segments[segment].isLine || !near.visit(box(segment)) { _ in false })
        }
        var straight = Geometry()
        straight.segments = lines.map { Segment(line: geometry.segments[$0].a, geometry.segments[$0].b) }
        let overlaps = Overlaps(straight, tolerance: curves.tolerance)
        if let end = overlaps.end { ends.append(end) }
        func isLine(_ place: Int) -> Bool { geometry.segments[lines[place]].isLine }
        return overlaps.places.compactMap { found in
            // Overlaps of lines with lines are reported separately.
            let isOnLines = isLine(found.segment)
            let length = found.length - (isOnLines ? overlaps.length(of: found.segment, where: isLine) : 0)
            guard length > curves.tolerance else { return nil }
            let others = found.others.filter { !isOnLines || !isLine(Int($0)) }.map { Int32(truncatingIfNeeded: lines[Int($0)]) }
            return Overlap(segment: lines[found.segment], place: found.place, length: length, others: others)
        }
    }
}

/// Contours that lie completely on others, at least in part on curves of another kind: an outline of lines along an arc, or a spline on a
/// circle.
struct CoveredContours {
    /// The overlaps. Each names the first segment that lies on a curve of another kind, and all segments that the contour lies on.
    private(set) var places: [Overlap] = []
    /// The covered contours, as indices in `Measurement.contours`.
    private var covered: Set<Int> = []

    private let curves: CurveIndex

    /// The minimum length of a contour in tolerances: shorter ones would lie on any curve that they touch.
    private static let shortest = 100.0

    init(_ curves: CurveIndex, _ measured: Measurement) {
        self.curves = curves
        let kinds = Set(curves.kinds).subtracting([.none])
        guard kinds.count > 1 || kinds.contains(.spline) else { return }
        // In reverse order, so that of two contours that lie on each other the later one is reported.
        for place in measured.contours.loops.indices.reversed() where !curves.isCutOff {
            guard measured.contours.loops[place].length > Self.shortest * curves.tolerance else { continue }
            examine(place, measured.path(of: place))
        }
    }

    private mutating func examine(_ contour: Int, _ path: ContourPath) {
        var length = 0.0
        var first: Int?
        var others: Set<Int32> = []
        for edge in path.edges {
            for segment in curves.geometry.edges[edge].segments {
                let isMixed: Bool
                switch covering(segment, of: contour, &others) {
                case .nothing: return
                case .same: isMixed = false
                case .another: isMixed = true
                }
                if isMixed {
                    length += curves.geometry.segments[segment].length
                    first = min(first ?? segment, segment)
                }
            }
        }
        guard let first, length > Self.shortest / 2 * curves.tolerance else { return }
        covered.insert(contour)
        let place = curves.geometry.middle(curves.geometry.segments[first])
        places.append(Overlap(segment: first, place: place, length: length, others: Array(others)))
    }

    private enum Covering { case nothing, same, another }

    /// Returns whether a segment lies completely on curves of the same or of another kind.
    /// - Parameter others: the segments on which it lies are added here.
    private func covering(_ segment: Int, of contour: Int, _ others: inout Set<Int32>) -> Covering {
        let kind = curves.kinds[segment]
        guard kind != .none else { return .same }
        var isMixed = false
        let isCovered = curves.geometry.probe(curves.geometry.segments[segment]) { place, way in
            var (isOn, isOnAnother) = (false, false)
            curves.visit(place) { other, piece in
                let owner = Int(curves.owners[other])
                guard owner != contour, !covered.contains(owner), curves.lies(place, along: way, on: other, piece: piece) else {
                    return true
                }
                isOn = true
                others.insert(Int32(truncatingIfNeeded: other))
                isOnAnother = isOnAnother || curves.kinds[other] != kind || kind == .spline
                return true
            }
            isMixed = isMixed || isOnAnother
            return isOn
        }
        return !isCovered ? .nothing : isMixed ? .another : .same
    }
}
