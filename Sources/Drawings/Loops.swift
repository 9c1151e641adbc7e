/// A contour in the drawing's units.
struct Loop: Sendable {
    var chain: Chaining.Chain
    var length: Double
    /// The exact box.
    var box: Box
    /// The enclosed area; 0 where the contour is open.
    var area: Double
    /// The diameter where the contour is one full circle, else 0.
    var diameter: Double
    var layer: UInt32
    /// How many loops hold this one.
    var depth: Int32 = 0
    /// The number of the smallest loop that holds this one, or -1.
    var parent: Int32 = -1
    var isDuplicate = false
    /// Neither open nor there and back on the same line.
    var hasArea: Bool

    var isCircle: Bool { diameter > 0 }
}

/// Contours with their lengths, areas and nesting (sections 5 and 7 of the definitions).
struct Loops {
    private(set) var all: [Loop] = []
    /// Where pairs of loops cross; at most 1000.
    private(set) var crossings: [Point] = []
    private(set) var crossingPairs = 0
    /// Where loops cross themselves, by their number.
    private(set) var selfCrossings: [Int: Point] = [:]
    private(set) var duplicates = 0

    /// Whether the comparing of pairs was given up.
    var isCutOff: Bool { effort > mostEffort }

    /// A pair of circles takes 1, of polygons 16, as many as one of them has chords, and one for each pair of chords that is looked at.
    /// Real drawings take some hundreds for each contour.
    private var mostEffort: Int { 40_000_000 + 1000 * all.count }
    private var effort = 0
    private let geometry: Geometry
    private let chaining: Chaining
    private let tolerance: Double
    private let chordError: Double

    init(_ geometry: Geometry, _ chaining: Chaining, tolerance: Double, chordError: Double) {
        (self.geometry, self.chaining, self.tolerance, self.chordError) = (geometry, chaining, tolerance, chordError)
        all = chaining.chains.map(loop)
        markDuplicates()
        nest()
    }

    private func loop(_ chain: Chaining.Chain) -> Loop {
        let first = geometry.edges[Chaining.edge(chaining.members[Int(chain.first)])]
        var box = Box()
        var (length, area) = (0.0, 0.0)
        var origin: Point?
        var last: Point?
        Chaining.walk(chaining.members(chain), geometry) { segment, isBackwards in
            length += segment.length
            geometry.widen(&box, by: segment)
            guard chain.isClosed else { return }
            let (start, end) = isBackwards ? (segment.b, segment.a) : (segment.a, segment.b)
            let from = origin ?? start
            if let last, last != start { area += geometry.green(Segment(line: last, start), from) }
            area += geometry.green(segment, from) * (isBackwards ? -1 : 1)
            (origin, last) = (from, end)
        }
        if let origin, let last, last != origin { area += geometry.green(Segment(line: last, origin), origin) }
        let radius = chain.count == 1 && first.count == 1 ? geometry.circleRadius(geometry.segments[Int(first.first)]) : nil
        return Loop(
            chain: chain, length: length, box: box, area: abs(area), diameter: 2 * (radius ?? 0), layer: first.layer,
            hasArea: chain.isClosed && abs(area).squareRoot() > tolerance)
    }

    private func polygon(_ loop: Loop) -> Polygon {
        Polygon(Chaining.outline(of: chaining.members(loop.chain), geometry, tolerance: tolerance, error: chordError))
    }

    /// Closed contours with the box, length and area of an earlier one.
    private mutating func markDuplicates() {
        var table = CellTable(count: all.count)
        let grid = Grid(reach: tolerance, cell: 64 * tolerance)
        for index in all.indices where all[index].chain.isClosed {
            var isRepeat = false
            var looked = 0
            grid.visit(table, near: all[index].box.min) { other in
                isRepeat = isSame(all[other], all[index])
                // Thousands of different contours in one corner are no drawing of a workshop.
                looked += 1
                return !isRepeat && looked < 4096
            }
            all[index].isDuplicate = isRepeat
            if isRepeat { duplicates += 1 } else { table.insert(index, grid.key(all[index].box.min)) }
        }
    }

    private func isSame(_ a: Loop, _ b: Loop) -> Bool {
        abs(a.box.min.x - b.box.min.x) <= tolerance && abs(a.box.min.y - b.box.min.y) <= tolerance
            && abs(a.box.max.x - b.box.max.x) <= tolerance && abs(a.box.max.y - b.box.max.y) <= tolerance
            && abs(a.length - b.length) <= 1e-4 * a.length + tolerance
            && abs(a.area.squareRoot() - b.area.squareRoot()) <= tolerance
    }

    /// Every loop with the smaller ones whose box meets its own: what lies in it, and what crosses it.
    private mutating func nest() {
        // A bow tie may have no area either; a line there and back touches itself all along.
        for index in all.indices where all[index].chain.isClosed && !all[index].hasArea && !all[index].isDuplicate {
            selfCrossings[index] = polygon(all[index]).selfCrossing(
                orTouching: false, within: mostEffort - effort, effort: &effort)
        }
        let closed = all.indices.filter { all[$0].hasArea && !all[$0].isDuplicate }
        let index = BoxIndex(closed.map { all[$0].box })
        for outer in closed {
            var prepared: Polygon?
            if !all[outer].isCircle {
                let polygon = polygon(all[outer])
                prepared = polygon
                effort += polygon.points.count
                let place = polygon.selfCrossing(orTouching: true, within: mostEffort - effort, effort: &effort)
                if let place { selfCrossings[outer] = place }
            }
            index.visit(all[outer].box) { place in
                let inner = closed[place]
                effort += 1
                guard !isCutOff else { return false }
                guard isLess(inner, outer) else { return true }
                if all[outer].isCircle, all[inner].isCircle, compareCircles(inner, outer) { return true }
                let shape = prepared ?? polygon(all[outer])
                prepared = shape
                compare(inner, outer, shape)
                return true
            }
        }
    }

    /// Whether one loop lies in another, and whether they cross.
    private mutating func compare(_ inner: Int, _ outer: Int, _ shape: Polygon) {
        let other = polygon(all[inner])
        effort += 16 + other.points.count
        if all[inner].area < all[outer].area, let interior = other.interior, shape.contains(interior) { put(inner, into: outer) }
        if let place = shape.crossing(other, within: mostEffort - effort, effort: &effort) {
            crossingPairs += 1
            if crossings.count < Measurement.Places.most { crossings.append(place) }
        }
    }

    /// The same for circles, by their centres; false where they touch or cross, and their polygons have to tell.
    private mutating func compareCircles(_ inner: Int, _ outer: Int) -> Bool {
        let distance = (middle(all[inner].box) - middle(all[outer].box)).length
        let (small, large) = (all[inner].diameter / 2, all[outer].diameter / 2)
        if distance >= small + large + tolerance { return true }
        guard distance + small <= large - tolerance else { return false }
        put(inner, into: outer)
        return true
    }

    private func middle(_ box: Box) -> Point { (box.min + box.max) * 0.5 }

    private func isLess(_ a: Int, _ b: Int) -> Bool { all[a].area == all[b].area ? a < b : all[a].area < all[b].area }

    private mutating func put(_ inner: Int, into outer: Int) {
        all[inner].depth += 1
        let parent = Int(all[inner].parent)
        if parent < 0 || all[parent].area > all[outer].area { all[inner].parent = Int32(truncatingIfNeeded: outer) }
    }
}
