/// A search for a place at a given rotation, for polygons.
///
/// The places at which the part is within the region's hull are a convex polygon; those at which one of its convex pieces overlaps a convex
/// piece of what is not there are a convex polygon each (Minkowski sums). If any place remains, one is on the boundary of one of these
/// polygons, where the others do not cover it.
struct PoseSearch {
    /// How far a place may be inside a polygon: less than the tolerance of the proof.
    fileprivate static let reach = 0.0003

    /// The region's hull, and what windows and the outline leave out of it, grown by the distance to keep.
    private let hull: ConvexShape
    private let blocked: [ConvexShape]
    private let margin: Double

    /// - Parameter error: the error of the chords for the part's arcs.
    init(_ region: FitRegion, margin: Double, gap: Double, error: Double) {
        let isStraight = region.outer.isStraight && region.windows.allSatisfy(\.isStraight)
        let error = error + (isStraight ? 0 : FitPart.chordError)
        let corners = region.outer.corners(error: FitPart.chordError)
        (hull, self.margin) = (ConvexShape(hull: corners), margin + error)
        let windows = region.windows.flatMap { Self.pieces($0.corners(error: FitPart.chordError)) }
        blocked =
            Self.pockets(corners, hull.corners).map { $0.grown(by: margin + error) } + windows.map { $0.grown(by: gap + error) }
    }

    private static func pieces(_ corners: [Point]) -> [ConvexShape] {
        let pieces = corners.count <= FitPart.mostCorners ? ConvexShape.pieces(of: corners) : nil
        return (pieces ?? [ConvexShape(hull: corners)]).filter { $0.area > 1e-9 }
    }

    /// Returns what is between the hull of a polygon and the polygon.
    private static func pockets(_ corners: [Point], _ hull: [Point]) -> [ConvexShape] {
        guard let first = corners.firstIndex(where: { $0 == hull.first }) else { return [] }
        var pockets: [ConvexShape] = [], chain: [Point] = [], next = 0
        for corner in corners[first...] + corners[...first] {
            chain.append(corner)
            guard corner == hull[next % hull.count] else { continue }
            if chain.count > 2 { pockets += pieces(chain.reversed()) }
            (chain, next) = ([corner], next + 1)
        }
        return pockets
    }

    /// The places that remain for a part at a rotation, as polygons.
    struct Places {
        fileprivate let inner: ConvexShape
        fileprivate let taken: [ConvexShape]
    }

    /// - Parameter shapes: the pieces of the rotated part.
    func places(_ shapes: [ConvexShape]) -> Places? {
        let low = hull.box.min, high = hull.box.max, far = high - low + Point(1, 1)
        var inner = ConvexShape([low - far, Point(high.x + far.x, low.y - far.y), high + far, Point(low.x - far.x, high.y + far.y)])
        for (a, b) in hull.edges {
            let way = (b - a) * (1 / (b - a).length), normal = way.left
            let lowest = shapes.reduce(Double.infinity) { $1.corners.reduce($0) { min($0, normal.dot($1)) } }
            inner.cut(left: normal * (normal.dot(a) + margin - lowest - Self.reach), way)
            guard inner.corners.count > 2 else { return nil }
        }
        let room = inner.box, taken = blocked.flatMap { block in shapes.map(block.overlapping) }
        return Places(inner: inner, taken: taken.filter { $0.box.meets(room) })
    }
}

extension PoseSearch.Places {
    /// A place that remains; nil if there is none.
    var free: Point? {
        let corners = inner.corners, reach = PoseSearch.reach
        let lowest = corners.indices.min { (corners[$0].y, corners[$0].x) < (corners[$1].y, corners[$1].x) } ?? 0
        let boxes = taken.map(\.box)
        for step in corners.indices {
            let a = corners[(lowest + step) % corners.count], b = corners[(lowest + step + 1) % corners.count]
            if let place = gap(a, b, 0...1, boxes) { return place }
        }
        for shape in taken {
            for (a, b) in shape.edges {
                if let range = inner.inside(a, b, by: -reach / 2), let place = gap(a, b, range, boxes) { return place }
            }
        }
        return nil
    }

    /// The first place of a line that no polygon covers.
    private func gap(_ a: Point, _ b: Point, _ range: ClosedRange<Double>, _ boxes: [Box]) -> Point? {
        let box = Box(a, b)
        let covered = taken.indices.filter { boxes[$0].meets(box) }.compactMap { taken[$0].inside(a, b, by: PoseSearch.reach) }
        var start = range.lowerBound
        for cover in covered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if cover.lowerBound > start { break }
            start = max(start, cover.upperBound)
        }
        return start < range.upperBound || (start == range.lowerBound && covered.isEmpty) ? a + (b - a) * start : nil
    }

    /// Whether at a place each piece of the part is apart from each piece of what is not there, within the tolerance.
    func isApart(at place: Point) -> Bool {
        inner.depth(place) >= -FitProof.tolerance / 2 && taken.allSatisfy { $0.depth(place) <= FitProof.tolerance }
    }
}
