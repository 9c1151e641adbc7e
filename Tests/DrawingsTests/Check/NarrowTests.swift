import FoundationEssentials
import Glibc
import Testing

@testable import Drawings

/// Webs and slots between outlines of every kind and at every angle, compared with distances found by brute force.
struct NarrowTests {
    /// There is a web between two holes in a plate, and a slot between two pieces in a hole.
    @Test(arguments: 1...40) func narrowPlacesBetweenContoursAreFound(seed: Int) throws {
        var dice = Dice(seed)
        for _ in 0..<6 {
            let isWeb = dice.whole(0...1) == 0, thickness = dice.whole(0...3) == 0 ? nil : dice.real(0.5, 4)
            let width = exp(dice.real(log(0.015), log(3)))
            let one = Shape.any(&dice), other = Shape.any(&dice).beside(one, gap: width, toward: dice.real(0, 2 * .pi))
            var sketch = Sketch()
            sketch.rectangle(-200, -200, 400, 400)
            if !isWeb { sketch.rectangle(-150, -150, 300, 300) }
            one.draw(into: &sketch)
            other.draw(into: &sketch)
            try compare(sketch, thickness, isWeb: isWeb, one.distance(to: other))
        }
    }

    /// A strip of one outline or a slit into it, with straight, round and free-form sides.
    @Test(arguments: 1...40) func narrowPlacesOfOneContourAreFound(seed: Int) throws {
        var dice = Dice(1000 + seed)
        for _ in 0..<6 {
            let isWeb = dice.whole(0...1) == 0, thickness = dice.whole(0...3) == 0 ? nil : dice.real(0.5, 4)
            let width = exp(dice.real(log(0.015), log(3)))
            let strip = Strip.any(&dice, width: width)
            var sketch = Sketch()
            let distance = strip.draw(into: &sketch, isWeb: isWeb, turn: dice.real(0, 2 * .pi))
            try compare(sketch, thickness, isWeb: isWeb, distance)
        }
    }

    /// A web near the tip of a spline is found whatever the limit is. Coarser chords would miss it.
    @Test(.sharedDrawings, arguments: [nil, 0.5, 1, 2, 4]) func aWebNearATipIsFound(thickness: Double?) throws {
        let path = SharedDrawings.folder + "/mikedh-trimesh/models/2D/spline.DXF"
        let drawing = try Drawing(reading: [UInt8](try Data(contentsOf: URL(filePath: path))))
        let found = drawing.check(try drawing.measure(), Check.Limits(thicknessMM: thickness))
        let least = try #require(found.filter { $0.kind == .thinWeb }.compactMap(\.sizeMM).min())
        #expect(abs(least - 0.065) < 0.01)
    }

    private func compare(_ sketch: Sketch, _ thickness: Double?, isWeb: Bool, _ distance: Double) throws {
        let drawing = try Drawing(reading: sketch.bytes())
        let limit = max((thickness ?? 0) * (isWeb ? 0.75 : 0.5), 0.3)
        // Reported widths have two decimal places.
        guard abs(distance - limit) > 0.008 else { return }
        let found = drawing.check(try drawing.measure(), Check.Limits(thicknessMM: thickness))
        let narrow = found.filter { $0.kind == .thinWeb || $0.kind == .thinSlot }
        let own = narrow.filter { $0.kind == (isWeb ? .thinWeb : .thinSlot) }
        #expect(!found.contains { $0.kind == .notChecked || $0.kind == .crossing || $0.kind == .selfCrossing })
        guard distance < limit else { return #expect(own.isEmpty, "\(distance) of \(limit)") }
        let least = try #require(own.compactMap(\.sizeMM).min(), "\(isWeb ? "web" : "slot") of \(distance), limit \(limit)")
        #expect(abs(least - distance) < 0.0075, "\(isWeb ? "web" : "slot") of \(distance) told as \(least)")
        #expect(narrow.count == own.count, "a place of the other kind beside one of \(distance)")
    }
}

/// A closed outline as a curve with a parameter from 0 to 1, and its entity.
private struct Shape {
    enum Kind {
        case circle(Double)
        case ellipse(Double, Double)
        case polygon([Point])
        /// The control points of cubic Bézier pieces, three per piece.
        case spline([Point])
        /// Two half circles and the lines between them: half the length of a line, and the radius.
        case slot(Double, Double)
    }

    let kind: Kind
    let turn: Double
    var centre = Point(0, 0)

