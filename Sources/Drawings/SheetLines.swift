import Glibc

/// Loose lines and arrowheads: what dimensions leave behind when they are exploded.
/// An object, because handing on its arrays for each line costs more than comparing them.
final class SheetLines {
    /// Straight entities of which an end meets nothing.
    private(set) var loose: [Int32] = []
    /// Those that run from one such line to another at right angles: dimension lines between extension lines.
    private(set) var dimensions: Set<Int32> = []
    /// The extension lines that they end on.
    private(set) var extensions: Set<Int32> = []
    /// The edges of arrowheads, and how many there are.
    private(set) var arrowEdges: Set<Int32> = []
    private(set) var arrows = 0
    /// The boxes of closed contours that are no arrowheads.
    private(set) var outlines: [Box] = []

    private let geometry: Geometry
    private let slack: Double
    private let size: Double
    private let straight: [Int32]
    private let boxes: [Box]
    private let nodes: [Int32]
    /// The ends of open edges at each node: a run of `ends` from the number of the node to that of the next.
    private var firstEnd: [Int32]
    private var ends: [Int32]

    /// - Parameters:
    ///   - boxes: of the edges.
    ///   - size: the longer side of the drawing.
    ///   - outlining: whether `outlines` are wanted.
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

    private func ends(at node: Int) -> ArraySlice<Int32> { ends[Int(firstEnd[node])..<Int(firstEnd[node + 1])] }
    private func index(_ edges: [Int32]) -> BoxIndex { BoxIndex(edges.map { boxes[Int($0)].widened(slack) }) }
    private func segment(_ edge: Int32) -> Segment { geometry.segments[Int(geometry.edges[Int(edge)].first)] }
    private func isFree(_ edge: Int32, _ side: Int) -> Bool { ends(at: Int(nodes[2 * Int(edge) + side])).count == 1 }

    /// More lines than this are not asked whether an end stands on them: on a sheet each end stands near one or two.
    private static let mostLooks = 10_000_000

    /// A line whose ends both stand on loose lines across it.
    private func findDimensions() {
        let lines = loose.map(segment)
        let index = LineIndex(lines, lines.indices, reach: slack)
        var looks = 0
        for edge in straight where segment(edge).length > 4 * slack && looks < Self.mostLooks {
            let line = segment(edge)
            guard let one = cross(line, at: line.a, edge, index, &looks), let two = cross(line, at: line.b, edge, index, &looks),
                one != two
            else { continue }
            dimensions.insert(edge)
            extensions.formUnion([one, two])
        }
    }

    /// The loose line at right angles on which an end of a line stands.
    private func cross(_ line: Segment, at end: Point, _ edge: Int32, _ index: LineIndex, _ looks: inout Int) -> Int32? {
        var found: Int32?
        let along = line.b - line.a, least = 0.02
        index.visit(end, end, within: asin(least), of: along.left) { place in
            looks += 1
            let other = loose[place]
            guard other != edge else { return true }
            let across = segment(other)
            let way = across.b - across.a
            guard abs(along.dot(way)) <= least * line.length * across.length else { return true }
            guard abs(way.cross(end - across.a)) <= slack * across.length else { return true }
            // Extension lines go on beyond: what ends at their end is a side of an outline, or of a slot that is left open.
            guard !end.isWithin(2 * slack, of: across.a), !end.isWithin(2 * slack, of: across.b) else { return true }
            found = other
            return false
        }
        return found
    }

    /// Arrowheads have three short lines.
    private var mayHaveTriangles: Bool {
        var short = 0
        for segment in geometry.segments where segment.isLine && segment.length <= Self.longestLeg * size {
            short += 1
            if short == 3 { return true }
        }
        return false
    }

    /// An arrowhead of three lines, or what looks like one.
    private struct Triangle {
        let corners: [Point]
        let edges: [Int32]
        let box: Box
    }

