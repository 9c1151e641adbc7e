import Glibc

/// The crossings of open contours with others and with themselves.
///
/// Two chords with a common point are a crossing if each contour, followed in both directions until the distance exceeds the error of
/// chords and the tolerance, continues on both sides of the other. A contour that ends before or returns only touches. Lines that end on
/// another from both sides form a continuing contour but no crossing: parts with a common cut are drawn like this.
struct OpenCrossings {
    /// One crossing for each pair of contours.
    private(set) var all: [ContourCrossing] = []
    /// The contours that cross themselves, as indices in `Measurement.contours`.
    private(set) var selfCrossings: [(contour: Int, place: Point)] = []

    /// The contour that was found last to cross each contour.
    private var lastCrosser: [Int32] = []

    init() {}

    init(_ chords: OpenChords) {
        lastCrosser = [Int32](repeating: -1, count: chords.contours.count)
        for number in 0..<chords.openCount {
            for chord in chords.range(number).dropLast() where !chords.isCutOff { examine(chord, of: number, chords) }
        }
    }

    private mutating func examine(_ chord: Int, of number: Int, _ chords: OpenChords) {
        let (a, b) = (chords.points[chord], chords.points[chord + 1])
        guard a != b else { return }
        chords.visit(Box(a, b)) { other in
            let its = Int(chords.owners[other])
            // Each pair of open contours is examined only once.
            guard its > number || (its == number && other > chord + 1), lastCrosser[its] != Int32(truncatingIfNeeded: number) else {
                return true
            }
            let (c, d) = (chords.points[other], chords.points[other + 1])
            guard let place = Crossing.meeting(a, b, c, d), !chords.isJoint(chord, at: place),
                !chords.isJoint(other, at: place), Self.isCrossing(place, chord, other, chords)
            else { return true }
            lastCrosser[its] = Int32(truncatingIfNeeded: number)
            if its == number {
                selfCrossings.append((chords.contours[number], place))
            } else {
                all.append(ContourCrossing(chords.contours[number], chords.contours[its], at: place))
            }
            return true
        }
    }

    /// Whether each of two contours continues on both sides of the other.
    private static func isCrossing(_ place: Point, _ one: Int, _ other: Int, _ chords: OpenChords) -> Bool {
        // The chords of both contours can deviate by their error.
        let apart = chords.tolerance + 2 * chords.error
        var radius = 1.5 * apart
        while !chords.isCutOff {
            guard let a = chords.exit(one, forward: true, around: place, radius),
                let b = chords.exit(one, forward: false, around: place, radius),
                let c = chords.exit(other, forward: true, around: place, radius),
                let d = chords.exit(other, forward: false, around: place, radius)
            else { return false }
            let areApart = !a.isWithin(apart, of: c) && !a.isWithin(apart, of: d) && !b.isWithin(apart, of: c) && !b.isWithin(apart, of: d)
            if areApart { return isBetween(c, a, b, place) != isBetween(d, a, b, place) }
            radius *= 2
        }
        return false
    }

    /// Whether a point on a circle is between `a` and `b`, counterclockwise.
    private static func isBetween(_ p: Point, _ a: Point, _ b: Point, _ centre: Point) -> Bool {
        func turn(_ q: Point) -> Double {
            let (from, to) = (a - centre, q - centre)
            let angle = atan2(from.cross(to), from.dot(to))
            return angle < 0 ? angle + 2 * .pi : angle
        }
        return turn(p) < turn(b)
    }
}
