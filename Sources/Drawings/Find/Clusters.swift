/// Clusters of edge ends that are within the tolerance of each other, transitively: single linkage by union-find.
struct Clusters {
    private var sets: DisjointSets

    /// Returns the node of each place. Nodes are numbered from 0 in the order of their first places.
    static func nodes(_ places: [Point], tolerance: Double) -> (node: [Int32], count: Int) {
        var clusters = Clusters(sets: DisjointSets(count: places.count))
        let reach = tolerance * (1 + 1e-9)
        let grid = Grid(reach: reach, cell: 16 * tolerance)
        var table = CellTable(count: places.count)
        for (index, place) in places.enumerated() {
            var isRepeat = false
            var looked = 0
            grid.visit(table, near: place) { other in
                looked += 1
                guard places[other].isWithin(reach, of: place) else { return true }
                clusters.unite(other, index)
                // A place with the same coordinates was already compared with all its neighbours. Where there are more ends than in any
                // real drawing, a close place is sufficient.
                isRepeat = places[other] == place || (looked > 64 && places[other].isWithin(reach / 4, of: place))
                return !isRepeat
            }
            if !isRepeat { table.insert(index, grid.key(place)) }
        }
        var node = [Int32](repeating: -1, count: places.count)
        var count = 0
        for index in places.indices {
            let root = clusters.sets.root(index)
            if node[root] < 0 {
                node[root] = Int32(truncatingIfNeeded: count)
                count += 1
            }
            node[index] = node[root]
        }
        return (node, count)
    }

    /// The earlier place becomes the root, so that a root is always the first place of its set.
    private mutating func unite(_ a: Int, _ b: Int) {
        let (first, second) = (sets.root(a), sets.root(b))
        if first != second { sets.unite(root: max(first, second), into: min(first, second)) }
    }
}
