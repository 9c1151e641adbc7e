/// A packed tree of boxes (sort-tile-recursive, Leutenegger 1997): finds what meets a box in logarithmic time.
struct BoxIndex {
    /// A power of two: 3 bits of the number of a leaf for each level.
    fileprivate static let fan = 8
    /// The leaves in their order, then each level above, the root last.
    fileprivate private(set) var boxes: [Box] = []
    /// The numbers of the given boxes in the order of the leaves: neighbours are near each other.
    private(set) var items: [Int32] = []
    /// Where each level begins in `boxes`.
    fileprivate private(set) var levels: [Int] = []

    init(_ given: [Box]) {
        let count = given.count
        guard count > 0 else { return }
        var order = (0..<count).map { Int32(truncatingIfNeeded: $0) }
        order.sort { given[Int($0)].min.x + given[Int($0)].max.x < given[Int($1)].min.x + given[Int($1)].max.x }
        let leaves = (count + Self.fan - 1) / Self.fan
        let strips = Int(Double(leaves).squareRoot().rounded(.up))
        let stripSize = max(Self.fan, (leaves + strips - 1) / strips * Self.fan)
        for start in stride(from: 0, to: count, by: stripSize) {
            order[start..<min(start + stripSize, count)].sort {
                given[Int($0)].min.y + given[Int($0)].max.y < given[Int($1)].min.y + given[Int($1)].max.y
            }
        }
        items = order
        boxes = order.map { given[Int($0)] }
        levels = [0]
        var width = count
        while width > 1 {
            let start = levels[levels.count - 1]
            levels.append(boxes.count)
            for group in stride(from: 0, to: width, by: Self.fan) {
                var box = Box()
                for child in group..<min(group + Self.fan, width) { box.include(boxes[start + child]) }
                boxes.append(box)
            }
            width = boxes.count - levels[levels.count - 1]
        }
    }

    /// Calls `body` with every item whose box meets the given one until it says stop; false when it did.
    @discardableResult
    @inline(__always)
    func visit(_ box: Box, _ body: (Int) -> Bool) -> Bool {
        guard !boxes.isEmpty else { return true }
        // Pointers, because counting references at every node costs more than the search.
        return boxes.withUnsafeBufferPointer { boxes in
            items.withUnsafeBufferPointer { items in
                levels.withUnsafeBufferPointer { levels in
                    Tree(boxes: boxes, items: items, levels: levels).visit(levels.count - 1, 0, 1, box, body)
                }
            }
        }
    }

    /// The same with those items only that come after a leaf: where each leaf is asked so, every pair is met once.
    @inline(__always)
    func visit(_ box: Box, after leaf: Int, _ body: (Int32) -> Bool) {
        boxes.withUnsafeBufferPointer { boxes in
            items.withUnsafeBufferPointer { items in
                levels.withUnsafeBufferPointer { levels in
                    _ = Tree(boxes: boxes, items: items, levels: levels).visit(levels.count - 1, 0, 1, box, from: leaf + 1, body)
                }
            }
        }
    }

    /// Calls `body` once with each two items whose boxes meet until it says stop; false when it did.
    func eachPair(_ body: (Int, Int) -> Bool) -> Bool {
        var goesOn = true
        for leaf in items.indices where goesOn {
            let one = Int(items[leaf])
            visit(boxes[leaf], after: leaf) { other in
                goesOn = body(one, Int(other))
                return goesOn
            }
        }
        return goesOn
    }

    private struct Tree {
        let boxes: UnsafeBufferPointer<Box>
        let items: UnsafeBufferPointer<Int32>
        let levels: UnsafeBufferPointer<Int>

        /// Looks through the nodes `first..<last` of a level.
        func visit(_ level: Int, _ first: Int, _ last: Int, _ box: Box, _ body: (Int) -> Bool) -> Bool {
            let start = levels[level]
            for place in first..<last where boxes[start + place].meets(box) {
                if level == 0 {
                    if !body(Int(items[place])) { return false }
                } else {
                    let child = place * BoxIndex.fan
                    let end = min(child + BoxIndex.fan, start - levels[level - 1])
                    if !visit(level - 1, child, end, box, body) { return false }
                }
            }
            return true
        }

        /// The same without the leaves before one.
        func visit(_ level: Int, _ first: Int, _ last: Int, _ box: Box, from leaf: Int, _ body: (Int32) -> Bool) -> Bool {
            let start = levels[level], first = max(first, leaf >> (3 * level))
            guard first < last else { return true }
            for place in first..<last where boxes[start + place].meets(box) {
                if level == 0 {
                    if !body(items[place]) { return false }
                } else {
                    let child = place * BoxIndex.fan
                    let end = min(child + BoxIndex.fan, start - levels[level - 1])
                    if !visit(level - 1, child, end, box, from: leaf, body) { return false }
                }
            }
            return true
        }
    }
}

/// A tree of boxes of which only some things are there: branches without any are passed by.
struct SparseIndex {
    private let index: BoxIndex
    /// The leaf of each thing.
    private var leaves: [Int32]
    /// How many things are there under each box of the tree.
    private var counts: [Int32]

    /// At first nothing is there.
    init(_ index: BoxIndex) {
        self.index = index
        leaves = [Int32](repeating: 0, count: index.items.count)
        for (leaf, item) in index.items.enumerated() { leaves[Int(item)] = Int32(truncatingIfNeeded: leaf) }
        counts = [Int32](repeating: 0, count: index.boxes.count)
    }

    /// Where a thing is in the tree: neighbours are near each other.
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

    /// Adds what is there and whose box meets the given one.
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
