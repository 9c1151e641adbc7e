import Glibc

/// The entity that an edge is written as.
enum EdgeForm {
    case line(Point, Point)
    case circle(Point, radius: Double)
    /// Angles in radians, counterclockwise.
    case arc(Point, radius: Double, from: Double, to: Double)
    case ellipse(Point, Conic.Axes)
    case polyline([Vertex], isClosed: Bool)
    case spline(KnottedCurve)

    /// A corner of a polyline, and the bulge of the segment after it.
    struct Vertex {
        var place: Point
        var bulge = 0.0
    }

    /// The exact form of an edge. For R12, which has no ellipses and splines, they are approximated by chords within an error.
    ///
    /// - Parameter straight: the height of an arc above its chord below which it becomes a line.
    init(_ edge: Edge, _ geometry: Geometry, flattening error: Double?, straight: Double) {
        let segments = edge.segments.map { geometry.segments[$0] }
        if segments.count == 1, let form = EdgeForm(single: segments[0], geometry, isExact: error == nil, straight: straight) {
            self = form
            return
        }
        let isPlain = segments.allSatisfy { segment in
            guard case .conic(let index) = segment.shape else { return segment.isLine }
            return geometry.conics[index].radius != nil
        }
        guard isPlain || error != nil else {
            self = .spline(KnottedCurve(segments, geometry))
            return
        }
        var vertices = Self.vertices(segments, geometry, error)
        let isClosed = edge.isClosed && vertices.count > 2
        if isClosed, vertices[0].place == vertices[vertices.count - 1].place { vertices.removeLast() }
        self = .polyline(vertices, isClosed: isClosed)
    }

    /// Nil if a single entity cannot represent the segment.
    private init?(single segment: Segment, _ geometry: Geometry, isExact: Bool, straight: Double) {
        switch segment.shape {
        case .line: self = .line(segment.a, segment.b)
        case .conic(let index):
            let conic = geometry.conics[index]
            if let radius = conic.radius {
                self = Self.circular(conic, segment, radius, straight: straight)
            } else if isExact, let axes = conic.axes {
                self = .ellipse(conic.center, axes)
            } else {
                return nil
            }
        case .spline(let index):
            guard isExact else { return nil }
            self = .spline(KnottedCurve(geometry.splines[index], geometry))
        }
    }

    private static func circular(_ conic: Conic, _ segment: Segment, _ radius: Double, straight: Double) -> EdgeForm {
        if conic.isWhole { return .circle(conic.center, radius: radius) }
        if abs(conic.sweep) < 1e-3 {
            // Two nearly equal angles would lose their difference by rounding, and equal angles would be a full circle.
            let bulge = tan(conic.sweep / 4)
            if abs(bulge) * (segment.b - segment.a).length / 2 < straight { return .line(segment.a, segment.b) }
            return .polyline([Vertex(place: segment.a, bulge: bulge), Vertex(place: segment.b)], isClosed: false)
        }
        let (first, last) = conic.sweep > 0 ? (segment.a, segment.b) : (segment.b, segment.a)
        let (from, to) = (first - conic.center, last - conic.center)
        return .arc(conic.center, radius: radius, from: atan2(from.y, from.x), to: atan2(to.y, to.x))
    }

    /// Returns the corners, including the last one.
    private static func vertices(_ segments: [Segment], _ geometry: Geometry, _ error: Double?) -> [Vertex] {
        var vertices: [Vertex] = []
        for segment in segments {
            if case .conic(let index) = segment.shape, geometry.conics[index].radius != nil, !geometry.conics[index].isWhole {
                vertices.append(Vertex(place: segment.a, bulge: tan(geometry.conics[index].sweep / 4)))
            } else {
                vertices.append(Vertex(place: segment.a))
                var points: [Point] = []
                geometry.flatten(segment, error: error ?? 0.01, most: 8192) { points.append($0) }
                vertices += points.dropLast().map { Vertex(place: $0) }
            }
        }
        return vertices + [Vertex(place: segments[segments.count - 1].b)]
    }
}

/// A NURBS curve in the form of DXF, made of Bézier pieces. The multiplicity of inner knots is the degree.
struct KnottedCurve {
    private(set) var degree: Int
    private(set) var knots: [Double] = []
    private(set) var controls: [Weighted] = []

    init(_ spline: Spline, _ geometry: Geometry) {
        degree = spline.degree
        join((0..<spline.pieces).map { Array(geometry.piece(spline, $0).points) })
    }

    /// Converts consecutive lines, conic arcs and splines to one curve of the highest degree among them, at least 2.
    init(_ segments: [Segment], _ geometry: Geometry) {
        let pieces = segments.flatMap { segment -> [[Weighted]] in
            switch segment.shape {
            case .line: [[segment.a, segment.b].map { Weighted(x: $0.x, y: $0.y, w: 1) }]
            case .conic(let index): geometry.conics[index].quadratics(from: segment.a, to: segment.b)
            case .spline(let index):
                (0..<geometry.splines[index].pieces).map { Array(geometry.piece(geometry.splines[index], $0).points) }
            }
        }
        degree = max(2, (pieces.lazy.map(\.count).max() ?? 0) - 1)
        join(pieces.map { Self.elevated($0, to: degree) })
    }

    /// Returns the same Bézier curve with the control points of a higher degree (degree elevation).
    private static func elevated(_ piece: [Weighted], to degree: Int) -> [Weighted] {
        var points = piece
        while points.count <= degree {
            let count = points.count
            let inner = (1..<count).map { Weighted.mix(points[$0], points[$0 - 1], Double($0) / Double(count)) }
            points = [points[0]] + inner + [points[count - 1]]
        }
        return points
    }

    private mutating func join(_ pieces: [[Weighted]]) {
        knots = [Double](repeating: 0, count: degree + 1)
        for (number, piece) in pieces.enumerated() {
            if number > 0, let last = controls.last {
                // At a gap of the curve the knot is repeated once more, and both ends are kept.
                let isJoined = (piece[0].point - last.point).length <= 1e-9 * (1 + last.point.length)
                knots += [Double](repeating: Double(number), count: isJoined ? degree : degree + 1)
                controls += isJoined ? piece[1...] : piece[...]
            } else {
                controls += piece
            }
        }
        knots += [Double](repeating: Double(pieces.count), count: degree + 1)
    }

    var isRational: Bool { controls.contains { abs($0.w - 1) > 1e-12 } }
}
