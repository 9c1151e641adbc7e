/// A packed R-tree (sort-tile-recursive; Leutenegger, Lopez and Edgington, 1997), which finds the boxes that meet a box in logarithmic
/// time.
struct BoxIndex {
    /// The children of a node. A power of two: each level takes 3 bits of the number of a leaf.
    static let fan = 8
    /// The boxes of the leaves in their order, then of each level above, the root last.
    private(set) var boxes: [Box] = []
    /// The number of the item of each leaf: items that are close to each other in the plane have leaves close to each other.
    private(set) var items: [Int32] = []
    /// The index of the first box of each level in `boxes`.
    private(set) var levels: [Int] = []

    init(_ given: [Box]) { self.init(count: given.count) { given[$0] } }

    /// Twice the centre of a box, by which the boxes are sorted.
    private struct Middle {
        let x, y: Double
        let item: Int32
    }

    /// - Parameter box: the box of each number below `count`. It is called twice for each, so that the boxes are not stored outside the
    ///   tree.
    init(count: Int, _ box: (Int) -> Box) {
        guard count > 0 else { return }
        var order = [Middle](unsafeUninitializedCapacity: count) { order, filled in
            for item in 0..<count {
                let box = box(item)
                order.initializeElement(
                    at: item,
                    to: Middle(x: box.min.x + box.max.x, y: box.min.y + box.max.y, item: Int32(truncatingIfNeeded: item)))
            }
            filled = count
        }
        let leaves = (count + Self.fan - 1) / Self.fan
        let strips = Int(Double(leaves).squareRoot().rounded(.up))
        let stripSize = max(Self.fan, (leaves + strips - 1) / strips * Self.fan)
        // Most drawings need one strip, which is sorted once.
        if strips > 1 { order.sort { $0.x < $1.x } }
        for start in stride(from: 0, to: count, by: stripSize) {
            order[start..<min(start + stripSize, count)].sort { $0.y < $1.y || $0.y == $1.y && $0.x < $1.x }
        }
        items = order.map(\.item)
        order = []
        (levels, boxes) = ([0], [])
        var (width, total) = (count, count)
        while width > 1 {
            levels.append(total)
            width = (width + Self.fan - 1) / Self.fan
            total += width
        }
        boxes.reserveCapacity(total)
        for item in items { boxes.append(box(Int(item))) }
        fillLevels(count)
    }

    /// Computes each level above the leaves from the level below.
    private mutating func fillLevels(_ count: Int) {
        var width = count
        for start in levels.dropLast() {
            for group in stride(from: 0, to: width, by: Self.fan) {
                var box = Box()
                for child in group..<min(group + Self.fan, width) { box.include(boxes[start + child]) }
                boxes.append(box)
            }
            width = (width + Self.fan - 1) / Self.fan
        }
    }

    /// Calls `body` with every item whose box meets the given one, until it returns false. Returns false in that case.
    /// - Parameter leaf: only items after this leaf are visited: a call for every leaf visits every pair once.
    @discardableResult
    @inline(__always)
    func visit(_ box: Box, after leaf: Int = -1, _ body: (Int) -> Bool) -> Bool {
        guard !boxes.isEmpty else { return true }
        // Buffer pointers, because retaining and releasing the arrays at every node takes longer than the search.
        return boxes.withUnsafeBufferPointer { boxes in
            items.withUnsafeBufferPointer { items in
                levels.withUnsafeBufferPointer { levels in
                    Tree(boxes: boxes, items: items, levels: levels).visit(levels.count - 1, 0, 1, box, from: leaf + 1, body)
                }
            }
        }
    }

    /// Calls `body` once with every pair of items whose boxes meet, until it returns false. Returns false in that case.
    func eachPair(_ body: (Int, Int) -> Bool) -> Bool {
        var goesOn = true
        for leaf in items.indices where goesOn {
            let one = Int(items[leaf])
            visit(boxes[leaf], after: leaf) { other in
                goesOn = body(one, other)
                return goesOn
            }
        }
        return goesOn
    }

    private struct Tree {
        let boxes: UnsafeBufferPointer<Box>
        let items: UnsafeBufferPointer<Int32>
        let levels: UnsafeBufferPointer<Int>

        /// Searches the nodes `first..<last` of a level, without the leaves before one.
        func visit(_ level: Int, _ first: Int, _ last: Int, _ box: Box, from leaf: Int, _ body: (Int) -> Bool) -> Bool {
            let start = levels[level], first = max(first, leaf >> (3 * level))
            guard first < last else { return true }
            for place in first..<last where boxes[start + place].meets(box) {
                if level == 0 {
                    if !body(Int(items[place])) { return false }
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
