import Glibc

/// Connected lines and arcs. Length and area are exact, and algorithms for contours need to handle these two shapes only.
///
/// Invariants of every path: a bulge is finite and its arc is at most a quarter of a circle, which the nearest point to a given point
/// relies on; consecutive places differ; a closed path does not repeat its first place.
struct ArcPath: Sendable {
    /// A place and the bulge of the piece after it: the tangent of a quarter of the arc's angle, positive counterclockwise, 0 for a line.
    struct Vertex: Equatable, Sendable {
        var place: Point
        var bulge = 0.0
    }

    private(set) var vertices: [Vertex] = []
    private(set) var isClosed = false

    /// The bulge of a quarter of a circle.
    static let mostBulge = 0.41421356237309509

    /// The number of pieces: there is none after the last vertex of an open path.
    var pieceCount: Int { isClosed ? vertices.count : max(vertices.count - 1, 0) }

    func piece(_ number: Int) -> ArcPiece {
        let next = number + 1 < vertices.count ? number + 1 : 0
        return ArcPiece(from: vertices[number].place, to: vertices[next].place, bulge: vertices[number].bulge)
    }

    var pieces: some RandomAccessCollection<ArcPiece> { (0..<pieceCount).lazy.map(piece) }

    mutating func begin(at place: Point) {
        if vertices.isEmpty { vertices.append(Vertex(place: place)) } else { add(to: place) }
    }

    /// Adds a line or an arc to a place. An arc of more than a quarter of a circle is divided.
    mutating func add(to place: Point, bulge: Double = 0) {
        guard let last = vertices.last, last.place != place else { return }
        guard abs(bulge) > Self.mostBulge * (1 + 1e-12), bulge.isFinite else {
            vertices[vertices.count - 1].bulge = bulge.isFinite ? bulge : 0
            vertices.append(Vertex(place: place))
            return
        }
        let arc = Conic(from: last.place, to: place, bulge: bulge)
        add(arc, from: last.place, to: place)
    }

    /// Adds a circular arc whose first point is at or near the last place.
    mutating func add(_ arc: Conic, from first: Point, to end: Point) {
        let count = max(1, Int((abs(arc.sweep) / (.pi / 2) - 1e-9).rounded(.up))), bulge = tan(arc.sweep / Double(4 * count))
        for number in 1...count {
            let t = arc.start + (arc.end - arc.start) * Double(number) / Double(count)
            let place = number == count ? end : arc.point(t, after: first)
            guard vertices[vertices.count - 1].place != place else { continue }
            vertices[vertices.count - 1].bulge = bulge
            vertices.append(Vertex(place: place))
        }
    }

    /// Closes the path. If its last place is within `reach` of its first, it is removed.
    mutating func close(within reach: Double) {
        guard vertices.count > 1 else { return }
        isClosed = true
        func isBack(_ reach: Double) -> Bool { vertices[vertices.count - 1].place.isWithin(reach, of: vertices[0].place) }
        if vertices.count > 2, isBack(reach) { vertices.removeLast() }
        while vertices.count > 2, isBack(0) { vertices.removeLast() }
        assert(brokenInvariant == nil, brokenInvariant ?? "")
    }

    mutating func map(_ body: (Point) -> Point, isMirrored: Bool) {
        for place in vertices.indices {
            vertices[place].place = body(vertices[place].place)
            if isMirrored { vertices[place].bulge *= -1 }
        }
    }

    var length: Double { pieces.reduce(0) { $0 + $1.length } }

    /// The enclosed area of a closed path, positive counterclockwise.
    var area: Double {
        guard let origin = vertices.first?.place else { return 0 }
        return pieces.reduce(0) { $0 + ($1.a - origin).cross($1.b - origin) / 2 + $1.bow }
    }

    var box: Box { pieces.reduce(into: vertices.first.map { Box($0.place, $0.place) } ?? Box()) { $0.include($1.box) } }
}

/// A line, or an arc of at most a quarter of a circle.
struct ArcPiece: Sendable {
    let a, b: Point
    let bulge: Double

    init(from a: Point, to b: Point, bulge: Double) { (self.a, self.b, self.bulge) = (a, b, bulge) }

