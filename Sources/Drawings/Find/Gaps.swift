/// The distances between open ends.
enum Gaps {
    /// Returns for each end the distance to the nearest other end, if it is within `reach`.
    static func nearest(_ ends: [Point], within reach: Double) -> [Double?] {
        let grid = Grid(reach: reach, cell: 2 * reach)
        var table = CellTable(count: ends.count)
        for (index, end) in ends.enumerated() { table.insert(index, grid.key(end)) }
        return ends.enumerated().map { index, end in
            var least: Double?
            var looked = 0
            grid.visit(table, near: end) { other in
                guard other != index else { return true }
                let distance = (ends[other] - end).length
                if distance <= min(reach, least ?? reach) { least = distance }
                // Among very many ends a near one is taken as the nearest, so that the time stays bounded.
                looked += 1
                return looked < 256 || least == nil
            }
            return least
        }
    }
}