    static func any(_ dice: inout Dice) -> Shape {
        let turn = dice.real(0, 2 * .pi)
        func ring(_ count: Int, _ dice: inout Dice) -> [Point] {
            (0..<count).map { number in
                let angle = (Double(number) + dice.real(-0.2, 0.2)) / Double(count) * 2 * .pi, radius = dice.real(6, 10)
                return Point(radius * cos(angle), radius * sin(angle))
            }
        }
        switch dice.whole(0...4) {
        case 0: return Shape(kind: .circle(dice.real(4, 12)), turn: 0)
        case 1: return Shape(kind: .ellipse(dice.real(6, 12), dice.real(4, 8)), turn: turn)
        case 2: return Shape(kind: .polygon(ring(dice.whole(3...9), &dice)), turn: turn)
        case 3:
            // Rounded corners: the midpoints of a polygon's sides are on the curve.
            let corners = ring(dice.whole(4...7), &dice)
            var controls: [Point] = []
            for (at, corner) in corners.enumerated() {
                let before = corners[(at + corners.count - 1) % corners.count], after = corners[(at + 1) % corners.count]
                let start = (before + corner) * 0.5, end = (corner + after) * 0.5
                controls += [start, start + (corner - start) * 0.6, end + (corner - end) * 0.6]
            }
            return Shape(kind: .spline(controls), turn: turn)
        default: return Shape(kind: .slot(dice.real(2, 8), dice.real(3, 6)), turn: turn)
        }
    }

    private func own(_ t: Double) -> Point {
        let angle = t * 2 * .pi
        switch kind {
        case .circle(let radius): return Point(radius * cos(angle), radius * sin(angle))
        case .ellipse(let a, let b): return Point(a * cos(angle), b * sin(angle))
        case .polygon(let corners):
            let at = t * Double(corners.count), number = Int(at) % corners.count
            return corners[number] + (corners[(number + 1) % corners.count] - corners[number]) * (at - at.rounded(.down))
        case .spline(let controls):
            let at = t * Double(controls.count / 3), number = Int(at) % (controls.count / 3), part = at - at.rounded(.down)
            return bezier((0...3).map { controls[(3 * number + $0) % controls.count] }, part)
        case .slot(let half, let radius):
            let quarter = Int(4 * t) % 4, part = 4 * t - (4 * t).rounded(.down)
            switch quarter {
            case 0: return Point(-half + 2 * half * part, -radius)
            case 1: return Point(half + radius * sin(.pi * part), -radius * cos(.pi * part))
            case 2: return Point(half - 2 * half * part, radius)
            default: return Point(-half - radius * sin(.pi * part), radius * cos(.pi * part))
            }
        }
    }

    func place(_ t: Double) -> Point { centre + own(t - t.rounded(.down)).turned(turn) }

    /// Returns the distance of two outlines that do not cross: of the nearest two places of a grid, refined around them.
    func distance(to other: Shape) -> Double {
        nearest(count: 120, { self.place($0) }, { other.place($0) })
    }

    /// Returns the outline moved towards another until the gap between them is approximately `gap`.
    func beside(_ other: Shape, gap: Double, toward angle: Double) -> Shape {
        var moved = self, way = 40.0
        for _ in 0..<6 {
            moved.centre = Point(way * cos(angle), way * sin(angle))
            way -= max(0, moved.distance(to: other) - gap)
        }
        moved.centre = Point(way * cos(angle), way * sin(angle))
        return moved
    }

    func draw(into sketch: inout Sketch) {
        switch kind {
        case .circle(let radius): sketch.circle(centre.x, centre.y, radius)
        case .ellipse(let a, let b):
            let major = (a >= b ? Point(a, 0) : Point(0, b)).turned(turn)
            sketch.add((0, "ELLIPSE"), (8, "0"), (10, centre.x), (20, centre.y), (11, major.x), (21, major.y))
            sketch.add((40, min(a, b) / max(a, b)), (41, 0.0), (42, 2 * Double.pi))
        case .polygon(let corners):
            let placed = corners.map { centre + $0.turned(turn) }
            sketch.polyline(placed.map { ($0.x, $0.y, 0) }, closed: true)
        case .spline(let controls):
            sketch.spline((controls + [controls[0]]).map { centre + $0.turned(turn) })
        case .slot(let half, let radius):
            let corners = [(-half, -radius, 0.0), (half, -radius, 1), (half, radius, 0), (-half, radius, 1)]
            let placed = corners.map { (centre + Point($0.0, $0.1).turned(turn), $0.2) }
            sketch.polyline(placed.map { ($0.0.x, $0.0.y, $0.1) }, closed: true)
        }
    }
}

/// Two sides at a distance of a width.
private enum Strip {
    /// Straight: the length and the width.
    case straight(Double, Double)
    /// Concentric arcs: the inner radius, the angle and the width.
    case round(Double, Double, Double)
    /// A cubic Bézier curve, and the same curve shifted up by a width.
    case free([Point], Double)

    static func any(_ dice: inout Dice, width: Double) -> Strip {
        switch dice.whole(0...2) {
        case 0: return .straight(dice.real(20, 40), width)
        case 1: return .round(dice.real(10, 30), dice.real(1.2, 2.5), width)
        default:
            // Horizontal at both ends, so that it is thinnest in its middle.
            let rise = dice.real(-12, 12)
            return .free([Point(0, 0), Point(10, 0), Point(16, rise), Point(26, rise)], width)
        }
    }