    /// The contours of three lines; the boxes of the others are kept.
    private func contours() -> [Triangle] {
        let chaining = Chaining(geometry, edges: geometry.edges.indices.map { Int32(truncatingIfNeeded: $0) }, tolerance: slack)
        var triangles: [Triangle] = []
        for chain in chaining.chains where chain.isClosed {
            let members = chaining.members(chain)
            var box = Box()
            for member in members { box.include(boxes[Chaining.edge(member)]) }
            guard let corners = triangle(members) else {
                outlines.append(box)
                continue
            }
            triangles.append(Triangle(corners: corners, edges: members.map { Int32(truncatingIfNeeded: Chaining.edge($0)) }, box: box))
        }
        return triangles
    }

    private func findArrows(_ triangles: [Triangle]) {
        let index = index(triangles.isEmpty ? [] : straight)
        for triangle in triangles {
            guard isArrow(triangle.corners, index) else {
                outlines.append(triangle.box)
                continue
            }
            arrows += 1
            arrowEdges.formUnion(triangle.edges)
        }
        for node in firstEnd.indices.dropLast() {
            let ends = ends(at: node)
            if (3...8).contains(ends.count) { openArrow(ends) }
        }
    }

    /// Arrowheads are no longer than this part of the drawing.
    private static let longestLeg = 0.05

    /// The corners of a contour of three lines.
    private func triangle(_ members: ArraySlice<Int32>) -> [Point]? {
        guard members.count <= 3, members.reduce(0, { $0 + Int(geometry.edges[Chaining.edge($1)].count) }) == 3 else { return nil }
        var corners: [Point] = []
        Chaining.walk(members, geometry) { segment, isBackwards in
            if segment.isLine { corners.append(isBackwards ? segment.b : segment.a) }
        }
        return corners.count == 3 ? corners : nil
    }

    /// A small isosceles triangle, slender, with a line along its axis.
    private func isArrow(_ corners: [Point], _ index: BoxIndex) -> Bool {
        for (place, tip) in corners.enumerated() {
            let (one, two) = (corners[(place + 1) % 3], corners[(place + 2) % 3])
            let (leg, other, base) = ((one - tip).length, (two - tip).length, (two - one).length)
            guard leg > 0, leg <= Self.longestLeg * size, abs(leg - other) <= 0.03 * leg, base <= 0.9 * leg else { continue }
            let middle = (one + two) * 0.5
            let isOnLine = !index.visit(Box(tip, middle).widened(0.1 * leg)) { place in
                let line = segment(straight[place])
                guard line.length > 1.05 * leg else { return true }
                let reach = (0.05 * leg + slack) * line.length, way = line.b - line.a
                return abs(way.cross(tip - line.a)) > reach || abs(way.cross(middle - line.a)) > reach
            }
            if isOnLine { return true }
        }
        return false
    }

    /// Two short lines of one length that lean the same way from the end of a longer one.
    private func openArrow(_ node: ArraySlice<Int32>) {
        let rays = node.compactMap { end -> (edge: Int32, way: Point, length: Double)? in
            let edge = end / 2
            guard geometry.edges[Int(edge)].count == 1 else { return nil }
            let line = segment(edge)
            guard line.isLine, line.length > 0 else { return nil }
            return (edge, (end & 1 == 0 ? line.b - line.a : line.a - line.b) * (1 / line.length), line.length)
        }
        for shaft in rays {
            let longest = min(0.6 * shaft.length, Self.longestLeg * size)
            let barbs = rays.filter { $0.edge != shaft.edge && $0.length < longest && $0.way.dot(shaft.way) > 0.8 }
            guard barbs.count == 2, abs(barbs[0].length - barbs[1].length) <= 0.03 * barbs[0].length,
                abs(barbs[0].way.cross(shaft.way) + barbs[1].way.cross(shaft.way)) < 0.05, abs(barbs[0].way.cross(shaft.way)) > 0.05
            else { continue }
            arrows += 1
            arrowEdges.formUnion(barbs.map(\.edge))
            return
        }
    }
}
