/// The search of a tree of boxes for the items nearest to a place. The radius of the search shrinks to the distance of the farthest of
/// those found (Roussopoulos, Kelley and Vincent, "Nearest Neighbor Queries", 1995).
struct NearestSearch {
    struct Found {
        let item: Int
        let distance: Double
    }

    let place: Point
    /// How many items are searched for.
    let most: Int
    /// Items beyond it are not found.
    private(set) var radius: Double
    /// The nearest first; at the same distance the lower number first.
    private(set) var found: [Found] = []

    init(place: Point, most: Int = 1, within reach: Double = .infinity) { (self.place, self.most, radius) = (place, most, reach) }

    /// - Parameters:
    ///   - counts: how many items are present below each box of the tree; empty where all are.
    ///   - distance: that of an item, or nil where it is not to be found. It is given the distance of the item's box.
    mutating func run(_ index: BoxIndex, _ counts: [Int32] = [], _ distance: (Int, Double) -> Double?) {
        guard most > 0, let root = index.boxes.last, counts.last != 0, mayHold(root.distance(to: place)) else { return }
        search(index, counts, level: index.levels.count - 1, 0..<1, distance)
    }

    /// Searches some boxes of a level, the nearest first.
    private mutating func search(
        _ index: BoxIndex, _ counts: [Int32], level: Int, _ places: Range<Int>, _ distance: (Int, Double) -> Double?
    ) {
        let start = index.levels[level]
        withUnsafeTemporaryAllocation(of: (place: Int, distance: Double).self, capacity: BoxIndex.fan) { order in
            var count = 0
            for place in places where counts.isEmpty || counts[start + place] > 0 {
                let away = index.boxes[start + place].distance(to: self.place)
                guard mayHold(away) else { continue }
                var at = count
                while at > 0, order[at - 1].distance > away {
                    order[at] = order[at - 1]
                    at -= 1
                }
                order[at] = (place, away)
                count += 1
            }
            for (place, away) in order[..<count] {
                guard mayHold(away) else { return }
                if level > 0 {
                    let child = place * BoxIndex.fan, end = start - index.levels[level - 1]
                    search(index, counts, level: level - 1, child..<min(child + BoxIndex.fan, end), distance)
                } else {
                    let item = Int(index.items[place])
                    if let distance = distance(item, away), distance <= radius { insert(Found(item: item, distance: distance)) }
                }
            }
        }
    }

    /// Whether an item at a distance may still be among the nearest. Nothing is nearer than what lies on the place itself, so that
    /// thousands of items in one place are not compared each with each.
    private func mayHold(_ distance: Double) -> Bool { distance <= radius && (radius > 0 || found.count < most) }

    private mutating func insert(_ new: Found) {
        var at = found.count
        while at > 0, (found[at - 1].distance, found[at - 1].item) > (new.distance, new.item) { at -= 1 }
        found.insert(new, at: at)
        if found.count > most { found.removeLast() }
        if found.count == most { radius = found[most - 1].distance }
    }
}
