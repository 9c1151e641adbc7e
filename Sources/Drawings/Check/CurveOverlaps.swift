/// Curves that lie over parts of others, and contours that lie wholly on curves of another kind: what the overlaps of straight lines by the
/// definitions do not tell.
struct CurveOverlaps {
    /// In the drawing's units, in the order of the file.
    private(set) var places: [(place: Point, length: Double)] = []
    /// Whether there were so many curves that none was looked at, and where the others were given up.
    private(set) var areTooMany = false
    private(set) var ends: [Point] = []

    /// - Parameter most: the lines, arcs and pieces of splines that there may be, a hundred bytes each.
    init(_ measured: Measurement, most: Int) {
        let geometry = measured.geometry
        guard !geometry.conics.isEmpty || !geometry.splines.isEmpty else { return }
        guard let curves = CurveIndex(measured, most: most) else {
            areTooMany = true
            return
        }
        let found = straightCurves(curves) + ArcOverlaps(curves).places + CoveredContours(curves, measured).places
        places = found.sorted { $0.segment < $1.segment }.map { ($0.place, $0.length) }
        if let end = curves.budget.end { ends.append(end) }
    }

    /// Curves that are all but straight, on lines and on each other, and lines on them.
    private mutating func straightCurves(_ curves: CurveIndex) -> [(segment: Int, place: Point, length: Double)] {
        let geometry = curves.geometry
        let bent = curves.kinds.indices.filter { curves.kinds[$0] == .straight && !geometry.segments[$0].isLine }
        guard !bent.isEmpty else { return [] }
        func box(_ segment: Int) -> Box { Box(geometry.segments[segment].a, geometry.segments[segment].b) }
        let near = BoxIndex(bent.map { box($0).widened(2 * curves.tolerance) })
        let lines = curves.kinds.indices.filter { segment in
            curves.kinds[segment] == .straight && (!geometry.segments[segment].isLine || !near.visit(box(segment)) { _ in false })
        }
        var (with, without) = (Geometry(), Geometry())
        with.segments = lines.map { Segment(line: geometry.segments[$0].a, geometry.segments[$0].b) }
        let rest = lines.filter { geometry.segments[$0].isLine }
        without.segments = rest.map { geometry.segments[$0] }
        let all = Overlaps(with, tolerance: curves.tolerance), known = Overlaps(without, tolerance: curves.tolerance)
        ends += [all.end, known.end].compactMap(\.self).prefix(1)
        let told = Dictionary(known.places.map { (rest[$0.segment], $0.length) }) { first, _ in first }
        return all.places.compactMap { place in
            let segment = lines[place.segment], length = place.length - (told[segment] ?? 0)
            return length > curves.tolerance ? (segment, place.place, length) : nil
        }
    }
}

/// Contours that lie wholly on others, where at least a part of them lies on a curve of another kind: an outline of lines along an arc, a spline on a
/// circle.
struct CoveredContours {
    private(set) var places: [(segment: Int, place: Point, length: Double)] = []
    /// The contours, by their places in `Measurement.contours`.
    private var covered: Set<Int> = []

    private let curves: CurveIndex

    /// Shorter ones, in tolerances, lie on whatever they touch.
    private static let shortest = 100.0

    init(_ curves: CurveIndex, _ measured: Measurement) {
        self.curves = curves
        let kinds = Set(curves.kinds).subtracting([.none])
        guard kinds.count > 1 || kinds.contains(.spline) else { return }
        // From the last to the first: of two that lie on each other the later is told.
        for place in measured.contours.loops.indices.reversed() where !curves.isCutOff {
            guard measured.contours.loops[place].length > Self.shortest * curves.tolerance else { continue }
            look(place, measured.path(of: place))
        }
    }

    private mutating func look(_ contour: Int, _ path: ContourPath) {
        var length = 0.0
        var first: Int?
        for edge in path.edges {
            for segment in curves.geometry.edges[edge].segments {
                let isMixed: Bool
                switch covering(segment, of: contour) {
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
        places.append((first, curves.geometry.middle(curves.geometry.segments[first]), length))
    }

    private enum Covering { case nothing, same, another }

    /// What kind of curve a segment lies on all along.
    private func covering(_ segment: Int, of contour: Int) -> Covering {
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
                isOnAnother = isOnAnother || curves.kinds[other] != kind || kind == .spline
                return true
            }
            isMixed = isMixed || isOnAnother
            return isOn
        }
        return !isCovered ? .nothing : isMixed ? .another : .same
    }
}
