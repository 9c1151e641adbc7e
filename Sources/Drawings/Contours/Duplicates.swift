/// Segments and entities that repeat earlier ones (section 6 of the definitions).
struct Duplicates {
    private(set) var segments = 0
    private(set) var length = 0.0
    private(set) var entities = 0
    /// Whether an edge is too short to be cut, by edge.
    private(set) var isTiny: [Bool]
    /// Whether an edge has the same segments as an earlier one, by edge.
    private(set) var isDuplicate: [Bool]
    /// Whether an edge has the same segments as an earlier one of its layer, by edge.
    private(set) var isLayerDuplicate: [Bool]
    private(set) var tiny = 0

    private let tolerance: Double
    /// The tolerance with the slack of section 5.
    private let reach: Double
    private let geometry: Geometry
    /// The kept segment that a segment equals, itself, or -1 if it is too short, by segment.
    private(set) var kept: [Int32]

    init(_ geometry: Geometry, tolerance: Double) {
        self.geometry = geometry
        self.tolerance = tolerance
        reach = tolerance * (1 + 1e-9)
        isTiny = [Bool](repeating: false, count: geometry.edges.count)
        isDuplicate = isTiny
        isLayerDuplicate = isTiny
        kept = [Int32](repeating: -1, count: geometry.segments.count)
        compareSegments()
        compareEntities()
    }

    /// The edges that are cut.
    var keptEdges: [Int32] {
        isTiny.indices.filter { !isTiny[$0] && !isDuplicate[$0] }.map { Int32(truncatingIfNeeded: $0) }
    }

    /// Whether an edge is cut if its layer is considered alone.
    func isKeptOnLayer(_ edge: Int) -> Bool { !isTiny[edge] && !isLayerDuplicate[edge] }

    /// The properties in which equal segments agree within the tolerance: the middle, and the lower left corner of the box of their ends.
    private struct Feature { var middle, corner: Point }

    private func feature(_ segment: Segment) -> Feature {
        if case .conic(let index) = segment.shape, geometry.conics[index].isWhole {
            var box = Box()
            geometry.widen(&box, by: segment)
            return Feature(middle: geometry.conics[index].center, corner: box.min)
        }
        return Feature(middle: geometry.middle(segment), corner: Point(min(segment.a.x, segment.b.x), min(segment.a.y, segment.b.y)))
    }

    private mutating func compareSegments() {
        // With cells of 64 times the reach, 90 % of lookups examine a single cell.
        let grid = Grid(reach: reach, cell: 64 * tolerance)
        var table = CellTable(count: geometry.segments.count)
        for (index, segment) in geometry.segments.enumerated() where segment.length > tolerance {
            let feature = feature(segment)
            let twin = twin(of: segment, feature, grid, table)
            kept[index] = Int32(truncatingIfNeeded: twin ?? index)
            if twin == nil {
                let (middle, corner) = (feature.middle, feature.corner)
                table.insert(index, Self.key(grid.cell(middle.x), grid.cell(middle.y), grid.cell(corner.x), grid.cell(corner.y)))
            } else {
                segments += 1
                length += segment.length
            }
        }
    }

