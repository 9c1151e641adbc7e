import Values

/// Lines that mark the centres of circles. They are drawn for readers, and cut if nothing excludes them.
struct CentreMarks {
    private struct Circle {
        let centre: Point
        let radius: Double
    }

    /// The circle whose centre an open contour marks, by contour.
    private(set) var circleOf: [Int: Int] = [:]
    /// The marks of each circle.
    private var lines: [Int: [(a: Point, b: Point)]] = [:]
    private var circles: [Circle] = []
    /// The circles that have marks, with a tree of what is near them.
    private var marked: [Int] = []
    private var markedIndex = BoxIndex([])
    private var reach = 0.0

    /// The maximum distance of a mark's ends from the centre, in radii.
    private static let longest = 2.0
    /// The place where the search for marks stopped early.
    private(set) var end: Point?

    init() {}

    init(_ measured: Measurement) {
        reach = 2 * measured.toleranceMM / measured.mmPerUnit
        let loops = measured.contours.loops
        guard measured.open > 0 else { return }
        circles = loops.indices.lazy.filter { loops[$0].hasArea }.compactMap { place in
            guard let round = measured.round(place) else { return nil }
            return Circle(centre: round.center * (1 / measured.mmPerUnit), radius: round.diameterMM / 2 / measured.mmPerUnit)
        }
        guard !circles.isEmpty else { return }
        let index = BoxIndex(count: circles.count) { Box(circles[$0].centre, circles[$0].centre) }
        let longest = 2 * Self.longest * (circles.lazy.map(\.radius).max() ?? 0)
        var budget = Budget(for: loops.count)
        for place in loops.indices where !loops[place].chain.isClosed {
            let (start, end) = measured.ends(of: place), (a, b) = (start * (1 / measured.mmPerUnit), end * (1 / measured.mmPerUnit))
            // Straight lines only.
            guard loops[place].length <= longest, loops[place].length - (b - a).length <= 1e-6 * loops[place].length,
                !budget.isSpent
            else { continue }
            index.visit(Box(a, b).widened(reach)) { number in
                guard marks(a, b, circles[number]) else { return budget.take(at: a) }
                circleOf[place] = number
                lines[number, default: []].append((a, b))
                return false
            }
        }
        end = budget.end
        // A single line can have another purpose. Marks cross each other.
        lines = lines.filter { _, lines in lines.contains { Self.isAcross($0, lines[0]) } }
        circleOf = circleOf.filter { lines[$0.value] != nil }
        marked = lines.keys.sorted()
        let boxes = marked.map { number in
            let circle = circles[number]
            return Box(circle.centre, circle.centre).widened(circle.radius + max(reach, 0.02 * circle.radius))
        }
        markedIndex = BoxIndex(boxes)
    }

    private static func isAcross(_ one: (a: Point, b: Point), _ other: (a: Point, b: Point)) -> Bool {
        let (way, its) = (one.b - one.a, other.b - other.a)
        return abs(way.cross(its)) > 0.5 * way.length * its.length
    }

    private func marks(_ a: Point, _ b: Point, _ circle: Circle) -> Bool {
        let way = b - a, length = way.length, near = max(reach, 0.02 * circle.radius)
        guard length > 0, abs(way.cross(circle.centre - a)) <= near * length else { return false }
        return [a, b].allSatisfy { $0.isWithin(Self.longest * circle.radius, of: circle.centre) }
    }

    /// Whether lines meet at a place only because they mark a centre or because a mark crosses its circle.
    func explain(_ place: Point) -> Bool {
        !markedIndex.visit(Box(place, place)) { number in
            let circle = circles[marked[number]], distance = (place - circle.centre).length
            if distance <= max(reach, 0.02 * circle.radius) { return false }
            // On the circle it is a mark that crosses it.
            return abs(distance - circle.radius) > max(reach, 0.001 * circle.radius)
                || !(lines[marked[number]] ?? []).contains {
                    abs(($0.b - $0.a).cross(place - $0.a)) <= 2 * reach * ($0.b - $0.a).length
                }
        }
    }

    /// Whether a mark extends beyond its circle into the part.
    func reachesOut(_ place: Int, _ ends: (Point, Point)) -> Bool {
        guard let number = circleOf[place] else { return false }
        return [ends.0, ends.1].contains { !$0.isWithin(circles[number].radius + reach, of: circles[number].centre) }
    }
}

extension Checking {
    /// Reports centre marks once for the drawing. Marks that extend into the part are an error.
    func centreMarks() {
        let places = marks.circleOf.keys.sorted(), scale = measured.mmPerUnit
        let outside = places.filter { place in
            let (start, end) = measured.ends(of: place)
            return marks.reachesOut(place, (start * (1 / scale), end * (1 / scale)))
        }
        let inside = Set(places).subtracting(outside).sorted()
        tell(outside, .error, "run out of their circles and cut into the part")
        tell(inside, .warning, "are cut")
        notChecked(marks.end.map { [$0] } ?? [], "the lines at circles are too many: not all that mark a centre are told")
    }

    private func tell(_ lines: [Int], _ severity: Defect.Severity, _ consequence: String) {
        guard let first = lines.first else { return }
        let length = lines.reduce(0) { $0 + measured.contours[$1].lengthMM }, circles = Set(lines.compactMap { marks.circleOf[$0] }).count
        let count = "\(counted(lines.count, "line")) of \(shown(length)) mm together"
        let marked = circles == 1 ? "the centre of a circle" : "the centres of \(circles) circles"
        add(
            severity, .centreMarks, measured.ends(of: first).0, length, edges: measured.edges(of: lines),
            "\(count) mark \(marked) and \(consequence), with a pierce each: do they belong to a layer that is not cut?")
    }
}
