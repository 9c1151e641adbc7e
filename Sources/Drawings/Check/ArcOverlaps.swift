/// Arcs of circles and ellipses that overlap parts of other arcs.
struct ArcOverlaps {
    /// The overlaps. Each has the middle of the longest stretch that earlier arcs cover, and the length of all such stretches.
    private(set) var places: [Overlap] = []

    private let curves: CurveIndex
    private let geometry: Geometry
    /// For each arc the ranges of angles that earlier arcs cover.
    private var covered: [Int: IntervalSet] = [:]

    init(_ curves: CurveIndex) {
        (self.curves, geometry) = (curves, curves.geometry)
        for segment in curves.kinds.indices where curves.kinds[segment] == .conic && !curves.isCutOff {
            guard let conic = conic(segment), !conic.isWhole else { continue }
            // If two arcs overlap, an end of one of them is on the other.
            for end in [geometry.segments[segment].a, geometry.segments[segment].b] {
                curves.visit(end) { other, _ in
                    if other != segment, curves.kinds[other] == .conic { compare(max(segment, other), min(segment, other)) }
                    return true
                }
            }
        }
        for (segment, stretches) in covered.sorted(by: { $0.key < $1.key }) { report(segment, stretches) }
    }

    private func conic(_ segment: Int) -> Conic? {
        guard case .conic(let index) = geometry.segments[segment].shape else { return nil }
        return geometry.conics[index]
    }

    /// Stores the stretches of a later arc that an earlier one covers.
    private mutating func compare(_ later: Int, _ earlier: Int) {
        guard let arc = conic(later), let before = conic(earlier) else { return }
        let isShorter = geometry.segments[later].length <= geometry.segments[earlier].length
        let (short, long) = isShorter ? (arc, before) : (before, arc), first = geometry.segments[isShorter ? later : earlier].a
        // The sum of the squares of two conjugate semi-axes does not depend on their choice. Very short arcs would coincide with any curve
        // that they touch.
        let (size, other) = (short.u.dot(short.u) + short.v.dot(short.v), long.u.dot(long.u) + long.v.dot(long.v))
        guard abs(size - other) <= 0.2 * max(size, other) else { return }
        let isOn = (0...4).allSatisfy { step in
            let p = short.point(short.start + (short.end - short.start) * Double(step) / 4, after: first)
            return long.distance(to: p).map { $0 <= curves.tolerance } ?? false
        }
        guard isOn, let (start, end) = angles(of: earlier, on: arc) else { return }
        let (low, high) = (min(arc.start, arc.end), max(arc.start, arc.end))
        for turn in -2...2 {
            let shift = Double(turn) * 2 * .pi, from = max(low, start + shift), to = min(high, end + shift)
            guard from < to, stretch(arc, from, to) > curves.tolerance else { continue }
            curves.take(10, at: arc.center)
            covered[later, default: IntervalSet()].insert(from, to, by: earlier)
        }
    }

    /// Returns the range of a segment that lies on an arc, in angles of that arc.
    private func angles(of segment: Int, on arc: Conic) -> (Double, Double)? {
        guard let other = conic(segment), let first = arc.angle(of: geometry.segments[segment].a) else { return nil }
        if other.isWhole { return (first, first + 2 * .pi) }
        guard let middle = arc.angle(of: geometry.middle(geometry.segments[segment])),
            let last = arc.angle(of: geometry.segments[segment].b)
        else { return nil }
        // Each half of the segment is less than half a turn.
        func step(_ from: Double, _ to: Double) -> Double { (to - from) - ((to - from) / (2 * .pi)).rounded() * 2 * .pi }
        let end = first + step(first, middle) + step(middle, last)
        return (min(first, end), max(first, end))
    }

    private func stretch(_ arc: Conic, _ from: Double, _ to: Double) -> Double {
        Conic(center: arc.center, u: arc.u, v: arc.v, start: from, end: to).length
    }

    private mutating func report(_ segment: Int, _ covered: IntervalSet) {
        let stretches = covered.joined()
        guard let arc = conic(segment), let longest = stretches.max(by: { ($0.to - $0.from, $1.from) < ($1.to - $1.from, $0.from) }) else {
            return
        }
        let place = arc.point((longest.from + longest.to) / 2, after: geometry.segments[segment].a)
        let length = stretches.reduce(0) { $0 + stretch(arc, $1.from, $1.to) }
        places.append(Overlap(segment: segment, place: place, length: length, others: covered.all.map(\.by)))
    }
}
