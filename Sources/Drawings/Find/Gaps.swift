/// The distances between open ends.
enum Gaps {
    /// Returns for each end the distance to the nearest other end, if it is within `reach`.
    static func nearest(_ ends: [Point], within reach: Double) -> [Double?] {
        let index = BoxIndex(count: ends.count) { Box(ends[$0], ends[$0]) }
        return ends.indices.map { end in
            var search = NearestSearch(place: ends[end], within: reach)
            search.run(index) { other, distance in other == end ? nil : distance }
            return search.found.first?.distance
        }
    }
}
