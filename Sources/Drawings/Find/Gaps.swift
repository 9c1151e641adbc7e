/// The distances between open ends.
enum Gaps {
    /// Returns for each end the distance to the nearest other end, if it is within `reach`.
    static func nearest(_ ends: [Point], within reach: Double) -> [Double?] {
        let index = BoxIndex(count: ends.count) { Box(ends[$0], ends[$0]) }
        var gaps = [Double?](repeating: nil, count: ends.count)
        for end in ends.indices {
            // An end that is the nearest one of another is as near to it.
            var search = NearestSearch(place: ends[end], within: gaps[end] ?? reach)
            search.run(index) { other, distance in other == end ? nil : distance }
            guard let nearest = search.found.first else { continue }
            gaps[end] = nearest.distance
            gaps[nearest.item] = min(gaps[nearest.item] ?? nearest.distance, nearest.distance)
        }
        return gaps
    }
}
