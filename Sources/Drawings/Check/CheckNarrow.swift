/// A place where two stretches of contour come closer than the process allows.
struct NarrowPlace {
    /// Halfway between the two.
    let place: Point
    /// 0 where they touch.
    let width: Double
    /// Material between two cuts; otherwise a gap between two edges of material.
    let isWeb: Bool
}

/// Finds webs and slots: where the distance between two stretches of contour is least, seen from both.
struct NarrowSearch {
    private(set) var places: [NarrowPlace] = []
    /// Whether the search was given up: a hostile drawing may have millions of stretches side by side.
    private(set) var isCutOff = false

    private static let mostPairs = 15_000_000

    /// How far chords may lie from the contours: wider than was asked for where those would be too many.
    private(set) var chordError: Double
    private let limit: Double
    private let touch: Double
    private var points: [Point] = []
    /// By contour: where its points begin, and which side of its chords is inside.
    private var starts: [Int] = []
    private var isCounterClockwise: [Bool] = []
    private var contourOf: [Int32] = []
    private var depths: [Int] = []
    private var best: [Key: NarrowPlace] = [:]
    /// Contours that have a point in common, with material around both; those among them that cross.
    private var contacts: [Pair: (place: Point, width: Double)] = [:]
    private var crossed: Set<Pair> = []
    /// Those of which chords cross.
    private var crossing: Set<Pair> = []

    private struct Pair: Hashable { let first, second: Int }

    /// One place is told of a pair of contours; of one contour with itself one in each cell.
    private struct Key: Hashable {
        let first, second, cellX, cellY: Int
        let isWeb: Bool
    }

    /// - Parameters:
    ///   - limit: what is as wide is not looked at, in the drawing's units; what is closer than `touch` is in contact.
    ///   - mostChords: a hundred bytes each.
    init(_ measured: Measurement, limit: Double, touch: Double, chordError: Double, mostChords: Int) {
        (self.limit, self.touch, self.chordError) = (limit, touch, chordError)
        // An eighth of the exactness takes a third of the chords.
        while !flatten(measured, most: mostChords) {
            self.chordError *= 8
            guard self.chordError < limit / 4 else {
                isCutOff = true
                return
            }
        }
        starts.append(points.count)
        search()
        findCrossed(measured.places.crossings.map { $0 * (1 / measured.mmPerUnit) })
        let apart = best.filter { key, _ in !isMet(Pair(first: key.first, second: key.second)) }.values
        let touching = contacts.filter { !crossed.contains($0.key) }.values.map { NarrowPlace(place: $0.place, width: 0, isWeb: true) }
        places = (apart + touching).sorted { ($0.width, $0.place.x, $0.place.y) < ($1.width, $1.place.x, $1.place.y) }
    }

    /// False where it takes more chords than there may be.
    private mutating func flatten(_ measured: Measurement, most: Int) -> Bool {
        (points, starts, isCounterClockwise, contourOf, depths) = ([], [], [], [], [])
        var outline: [Point] = []
        for (place, loop) in measured.contours.loops.enumerated() where loop.hasArea && measured.contours.selfCrossings[place] == nil {
            let members = measured.members[loop.chain.range]
            Chaining.outline(of: members, measured.geometry, tolerance: touch, error: chordError, into: &outline)
            add(outline, depth: Int(loop.depth))
            guard points.count <= most else { return false }
        }
        return true
    }

    private func isMet(_ pair: Pair) -> Bool { contacts[pair] != nil || crossed.contains(pair) }

    /// Contours that cross are told of as such: what touches is looked at once more as a whole. Where no crossing was told, the chords
    /// of two that touch only seem to cross.
    private mutating func findCrossed(_ told: [Point]) {
        guard !told.isEmpty else { return }
        var effort = 0
        // In the same order in every run: the effort may end before the last.
        let pairs = Set(contacts.keys).union(crossing).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        for pair in pairs where effort < Self.mostPairs {
            let (first, second) = (outline(pair.first), outline(pair.second))
            let boxes = [first, second].map { points in points.reduce(into: Box()) { $0.include($1) }.widened(limit) }
            guard told.contains(where: { place in boxes.allSatisfy { $0.contains(Box(place, place)) } }) else { continue }
            if crossing.contains(pair) {
                crossed.insert(pair)
            } else if case .crossing = Polygon(first).meeting(Polygon(second), within: Self.mostPairs - effort, effort: &effort) {
                crossed.insert(pair)
            }
        }
    }

    private func outline(_ contour: Int) -> [Point] { Array(points[starts[contour]..<starts[contour + 1]]) }

    private mutating func add(_ outline: [Point], depth: Int) {
        guard outline.count > 2 else { return }
        var doubled = 0.0
        for (a, b) in zip(outline, outline.dropFirst()) { doubled += (a - outline[0]).cross(b - outline[0]) }
        contourOf += [Int32](repeating: Int32(truncatingIfNeeded: starts.count), count: outline.count)
        starts.append(points.count)
        isCounterClockwise.append(doubled > 0)
        depths.append(depth)
        points += outline
    }

    private func next(_ chord: Int) -> Int {
        let contour = Int(contourOf[chord])
        return chord + 1 == starts[contour + 1] ? starts[contour] : chord + 1
    }

