import Glibc

/// How many parts a grid of the box around one holds: in rows or columns, from either side, with the part as it is drawn or at the rotation
/// with the smallest box, and a quarter of a turn farther. A row goes on behind a window.
package struct BoxGrid: Sendable {
    package private(set) var count = 0
    /// The rotation of each part in degrees, and the box around it in millimetres.
    package private(set) var degrees = 0.0
    package private(set) var width = 0.0, height = 0.0
    /// The lower left corner of the first box.
    package private(set) var place = Point.zero

    /// - Parameter wanted: the number at which the search stops.
    package init(_ search: FitSearch, in region: FitRegion, wanted: Int) {
        let free = FreeRectangles(region, margin: search.margin, gap: search.gap)
        let proof = free.blocked == nil ? FitProof(region, margin: search.margin, gap: search.gap) : nil
        for turn in [0, search.part.bestTurn].flatMap({ [$0, $0 + .pi / 2] }) where count < wanted {
            let box = search.part.support.box(turnedBy: turn)
            for way in Way.allCases where count < wanted {
                var rows = GridRows(free.room, width: box.width, height: box.height, gap: search.gap, way: way, wanted: wanted)
                rows.run { cell in
                    if let blocked = free.blocked { return blocked.first { $0.overlaps(cell) } }
                    guard let proof, !proof.holds(ArcPath(cell.min, cell.max)) else { return nil }
                    // Without a known obstacle the row goes on a little farther.
                    return Box(cell.min, cell.min + Point(max(cell.width / 8, 1), max(cell.height / 8, 1)))
                }
                guard rows.count > count else { continue }
                (count, width, height) = (rows.count, box.width, box.height)
                degrees = Angle.degrees(turn)
                place = rows.first ?? .zero
            }
        }
    }

    /// The direction of the rows, and the side from which they start.
    fileprivate enum Way: CaseIterable { case rows, rowsFromAbove, columns, columnsFromRight }
}

/// Rows of equal boxes.
private struct GridRows {
    private(set) var count = 0
    private(set) var first: Point?
    private let room: Box
    private let width, height, gap: Double
    private let way: BoxGrid.Way
    private let wanted: Int

    init(_ room: Box, width: Double, height: Double, gap: Double, way: BoxGrid.Way, wanted: Int) {
        (self.room, self.width, self.height, self.gap, self.way, self.wanted) = (room, width, height, gap, way, wanted)
    }

    /// - Parameter obstacle: what is in the way of a box; nil if it is free.
    mutating func run(_ obstacle: (Box) -> Box?) {
        let isRow = way == .rows || way == .rowsFromAbove, slack = FitProof.tolerance
        let (long, across) = isRow ? (room.width, room.height) : (room.height, room.width)
        let (step, rise) = isRow ? (width, height) : (height, width)
        guard step > 0, rise > 0 else { return }
        var row = 0.0
        while row + rise <= across + slack, count < wanted {
            var along = 0.0
            while along + step <= long + slack, count < wanted {
                let cell = cell(along, row)
                if let obstacle = obstacle(cell) {
                    along = isRow ? obstacle.max.x - room.min.x : obstacle.max.y - room.min.y
                    continue
                }
                (count, first) = (count + 1, first ?? cell.min)
                along += step + gap
            }
            row += rise + gap
        }
    }

    private func cell(_ along: Double, _ row: Double) -> Box {
        let corner =
            switch way {
            case .rows: Point(room.min.x + along, room.min.y + row)
            case .rowsFromAbove: Point(room.min.x + along, room.max.y - row - height)
            case .columns: Point(room.min.x + row, room.min.y + along)
            case .columnsFromRight: Point(room.max.x - row - width, room.min.y + along)
            }
        return Box(corner, corner + Point(width, height))
    }
}

extension Box {
    /// Whether the insides of two boxes meet by more than the tolerance.
    fileprivate func overlaps(_ box: Box) -> Bool {
        let slack = FitProof.tolerance
        return min.x < box.max.x - slack && box.min.x < max.x - slack && min.y < box.max.y - slack && box.min.y < max.y - slack
    }
}
