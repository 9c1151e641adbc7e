extension ArcPath {
    /// Describes the first violated invariant of the path, for assertions and tests; nil if there is none. Visits every vertex.
    var brokenInvariant: String? {
        // `ArcPiece.foot` requires arcs of at most a quarter of a circle.
        if vertices.contains(where: { !(abs($0.bulge) <= Self.mostBulge * (1 + 1e-8)) }) {
            return "an arc is more than a quarter of a circle"
        }
        if vertices.contains(where: { !$0.place.x.isFinite || !$0.place.y.isFinite }) { return "a place is not finite" }
        // A piece of no length has no direction.
        if pieces.contains(where: { $0.a == $0.b }) { return "a piece ends where it begins" }
        if isClosed, vertices.count < 2 { return "a closed path has one place" }
        if !isClosed, let last = vertices.last, last.bulge != 0 { return "nothing follows the last place of an open path" }
        return nil
    }
}
