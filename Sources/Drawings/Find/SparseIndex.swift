/// A tree of boxes whose items can be removed and inserted again. Branches without items are skipped.
struct SparseIndex {
    let index: BoxIndex
    /// The leaf of each item.
    private(set) var leaves: [Int32]
    /// The number of present items below each box of the tree.
    private(set) var counts: [Int32]

    /// - Parameter isFull: whether all items are present at first; otherwise none.
    init(_ index: BoxIndex, isFull: Bool = false) {
        self.index = index
        leaves = [Int32](repeating: 0, count: index.items.count)
        for (leaf, item) in index.items.enumerated() { leaves[Int(item)] = Int32(truncatingIfNeeded: leaf) }
        counts = [Int32](repeating: 0, count: index.boxes.count)
        if isFull { for item in leaves.indices { insert(item) } }
    }

    /// The leaf of an item. Items close to each other in the plane have leaves close to each other.
    func leaf(of item: Int) -> Int { Int(leaves[item]) }

    mutating func insert(_ item: Int) { add(1, item) }
    mutating func remove(_ item: Int) { add(-1, item) }

    private mutating func add(_ count: Int32, _ item: Int) {
        var place = Int(leaves[item])
        for start in index.levels {
            counts[start + place] += count
            place /= BoxIndex.fan
        }
    }

    /// Returns the numbers of the nearest items to a place, sorted by distance, then by number.
    /// - Parameter fits: whether an item can be in the result.
    func nearest(_ count: Int, to place: Point, where fits: (Int) -> Bool) -> [Int] {
        var search = NearestSearch(place: place, most: count)
        search.run(index, counts) { item, distance in fits(item) ? distance : nil }
        return search.found.map(\.item)
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
