import Glibc

/// Searches for arrowheads and for the dimensions whose ends they mark.
extension SheetLines {
    /// Whether there are three short lines, as an arrowhead has.
    var mayHaveTriangles: Bool {
        var short = 0
        for segment in geometry.segments where segment.isLine && segment.length <= Self.longestLeg * size {
            short += 1
            if short == 3 { return true }
        }
        return false
    }

    /// A closed contour of three lines, which may be an arrowhead.
    struct Triangle {
        let corners: [Point]
        let edges: [Int32]
        let box: Box
    }

    /// Returns the contours of three lines, and stores the boxes of the others in `outlines`.
    func contours() -> [Triangle] {
        let chaining = Chaining(geometry, edges: geometry.edges.indices.map { Int32(truncatingIfNeeded: $0) }, tolerance: slack)
        let paths = ContourPaths(geometry, chaining.members, tolerance: slack)
        var triangles: [Triangle] = []
        for chain in chaining.chains where chain.isClosed {
            let path = paths.path(chain)
            var box = Box()
            for edge in path.edges { box.include(boxes[edge]) }
            guard let corners = triangle(path) else {
                outlines.append(box)
                continue
            }
            triangles.append(Triangle(corners: corners, edges: path.edges.map { Int32(truncatingIfNeeded: $0) }, box: box))
        }
        return triangles
    }

    func findArrows(_ triangles: [Triangle]) {
        let index = triangles.isEmpty ? BoxIndex([]) : straightIndex
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

    /// The maximum length of an arrowhead, as a fraction of the drawing's size.
    private static let longestLeg = 0.05

    /// Returns the corners of a contour of three lines.
    private func triangle(_ path: ContourPath) -> [Point]? {
        guard path.edges.count <= 3, path.segmentCount == 3 else { return nil }
        var corners: [Point] = []
        path.walk { segment, isBackwards in
            if segment.isLine { corners.append(isBackwards ? segment.b : segment.a) }
        }
        return corners.count == 3 ? corners : nil
    }

    /// Whether a triangle is small, isosceles and slender, with a line along its axis.
    private func isArrow(_ corners: [Point], _ index: BoxIndex) -> Bool {
        for (place, tip) in corners.enumerated() {
            let (one, two) = (corners[(place + 1) % 3], corners[(place + 2) % 3])
            let (leg, other, base) = ((one - tip).length, (two - tip).length, (two - one).length)
            guard leg > 0, leg <= Self.longestLeg * size, abs(leg - other) <= 0.03 * leg, base <= 0.9 * leg else { continue }
            let middle = (one + two) * 0.5
            var isOnLine = false
            index.visit(Box(tip, middle).widened(0.1 * leg)) { place in
                let line = segment(straight[place])
                guard line.length > 1.05 * leg else { return true }
                let reach = (0.05 * leg + slack) * line.length, way = line.b - line.a
                guard abs(way.cross(tip - line.a)) <= reach, abs(way.cross(middle - line.a)) <= reach else { return true }
                isOnLine = true
                noteHead(tip, leg, straight[place])
                return false
            }
            if isOnLine { return true }
        }
        return false
    }

    /// Searches for an open arrowhead: two short lines of equal length at equal angles to a longer line, at its end.
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
            let line = segment(shaft.edge)
            noteHead((line.b - line.a).dot(shaft.way) > 0 ? line.a : line.b, barbs[0].length, shaft.edge)
            return
        }
    }

    /// Stores an arrowhead that is at an end of its line.
    private func noteHead(_ tip: Point, _ length: Double, _ shaft: Int32) {
        let line = segment(shaft), reach = 0.1 * length + slack
        guard line.length > 2 * length, line.a.isWithin(reach, of: tip) || line.b.isWithin(reach, of: tip) else { return }
        heads.append((tip, length, shaft))
    }

    /// Searches for ticks: short oblique loose lines whose midpoint is the end of a longer line.
    func findTicks() {
        let ticks = loose.filter { isFree($0, 0) && isFree($0, 1) && segment($0).length <= Self.longestLeg * size }
        // Each dimension has two ticks and three other lines. A larger proportion of ticks is a hatching.
        guard ticks.count > 1, ticks.count * 2 <= straight.count else { return }
        let index = straightIndex
        var budget = Budget(for: ticks.count)
        for tick in ticks where !budget.isSpent {
            let line = segment(tick), middle = (line.a + line.b) * 0.5, way = line.b - line.a
            index.visit(Box(middle, middle)) { place in
                budget.take(at: middle)
                let shaft = segment(straight[place]), along = shaft.b - shaft.a
                let slope = abs(way.cross(along)), product = line.length * shaft.length
                if shaft.length > 2 * line.length, slope > 0.5 * product, slope < 0.87 * product {
                    noteHead(middle, line.length, straight[place])
                }
                return !budget.isSpent
            }
        }
    }

    /// Searches for dimension lines, which have a head at both ends. A line that ends there at a right angle is an extension line, whether
    /// or not it touches the outline. Edges of the outline continue beyond.
    func findMarkedLines() {
        let index = straightIndex
        let marked = Dictionary(grouping: heads.indices) { heads[$0].shaft }
        var budget = Budget(for: marked.count)
        for (shaft, numbers) in marked.sorted(by: { $0.key < $1.key }) where !budget.isSpent {
            let line = segment(shaft), half = line.length / 2
            guard let one = numbers.first(where: { heads[$0].tip.isWithin(half, of: line.a) }),
                let two = numbers.first(where: { heads[$0].tip.isWithin(half, of: line.b) })
            else { continue }
            dimensions.insert(shaft)
            for head in [heads[one], heads[two]] {
                let reach = slack + 0.1 * head.length
                index.visit(Box(head.tip, head.tip).widened(reach)) { place in
                    budget.take(at: head.tip)
                    let across = segment(straight[place]), way = across.b - across.a
                    guard straight[place] != shaft, abs(way.dot(line.b - line.a)) <= 0.02 * across.length * line.length,
                        abs(way.cross(head.tip - across.a)) <= reach * across.length,
                        across.a.isWithin(1.5 * head.length, of: head.tip) || across.b.isWithin(1.5 * head.length, of: head.tip)
                    else { return !budget.isSpent }
                    extensions.insert(straight[place])
                    return true
                }
            }
        }
    }
}
