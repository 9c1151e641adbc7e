/// Finds which loops hold which, from the smallest to the largest.
///
/// A loop that lies wholly in another lies in everything that holds that one: it is not asked any more, unless something crosses or
/// touches the loop around it. So rings in each other are compared with their neighbours only.
struct ContainmentSearch {
    /// With the leaves of both loops in the tree of boxes.
    private var found: [(outer: Int32, inner: Int32, crossing: ContourCrossing)] = []

    private let nesting: Containment
    /// By place in `nesting.areas`, as all numbers here: the smallest loop that holds it whole.
    private var holder: [Int32]
    /// The last loop that this one was found to hold whole, and for each the one before it.
    private var lastHeld: [Int32]
    private var heldBefore: [Int32]
    /// How many loops hold it whole that do not do so with its holder.
    private var others: [Int32]
    /// How many loops hold an inner point of it that cross or touch it.
    private var crossed: [Int32]
    /// The smallest loop that holds it in either way.
    private var parent: [Int32]
    private let isTangled: [Bool]
    /// The loops that were worked on and that no other holds whole yet.
    private var free: SparseIndex

    private var effort = 0
    private let mostEffort: Int
    private var points: [Point] = []

    var isCutOff: Bool { effort > mostEffort }
    var crossings: [ContourCrossing] { found.sorted { ($0.outer, $0.inner) < ($1.outer, $1.inner) }.map(\.crossing) }

    /// - Parameter tangled: the loops that cross themselves; nothing lies wholly in them, nor they in others.
    init(_ nesting: Containment, tangled: [Int: Point]) {
        self.nesting = nesting
        let count = nesting.areas.count
        holder = [Int32](repeating: -1, count: count)
        (lastHeld, heldBefore, parent) = (holder, holder, holder)
        others = [Int32](repeating: 0, count: count)
        crossed = others
        isTangled = nesting.areas.map { tangled[Int($0)] != nil }
        free = SparseIndex(nesting.index)
        // A pair of circles takes 1, of polygons 16, as many as one of them has chords, and one for each pair of chords that is looked at.
        mostEffort = 40_000_000 + 1000 * count
    }

    private func loop(_ place: Int) -> Loop { nesting.loops[Int(nesting.areas[place])] }

    /// Sets depth and parent of the loops.
    mutating func run(_ loops: inout [Loop]) {
        let order = nesting.areas.indices.sorted { nesting.isLess(Int(nesting.areas[$0]), Int(nesting.areas[$1])) }
        var near: [Int32] = []
        for outer in order {
            near.removeAll(keepingCapacity: true)
            free.find(loop(outer).box, into: &near)
            effort += near.count
            if !near.isEmpty { look(into: outer, near) }
            if isCutOff { break }
            free.insert(outer)
        }
        // How many hold it whole: known of a holder before it is asked for what that holds.
        var whole = others
        for place in order.reversed() {
            if holder[place] >= 0 { whole[place] += whole[Int(holder[place])] + 1 }
            let number = Int(nesting.areas[place])
            loops[number].depth = whole[place] + crossed[place]
            loops[number].parent = parent[place] < 0 ? -1 : nesting.areas[Int(parent[place])]
        }
    }

    /// Which of the smaller loops near it lie in a loop or cross it.
    private mutating func look(into outer: Int, _ near: [Int32]) {
        let box = loop(outer).box
        var shape: Polygon?
        for place in near {
            var waiting = [Int(place)]
            while let inner = waiting.popLast(), !isCutOff {
                let own = loop(inner).box
                switch relation(of: inner, to: outer, &shape) {
                case .held: hold(inner, outer)
                // A loop around this one may hold others that lie in this one.
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
            effort += 1
            if loop(next).box.meets(box) { waiting.append(next) }
            next = Int(heldBefore[next])
        }
    }

    /// How a loop lies to a larger one.
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
        let polygon = shape ?? nesting.polygon(large, &points)
        if shape == nil { effort += polygon.points.count }
        shape = polygon
        effort += 16
        let isSmaller = nesting.loops[small].area < nesting.loops[large].area, box = nesting.loops[small].box
        let isPlain = !isTangled[inner] && !isTangled[outer]
        guard polygon.mayMeet(box) else {
            let holds = isSmaller && polygon.contains(box.center)
            return isPlain ? holds ? .held : .apart : .mixed(holds: holds)
        }
        let other = nesting.polygon(small, &points)
        effort += other.points.count
        let meeting =
            nesting.meeting(large, circle: small) ?? polygon.meeting(other, within: mostEffort - effort, effort: &effort)
        let holds = isSmaller && (other.interior.map(polygon.contains) ?? false)
        switch meeting {
        case .nothing: return isPlain ? holds ? .held : .apart : .mixed(holds: holds)
        case .touching: return .mixed(holds: holds)
        case .crossing(let place):
            let leaves = (Int32(truncatingIfNeeded: free.leaf(of: outer)), Int32(truncatingIfNeeded: free.leaf(of: inner)))
            found.append((leaves.0, leaves.1, ContourCrossing(large, small, at: place)))
            return .mixed(holds: holds)
        }
    }
}
