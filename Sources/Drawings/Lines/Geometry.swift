/// An entity after expansion: consecutive segments from its first to its last vertex.
struct Edge: Sendable {
    var first: UInt32
    var count: UInt32
    var layer: UInt32
    /// Whether it is a full conic, or a polyline with the closed flag.
    var isClosed: Bool
    /// The index of its style in `Geometry.styles`.
    var style: UInt16 = 0

    var segments: Range<Int> { Int(first)..<Int(first) + Int(count) }
}

/// Everything that is drawn, in the plane and in the drawing's units, with blocks expanded.
struct Geometry: Sendable {
    var edges: [Edge] = []
    var segments: [Segment] = []
    var conics: [Conic] = []
    var splines: [Spline] = []
    var controls: [Weighted] = []
    /// The number of entities of types that are not cut, by the number of the type's name.
    var skipped: [UInt32: Int] = [:]
    var styles: [LineStyle] = []
    /// The number of hidden entities and their length, by style.
    var hidden: [UInt16: (entities: Int, length: Double)] = [:]
    /// The number of entities left out because of their process, and their length, by style.
    var passed: [UInt16: (entities: Int, length: Double)] = [:]
    var notes = Notes()
    /// The files of external references that are not available.
    var externals: Set<String> = []
    /// The heights in z, by style.
    var heights: [Heights] = []

    func piece(_ spline: Spline, _ index: Int) -> Bezier {
        let start = spline.first + index * (spline.degree + 1)
        return Bezier(points: controls[start..<start + spline.degree + 1])
    }

    func length(_ edge: Edge) -> Double {
        var sum = 0.0
        for index in edge.segments { sum += segments[index].length }
        return sum
    }

    /// The number of the edge that a segment is part of: edges are in the order of their segments.
    func edge(of segment: Int) -> Int {
        var (low, high) = (0, edges.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(edges[middle].first) <= segment { low = middle } else { high = middle }
        }
        return low
    }

    func process(of edge: Edge) -> Process { styles.isEmpty ? .cut : styles[Int(edge.style)].process }

    func start(_ edge: Edge) -> Point { segments[Int(edge.first)].a }
    func end(_ edge: Edge) -> Point { segments[Int(edge.first) + Int(edge.count) - 1].b }

    /// Returns the point at the middle of the parameter range.
    func middle(_ segment: Segment) -> Point {
        switch segment.shape {
        case .line: (segment.a + segment.b) * 0.5
        case .conic(let index): conics[index].middle(after: segment.a)
        case .spline(let index): splines[index].middle
        }
    }

    /// Widens a box by the exact extremes of a segment.
    func widen(_ box: inout Box, by segment: Segment) {
        box.include(segment.a)
        box.include(segment.b)
        switch segment.shape {
        case .line: break
        case .conic(let index): conics[index].widen(&box, after: segment.a)
        case .spline(let index):
            for piece in 0..<splines[index].pieces { self.piece(splines[index], piece).widen(&box) }
        }
    }

    func box(_ edge: Edge) -> Box {
        var box = Box()
        for index in edge.segments { widen(&box, by: segments[index]) }
        return box
    }

    /// Returns the integral of (x - origin.x) dy from a to b.
    func green(_ segment: Segment, _ origin: Point) -> Double {
        switch segment.shape {
        case .line: Self.green(segment.a, segment.b, origin)
        case .conic(let index): Self.green(segment.a, segment.b, origin) + conics[index].bow
        case .spline(let index):
            (0..<splines[index].pieces).reduce(0) { $0 + piece(splines[index], $1).green(origin) }
        }
    }

    /// Returns the same integral along the straight line.
    private static func green(_ a: Point, _ b: Point, _ origin: Point) -> Double { ((a.x + b.x) / 2 - origin.x) * (b.y - a.y) }

    /// Adds the ends of chords that are within `error` of the segment; at most `most` chords.
    func flatten(_ segment: Segment, error: Double, most: Int, _ add: (Point) -> Void) {
        switch segment.shape {
        case .line: add(segment.b)
        case .conic(let index): conics[index].flatten(from: segment.a, to: segment.b, error: error, most: most, add)
        case .spline(let index):
            let each = max(most / splines[index].pieces, 4)
            let halvings = Int.bitWidth - 1 - each.leadingZeroBitCount
            for piece in 0..<splines[index].pieces { self.piece(splines[index], piece).flatten(error: error, halvings: halvings, add) }
        }
    }

    /// Returns the radius of a segment that is a full circle, otherwise nil.
    func circleRadius(_ segment: Segment) -> Double? {
        guard case .conic(let index) = segment.shape, conics[index].isWhole else { return nil }
        return conics[index].radius
    }
}
