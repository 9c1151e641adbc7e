/// The chords of open contours and of nearby closed ones, for finding their crossings and the contours that they end on.
///
/// A class, because passing its arrays for each pair of chords takes longer than comparing them.
final class OpenChords {
    /// The corners of all contours, one contour after the other. For a closed contour the first is repeated at its end.
    let points: [Point]
    /// The index of the first point of each contour, and of the end of the last one.
    private let starts: [Int]
    /// The contours as indices in `Measurement.contours`: the open ones in their order, then the closed ones.
    let contours: [Int]
    let openCount: Int
    /// The contour of each point.
    let owners: [Int32]
    /// Whether two entities of an open contour meet at a point, by point.
    private let joints: [Bool]
    /// The maximum distance of chords from their contours.
    let error: Double
    let tolerance: Double
    private let index: BoxIndex
    /// The chords in `index`, as indices of their first points.
    private let chords: [Int32]

    private var budget: Budget
    var isCutOff: Bool { budget.isSpent }
    /// The place where the search stopped early.
    var end: Point? { budget.end }

    /// Nil if there are more than `most` chords.
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
            // Checking whether a chord is near an open contour takes less time than inserting it into the tree.
            if Int(owners[chord]) >= openCount, near.visit(Box(points[chord], points[chord + 1]), { _ in false }) { continue }
            chords.append(Int32(truncatingIfNeeded: chord))
        }
        self.chords = chords
        budget = Budget(for: chords.count)
        index = BoxIndex(count: chords.count) { Box(points[Int(chords[$0])], points[Int(chords[$0]) + 1]) }
    }

    /// The distance from a chord within which a place is on the contour.
    var reach: Double { tolerance + error }

    func isClosed(_ number: Int) -> Bool { number >= openCount }
    func range(_ number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// Whether entities of an open contour meet at a place on one of its chords.
    func isJoint(_ chord: Int, at place: Point) -> Bool {
        joints[chord] && points[chord].isWithin(2 * reach, of: place)
            || joints[chord + 1] && points[chord + 1].isWithin(2 * reach, of: place)
    }

    /// Calls `body` with the chords that meet a box, as indices of their first points, until it returns false or the budget is exceeded.
    func visit(_ box: Box, _ body: (Int) -> Bool) {
        index.visit(box) { place in
            body(Int(chords[place])) && budget.take(at: box.center)
        }
    }

    /// Returns the place where a contour first leaves a circle around a place on one of its chords; nil if it ends or closes before.
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
            // The first point of a closed contour is repeated as its last.
            next = forward ? range.lowerBound + 1 : range.upperBound - 2
        }
        return nil
    }

    /// Returns the place where a line that starts in a circle leaves it.
    private static func leaving(_ from: Point, _ to: Point, _ centre: Point, _ radius: Double) -> Point {
        let (way, start) = (to - from, from - centre)
        let (square, half) = (way.dot(way), way.dot(start))
        let rest = max(0, half * half - square * (start.dot(start) - radius * radius))
        return from + way * ((rest.squareRoot() - half) / square)
    }
}

/// The corners of contours, one contour after the other.
private struct Outlines {
    var points: [Point] = []
    var starts: [Int] = []
    var owners: [Int32] = []
    var joints: [Bool] = []

    /// Flattens contours. Returns false if there are more than `most` points.
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

    /// Marks the places where the entities of the last contour meet.
    private mutating func markJoints(_ path: ContourPath) {
        var place = starts[starts.count - 1]
        for step in path.steps.dropLast() {
            let end = path.end(step)
            while place < points.count, points[place] != end { place += 1 }
            if place < points.count { joints[place] = true }
        }
    }
}
