import Glibc

/// Loose lines and arrowheads, into which dimensions are exploded. A class, because passing its arrays for each line takes longer than
/// comparing them.
final class SheetLines {
    /// Straight entities with a free end.
    private(set) var loose: [Int32] = []
    /// Dimension lines: lines between two loose lines, at right angles to them.
    var dimensions: Set<Int32> = []
    /// The extension lines that the dimension lines end on.
    var extensions: Set<Int32> = []
    /// The edges of arrowheads, and the number of arrowheads.
    var arrowEdges: Set<Int32> = []
    var arrows = 0
    /// The boxes of closed contours that are not arrowheads.
    var outlines: [Box] = []
    /// Arrowheads and ticks at the end of a line, with their lengths.
    var heads: [(tip: Point, length: Double, shaft: Int32)] = []

    let geometry: Geometry
    let slack: Double
    let size: Double
    let straight: [Int32]
    let boxes: [Box]
    private let nodes: [Int32]
    /// The ends of open edges by node: those of a node are a range of `ends`, from `firstEnd[node]` to `firstEnd[node + 1]`.
    private(set) var firstEnd: [Int32]
    private var ends: [Int32]

    /// - Parameters:
    ///   - boxes: the boxes of the edges.
    ///   - size: the longer side of the drawing.
    ///   - outlining: whether `outlines` are required.
    init(_ geometry: Geometry, _ boxes: [Box], size: Double, slack: Double, outlining: Bool) {
        (self.geometry, self.boxes, self.slack, self.size) = (geometry, boxes, slack, size)
        let clusters = Clusters.nodes(geometry.edges.flatMap { [geometry.start($0), geometry.end($0)] }, tolerance: slack)
        nodes = clusters.node
        (firstEnd, ends) = Self.ends(geometry, clusters.node, clusters.count)
        straight = geometry.edges.indices.filter {
            geometry.edges[$0].count == 1 && geometry.segments[Int(geometry.edges[$0].first)].isLine
        }
        .map { Int32(truncatingIfNeeded: $0) }
        loose = straight.filter { isFree($0, 0) || isFree($0, 1) }
        let triangles = outlining || mayHaveTriangles ? contours() : []
        if !loose.isEmpty || !triangles.isEmpty { findArrows(triangles) }
        if loose.count > 1 { findDimensions() }
        findTicks()
        if heads.count > 1 { findMarkedLines() }
    }

    private static func ends(_ geometry: Geometry, _ nodes: [Int32], _ count: Int) -> (first: [Int32], ends: [Int32]) {
        var first = [Int32](repeating: 0, count: count + 1)
        let open = nodes.indices.filter { !geometry.edges[$0 / 2].isClosed }
        for end in open { first[Int(nodes[end]) + 1] += 1 }
        for node in 0..<count { first[node + 1] += first[node] }
        var ends = [Int32](repeating: 0, count: open.count)
        var next = first
        for end in open {
            ends[Int(next[Int(nodes[end])])] = Int32(truncatingIfNeeded: end)
            next[Int(nodes[end])] += 1
        }
        return (first, ends)
    }

    func ends(at node: Int) -> ArraySlice<Int32> { ends[Int(firstEnd[node])..<Int(firstEnd[node + 1])] }
    private(set) lazy var straightIndex = BoxIndex(straight.map { boxes[Int($0)].widened(slack) })
    func segment(_ edge: Int32) -> Segment { geometry.segments[Int(geometry.edges[Int(edge)].first)] }
    func isFree(_ edge: Int32, _ side: Int) -> Bool { ends(at: Int(nodes[2 * Int(edge) + side])).count == 1 }

    /// Searches for lines whose ends are both on loose lines at right angles.
    private func findDimensions() {
        let lines = loose.map(segment)
        let index = LineIndex(lines, lines.indices, reach: slack)
        // On a sheet each end is near one line or two.
        var budget = Budget(for: straight.count)
        for edge in straight where segment(edge).length > 4 * slack && !budget.isSpent {
            let line = segment(edge)
            guard let one = cross(line, at: line.a, edge, index, &budget), let two = cross(line, at: line.b, edge, index, &budget),
                one != two
            else { continue }
            dimensions.insert(edge)
            extensions.formUnion([one, two])
        }
    }

    /// Returns the loose line at a right angle on which an end of a line is.
    private func cross(_ line: Segment, at end: Point, _ edge: Int32, _ index: LineIndex, _ budget: inout Budget) -> Int32? {
        var found: Int32?
        let along = line.b - line.a, least = 0.02
        index.visit(end, end, within: asin(least), of: along.left) { place in
            budget.take(at: end)
            let other = loose[place]
            guard other != edge else { return true }
            let across = segment(other)
            let way = across.b - across.a
            guard abs(along.dot(way)) <= least * line.length * across.length else { return true }
            guard abs(way.cross(end - across.a)) <= slack * across.length else { return true }
            // Extension lines extend beyond the dimension line. A line that ends at the end of another is a side of an outline or of an
            // open slot.
            guard !end.isWithin(2 * slack, of: across.a), !end.isWithin(2 * slack, of: across.b) else { return true }
            found = other
            return false
        }
        return found
    }
}
