extension SheetSearch {
    /// Returns the part in the largest view of a sheet: an outline with the contours inside it, without frame, tables, dimensions and axes.
    /// - Returns: the edges of the part, and the number of views; nil if there is no closed outline.
    func part(of geometry: Geometry) -> (edges: [Int], views: Int)? {
        let candidates = prune(geometry, geometry.edges.indices.filter { mayBePart($0, geometry) })
        let chaining = Chaining(geometry, edges: candidates.map { Int32(truncatingIfNeeded: $0) }, tolerance: slack)
        let loops = Loops(geometry, chaining, tolerance: slack, chordError: max(1e-5 * max(box.width, box.height), slack))
        let tree = PartTree(loops.all)
        let views = tree.parts.indices.filter { tree.parts[$0].owner == nil }
        guard let view = views.max(by: { loops.all[tree.parts[$0].outline].area < loops.all[tree.parts[$1].outline].area }) else {
            return nil
        }
        let edges = tree.contours(within: view).flatMap { loops.paths.path(loops.all[$0].chain).edges }
        return (edges.sorted(), views.count)
    }

    private func mayBePart(_ number: Int, _ geometry: Geometry) -> Bool {
        let edge = geometry.edges[number], place = Int32(truncatingIfNeeded: number)
        guard geometry.process(of: edge) == .cut else { return false }
        if let lines, lines.arrowEdges.contains(place) || lines.dimensions.contains(place) || lines.extensions.contains(place) {
            return false
        }
        let own = geometry.box(edge)
        if blocks.contains(where: { $0.isInCorner && $0.box.widened(slack).contains(own) }) { return false }
        guard let frame else { return true }
        let isOnFrame = geometry.segments[edge.segments].allSatisfy { segment in
            guard let line = AxisLine(segment, edge: place, slack: slack) else { return false }
            return frame.boxes.contains { line.lies(on: $0, slack: 2 * slack) }
        }
        return !isOnFrame && frame.box.widened(slack).contains(own)
    }

    /// Removes edges with a free end repeatedly. These are extension lines that touch the outline.
    private func prune(_ geometry: Geometry, _ given: [Int]) -> [Int] {
        var places: [Point] = []
        for number in given { places += [geometry.start(geometry.edges[number]), geometry.end(geometry.edges[number])] }
        let node = Clusters.nodes(places, tolerance: slack).node
        var at = [[Int]](repeating: [], count: (node.max().map { Int($0) } ?? -1) + 1)
        for (end, node) in node.enumerated() { at[Int(node)].append(end) }
        var degree = at.map(\.count)
        var isGone = [Bool](repeating: false, count: given.count)
        var ready = degree.indices.filter { degree[$0] == 1 }
        while let next = ready.popLast() {
            guard let end = at[next].first(where: { !isGone[$0 / 2] }), !geometry.edges[given[end / 2]].isClosed else { continue }
            isGone[end / 2] = true
            let far = Int(node[end ^ 1])
            degree[next] -= 1
            degree[far] -= 1
            if degree[far] == 1 { ready.append(far) }
        }
        return given.indices.filter { !isGone[$0] }.map { given[$0] }
    }
}

extension Geometry {
    /// Returns the geometry with only these edges, in this order. The counts of hidden and skipped entities and the notes are kept.
    func keeping(_ numbers: [Int]) -> Geometry {
        var kept = self
        kept.edges = []
        kept.segments = []
        for number in numbers {
            var edge = edges[number]
            let first = kept.segments.count
            kept.segments.append(contentsOf: segments[edge.segments])
            edge.first = UInt32(truncatingIfNeeded: first)
            kept.edges.append(edge)
        }
        return kept
    }

    /// Returns the geometry with the edges of one process only. The others are counted in `passed`.
    func keeping(_ process: Process) -> Geometry {
        var passed = passed
        for edge in edges where self.process(of: edge) != process {
            let before = passed[edge.style] ?? (0, 0)
            passed[edge.style] = (before.entities + 1, before.length + length(edge))
        }
        guard !passed.isEmpty else { return self }
        var kept = keeping(edges.indices.filter { self.process(of: edges[$0]) == process })
        kept.passed = passed
        return kept
    }
}
