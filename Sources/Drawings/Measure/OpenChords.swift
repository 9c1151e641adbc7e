/// The chords of the open contours and of the closed ones near them: what crosses what, and what ends on what.
///
/// An object, because handing on its arrays for each pair of chords costs more than comparing them.
final class OpenChords {
    /// The corners of one contour after the other; of a closed one the first is repeated at its end.
    let points: [Point]
    /// Where each contour that is looked at begins in `points`, and where the last one ends.
    private let starts: [Int]
    /// Their places in `Measurement.contours`: the open ones in their order, then the closed ones.
    let contours: [Int]
    let openCount: Int
    /// By point, which of them it belongs to.
    let owners: [Int32]
    /// By point, whether two entities of an open contour meet in it.
    private let joints: [Bool]
    /// How far chords may lie from their contours.
    let error: Double
    let tolerance: Double
    private let index: BoxIndex
    /// The chords in `index`, by their first points.
    private let chords: [Int32]

    private var budget: Budget
    var isCutOff: Bool { budget.isSpent }
    /// Where it was given up to look at chords.
    var end: Point? { budget.end }

    /// Nil where they would be more than `most` chords.
    init?(_ measured: Measurement, most: Int) {
        let size = max(measured.box.width, measured.box.height) / measured.mmPerUnit
        let tolerance = measured.toleranceMM / measured.mmPerUnit
        var error = max(0.005 / measured.mmPerUnit, 1e-7 * size)
        let loops = measured.contours.loops
        let open = loops.indices.filter { !loops[$0].chain.isClosed }
        let near = BoxIndex(open.map { loops[$0].box.widened(2 * (tolerance + error)) })
        contours = open + loops.indices.filter { loops[$0].chain.isClosed && !near.visit(loops[$0].box) { _ in false } }
        openCount = open.count
        var outlines = Outlines()
        while !outlines.flatten(contours, measured, error: error, most: most) {
            error *= 8
            guard error < 0.01 * size else { return nil }
        }
        let (points, owners) = (outlines.points, outlines.owners)
        (self.points, self.owners, starts, joints) = (points, owners, outlines.starts, outlines.joints)
        (self.tolerance, self.error) = (tolerance, error)
        let openCount = openCount
        var chords: [Int32] = []
        for chord in points.indices.dropLast() where owners[chord] == owners[chord + 1] && points[chord] != points[chord + 1] {
            // To look whether one of many is of use takes less than to sort it in.
            if Int(owners[chord]) >= openCount, near.visit(Box(points[chord], points[chord + 1]), { _ in false }) { continue }
            chords.append(Int32(truncatingIfNeeded: chord))
        }
        self.chords = chords
        budget = Budget(for: chords.count)
        index = BoxIndex(count: chords.count) { Box(points[Int(chords[$0])], points[Int(chords[$0]) + 1]) }
    }

    /// As near as this to a chord is on its contour.
    var reach: Double { tolerance + error }

    func isClosed(_ number: Int) -> Bool { number >= openCount }
    func range(_ number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// Whether entities of an open contour meet at a place on one of its chords.
    func isJoint(_ chord: Int, at place: Point) -> Bool {
        joints[chord] && points[chord].isWithin(2 * reach, of: place)
            || joints[chord + 1] && points[chord + 1].isWithin(2 * reach, of: place)
    }

    /// Calls `body` with the chords that meet a box, by their first points, until it says stop or too many were looked at.
    func visit(_ box: Box, _ body: (Int) -> Bool) {
        index.visit(box) { place in
            body(Int(chords[place])) && budget.take(at: box.center)
        }
    }

    /// Where a contour first leaves a circle around a place on one of its chords; nil where it ends or closes before.
    func exit(_ chord: Int, forward: Bool, around centre: Point, _ radius: Double) -> Point? {
        let number = Int(owners[chord]), range = range(number)
        var from = centre, next = forward ? chord + 1 : chord
        for _ in range {
            budget.take(at: centre)
            let to = points[next]
            if !to.isWithin(radius, of: centre) { return Self.leaving(from, to, centre, radius) }
            from = to
            next += forward ? 1 : -1
            guard !range.contains(next) else { continue }
            guard isClosed(number) else { return nil }
            // The first point of a closed one is its last.
            next = forward ? range.lowerBound + 1 : range.upperBound - 2
        }
        return nil
    }

    /// Where a line that begins in a circle leaves it.
    private static func leaving(_ from: Point, _ to: Point, _ centre: Point, _ radius: Double) -> Point {
        let (way, start) = (to - from, from - centre)
        let (square, half) = (way.dot(way), way.dot(start))
        let rest = max(0, half * half - square * (start.dot(start) - radius * radius))
        return from + way * ((rest.squareRoot() - half) / square)
    }
}

/// The corners of contours, one after the other.
private struct Outlines {
    var points: [Point] = []
    var starts: [Int] = []
    var owners: [Int32] = []
    var joints: [Bool] = []

    /// False where it takes more chords than there may be.
    mutating func flatten(_ contours: [Int], _ measured: Measurement, error: Double, most: Int) -> Bool {
        (points, starts, owners, joints) = ([], [], [], [])
        var outline: [Point] = []
        for (number, contour) in contours.enumerated() {
            let loop = measured.contours.loops[contour]
            let path = measured.path(of: contour)
            path.chords(error: error, into: &outline)
            starts.append(points.count)
            points += outline
            if loop.chain.isClosed, let first = outline.first { points.append(first) }
            owners += [Int32](repeating: Int32(truncatingIfNeeded: number), count: points.count - owners.count)
            joints += [Bool](repeating: false, count: points.count - joints.count)
            if !loop.chain.isClosed, path.edges.count > 1 { markJoints(path) }
            guard points.count <= most else { return false }
        }
        starts.append(points.count)
        return true
    }

    /// Where the entities of the last contour meet.
    private mutating func markJoints(_ path: ContourPath) {
        var place = starts[starts.count - 1]
        for step in path.steps.dropLast() {
            let end = path.end(step)
            while place < points.count, points[place] != end { place += 1 }
            if place < points.count { joints[place] = true }
        }
    }
}
