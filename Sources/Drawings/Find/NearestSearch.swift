/// A search of a tree of boxes for the items nearest to a place. The radius of the search shrinks to the distance of the farthest item
/// found (Roussopoulos, Kelley and Vincent, "Nearest Neighbor Queries", 1995).
struct NearestSearch {
    struct Found {
        let item: Int
        let distance: Double
    }

    let place: Point
    /// The number of items to find.
    let most: Int
    /// The distance beyond which items are not found.
    private(set) var radius: Double { didSet { (squaredRadius, window) = (Self.atLeast(radius), Self.window(place, radius)) } }
    private var squaredRadius: Double
    /// The box of the circle of the radius, which leaves out most boxes of the tree by one comparison.
    private var window: Box
    /// The found items, the nearest first; items at the same distance by number.
    private(set) var found: [Found] = []

    init(place: Point, most: Int = 1, within reach: Double = .infinity) {
        (self.place, self.most, radius) = (place, most, reach)
        (squaredRadius, window) = (Self.atLeast(reach), Self.window(place, reach))
    }

    private static func window(_ place: Point, _ radius: Double) -> Box { Box(place, place).widened(radius * (1 + 4 * .ulpOfOne)) }

    /// The square of a distance, rounded up.
    private static func atLeast(_ distance: Double) -> Double { distance * distance * (1 + 4 * .ulpOfOne) }

    /// - Parameters:
    ///   - counts: the number of present items below each box of the tree; empty if all are present.
    ///   - distance: returns the distance of an item, or nil to exclude the item. Its arguments are the item and the distance of its box.
    mutating func run(_ index: BoxIndex, _ counts: [Int32] = [], _ distance: (Int, Double) -> Double?) {
        guard most > 0, let root = index.boxes.last, counts.last != 0, mayHold(root.squaredDistance(to: place)) else { return }
        // Pointers, as in `BoxIndex.visit`.
        index.boxes.withUnsafeBufferPointer { boxes in
            index.items.withUnsafeBufferPointer { items in
                counts.withUnsafeBufferPointer { counts in
                    let tree = Tree(boxes: boxes, items: items, counts: counts, levels: index.levels)
                    search(tree, level: index.levels.count - 1, 0..<1, distance)
                }
            }
        }
    }

    private struct Tree {
        let boxes: UnsafeBufferPointer<Box>
        let items: UnsafeBufferPointer<Int32>
        let counts: UnsafeBufferPointer<Int32>
        let levels: [Int]
    }

    /// Searches some boxes of a level, the nearest first.
    private mutating func search(_ tree: Tree, level: Int, _ places: Range<Int>, _ distance: (Int, Double) -> Double?) {
        let start = tree.levels[level]
        withUnsafeTemporaryAllocation(of: (place: Int, square: Double).self, capacity: BoxIndex.fan) { order in
            var count = 0
            for place in places where tree.boxes[start + place].meets(window) && (tree.counts.isEmpty || tree.counts[start + place] > 0) {
                let square = tree.boxes[start + place].squaredDistance(to: self.place)
                guard mayHold(square) else { continue }
                var at = count
                while at > 0, order[at - 1].square > square {
                    order[at] = order[at - 1]
                    at -= 1
                }
                order[at] = (place, square)
                count += 1
            }
            for (place, square) in order[..<count] {
                guard mayHold(square) else { return }
                if level > 0 {
                    let child = place * BoxIndex.fan, end = start - tree.levels[level - 1]
                    search(tree, level: level - 1, child..<min(child + BoxIndex.fan, end), distance)
                } else {
                    let item = Int(tree.items[place])
                    if let distance = distance(item, square.squareRoot()), distance <= radius {
                        insert(Found(item: item, distance: distance))
                    }
                }
            }
        }
    }

    /// Whether an item at a distance, given squared, may still be among the nearest. The search ends once enough items at distance 0 are
    /// found: thousands of items in one place would otherwise take quadratic time.
    @inline(__always)
    private func mayHold(_ square: Double) -> Bool { square <= squaredRadius && (squaredRadius > 0 || found.count < most) }

    private mutating func insert(_ new: Found) {
        var at = found.count
        while at > 0, (found[at - 1].distance, found[at - 1].item) > (new.distance, new.item) { at -= 1 }
        found.insert(new, at: at)
        if found.count > most { found.removeLast() }
        if found.count == most { radius = found[most - 1].distance }
    }
}