    /// The lower side from left to right and the upper side, as curves with a parameter from 0 to 1.
    private var sides: (lower: (Double) -> Point, upper: (Double) -> Point) {
        switch self {
        case .straight(let length, let width): return ({ Point(length * $0, 0) }, { Point(length * $0, width) })
        case .round(let radius, let angle, let width):
            func arc(_ r: Double) -> (Double) -> Point {
                { Point(radius * sin(angle / 2) + r * sin(angle * ($0 - 0.5)), r * cos(angle * ($0 - 0.5)) - radius * cos(angle / 2)) }
            }
            return (arc(radius), arc(radius + width))
        case .free(let controls, let width): return ({ bezier(controls, $0) }, { bezier(controls, $0) + Point(0, width) })
        }
    }

    /// Draws the strip as a complete outline, or as a slit into a plate from its right edge.
    /// - Returns: the distance between the sides.
    func draw(into sketch: inout Sketch, isWeb: Bool, turn: Double) -> Double {
        let (lower, upper) = sides
        func placed(_ p: Point) -> Point { p.turned(turn) + Point(50, 20) }
        for (isUpper, side) in [(false, lower), (true, upper)] {
            let ends = (placed(side(0)), placed(side(1)))
            switch self {
            case .straight: sketch.line((ends.0.x, ends.0.y), (ends.1.x, ends.1.y))
            case .round(_, let angle, _):
                sketch.polyline([(ends.0.x, ends.0.y, -tan(angle / 4)), (ends.1.x, ends.1.y, 0)], closed: false)
            case .free(let controls, let width):
                sketch.spline(controls.map { placed($0 + Point(0, isUpper ? width : 0)) })
            }
        }
        let corners = [lower(0), upper(0), lower(1), upper(1)].map(placed)
        sketch.line((corners[0].x, corners[0].y), (corners[1].x, corners[1].y))
        if isWeb {
            sketch.line((corners[2].x, corners[2].y), (corners[3].x, corners[3].y))
        } else {
            // The outline around the slit, with enough distance to the edges.
            let far = max(lower(1).x, upper(1).x) + 20
            let way = [lower(1), Point(far, lower(1).y - 60), Point(-60, -60), Point(-60, 80), Point(far, 80), upper(1)].map(placed)
            for (a, b) in zip(way, way.dropFirst()) { sketch.line((a.x, a.y), (b.x, b.y)) }
        }
        return nearest(count: 120, lower, upper)
    }
}

private func bezier(_ controls: [Point], _ t: Double) -> Point {
    var points = controls
    while points.count > 1 { points = zip(points, points.dropFirst()).map { $0 + ($1 - $0) * t } }
    return points[0]
}

/// Returns the minimum distance of two curves with a parameter from 0 to 1.
private func nearest(count: Int, _ one: (Double) -> Point, _ other: (Double) -> Point) -> Double {
    var (least, at, its, step) = (Double.infinity, 0.5, 0.5, 1.0)
    for round in 0..<5 {
        // The lines between the places of a coarse grid can be too near; a finer grid replaces their result.
        least = .infinity
        let count = round == 0 ? count : 12
        let (from, start) = (at - step / 2, its - step / 2), part = step / Double(count)
        func clamped(_ t: Double) -> Double { min(max(t, 0), 1) }
        let points = (0...count).map { one(clamped(from + part * Double($0))) }
        let others = (0...count).map { other(clamped(start + part * Double($0))) }
        for (i, p) in points.enumerated() {
            for j in 0..<count {
                // The nearest point on the line between two places of the other curve.
                let (a, b) = (others[j], others[j + 1]), way = b - a, square = way.dot(way)
                let along = square > 0 ? clamped(way.dot(p - a) / square) : 0, apart = a + way * along - p
                guard apart.dot(apart) < least * least else { continue }
                (least, at, its) = (apart.length, clamped(from + part * Double(i)), clamped(start + part * (Double(j) + along)))
            }
        }
        step = 3 * part
    }
    return least
}

extension Point {
    fileprivate func turned(_ angle: Double) -> Point { Point(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) }
}

extension Sketch {
    /// Adds consecutive cubic Bézier pieces that share their ends.
    fileprivate mutating func spline(_ controls: [Point]) {
        let pieces = (controls.count - 1) / 3
        add((0, "SPLINE"), (8, "0"), (70, 0), (71, 3), (72, 3 * pieces + 5), (73, controls.count))
        for knot in 0...pieces { for _ in 0..<(knot == 0 || knot == pieces ? 4 : 3) { add((40, Double(knot))) } }
        for control in controls { add((10, control.x), (20, control.y), (30, 0.0)) }
    }
}
