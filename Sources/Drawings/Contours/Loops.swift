/// A contour in drawing units.
struct Loop: Sendable {
    var chain: Chaining.Chain
    var length: Double
    /// The exact bounding box.
    var box: Box
    /// The enclosed area; 0 if the contour is open.
    var area: Double
    /// The diameter if the contour is one full circle, otherwise 0.
    var diameter: Double
    var layer: UInt32
    /// The number of loops that contain this one.
    var depth: Int32 = 0
    /// The number of the smallest loop that contains this one, or -1.
    var parent: Int32 = -1
    /// The number of the earlier loop that this one lies on, or -1.
    var original: Int32 = -1
    /// The direction of its walk.
    var isCounterClockwise: Bool
    /// Whether it encloses an area: it is neither open nor a line in both directions.
    var hasArea: Bool

    var isCircle: Bool { diameter > 0 }
    var isDuplicate: Bool { original >= 0 }
    /// Whether material lies within it.
    var isOutline: Bool { hasArea && depth % 2 == 0 }
    /// Whether it is cut out of the material around it.
    var isHole: Bool { hasArea && depth % 2 == 1 }
}

/// Contours with their lengths, areas and nesting (sections 5 and 7 of the definitions).
struct Loops {
    private(set) var all: [Loop] = []
    private(set) var duplicates = 0
    private(set) var nesting: Containment.Findings
    let paths: ContourPaths

    /// - Parameter chordError: the maximum error of the polygons for the nesting; without it the nesting is not computed.
    init(_ geometry: Geometry, _ chaining: Chaining, tolerance: Double, chordError: Double? = nil) {
        paths = ContourPaths(geometry, chaining.members, tolerance: tolerance)
        nesting = Containment.Findings()
        all = chaining.chains.map(loop)
        markDuplicates()
        guard let chordError else { return }
        nesting = Containment(paths, all, chordError: chordError).run(&all)
    }

    private func loop(_ chain: Chaining.Chain) -> Loop {
        let path = paths.path(chain), first = path.firstEdge
        var box = Box()
        var (length, area) = (0.0, 0.0)
        var origin: Point?
        var last: Point?
        path.walk { segment, isBackwards in
            length += segment.length
            paths.geometry.widen(&box, by: segment)
            guard chain.isClosed else { return }
            let (start, end) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
            let from = origin ?? start
            if let last, last != start { area += paths.geometry.green(Segment(line: last, start), from) }
            area += paths.geometry.green(segment, from) * (isBackwards ? -1 : 1)
            (origin, last) = (from, end)
        }
        if let origin, let last, last != origin { area += paths.geometry.green(Segment(line: last, origin), origin) }
        let radius = chain.count == 1 && first.count == 1 ? paths.geometry.circleRadius(paths.geometry.segments[Int(first.first)]) : nil
        return Loop(
            chain: chain, length: length, box: box, area: abs(area), diameter: 2 * (radius ?? 0), layer: first.layer,
            isCounterClockwise: area > 0, hasArea: chain.isClosed && abs(area).squareRoot() > paths.tolerance)
    }

    /// Marks closed contours with the box, length and area of an earlier one.
    private mutating func markDuplicates() {
        var table = CellTable(count: all.count)
        let tolerance = paths.tolerance
        let grid = Grid(reach: tolerance, cell: 64 * tolerance)
        for index in all.indices where all[index].chain.isClosed {
            var original: Int32 = -1
            var looked = 0
            grid.visit(table, near: all[index].box.min) { other in
                if isSame(all[other], all[index]) { original = Int32(truncatingIfNeeded: other) }
                // No real drawing has thousands of different contours at one corner.
                looked += 1
                return original < 0 && looked < 4096
            }
            all[index].original = original
            if original >= 0 { duplicates += 1 } else { table.insert(index, grid.key(all[index].box.min)) }
        }
    }

    private func isSame(_ a: Loop, _ b: Loop) -> Bool {
        let tolerance = paths.tolerance
        return abs(a.box.min.x - b.box.min.x) <= tolerance && abs(a.box.min.y - b.box.min.y) <= tolerance
            && abs(a.box.max.x - b.box.max.x) <= tolerance && abs(a.box.max.y - b.box.max.y) <= tolerance
            && abs(a.length - b.length) <= 1e-4 * a.length + tolerance
            && abs(a.area.squareRoot() - b.area.squareRoot()) <= tolerance
    }
}
