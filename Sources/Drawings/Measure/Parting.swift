/// The open contours that run from line to line, and whether they part what they cross.
///
/// The drawing is a graph: its nodes are the closed contours and the ends of open ones, its edges the stretches of open contours. An edge
/// that is not a bridge has one piece on its left and another on its right.
struct Parting {
    enum Role {
        /// One of its ends is not on another contour, or the whole contour lies on others.
        case loose
        /// Both ends are on other contours, but nothing is parted: it is a bridge between what it joins.
        case joining
        case parting
    }

    /// The roles of the open contours, in their order.
    private(set) var roles: [Role]

    private struct Edge {
        var from, to: Int32
        let contour: Int32
    }

    /// A place within an open contour on which an end of another contour lies.
    private struct Stop {
        let contour: Int32
        /// The index of a chord plus the fraction of it before the place.
        let at: Double
        let place: Point
        let node: Int32
    }

    private let chords: OpenChords
    private var sets: DisjointSets
    private var stops: [Stop] = []
    private var edges: [Edge] = []

    init(_ chords: OpenChords) {
        self.chords = chords
        roles = [Role](repeating: .loose, count: chords.openCount)
        // Two nodes for the ends of each open contour, then one for each closed contour.
        sets = DisjointSets(count: chords.contours.count + chords.openCount)
        for number in 0..<chords.openCount where !chords.isCutOff {
            let (isHeld, isHeldToo) = (hold(number, atEnd: false), hold(number, atEnd: true))
            if isHeld && isHeldToo && !liesOnOthers(number) { roles[number] = .joining }
        }
        guard roles.contains(.joining) else { return }
        makeEdges()
        for edge in Bridges(edges.map { ($0.from, $0.to) }, nodes: sets.count).others where roles[Int(edges[edge].contour)] == .joining {
            roles[Int(edges[edge].contour)] = .parting
        }
    }

    /// The maximum number of contours that meet in one point.
    private static let mostMeeting = 16

    /// Connects an end to all other contours that it lies on. Returns false if there are none.
    private mutating func hold(_ number: Int, atEnd: Bool) -> Bool {
        let range = chords.range(number)
        guard range.count > 1 else { return false }
        let end = chords.points[atEnd ? range.upperBound - 1 : range.lowerBound], reach = chords.reach
        var nearest: [(owner: Int32, distance: Double, chord: Int, part: Double)] = []
        chords.visit(Box(end, end).widened(reach)) { chord in
            let its = chords.owners[chord]
            guard Int(its) != number else { return true }
            let (a, b) = (chords.points[chord], chords.points[chord + 1]), way = b - a
            let part = min(max(way.dot(end - a) / way.dot(way), 0), 1), distance = (a + way * part - end).length
            guard distance <= reach else { return true }
            if let known = nearest.firstIndex(where: { $0.owner == its }) {
                if distance < nearest[known].distance { nearest[known] = (its, distance, chord, part) }
            } else {
                nearest.append((its, distance, chord, part))
            }
            return nearest.count < Self.mostMeeting
        }
        for found in nearest {
            let (a, b) = (chords.points[found.chord], chords.points[found.chord + 1])
            tie(2 * number + (atEnd ? 1 : 0), to: Int(found.owner), Double(found.chord) + found.part, a + (b - a) * found.part)
        }
        return !nearest.isEmpty
    }

    /// Whether a contour runs along others, judged by some of its places.
    private func liesOnOthers(_ number: Int) -> Bool {
        let range = chords.range(number), reach = chords.reach
        return [0.23, 0.41, 0.59, 0.77].allSatisfy { part in
            let at = part * Double(range.count - 1), chord = range.lowerBound + Int(at)
            let place = chords.points[chord] + (chords.points[chord + 1] - chords.points[chord]) * (at - at.rounded(.down))
            var isOn = false
            chords.visit(Box(place, place).widened(reach)) { other in
                let foot = ChordDistance.foot(place, chords.points[other], chords.points[other + 1])
                isOn = Int(chords.owners[other]) != number && foot.isWithin(reach, of: place)
                return !isOn
            }
            return isOn
        }
    }

