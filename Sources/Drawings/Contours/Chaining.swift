/// Contours: maximal chains of edges with common ends (section 5 of the definitions).
struct Chaining {
    /// A range of `members`.
    struct Chain: Sendable {
        var first: UInt32
        var count: UInt32
        var isClosed: Bool

        init(first: Int, count: Int, isClosed: Bool) {
            (self.first, self.count, self.isClosed) = (UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: count), isClosed)
        }

        var range: Range<Int> { Int(first)..<Int(first) + Int(count) }
    }

    /// The chains in the order of their first edges.
    private(set) var chains: [Chain] = []
    /// The edges in the order of the walk. An edge walked backwards is -1 - edge.
    private(set) var members: [Int32] = []
    /// The ends with a single edge.
    private(set) var openEnds: [Point] = []
    /// The places where more than two ends meet, with the edges of these ends; empty unless they are requested.
    private(set) var junctions: [(place: Point, edges: [Int32])] = []

    private let edges: [Int32]
    private var node: [Int32] = []
    private var degree: [Int32] = []
    /// Two of the ends at each node.
    private var ends: [(Int32, Int32)] = []
    private var isWalked: [Bool]

    /// Chains the edges with the given numbers. Edges that are closed, or whose ends are within `closing`, are contours of their own.
    init(_ geometry: Geometry, edges given: [Int32], tolerance: Double, closing: Double? = nil, listsJunctions: Bool = false) {
        var open: [Int32] = []
        var places: [Point] = []
        let reach = (closing ?? tolerance) * (1 + 1e-9)
        for number in given {
            let edge = geometry.edges[Int(number)]
            let (start, end) = (geometry.start(edge), geometry.end(edge))
            if edge.isClosed || start.isWithin(reach, of: end) {
                chains.append(Chain(first: members.count, count: 1, isClosed: true))
                members.append(number)
            } else {
                open.append(number)
                places.append(start)
                places.append(end)
            }
        }
        edges = open
        isWalked = [Bool](repeating: false, count: open.count)
        guard !open.isEmpty else { return }
        let firstPlaces = build(places, tolerance)
        if listsJunctions { findJunctions(places, firstPlaces) }
        walkAll()
        let members = members
        chains.sort { Self.edge(members[Int($0.first)]) < Self.edge(members[Int($1.first)]) }
    }

    /// Returns the edge of an entry of `members`.
    static func edge(_ member: Int32) -> Int { Int(member >= 0 ? member : -1 - member) }

    /// Builds the graph of the edges. Returns the first end at each node, by its index in `places`.
    private mutating func build(_ places: [Point], _ tolerance: Double) -> [Int32] {
        let clusters = Clusters.nodes(places, tolerance: tolerance)
        node = clusters.node
        degree = [Int32](repeating: 0, count: clusters.count)
        ends = [(Int32, Int32)](repeating: (-1, -1), count: clusters.count)
        var firstPlace = [Int32](repeating: -1, count: clusters.count)
        for edge in edges.indices {
            // An edge with both ends in one cluster is closed, and not part of the graph.
            if node[2 * edge] == node[2 * edge + 1] {
                isWalked[edge] = true
                chains.append(Chain(first: members.count, count: 1, isClosed: true))
                members.append(edges[edge])
                continue
            }
            for end in [2 * edge, 2 * edge + 1] {
                let at = Int(node[end])
                if degree[at] == 0 {
                    ends[at].0 = Int32(truncatingIfNeeded: end)
                    firstPlace[at] = ends[at].0
                } else {
                    ends[at].1 = Int32(truncatingIfNeeded: end)
                }
                degree[at] += 1
            }
        }
        for at in degree.indices where degree[at] == 1 { openEnds.append(places[Int(firstPlace[at])]) }
        return firstPlace
    }

    private mutating func findJunctions(_ places: [Point], _ firstPlace: [Int32]) {
        var numbers: [Int32: Int] = [:]
        for at in degree.indices where degree[at] > 2 {
            numbers[Int32(truncatingIfNeeded: at)] = junctions.count
            junctions.append((places[Int(firstPlace[at])], []))
        }
        guard !junctions.isEmpty else { return }
        for edge in edges.indices where !isWalked[edge] {
            for end in 2 * edge...2 * edge + 1 where degree[Int(node[end])] > 2 {
                if let number = numbers[node[end]] { junctions[number].edges.append(edges[edge]) }
            }
        }
    }

    private mutating func walkAll() {
        for edge in edges.indices where !isWalked[edge] {
            for end in [2 * edge, 2 * edge + 1] where !isWalked[edge] && degree[Int(node[end])] != 2 { walk(from: end) }
        }
        // The remaining edges are in cycles, whose nodes all have two ends.
        for edge in edges.indices where !isWalked[edge] { walk(from: 2 * edge) }
    }

    /// Follows a chain from one end of its first edge.
    private mutating func walk(from start: Int) {
        let first = members.count
        var end = start
        var far = start
        while true {
            let edge = end / 2
            isWalked[edge] = true
            members.append(end & 1 == 0 ? edges[edge] : -1 - edges[edge])
            far = end ^ 1
            let at = Int(node[far])
            guard degree[at] == 2 else { break }
            end = Int(ends[at].0) == far ? Int(ends[at].1) : Int(ends[at].0)
            if isWalked[end / 2] { break }
        }
        let isClosed = node[far] == node[start]
        chains.append(Chain(first: first, count: members.count - first, isClosed: isClosed))
    }
}
