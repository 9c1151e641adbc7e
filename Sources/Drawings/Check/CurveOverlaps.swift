/// Curves that overlap parts of others, and contours that lie completely on curves of another kind. The definitions of overlaps cover
/// straight lines only.
struct CurveOverlaps {
    /// The overlaps in drawing units, in the order of the file.
    private(set) var places: [(place: Point, length: Double)] = []
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
        places = found.sorted { $0.segment < $1.segment }.map { ($0.place, $0.length) }
        if let end = curves.budget.end { ends.append(end) }
    }

    /// Returns the overlaps of curves that are straight within the tolerance, with lines and with each other.
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

/// Contours that lie completely on others, at least in part on curves of another kind: an outline of lines along an arc, or a spline on a
/// circle.
struct CoveredContours {
    private(set) var places: [(segment: Int, place: Point, length: Double)] = []
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
            look(place, measured.members[measured.contours.loops[place].chain.range])
        }
    }

    private mutating func look(_ contour: Int, _ members: ArraySlice<Int32>) {
        var length = 0.0
        var first: Int?
        for member in members {
            for segment in curves.geometry.edges[Chaining.edge(member)].segments {
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

    /// Returns the kind of curves on which a whole segment lies.
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
