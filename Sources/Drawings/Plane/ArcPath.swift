import Glibc

/// Lines and arcs end to end. Length and area are exact; whatever works on contours needs to know these two shapes only.
///
/// Invariants, which every way to make one keeps: a bulge is finite and its arc is at most a quarter of a circle, as the foot of a point
/// relies on it; two places that follow each other differ; a closed path does not repeat its first place.
struct ArcPath: Sendable {
    /// A place and the bulge of what follows it: the tangent of a quarter of the arc's angle, positive counter-clockwise, 0 for a line.
    struct Vertex: Equatable, Sendable {
        var place: Point
        var bulge = 0.0
    }

    private(set) var vertices: [Vertex] = []
    private(set) var isClosed = false

    /// A quarter of a circle.
    static let mostBulge = 0.41421356237309509

    /// Of an open path the last vertex has nothing that follows it.
    var pieceCount: Int { isClosed ? vertices.count : max(vertices.count - 1, 0) }

    func piece(_ number: Int) -> ArcPiece {
        let next = number + 1 < vertices.count ? number + 1 : 0
        return ArcPiece(from: vertices[number].place, to: vertices[next].place, bulge: vertices[number].bulge)
    }

    var pieces: some RandomAccessCollection<ArcPiece> { (0..<pieceCount).lazy.map(piece) }

    mutating func begin(at place: Point) {
        if vertices.isEmpty { vertices.append(Vertex(place: place)) } else { add(to: place) }
    }

    /// Goes on to a place; longer arcs are divided.
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

    /// Goes on with a circular arc; the last place is at its first one, or near it.
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

    /// Leads the path back to its beginning; an end that is within reach of it is the beginning.
    mutating func close(within reach: Double) {
        guard vertices.count > 1 else { return }
        isClosed = true
        if vertices[vertices.count - 1].place.isWithin(reach, of: vertices[0].place) { vertices.removeLast() }
    }

    mutating func map(_ body: (Point) -> Point, isMirrored: Bool) {
        for place in vertices.indices {
            vertices[place].place = body(vertices[place].place)
            if isMirrored { vertices[place].bulge *= -1 }
        }
    }

    var length: Double { pieces.reduce(0) { $0 + $1.length } }

    /// What a closed path encloses, counter-clockwise positive.
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

    /// The centre of a flatter arc is too far away to tell its points from; it is as straight as doubles can say.
    private static let flat = 1e-8

    var isLine: Bool { abs(bulge) < Self.flat }

    /// Signed, in radians.
    var sweep: Double { 4 * atan(bulge) }

    var centre: Point { (a + b) * 0.5 + (b - a).left * ((1 - bulge * bulge) / (4 * bulge)) }

    var length: Double {
        let chord = (b - a).length
        return isLine ? chord : chord * (1 + bulge * bulge) * (atan(bulge) / bulge)
    }

    /// The area between the arc and its chord, positive counter-clockwise.
    var bow: Double { isLine ? 0 : Conic(from: a, to: b, bulge: bulge).bow }

    var box: Box {
        var box = Box(a, b)
        guard !isLine else { return box }
        Conic(from: a, to: b, bulge: bulge).widen(&box, after: a)
        return box
    }

    /// The place at a part of the length, from 0 to 1.
    func point(at part: Double) -> Point {
        if isLine { return a + (b - a) * part }
        // The chord from a to it subtends that part of the sweep: the arc turns from its chord by half of that.
        let half = sweep / 2, radius = (b - a).length / (2 * sin(half))
        let angle = half * (part - 1), chord = 2 * radius * sin(half * part)
        let way = (b - a) * (1 / (b - a).length)
        return a + (way * cos(angle) + way.left * sin(angle)) * chord
    }

    /// Calls `body` with its first place and those that divide it in equal parts until it says stop; false when it did.
    @inline(__always)
    func visit(_ parts: Int, _ body: (Point) -> Bool) -> Bool {
        if isLine || parts == 1 {
            for part in 0..<parts { guard body(point(at: Double(part) / Double(parts))) else { return false } }
            return true
        }
        // Each arm turns the one before by the same angle: no sine of its own.
        let centre = centre, turn = sweep / Double(parts), (cosine, sine) = (cos(turn), sin(turn))
        var arm = a - centre
        for _ in 0..<parts {
            guard body(centre + arm) else { return false }
            arm = arm * cosine + arm.left * sine
        }
        return true
    }

    /// The direction at a place of it, not of unit length.
    func direction(at place: Point) -> Point { isLine ? b - a : (place - centre).left * (bulge < 0 ? -1 : 1) }

    /// The place of it that is nearest to a point.
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

    /// The greatest distance of it from a point.
    func farthest(from p: Point) -> Double {
        let ends = max((a - p).length, (b - p).length)
        guard !isLine else { return ends }
        let centre = centre, radius = (a - centre).length, gap = centre - p
        let beyond = gap.length > 0 ? centre + gap * (radius / gap.length) : a
        return foot(of: beyond).isWithin(1e-9 * radius, of: beyond) ? max(ends, (beyond - p).length) : ends
    }
}
