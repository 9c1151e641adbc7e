import Glibc

@testable import Drawings

/// A closed outline, as a curve with a parameter from 0 to 1 and as entities of a drawing.
struct NarrowShape {
    enum Kind {
        case circle(Double)
        case ellipse(Double, Double)
        case polygon([Point])
        /// The control points of cubic Bézier pieces, three for each piece.
        case spline([Point])
        /// Two half circles connected by lines: half the length of a line, and the radius.
        case slot(Double, Double)
        /// Two arcs from tip to tip: half the length, and the radius.
        case leaf(Double, Double)
    }

    let kind: Kind
    let turn: Double
    var centre = Point(0, 0)

    static func any(_ dice: inout Dice) -> NarrowShape {
        let turn = dice.real(0, 2 * .pi)
        func ring(_ count: Int, _ dice: inout Dice) -> [Point] {
            (0..<count).map { number in
                let angle = (Double(number) + dice.real(-0.2, 0.2)) / Double(count) * 2 * .pi, radius = dice.real(6, 10)
                return Point(radius * cos(angle), radius * sin(angle))
            }
        }
        switch dice.whole(0...5) {
        case 0: return NarrowShape(kind: .circle(dice.real(4, 12)), turn: 0)
        case 1: return NarrowShape(kind: .ellipse(dice.real(6, 12), dice.real(4, 8)), turn: turn)
        case 2: return NarrowShape(kind: .polygon(ring(dice.whole(3...9), &dice)), turn: turn)
        case 3:
            // The curve passes the middles of the sides of a polygon, whose corners it rounds.
            let corners = ring(dice.whole(4...7), &dice)
            var controls: [Point] = []
            for (at, corner) in corners.enumerated() {
                let before = corners[(at + corners.count - 1) % corners.count], after = corners[(at + 1) % corners.count]
                let start = (before + corner) * 0.5, end = (corner + after) * 0.5
                controls += [start, start + (corner - start) * 0.6, end + (corner - end) * 0.6]
            }
            return NarrowShape(kind: .spline(controls), turn: turn)
        case 4: return NarrowShape(kind: .leaf(dice.real(5, 8), dice.real(8.5, 12)), turn: turn)
        default: return NarrowShape(kind: .slot(dice.real(2, 8), dice.real(3, 6)), turn: turn)
        }
    }

