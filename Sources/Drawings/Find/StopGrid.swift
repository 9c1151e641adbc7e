import Glibc

/// Points in square cells, to find the nearest ones without looking at all.
struct StopGrid {
    private let origin: Point
    private let cell: Double
    private let side: Int
    private var cells: [[Int32]]
    private let points: [Point]

    init(_ points: [Point]) {
        self.points = points
        var box = Box()
        for point in points { box.include(point) }
        side = max(1, Int(Double(points.count).squareRoot()))
        origin = box.isEmpty ? .zero : box.min
        cell = max(max(box.width, box.height) / Double(side), 1e-9)
        cells = [[Int32]](repeating: [], count: side * side)
        for (number, point) in points.enumerated() { cells[slot(point)].append(Int32(truncatingIfNeeded: number)) }
    }

    private func column(_ value: Double) -> Int { Int(max(0, min(Double(side - 1), value / cell))) }
    private func slot(_ p: Point) -> Int { column(p.y - origin.y) * side + column(p.x - origin.x) }

    mutating func remove(_ number: Int) { cells[slot(points[number])].removeAll { $0 == Int32(truncatingIfNeeded: number) } }

    /// Numbers of the nearest points, the nearest first, equal distances in the order of the numbers.
    func nearest(_ count: Int, to p: Point, where fits: (Int) -> Bool) -> [Int] {
        let (x, y) = (column(p.x - origin.x), column(p.y - origin.y))
        // A point outside of the grid is further from all cells than its cell tells.
        let outside = max(0, origin.x - p.x, origin.y - p.y, p.x - origin.x - cell * Double(side), p.y - origin.y - cell * Double(side))
        var found: [(distance: Double, number: Int)] = []
        for ring in 0...side {
            visit(ring, x, y) { number in
                if fits(number) { found.append(((points[number] - p).length, number)) }
            }
            let sure = outside > 0 ? .infinity : Double(ring) * cell
            guard found.count >= count, ring < side else { continue }
            // What is in the rings beyond is at least so far away.
            let kept = found.sorted { ($0.distance, $0.number) < ($1.distance, $1.number) }.prefix(count)
            if let last = kept.last, last.distance <= sure, outside == 0 { return kept.map(\.number) }
        }
        return found.sorted { ($0.distance, $0.number) < ($1.distance, $1.number) }.prefix(count).map(\.number)
    }

    /// The points of the cells at a distance of so many cells.
    private func visit(_ ring: Int, _ x: Int, _ y: Int, _ body: (Int) -> Void) {
        for row in max(0, y - ring)...min(side - 1, y + ring) where row >= 0 {
            let isEdge = abs(row - y) == ring
            let columns = isEdge || ring == 0 ? Array(max(0, x - ring)...min(side - 1, x + ring)) : [x - ring, x + ring]
            for column in columns where column >= 0 && column < side {
                for number in cells[row * side + column] { body(Int(number)) }
            }
        }
    }
}
