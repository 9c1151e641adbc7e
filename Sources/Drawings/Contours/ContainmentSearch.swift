/// Finds which loops contain which, from the smallest to the largest.
///
/// A loop completely inside another is inside all loops that contain that one. It is not compared again, unless another loop crosses or
/// touches the loop around it. Concentric rings are therefore compared with their neighbours only.
struct ContainmentSearch {
    /// The crossings, with the leaves of both loops in the tree of boxes. Loops that overlap each other have very many.
    private var found: [(outer: Int32, inner: Int32, place: Point)] = []

    private let nesting: Containment
    /// The smallest loop that completely contains a loop. All loops here are indices in `nesting.areas`.
    private var holder: [Int32]
    /// The last loop found to be completely inside this one, and for each such loop the one found before it.
    private var lastHeld: [Int32]
    private var heldBefore: [Int32]
    /// The number of loops that completely contain a loop, but not its holder.
    private var others: [Int32]
    /// The number of loops that contain an inner point of a loop and cross or touch it.
    private var crossed: [Int32]
    /// The smallest loop that contains a loop in either sense.
    private var parent: [Int32]
    private let isTangled: [Bool]
    /// The processed loops that no other completely contains so far.
    private var free: SparseIndex

    /// A pair of circles takes one step, of polygons 16, one for each corner of them, and one for each pair of chords that is compared.
    private(set) var budget: Budget
    private var points: [Point] = []

    /// - Parameter tangled: the loops that cross themselves, which neither contain others completely nor are contained completely.
    init(_ nesting: Containment, tangled: [Int: Point]) {
        self.nesting = nesting
        let count = nesting.areas.count
        holder = [Int32](repeating: -1, count: count)
        (lastHeld, heldBefore, parent) = (holder, holder, holder)
        others = [Int32](repeating: 0, count: count)
        crossed = others
        isTangled = nesting.areas.map { tangled[Int($0)] != nil }
        free = SparseIndex(nesting.index)
        // Costs: 1 for a pair of circles, 16 for a pair of polygons, the number of chords of one of them, and 1 for each compared pair of
        // chords.
        budget = Budget(for: count, least: 40_000_000)
    }

    /// Hands over the crossings, in the order of the tree.
    mutating func takeCrossings() -> [ContourCrossing] {
        defer { found = [] }
        found.sort { ($0.outer, $0.inner) < ($1.outer, $1.inner) }
        func number(_ leaf: Int32) -> Int { Int(nesting.areas[Int(nesting.index.items[Int(leaf)])]) }
        return found.map { ContourCrossing(number($0.outer), number($0.inner), at: $0.place) }
    }

    private func loop(_ place: Int) -> Loop { nesting.loops[Int(nesting.areas[place])] }

    /// Sets depth and parent of the loops.
    mutating func run(_ loops: inout [Loop]) {
        let order = nesting.areas.indices.sorted { nesting.isLess(Int(nesting.areas[$0]), Int(nesting.areas[$1])) }
        var near: [Int32] = []
        for outer in order {
            near.removeAll(keepingCapacity: true)
            let box = loop(outer).box
            free.find(box, into: &near)
            budget.take(near.count, at: box.center)
            if !near.isEmpty { look(into: outer, near) }
            if budget.isSpent { break }
            free.insert(outer)
        }
        // Computes the number of containing loops. That of a holder is known before those of the loops inside it.
        var whole = others
        for place in order.reversed() {
            if holder[place] >= 0 { whole[place] += whole[Int(holder[place])] + 1 }
            let number = Int(nesting.areas[place])
            loops[number].depth = whole[place] + crossed[place]
            loops[number].parent = parent[place] < 0 ? -1 : nesting.areas[Int(parent[place])]
        }
    }

    /// Finds which of the smaller loops nearby are inside a loop or cross it.
    private mutating func look(into outer: Int, _ near: [Int32]) {
        let box = loop(outer).box
        var shape: Polygon?
        for place in near {
            var waiting = [Int(place)]
            while let inner = waiting.popLast(), !budget.isSpent {
                let own = loop(inner).box
                switch relation(of: inner, to: outer, &shape) {
                case .held: hold(inner, outer)
                // A loop around this one can contain others that are inside this one.
                case .apart: if own.contains(box) { addHeld(by: inner, meeting: box, &waiting) }
                case .mixed(let holds):
                    if holds {
                        crossed[inner] += 1
                        if parent[inner] < 0 { parent[inner] = Int32(truncatingIfNeeded: outer) }
                    }
                    addHeld(by: inner, meeting: box, &waiting)
                }
            }
        }
    }

    private mutating func hold(_ inner: Int, _ outer: Int) {
        guard holder[inner] < 0 else { return others[inner] += 1 }
        holder[inner] = Int32(truncatingIfNeeded: outer)
        if parent[inner] < 0 { parent[inner] = holder[inner] }
        heldBefore[inner] = lastHeld[outer]
        lastHeld[outer] = Int32(truncatingIfNeeded: inner)
        free.remove(inner)
    }

    private mutating func addHeld(by place: Int, meeting box: Box, _ waiting: inout [Int]) {
        var next = Int(lastHeld[place])
        while next >= 0 {
            budget.take(at: box.center)
            if loop(next).box.meets(box) { waiting.append(next) }
            next = Int(heldBefore[next])
        }
    }

    /// The position of a loop relative to a larger one.
    private enum Relation {
        case apart, held
        /// They cross or touch.
        case mixed(holds: Bool)
    }

    private mutating func relation(of inner: Int, to outer: Int, _ shape: inout Polygon?) -> Relation {
        let (small, large) = (Int(nesting.areas[inner]), Int(nesting.areas[outer]))
        if nesting.loops[large].isCircle, nesting.loops[small].isCircle, let holds = nesting.holds(large, circle: small) {
            return holds ? .held : .apart
        }
        let isSmaller = nesting.loops[small].area < nesting.loops[large].area, box = nesting.loops[small].box
        let polygon = shape ?? nesting.polygon(large, &points)
        budget.take(shape == nil ? polygon.points.count + 16 : 16, at: box.center)
        shape = polygon
        let isPlain = !isTangled[inner] && !isTangled[outer]
        guard polygon.mayMeet(box) else {
            let holds = isSmaller && polygon.contains(box.center)
            return isPlain ? holds ? .held : .apart : .mixed(holds: holds)
        }
        let other = nesting.polygon(small, &points)
        budget.take(other.points.count, at: box.center)
        let meeting = nesting.meeting(large, circle: small) ?? polygon.meeting(other, budget: &budget)
        let holds = isSmaller && (other.interior.map(polygon.contains) ?? false)
        switch meeting {
        case .nothing: return isPlain ? holds ? .held : .apart : .mixed(holds: holds)
        case .touching: return .mixed(holds: holds)
        case .crossing(let place):
            let leaves = (Int32(truncatingIfNeeded: free.leaf(of: outer)), Int32(truncatingIfNeeded: free.leaf(of: inner)))
            found.append((leaves.0, leaves.1, place))
            return .mixed(holds: holds)
        }
    }
}