    /// The centre of a flatter arc is so far away that its points cannot be computed from it. In doubles such an arc is straight.
    private static let flat = 1e-8

    var isLine: Bool { abs(bulge) < Self.flat }

    /// The angle of the arc in radians, positive counterclockwise.
    var sweep: Double { 4 * atan(bulge) }

    var centre: Point { (a + b) * 0.5 + (b - a).left * ((1 - bulge * bulge) / (4 * bulge)) }

    var length: Double {
        let chord = (b - a).length
        return isLine ? chord : chord * (1 + bulge * bulge) * (atan(bulge) / bulge)
    }

    /// The area between the arc and its chord, positive counterclockwise.
    var bow: Double { isLine ? 0 : Conic(from: a, to: b, bulge: bulge).bow }

    var box: Box {
        var box = Box(a, b)
        guard !isLine else { return box }
        Conic(from: a, to: b, bulge: bulge).widen(&box, after: a)
        return box
    }

    /// Returns the place at a fraction of the length, from 0 to 1.
    func point(at part: Double) -> Point {
        if isLine { return a + (b - a) * part }
        // The chord from a to the place subtends that fraction of the sweep. Its angle with the arc's tangent at a is half of that.
        let half = sweep / 2, radius = (b - a).length / (2 * sin(half))
        let angle = half * (part - 1), chord = 2 * radius * sin(half * part)
        let way = (b - a) * (1 / (b - a).length)
        return a + (way * cos(angle) + way.left * sin(angle)) * chord
    }

    /// Divides the piece into equal parts and calls `body` with the start of each until it returns false. Returns false in that case.
    @inline(__always)
    func visit(_ parts: Int, _ body: (Point) -> Bool) -> Bool {
        if isLine || parts == 1 {
            for part in 0..<parts { guard body(point(at: Double(part) / Double(parts))) else { return false } }
            return true
        }
        // Each radius vector is the previous one rotated by the same angle, which avoids a sine for each.
        let centre = centre, turn = sweep / Double(parts), (cosine, sine) = (cos(turn), sin(turn))
        var arm = a - centre
        for _ in 0..<parts {
            guard body(centre + arm) else { return false }
            arm = arm * cosine + arm.left * sine
        }
        return true
    }

    /// Returns the direction at a place on the piece; not a unit vector.
    func direction(at place: Point) -> Point { isLine ? b - a : (place - centre).left * (bulge < 0 ? -1 : 1) }

    /// Returns the nearest place on the piece to a point.
    func foot(of p: Point) -> Point {
        guard !isLine else { return ChordDistance.foot(p, a, b) }
        let centre = centre, arm = p - centre
        if isBeside(p, centre) { return centre + arm * ((a - centre).length / arm.length) }
        let (toFirst, toLast) = (p - a, p - b)
        return toFirst.dot(toFirst) <= toLast.dot(toLast) ? a : b
    }

    /// Whether a place is within the sector of an arc, which is at most a quarter: left of its first side and right of its last.
    private func isBeside(_ p: Point, _ centre: Point) -> Bool {
        let (first, arm, last) = (a - centre, p - centre, b - centre), side = bulge < 0 ? -1.0 : 1
        return first.cross(arm) * side >= 0 && arm.cross(last) * side >= 0 && arm.dot(first + last) > 0
    }

    /// Whether the place that is nearest to a point on the whole line or circle is between the ends.
    func isBeside(_ p: Point) -> Bool {
        isLine ? (b - a).dot(p - a) >= 0 && (a - b).dot(p - b) >= 0 : isBeside(p, centre)
    }

    /// Returns the greatest distance of the piece from a point.
    func farthest(from p: Point) -> Double {
        let ends = max((a - p).length, (b - p).length)
        guard !isLine else { return ends }
        let centre = centre, radius = (a - centre).length, gap = centre - p
        let beyond = gap.length > 0 ? centre + gap * (radius / gap.length) : a
        return foot(of: beyond).isWithin(1e-9 * radius, of: beyond) ? max(ends, (beyond - p).length) : ends
    }
}
