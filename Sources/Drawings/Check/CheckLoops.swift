/// Loops of a contour that are smaller than the cut. Drawings of the beam's path, as with burn correction, have one at each inner corner.
/// It burns away with the cut, and the part is the same without it.
struct SmallLoops {
    /// The outline without small loops, and their number.
    private(set) var points: [Point]
    private(set) var count = 0
    private let limit: Double
    private let touch: Double

    /// A correction of a corner has fewer chords than this within the width of a cut.
    private static let mostChords = 256

    /// - Parameters:
    ///   - limit: the longest side of a small loop, in the unit of the points.
    ///   - touch: the distance within which chords meet.
    init(_ outline: [Point], isClosed: Bool, limit: Double, touch: Double) {
        (points, self.limit, self.touch) = (outline, limit, touch)
        pass()
        guard isClosed, points.count > 2 else { return }
        // The outline can start within a loop, so a second pass starts at another point.
        points = Array(points[(points.count / 2)...] + points[..<(points.count / 2)])
        pass()
    }

    /// Follows the outline and removes the stretches that return within the limit.
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

    /// Returns the last chord that meets the chord starting at a place, if the points between them are within the limit.
    private mutating func comesBack(_ from: Point, after at: Int) -> (chord: Int, place: Point)? {
        let to = points[at + 1]
        var box = Box(to, to), found: (chord: Int, place: Point)?
        for chord in at + 1..<min(points.count - 1, at + Self.mostChords) {
            let (a, b) = (points[chord], points[chord + 1])
            if let place = meeting(from, to, a, b, isNext: chord == at + 1), max(box.width, box.height) <= limit, isNear(place, box) {
                found = (chord, place)
            }
            box.include(b)
            // A stretch slightly beyond the limit can still end on the chord itself. One beyond twice the limit is not a small loop.
            guard max(box.width, box.height) <= 2 * limit else { break }
        }
        return found
    }

    /// Whether a loop, including the place where it meets itself, is within the limit.
    private func isNear(_ place: Point, _ box: Box) -> Bool {
        var whole = box
        whole.include(place)
        return max(whole.width, whole.height) <= limit
    }

    private func meeting(_ from: Point, _ to: Point, _ a: Point, _ b: Point, isNext: Bool) -> Point? {
        guard isNext else { return Crossing.meeting(from, to, a, b) ?? (b.isWithin(touch, of: from) ? from : nil) }
        // The next chord always meets this one at its start. It returns if it reverses along the same line.
        guard (to - from).dot(b - a) < 0, abs((to - from).cross(b - a)) <= touch * (b - a).length else { return nil }
        return (b - to).length < (from - to).length ? b : from
    }
}

extension Measurement {
    /// Whether a contour crosses itself only in loops smaller than the cut.
    func hasOnlySmallLoops(_ place: Int) -> Bool {
        let loop = contours.loops[place], touch = toleranceMM / mmPerUnit
        let outline = path(of: place).chords(error: 0.002 / mmPerUnit, touch: touch / 100)
        let (start, end) = ends(of: place), isClosed = loop.chain.isClosed || start.isWithin(Check.kerf / 2, of: end)
        let small = SmallLoops(outline, isClosed: isClosed, limit: Check.kerf / mmPerUnit, touch: touch)
        guard small.count > 0 else { return false }
        var budget = Budget(for: small.points.count)
        return Polygon(small.points).selfCrossing(orTouching: false, budget: &budget) == nil && !budget.isSpent
    }

    /// The number of closed contours that cross themselves in larger loops than the cut.
    package var wideSelfCrossings: Int { contours.selfCrossings.keys.count { !hasOnlySmallLoops($0) } }
}
