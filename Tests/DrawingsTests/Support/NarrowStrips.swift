import Glibc

@testable import Drawings

/// A web or slot between two sides at a constant or nearly constant distance.
enum NarrowStrip {
    /// Straight sides: the length and the width.
    case straight(Double, Double)
    /// Concentric arcs: the inner radius, the angle and the width.
    case round(Double, Double, Double)
    /// A cubic Bézier curve and its copy, shifted upwards by the width.
    case free([Point], Double)

    static func any(_ dice: inout Dice, width: Double) -> NarrowStrip {
        switch dice.whole(0...2) {
        case 0: return .straight(dice.real(20, 40), width)
        case 1: return .round(dice.real(10, 30), dice.real(1.2, 2), width)
        default:
            // The curve is horizontal at both ends, so the strip is narrowest in the middle.
            let rise = dice.real(-12, 12)
            return .free([Point(0, 0), Point(10, 0), Point(16, rise), Point(26, rise)], width)
        }
    }

    /// The lower and the upper side from left to right, as curves with a parameter from 0 to 1.
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

    /// Draws a web as a complete outline, or a slot that is open at the right edge of a plate.
    /// - Returns: the distance of the sides.
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
            // The outline of the plate is far from the slot on all other sides.
            let far = max(lower(1).x, upper(1).x) + 20
            let way = [lower(1), Point(far, lower(1).y - 60), Point(-60, -60), Point(-60, 80), Point(far, 80), upper(1)].map(placed)
            for (a, b) in zip(way, way.dropFirst()) { sketch.line((a.x, a.y), (b.x, b.y)) }
        }
        return NarrowJudge.least(count: 120, areClosed: false, lower, upper)
    }
}

func bezier(_ controls: [Point], _ t: Double) -> Point {
    var points = controls
    while points.count > 1 { points = zip(points, points.dropFirst()).map { $0 + ($1 - $0) * t } }
    return points[0]
}

extension Point {
    func turned(_ angle: Double) -> Point { Point(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) }
}

extension Sketch {
    /// Adds a spline of cubic Bézier pieces. The end of a piece is the start of the next one and is given once.
    mutating func spline(_ controls: [Point]) {
        let pieces = (controls.count - 1) / 3
        add((0, "SPLINE"), (8, "0"), (70, 0), (71, 3), (72, 3 * pieces + 5), (73, controls.count))
        for knot in 0...pieces { for _ in 0..<(knot == 0 || knot == pieces ? 4 : 3) { add((40, Double(knot))) } }
        for control in controls { add((10, control.x), (20, control.y), (30, 0.0)) }
    }
}

/// Finds distances by brute force.
enum NarrowJudge {
    private struct Spot {
        let at, its, distance: Double
    }

    /// Returns the minimum distance of two curves with parameters from 0 to 1. Around each place of a grid that is nearer to the other curve
    /// than its neighbours, the search continues on finer and finer grids.
    ///
    /// - Parameter areClosed: whether the curves are periodic.
    static func least(count: Int, areClosed: Bool, _ one: (Double) -> Point, _ other: (Double) -> Point) -> Double {
        let spots = spots(0...1, 0...1, count, one, other), nearest = spots.map(\.distance).min()!
        func around(_ at: Double, _ step: Double) -> ClosedRange<Double> {
            areClosed ? at - step...at + step : max(0, at - step)...min(1, at + step)
        }
        var least = Double.infinity
        for (number, spot) in spots.enumerated() where spot.distance < nearest + 0.1 {
            let (before, after) = (spots[max(0, number - 1)], spots[min(count, number + 1)])
            guard spot.distance <= before.distance, spot.distance <= after.distance else { continue }
            var (best, step) = (spot, 1 / Double(count))
            for _ in 0..<24 {
                best = Self.spots(around(best.at, step), around(best.its, 3 * step), 8, one, other).min { $0.distance < $1.distance }!
                step *= 0.6
            }
            least = min(least, best.distance)
        }
        return least
    }

    /// Returns places at equal steps along the first curve, each with its distance from a polyline of equal steps along the second.
    private static func spots(
        _ range: ClosedRange<Double>, _ others: ClosedRange<Double>, _ count: Int, _ one: (Double) -> Point,
        _ other: (Double) -> Point
    ) -> [Spot] {
        func parts(_ range: ClosedRange<Double>) -> [Double] {
            (0...count).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count) }
        }
        let its = parts(others), points = its.map(other)
        return parts(range).map { at in
            let p = one(at)
            var best = Spot(at: at, its: 0, distance: .infinity)
            for number in 0..<count {
                let (a, b) = (points[number], points[number + 1]), way = b - a, square = way.dot(way)
                let along = square > 0 ? min(max(way.dot(p - a) / square, 0), 1) : 0, distance = (a + way * along - p).length
                guard distance < best.distance else { continue }
                best = Spot(at: at, its: its[number] + (its[number + 1] - its[number]) * along, distance: distance)
            }
            return best
        }
    }
}
