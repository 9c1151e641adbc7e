/// A tree of boxes whose items can be removed and inserted again. Branches without items are skipped.
struct SparseIndex {
    private let index: BoxIndex
    /// The leaf of each item.
    private var leaves: [Int32]
    /// The number of present items below each box of the tree.
    private var counts: [Int32]

    /// - Parameter isFull: whether all items are present at first; otherwise none.
    init(_ index: BoxIndex, isFull: Bool = false) {
        self.index = index
        leaves = [Int32](repeating: 0, count: index.items.count)
        for (leaf, item) in index.items.enumerated() { leaves[Int(item)] = Int32(truncatingIfNeeded: leaf) }
        counts = [Int32](repeating: 0, count: index.boxes.count)
        if isFull { for thing in leaves.indices { insert(thing) } }
    }

    /// The leaf of an item. Items close to each other in the plane have leaves close to each other.
    func leaf(of thing: Int) -> Int { Int(leaves[thing]) }

    mutating func insert(_ thing: Int) { add(1, thing) }
    mutating func remove(_ thing: Int) { add(-1, thing) }

    private mutating func add(_ count: Int32, _ thing: Int) {
        var place = Int(leaves[thing])
        for start in index.levels {
            counts[start + place] += count
            place /= BoxIndex.fan
        }
    }

    /// Returns the numbers of the nearest items to a place, sorted by distance, then by number.
    /// - Parameter fits: whether an item can be in the result.
    func nearest(_ count: Int, to place: Point, where fits: (Int) -> Bool) -> [Int] {
        var found: [Near] = []
        guard count > 0, let there = counts.last, there > 0 else { return [] }
        found.reserveCapacity(count + 1)
        look(index.levels.count - 1, 0, 1, place, count, fits, &found)
        return found.map { Int($0.number) }
    }

    private struct Near {
        let distance: Double
        let number: Int32
    }

    /// Searches boxes of a level in the order of distance. Descends only into boxes that are nearer than the farthest item found so far.
    private func look(
        _ level: Int, _ first: Int, _ last: Int, _ place: Point, _ most: Int, _ fits: (Int) -> Bool, _ found: inout [Near]
    ) {
        let start = index.levels[level]
        withUnsafeTemporaryAllocation(of: Near.self, capacity: BoxIndex.fan) { order in
            var count = 0
            for at in first..<last where counts[start + at] > 0 {
                let near = Near(distance: index.boxes[start + at].distance(to: place), number: Int32(truncatingIfNeeded: at))
                Self.insert(near, into: order, &count)
            }
            for near in order[..<count] {
                guard found.count < most || near.distance <= found[most - 1].distance else { return }
                if level > 0 {
                    let child = Int(near.number) * BoxIndex.fan
                    let end = min(child + BoxIndex.fan, start - index.levels[level - 1])
                    look(level - 1, child, end, place, most, fits, &found)
                } else if fits(Int(index.items[Int(near.number)])) {
                    Self.insert(Near(distance: near.distance, number: index.items[Int(near.number)]), into: &found, most: most)
                }
            }
        }
    }

    private static func insert(_ near: Near, into order: UnsafeMutableBufferPointer<Near>, _ count: inout Int) {
        var at = count
        while at > 0, order[at - 1].distance > near.distance {
            order[at] = order[at - 1]
            at -= 1
        }
        order[at] = near
        count += 1
    }

    private static func insert(_ near: Near, into found: inout [Near], most: Int) {
        var at = found.count
        while at > 0, (found[at - 1].distance, found[at - 1].number) > (near.distance, near.number) { at -= 1 }
        found.insert(near, at: at)
        if found.count > most { found.removeLast() }
    }

    /// Appends the items that are present and whose box meets the given one.
    func find(_ box: Box, into found: inout [Int32]) {
        guard !counts.isEmpty else { return }
        find(index.levels.count - 1, 0, 1, box, &found)
    }

    private func find(_ level: Int, _ first: Int, _ last: Int, _ box: Box, _ found: inout [Int32]) {
        let start = index.levels[level]
        for place in first..<last where counts[start + place] > 0 && index.boxes[start + place].meets(box) {
            if level == 0 {
                found.append(index.items[place])
            } else {
                let child = place * BoxIndex.fan
                find(level - 1, child, min(child + BoxIndex.fan, start - index.levels[level - 1]), box, &found)
            }
        }
    }
}
