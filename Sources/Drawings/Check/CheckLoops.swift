/// Loops of a contour on itself that are smaller than the cut. Who draws the path of the beam itself, as burn correction does, makes one
/// at each inner corner: it burns away with the cut, and the part is the same without it.
struct SmallLoops {
    /// The outline without them, and whether any was there.
    private(set) var points: [Point]
    private(set) var count = 0
    private let limit: Double
    private let touch: Double
    private var effort = 0

    /// A loop of more chords within the width of a cut is no correction of a corner.
    private static let mostChords = 256
    private static let mostEffort = 20_000_000

    /// - Parameters:
    ///   - limit: the longest side of what counts as a small loop, in the unit of the points.
    ///   - touch: what is no further apart meets.
    init(_ outline: [Point], isClosed: Bool, limit: Double, touch: Double) {
        (points, self.limit, self.touch) = (outline, limit, touch)
        pass()
        guard isClosed, points.count > 2 else { return }
        // The outline may begin on a loop.
        points = Array(points[(points.count / 2)...] + points[..<(points.count / 2)])
        pass()
    }

    /// Goes along the outline and goes straight on where it comes back within the limit.
    private mutating func pass() {
        var kept: [Point] = []
        kept.reserveCapacity(points.count)
        var at = 0
        while at < points.count {
            kept.append(points[at])
            let from = kept[kept.count - 1]
            guard at + 1 < points.count, let back = comesBack(from, after: at) else {
                at += 1
                continue
            }
            count += 1
            if back.place != from { kept.append(back.place) }
            at = back.chord + 1
        }
        points = kept
    }

    /// The last chord after the one that begins at a place that meets it, with all between within the limit.
    private mutating func comesBack(_ from: Point, after at: Int) -> (chord: Int, place: Point)? {
        let to = points[at + 1]
        var box = Box(to, to), found: (chord: Int, place: Point)?
        for chord in at + 1..<min(points.count - 1, at + Self.mostChords) where effort < Self.mostEffort {
            effort += 1
            let (a, b) = (points[chord], points[chord + 1])
            if let place = meeting(from, to, a, b, isNext: chord == at + 1), max(box.width, box.height) <= limit, isNear(place, box) {
                found = (chord, place)
            }
            box.include(b)
            // What has gone out of the limit may end on the chord itself, but not come back for good.
            guard max(box.width, box.height) <= 2 * limit else { break }
        }
        return found
    }

    /// A loop reaches from the place where it meets itself.
    private func isNear(_ place: Point, _ box: Box) -> Bool {
        var whole = box
        whole.include(place)
        return max(whole.width, whole.height) <= limit
    }

    private func meeting(_ from: Point, _ to: Point, _ a: Point, _ b: Point, isNext: Bool) -> Point? {
        guard isNext else { return Crossing.meeting(from, to, a, b) ?? (b.isWithin(touch, of: from) ? from : nil) }
        // The next chord meets where it begins; it comes back where it turns round on the same line.
        guard (to - from).dot(b - a) < 0, abs((to - from).cross(b - a)) <= touch * (b - a).length else { return nil }
        return (b - to).length < (from - to).length ? b : from
    }
}

extension Measurement {
    /// Whether a contour crosses itself in nothing but loops smaller than the cut.
    func hasOnlySmallLoops(_ place: Int) -> Bool {
        let loop = contours.loops[place], touch = toleranceMM / mmPerUnit
        let outline = path(of: place).chords(error: 0.002 / mmPerUnit, touch: touch / 100)
        let (start, end) = ends(of: place), isClosed = loop.chain.isClosed || start.isWithin(Check.kerf / 2, of: end)
        let small = SmallLoops(outline, isClosed: isClosed, limit: Check.kerf / mmPerUnit, touch: touch)
        guard small.count > 0 else { return false }
        var effort = 0
        return Polygon(small.points).selfCrossing(orTouching: false, within: 10_000_000, effort: &effort) == nil
    }

    /// Closed contours that cross themselves in more than loops smaller than the cut.
    package var wideSelfCrossings: Int { contours.selfCrossings.keys.count { !hasOnlySmallLoops($0) } }
}