    private mutating func tie(_ node: Int, to other: Int, _ at: Double, _ place: Point) {
        if chords.isClosed(other) { return sets.unite(node, into: other + chords.openCount) }
        let range = chords.range(other), near = 2 * chords.reach
        if place.isWithin(near, of: chords.points[range.lowerBound]) { return sets.unite(node, into: 2 * other) }
        if place.isWithin(near, of: chords.points[range.upperBound - 1]) { return sets.unite(node, into: 2 * other + 1) }
        stops.append(Stop(contour: Int32(truncatingIfNeeded: other), at: at, place: place, node: Int32(truncatingIfNeeded: node)))
    }

    /// Makes the edges: the stretches of the open contours between stops.
    private mutating func makeEdges() {
        stops.sort { ($0.contour, $0.at, $0.node) < ($1.contour, $1.at, $1.node) }
        var next = 0
        for number in 0..<chords.openCount {
            let range = chords.range(number), contour = Int32(truncatingIfNeeded: number)
            guard let first = range.first else { continue }
            var (node, place) = (2 * contour, chords.points[first])
            while next < stops.count, stops[next].contour == contour {
                let stop = stops[next]
                if stop.place.isWithin(3 * chords.reach, of: place) {
                    sets.unite(Int(node), into: Int(stop.node))
                } else {
                    edges.append(Edge(from: node, to: stop.node, contour: contour))
                }
                (node, place) = (stop.node, stop.place)
                next += 1
            }
            edges.append(Edge(from: node, to: 2 * contour + 1, contour: contour))
        }
        for number in edges.indices {
            edges[number].from = Int32(truncatingIfNeeded: sets.root(Int(edges[number].from)))
            edges[number].to = Int32(truncatingIfNeeded: sets.root(Int(edges[number].to)))
        }
    }
}

/// The bridges of a graph (Tarjan, 1974): the edges whose removal disconnects it. The result is the other edges.
struct Bridges {
    /// The numbers of the edges that are not bridges.
    private(set) var others: [Int] = []

    init(_ edges: [(Int32, Int32)], nodes: Int) {
        // The edges by node: those of a node are a range of `at`, from `first[node]` to `first[node + 1]`.
        var first = [Int32](repeating: 0, count: nodes + 1)
        for (a, b) in edges {
            first[Int(a) + 1] += 1
            first[Int(b) + 1] += 1
        }
        for node in 0..<nodes { first[node + 1] += first[node] }
        var at = [Int32](repeating: 0, count: 2 * edges.count), next = first
        for (number, (a, b)) in edges.enumerated() {
            for node in [Int(a), Int(b)] {
                at[Int(next[node])] = Int32(truncatingIfNeeded: number)
                next[node] += 1
            }
        }
        next = first
        var entered = [Int32](repeating: -1, count: nodes), lowest = entered, isBridge = [Bool](repeating: false, count: edges.count)
        var time: Int32 = 0
        for start in 0..<nodes where entered[start] < 0 && first[start] < first[start + 1] {
            // An explicit stack, because recursion would be too deep for deep graphs.
            var path: [(node: Int, by: Int)] = [(start, -1)]
            while let (node, by) = path.last {
                if entered[node] < 0 {
                    (entered[node], lowest[node]) = (time, time)
                    time += 1
                }
                if next[node] < first[node + 1] {
                    let edge = Int(at[Int(next[node])])
                    next[node] += 1
                    guard edge != by else { continue }
                    let far = Int(edges[edge].0) == node ? Int(edges[edge].1) : Int(edges[edge].0)
                    if entered[far] < 0 { path.append((far, edge)) } else { lowest[node] = min(lowest[node], entered[far]) }
                    continue
                }
                path.removeLast()
                guard let (before, _) = path.last else { continue }
                lowest[before] = min(lowest[before], lowest[node])
                isBridge[by] = lowest[node] > entered[before]
            }
        }
        others = edges.indices.filter { !isBridge[$0] }
    }
}