    @inline(__always)
    private static func key(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> UInt64 {
        CellTable.mixed(CellTable.key(a, b) ^ c.bitPattern) &+ CellTable.mixed(d.bitPattern)
    }

    /// Returns the earliest kept segment that is equal.
    private func twin(of segment: Segment, _ feature: Feature, _ grid: Grid, _ table: CellTable) -> Int? {
        let (a0, a1) = grid.around(feature.middle.x)
        let (b0, b1) = grid.around(feature.middle.y)
        let (c0, c1) = grid.around(feature.corner.x)
        let (d0, d1) = grid.around(feature.corner.y)
        var found: Int?
        for cell in 0..<16 {
            // A set bit selects the second cell, if there are two.
            if cell & 1 != 0 && a0 == a1 || cell & 2 != 0 && b0 == b1 || cell & 4 != 0 && c0 == c1 || cell & 8 != 0 && d0 == d1 { continue }
            let key = Self.key(cell & 1 == 0 ? a0 : a1, cell & 2 == 0 ? b0 : b1, cell & 4 == 0 ? c0 : c1, cell & 8 == 0 ? d0 : d1)
            var looked = 0
            table.visit(key) { other in
                if other < found ?? .max, isSame(geometry.segments[other], segment) { found = other }
                // No real drawing has so many different lines in a cell of 0.64 mm.
                looked += 1
                return looked < 512
            }
        }
        return found
    }

    private func isSame(_ a: Segment, _ b: Segment) -> Bool {
        guard abs(a.length - b.length) <= 2 * reach else { return false }
        switch (a.shape, b.shape) {
        case (.line, .line): break
        case (.spline, .spline): break
        case (.conic(let first), .conic(let second)):
            let (one, two) = (geometry.conics[first], geometry.conics[second])
            guard one.isWhole == two.isWhole else { return false }
            guard one.isWhole else { break }
            var (box, other) = (Box(), Box())
            geometry.widen(&box, by: a)
            geometry.widen(&other, by: b)
            return one.center.isWithin(reach, of: two.center) && box.min.isWithin(reach, of: other.min)
                && box.max.isWithin(reach, of: other.max)
        default: return false
        }
        guard geometry.middle(a).isWithin(reach, of: geometry.middle(b)) else { return false }
        return (a.a.isWithin(reach, of: b.a) && a.b.isWithin(reach, of: b.b))
            || (a.a.isWithin(reach, of: b.b) && a.b.isWithin(reach, of: b.a))
    }

    /// The maximum length of a speck, in tolerances. By section 6, entities without any segment longer than the tolerance are equal,
    /// wherever they are. This is applied to specks only; a longer outline is an entity of its own, however short its segments are.
    private static let longestSpeck = 100.0

    /// Finds entities with equal sets of segments.
    private mutating func compareEntities() {
        var table = CellTable(count: geometry.edges.count)
        for (index, edge) in geometry.edges.enumerated() {
            let length = geometry.length(edge)
            if length <= tolerance {
                isTiny[index] = true
                tiny += 1
                continue
            }
            if length > Self.longestSpeck * tolerance, edge.segments.allSatisfy({ kept[$0] < 0 }) { continue }
            let key = key(edge)
            if mayRepeat(edge) {
                let set = keptSet(edge)
                var looked = 0
                table.visit(key) { other in
                    looked += 1
                    guard set == keptSet(geometry.edges[other]) else { return looked < 64 }
                    isDuplicate[index] = true
                    isLayerDuplicate[index] = isLayerDuplicate[index] || geometry.edges[other].layer == edge.layer
                    return !isLayerDuplicate[index]
                }
                entities += isDuplicate[index] ? 1 : 0
            }
            if !isLayerDuplicate[index] { table.insert(index, key) }
        }
    }

    private func keptSet(_ edge: Edge) -> Set<Int32> { Set(edge.segments.lazy.map { kept[$0] }.filter { $0 >= 0 }) }

    /// Returns a key that is equal for edges that repeat the same edge.
    func original(of edge: Int) -> [Int32] { keptSet(geometry.edges[edge]).sorted() }

    /// Whether an edge can repeat an earlier one, which requires that it has no new segment.
    private func mayRepeat(_ edge: Edge) -> Bool { edge.segments.allSatisfy { Int(kept[$0]) < Int(edge.first) } }

    /// Returns a hash that is equal for equal sets of segments in any order, because it depends only on the smallest and the largest.
    private func key(_ edge: Edge) -> UInt64 {
        var (low, high) = (Int32.max, Int32.min)
        for index in edge.segments where kept[index] >= 0 { (low, high) = (min(low, kept[index]), max(high, kept[index])) }
        return CellTable.key(Double(low), Double(high))
    }
}
