/// The numbers of the edges of defects, in ascending order.
extension Measurement {
    func edges(of contours: some Sequence<Int>) -> [Int32] {
        contours.flatMap { path(of: $0).edges.map { Int32(truncatingIfNeeded: $0) } }.sorted()
    }

    func edges(of chains: [Chaining.Chain]) -> [Int32] {
        chains.flatMap { paths.path($0).edges.map { Int32(truncatingIfNeeded: $0) } }.sorted()
    }

    func edges(ofSegments segments: some Sequence<Int>) -> [Int32] {
        Set(segments.map { Int32(truncatingIfNeeded: geometry.edge(of: $0)) }).sorted()
    }

    /// Returns the edges of an overlap: that of the covered segment and those of the covering ones.
    func edges(of overlap: Overlap) -> [Int32] { edges(ofSegments: [overlap.segment] + overlap.others.lazy.map { Int($0) }) }
}

/// The edges of contours that pass some places: the edges of defects that were found by chords, which do not name edges.
///
/// The search walks along each contour once and looks each of its segments up in a tree of the places, so that it stores nothing for
/// contours without defects.
struct PassingEdges {
    /// A place on two contours or between them, or between two stretches of one contour.
    struct Spot {
        let place: Point
        /// The maximum distance of the contours from the place.
        let reach: Double
        let one, two: Int
    }

    /// For each spot its edges in ascending order, with at least one of each of its contours.
    private(set) var edges: [[Int32]]

    /// For each spot, whether an edge of either contour was found.
    private var isNamed: [(one: Bool, two: Bool)]
    private let measured: Measurement
    private let spots: [Spot]
    /// The maximum distance of the chords of this search from their segments.
    private let error: Double

    init(_ measured: Measurement, _ spots: [Spot]) {
        (self.measured, self.spots) = (measured, spots)
        edges = [[Int32]](repeating: [], count: spots.count)
        isNamed = [(Bool, Bool)](repeating: (false, false), count: spots.count)
        error = 0.001 / measured.mmPerUnit
        guard !spots.isEmpty else { return }
        let index = BoxIndex(count: spots.count) { Box(spots[$0].place, spots[$0].place).widened(spots[$0].reach) }
        for contour in Set(spots.flatMap { [$0.one, $0.two] }).sorted() { findEdges(contour, index) }
        var missing: [Int: [Int]] = [:]
        for (number, spot) in spots.enumerated() {
            if !isNamed[number].one { missing[spot.one, default: []].append(number) }
            if !isNamed[number].two { missing[spot.two, default: []].append(number) }
        }
        for (contour, numbers) in missing { addNearest(contour, to: numbers) }
        for number in spots.indices { edges[number] = Set(edges[number]).sorted() }
    }

    private mutating func findEdges(_ contour: Int, _ index: BoxIndex) {
        let geometry = measured.geometry
        for edge in measured.path(of: contour).edges {
            for segment in geometry.edges[edge].segments {
                var box = Box()
                geometry.widen(&box, by: geometry.segments[segment])
                index.visit(box) { number in
                    let spot = spots[number]
                    let (isOne, isTwo) = (spot.one == contour, spot.two == contour)
                    guard isOne || isTwo, distance(segment, spot.place) <= spot.reach + error else { return true }
                    edges[number].append(Int32(truncatingIfNeeded: edge))
                    if isOne { isNamed[number].one = true }
                    if isTwo { isNamed[number].two = true }
                    return true
                }
            }
        }
    }

    /// Adds to some spots the nearest edge of a contour. It is needed for contours that cross at corners of both, where the place of the
    /// crossing is not exact.
    private mutating func addNearest(_ contour: Int, to numbers: [Int]) {
        let geometry = measured.geometry
        let segments = measured.path(of: contour).edges.flatMap { edge in geometry.edges[edge].segments.map { (edge: edge, number: $0) } }
        let index = BoxIndex(
            segments.map { segment in
                var box = Box()
                geometry.widen(&box, by: geometry.segments[segment.number])
                return box
            })
        for number in numbers {
            var search = NearestSearch(place: spots[number].place)
            search.run(index) { item, _ in distance(segments[item].number, spots[number].place) }
            if let nearest = search.found.first { edges[number].append(Int32(truncatingIfNeeded: segments[nearest.item].edge)) }
        }
    }

    private func distance(_ number: Int, _ place: Point) -> Double {
        let segment = measured.geometry.segments[number]
        var (last, least) = (segment.a, (segment.a - place).length)
        measured.geometry.flatten(segment, error: error, most: 4096) { next in
            least = min(least, (ChordDistance.foot(place, last, next) - place).length)
            last = next
        }
        return least
    }
}