    private func previous(_ point: Int) -> Int {
        let contour = Int(contourOf[point])
        return point == starts[contour] ? starts[contour + 1] - 1 : point - 1
    }

    private mutating func search() {
        let boxes = points.indices.map { Box(points[$0], points[next($0)]) }
        let index = BoxIndex(boxes)
        var pairs = 0
        var found: [Int32] = []
        for (leaf, item) in index.items.enumerated() {
            found.removeAll(keepingCapacity: true)
            let chord = Int(item)
            index.visit(boxes[chord].widened(limit), after: leaf) { other in
                pairs += 1
                found.append(other)
                return pairs < Self.mostPairs
            }
            for other in found { compare(min(chord, Int(other)), max(chord, Int(other))) }
            guard pairs < Self.mostPairs else {
                isCutOff = true
                return
            }
        }
    }

    private mutating func compare(_ a: Int, _ b: Int) {
        let (contourA, contourB) = (Int(contourOf[a]), Int(contourOf[b]))
        let (endA, endB) = (next(a), next(b))
        if contourA == contourB, endA == b || endB == a { return }
        let (p, q) = ChordDistance.nearest(points[a], points[endA], points[b], points[endB])
        let way = q - p, width = way.length
        guard width < limit else { return }
        if contourA != contourB {
            if Crossing.proper(points[a], points[endA], points[b], points[endB]) != nil {
                crossing.insert(Pair(first: contourA, second: contourB))
                return touch(p, 0, contourA, contourB)
            }
            if width <= touch { return touch(p, width, contourA, contourB) }
        }
        guard width > touch else { return }
        // Lines that end against each other are told of by the sides that are across them.
        for chord in [points[endA] - points[a], points[endB] - points[b]] where abs(chord.cross(way)) <= 1e-3 * chord.length * width {
            return
        }
        guard isLeast(p, way, a), isLeast(q, way * -1, b) else { return }
        // Outside of the deeper of two contours there are as many around as around itself.
        var around = max(depths[contourA], depths[contourB])
        if contourA == contourB {
            let side = (points[endA] - points[a]).cross(way), other = (points[endB] - points[b]).cross(way * -1)
            let leads = abs(side) >= abs(other) ? side : other
            if (leads > 0) == isCounterClockwise[contourA] { around += 1 }
        }
        // Between parts that are side by side there is nothing.
        guard around > 0 || contourA == contourB else { return }
        if contourA == contourB, around % 2 == 0, isRelief(from: p, on: a, to: q, on: b, width) { return }
        note(p, q, width, contourA, contourB, isWeb: around % 2 == 1)
    }

    /// A pocket that is hardly deeper than wide is a relief of a corner, as for a bend or by a round cutter, and melts together nowhere. The way
    /// around one with straight sides is its depth twice from its mouth and once from the middle of its sides.
    private static let deepestRelief = 4.0

    /// Whether the way from one side to the other along the contour is short.
    private func isRelief(from p: Point, on a: Int, to q: Point, on b: Int, _ width: Double) -> Bool {
        let most = Self.deepestRelief * width
        return isReached(q, on: b, from: p, on: a, within: most) || isReached(p, on: a, from: q, on: b, within: most)
    }

    /// Whether a place lies within a distance of another, forwards along their contour.
    private func isReached(_ place: Point, on last: Int, from start: Point, on first: Int, within most: Double) -> Bool {
        var chord = next(first), way = (points[chord] - start).length
        while way < most, chord != first {
            if chord == last { return way + (place - points[last]).length < most }
            let end = next(chord)
            way += (points[end] - points[chord]).length
            chord = end
        }
        return false
    }

    /// Of the places where two contours touch the one where they are nearest is told. Pieces in holes may lie at their sides: they are cut together.
    private mutating func touch(_ place: Point, _ width: Double, _ a: Int, _ b: Int) {
        guard max(depths[a], depths[b]) % 2 == 1 else { return }
        let pair = Pair(first: a, second: b)
        if let known = contacts[pair], (known.width, known.place.y, known.place.x) <= (width, place.y, place.x) { return }
        contacts[pair] = (place, width)
    }

    private mutating func note(_ p: Point, _ q: Point, _ width: Double, _ a: Int, _ b: Int, isWeb: Bool) {
        let place = (p + q) * 0.5
        let cell = a == b ? ((place.x / (4 * limit)).rounded(), (place.y / (4 * limit)).rounded()) : (0, 0)
        guard abs(cell.0) < 1e15, abs(cell.1) < 1e15 else { return }
        let key = Key(first: a, second: b, cellX: Int(cell.0), cellY: Int(cell.1), isWeb: isWeb)
        // In whatever order they come, the same one of two that are as narrow is told.
        if let known = best[key], (known.width, known.place.y, known.place.x) <= (width, place.y, place.x) { return }
        best[key] = NarrowPlace(place: place, width: width, isWeb: isWeb)
    }

    /// Whether the way to the other side gets no shorter along the contour, to the first order.
    private func isLeast(_ p: Point, _ way: Point, _ chord: Int) -> Bool {
        let end = next(chord)
        if p != points[chord], p != points[end] { return true }
        let corner = p == points[chord] ? chord : end
        for neighbour in [next(corner), previous(corner)] {
            let along = points[neighbour] - points[corner]
            if way.dot(along) > 1e-6 * way.length * along.length { return false }
        }
        return true
    }
}
