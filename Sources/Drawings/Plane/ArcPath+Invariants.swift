extension ArcPath {
    /// The first invariant that the path does not keep, for assertions and tests: it visits every vertex.
    var brokenInvariant: String? {
        // The foot of a point on an arc relies on a quarter at most.
        if vertices.contains(where: { !(abs($0.bulge) <= Self.mostBulge * (1 + 1e-8)) }) {
            return "an arc is more than a quarter of a circle"
        }
        if vertices.contains(where: { !$0.place.x.isFinite || !$0.place.y.isFinite }) { return "a place is not finite" }
        // The direction of a piece is that from its first place to its last.
        if pieces.contains(where: { $0.a == $0.b }) { return "a piece ends where it begins" }
        if isClosed, vertices.count < 2 { return "a closed path has one place" }
        if !isClosed, let last = vertices.last, last.bulge != 0 { return "nothing follows the last place of an open path" }
        return nil
    }
}