    func own(_ t: Double) -> Point {
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
        case .leaf(let half, let radius):
            let height = (radius * radius - half * half).squareRoot(), reach = asin(half / radius), part = 2 * t - (2 * t).rounded(.down)
            let side = t < 0.5 ? 1.0 : -1, at = reach * (2 * part - 1) * side
            return Point(radius * sin(at), side * (height - radius * cos(at)))
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

    /// Returns the distance of two outlines that do not cross, by brute force on finer and finer grids.
    func distance(to other: NarrowShape) -> Double {
        NarrowJudge.least(count: 120, areClosed: true, { self.place($0) }, { other.place($0) })
    }

    /// Returns the shape moved so that its distance from another is about `gap`. The shape approaches the other from outside.
    func beside(_ other: NarrowShape, gap: Double, toward angle: Double) -> NarrowShape {
        var moved = self, way = 40.0
        for _ in 0..<6 {
            moved.centre = Point(way * cos(angle), way * sin(angle))
            way -= max(0, moved.distance(to: other) - gap)
        }
        moved.centre = Point(way * cos(angle), way * sin(angle))
        return moved
    }

    /// Draws the shape from one of its corners in either direction.
    func draw(into sketch: inout Sketch, _ motion: NarrowMotion, from start: Int = 0, isBackwards: Bool = false) {
        func placed(_ p: Point) -> Point { motion.apply(centre + p.turned(turn)) }
        func path(_ corners: [(Point, Double)]) {
            var points = corners.map { placed($0.0) }, bulges = corners.map { $0.1 * (motion.isMirrored ? -1 : 1) }
            if isBackwards {
                points.reverse()
                // The bulge of a corner is that of the piece after it.
                bulges = bulges.reversed().map { -$0 }
                bulges.append(bulges.removeFirst())
            }
            let order = points.indices.map { ($0 + start) % points.count }
            sketch.polyline(order.map { (points[$0].x, points[$0].y, bulges[$0]) }, closed: true)
        }
        switch kind {
        case .circle(let radius):
            let middle = motion.apply(centre)
            sketch.circle(middle.x, middle.y, radius)
        case .ellipse(let a, let b):
            let middle = motion.apply(centre), major = placed(a >= b ? Point(a, 0) : Point(0, b)) - middle
            sketch.add((0, "ELLIPSE"), (8, "0"), (10, middle.x), (20, middle.y), (11, major.x), (21, major.y))
            sketch.add((40, min(a, b) / max(a, b)), (41, 0.0), (42, 2 * Double.pi))
        case .polygon(let corners): path(corners.map { ($0, 0) })
        case .spline(let controls):
            let first = start % (controls.count / 3) * 3, all = controls.indices.map { placed(controls[($0 + first) % controls.count]) }
            sketch.spline(isBackwards ? [all[0]] + all.reversed() : all + [all[0]])
        case .leaf(let half, let radius):
            let bulge = tan(asin(half / radius) / 2)
            path([(Point(-half, 0), bulge), (Point(half, 0), bulge)])
        case .slot(let half, let radius):
            path([
                (Point(-half, -radius), 0), (Point(half, -radius), 1), (Point(half, radius), 0), (Point(-half, radius), 1),
            ])
        }
    }
}

/// A rotation, after a reflection if there is one.
struct NarrowMotion {
    var turn = 0.0
    var isMirrored = false

    func apply(_ p: Point) -> Point { (isMirrored ? Point(-p.x, p.y) : p).turned(turn) }
}

/// Two outlines near each other: two holes of a plate, or two pieces in a hole.
struct NarrowScene {
    let isWeb: Bool
    let one, other: NarrowShape
    let distance: Double

    static func any(_ dice: inout Dice) -> NarrowScene {
        let isWeb = dice.once(in: 2), width = exp(dice.real(log(0.0101), log(3)))
        let one = NarrowShape.any(&dice), other = NarrowShape.any(&dice).beside(one, gap: width, toward: dice.real(0, 2 * .pi))
        let distance = one.distance(to: other)
        // Outlines within the joint tolerance are in contact.
        guard distance > 0.01 + 1e-6, distance < 3 else { return any(&dice) }
        return NarrowScene(isWeb: isWeb, one: one, other: other, distance: distance)
    }

    private func frame(_ sketch: inout Sketch, _ motion: NarrowMotion) {
        for reach in isWeb ? [200.0] : [200, 150] {
            let corners = [Point(-reach, -reach), Point(reach, -reach), Point(reach, reach), Point(-reach, reach)].map(motion.apply)
            sketch.polyline(corners.map { ($0.x, $0.y, 0) }, closed: true)
        }
    }

    func sketch() -> Sketch {
        var sketch = Sketch()
        frame(&sketch, NarrowMotion())
        for shape in [one, other] { shape.draw(into: &sketch, NarrowMotion()) }
        return sketch
    }

    /// Draws the scene moved, with its contours in another order, from other corners and in other directions.
    func sketch(_ motion: NarrowMotion, _ dice: inout Dice) -> Sketch {
        var sketch = Sketch()
        let isFirst = dice.once(in: 2)
        if isFirst { frame(&sketch, motion) }
        for shape in dice.once(in: 2) ? [one, other] : [other, one] {
            shape.draw(into: &sketch, motion, from: dice.whole(0...5), isBackwards: dice.once(in: 2))
        }
        if !isFirst { frame(&sketch, motion) }
        return sketch
    }
}
