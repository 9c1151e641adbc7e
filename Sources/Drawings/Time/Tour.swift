/// The order of the contours and the way of the head between them: nearest neighbour, improved by 2-opt (Croes, 1958). A contour is cut
/// after the contours inside it, because the piece that falls out contains them.
struct Tour {
    struct Stop {
        /// The places where the cut can start; the first is the start as drawn.
        var starts: [Point]
        /// The end of the cut; nil if it is the start.
        var end: Point?
        /// The index of the stop that has to come later; nil if there is none.
        var parent: Int?
    }

    /// The indices of the stops in the order of cutting.
    private(set) var order: [Int] = []
    /// The distances between stops, the first from the origin.
    private(set) var hops: [Double] = []

    private var stops: [Stop]
    private let origin: Point
    private var isTurned: [Bool]
    private var place: [Int]

    /// The maximum number of reversed stops, of passes over the tour, and of neighbours compared: more does not improve the tour enough for
    /// its time.
    private static let longest = 1000, passes = 12, neighbours = 8

    init(_ stops: [Stop], from origin: Point) {
        (self.stops, self.origin) = (stops, origin)
        isTurned = [Bool](repeating: false, count: stops.count)
        place = [Int](repeating: 0, count: stops.count)
        takeNearest()
        improve()
        for _ in 0..<2 { chooseStarts() }
        hops = order.indices.map { (entry(order[$0]) - exit(before: $0)).length }
    }

    private func entry(_ stop: Int) -> Point { isTurned[stop] ? stops[stop].end ?? stops[stop].starts[0] : stops[stop].starts[0] }
    private func exit(_ stop: Int) -> Point { isTurned[stop] ? stops[stop].starts[0] : stops[stop].end ?? stops[stop].starts[0] }
    private func exit(before place: Int) -> Point { place == 0 ? origin : exit(order[place - 1]) }

    private mutating func takeNearest() {
        var waiting = [Int](repeating: 0, count: stops.count)
        for stop in stops { if let parent = stop.parent { waiting[parent] += 1 } }
        // Each stop is in the tree with both of its ends.
        let ends = stops.flatMap { [$0.starts[0], $0.end ?? $0.starts[0]] }
        var left = SparseIndex(BoxIndex(count: ends.count) { Box(ends[$0], ends[$0]) }, isFull: true)
        var at = origin
        while order.count < stops.count {
            guard let next = left.nearest(1, to: at, where: { waiting[$0 / 2] == 0 }).first else { break }
            let stop = next / 2
            isTurned[stop] = next & 1 == 1 && stops[stop].end != nil
            left.remove(2 * stop)
            left.remove(2 * stop + 1)
            if let parent = stops[stop].parent { waiting[parent] -= 1 }
            place[stop] = order.count
            order.append(stop)
            at = exit(stop)
        }
    }

    private mutating func improve() {
        guard order.count > 2 else { return }
        let index = SparseIndex(BoxIndex(count: stops.count) { Box(stops[$0].starts[0], stops[$0].starts[0]) }, isFull: true)
        let near = stops.indices.map { stop in index.nearest(Self.neighbours, to: stops[stop].starts[0]) { $0 != stop } }
        for _ in 0..<Self.passes {
            var isBetter = false
            for at in order.indices.dropFirst() {
                // A neighbour of the previous stop can follow it, or this stop can follow one of its own neighbours.
                for other in near[order[at - 1]] where place[other] > at { isBetter = reverse(at, place[other]) || isBetter }
                for other in near[order[at]] where place[other] < at - 1 { isBetter = reverse(place[other], at - 1) || isBetter }
            }
            if !isBetter { return }
        }
    }

    /// Reverses a stretch of the tour if that shortens it and keeps every hole before its outline.
    private mutating func reverse(_ first: Int, _ last: Int) -> Bool {
        guard first < last, last - first < Self.longest else { return false }
        let (start, end) = (order[first], order[last])
        let before = exit(before: first)
        var gain = (entry(start) - before).length - (exit(end) - before).length
        if last + 1 < order.count {
            let after = entry(order[last + 1])
            gain += (after - exit(end)).length - (after - entry(start)).length
        }
        guard gain > 1e-9 else { return false }
        for index in first...last {
            if let parent = stops[order[index]].parent, place[parent] <= last { return false }
        }
        order[first...last].reverse()
        for index in first...last {
            place[order[index]] = index
            if stops[order[index]].end != nil { isTurned[order[index]].toggle() }
        }
        return true
    }

    /// Moves the start of each closed contour to the place with the shortest way from the previous stop and to the next.
    private mutating func chooseStarts() {
        for at in order.indices where stops[order[at]].end == nil {
            let stop = order[at]
            let before = exit(before: at), after = at + 1 < order.count ? entry(order[at + 1]) : nil
            var best = (cost: Double.infinity, start: 0)
            for (number, point) in stops[stop].starts.enumerated() {
                let cost = (point - before).length + (after.map { ($0 - point).length } ?? 0)
                if cost < best.cost - 1e-9 { best = (cost, number) }
            }
            stops[stop].starts.swapAt(0, best.start)
        }
    }
}
