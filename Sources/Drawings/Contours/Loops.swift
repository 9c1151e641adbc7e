/// A contour in the drawing's units.
struct Loop: Sendable {
    var chain: Chaining.Chain
    var length: Double
    /// The exact box.
    var box: Box
    /// The enclosed area; 0 where the contour is open.
    var area: Double
    /// The diameter where the contour is one full circle, else 0.
    var diameter: Double
    var layer: UInt32
    /// How many loops hold this one.
    var depth: Int32 = 0
    /// The number of the smallest loop that holds this one, or -1.
    var parent: Int32 = -1
    var isDuplicate = false
    /// As it is walked along.
    var isCounterClockwise: Bool
    /// Neither open nor there and back on the same line.
    var hasArea: Bool

    var isCircle: Bool { diameter > 0 }
}

/// Contours with their lengths, areas and nesting (sections 5 and 7 of the definitions).
struct Loops {
    private(set) var all: [Loop] = []
    private(set) var duplicates = 0
    private(set) var nesting: Containment.Findings
    private let geometry: Geometry
    private let chaining: Chaining
    private let tolerance: Double

    /// - Parameter chordError: how far polygons may be off for the nesting, which is left out without it.
    init(_ geometry: Geometry, _ chaining: Chaining, tolerance: Double, chordError: Double? = nil) {
        (self.geometry, self.chaining, self.tolerance) = (geometry, chaining, tolerance)
        nesting = Containment.Findings()
        all = chaining.chains.map(loop)
        markDuplicates()
        guard let chordError else { return }
        nesting = Containment(geometry, chaining.members, all, tolerance: tolerance, chordError: chordError).run(&all)
    }

    private func loop(_ chain: Chaining.Chain) -> Loop {
        let first = geometry.edges[Chaining.edge(chaining.members[Int(chain.first)])]
        var box = Box()
        var (length, area) = (0.0, 0.0)
        var origin: Point?
        var last: Point?
        Chaining.walk(chaining.members(chain), geometry) { segment, isBackwards in
            length += segment.length
            geometry.widen(&box, by: segment)
            guard chain.isClosed else { return }
            let (start, end) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
            let from = origin ?? start
            if let last, last != start { area += geometry.green(Segment(line: last, start), from) }
            area += geometry.green(segment, from) * (isBackwards ? -1 : 1)
            (origin, last) = (from, end)
        }
        if let origin, let last, last != origin { area += geometry.green(Segment(line: last, origin), origin) }
        let radius = chain.count == 1 && first.count == 1 ? geometry.circleRadius(geometry.segments[Int(first.first)]) : nil
        return Loop(
            chain: chain, length: length, box: box, area: abs(area), diameter: 2 * (radius ?? 0), layer: first.layer,
            isCounterClockwise: area > 0, hasArea: chain.isClosed && abs(area).squareRoot() > tolerance)
    }

    /// Closed contours with the box, length and area of an earlier one.
    private mutating func markDuplicates() {
        var table = CellTable(count: all.count)
        let grid = Grid(reach: tolerance, cell: 64 * tolerance)
        for index in all.indices where all[index].chain.isClosed {
            var isRepeat = false
            var looked = 0
            grid.visit(table, near: all[index].box.min) { other in
                isRepeat = isSame(all[other], all[index])
                // Thousands of different contours in one corner are no real drawing.
                looked += 1
                return !isRepeat && looked < 4096
            }
            all[index].isDuplicate = isRepeat
            if isRepeat { duplicates += 1 } else { table.insert(index, grid.key(all[index].box.min)) }
        }
    }

    private func isSame(_ a: Loop, _ b: Loop) -> Bool {
        abs(a.box.min.x - b.box.min.x) <= tolerance && abs(a.box.min.y - b.box.min.y) <= tolerance
            && abs(a.box.max.x - b.box.max.x) <= tolerance && abs(a.box.max.y - b.box.max.y) <= tolerance
            && abs(a.length - b.length) <= 1e-4 * a.length + tolerance
            && abs(a.area.squareRoot() - b.area.squareRoot()) <= tolerance
    }
}
