/// The shape of a hole.
package struct Hole: Sendable {
    package enum Shape: String, Sendable { case round, slot, rectangle, other }

    package let shape: Shape
    /// The diameter of a round hole.
    package let diameterMM: Double?
    /// The narrow side of a slot or rectangle; for another shape the narrow side of its box.
    package let widthMM: Double
    package let lengthMM: Double
    /// The entities of a round hole.
    package let drawn: Round.Drawn?
}

extension Measurement {
    /// The indices in `contours` of the holes: closed contours inside an odd number of others.
    package var holePlaces: [Int] { contours.loops.indices.filter { contours.loops[$0].isHole } }

    /// Returns the shape of a hole with an index in `contours`.
    package func hole(_ place: Int) -> Hole {
        if let round = round(place) {
            return Hole(
                shape: .round, diameterMM: round.diameterMM, widthMM: round.diameterMM, lengthMM: round.diameterMM, drawn: round.drawn)
        }
        let loop = contours.loops[place]
        let sides = Sides(path(of: place))
        if let (shape, size) = sides.slot.map({ (Hole.Shape.slot, $0) }) ?? sides.rectangle.map({ (.rectangle, $0) }) {
            return Hole(
                shape: shape, diameterMM: nil, widthMM: min(size.0, size.1) * mmPerUnit, lengthMM: max(size.0, size.1) * mmPerUnit,
                drawn: nil)
        }
        let (width, height) = (loop.box.width * mmPerUnit, loop.box.height * mmPerUnit)
        return Hole(shape: .other, diameterMM: nil, widthMM: min(width, height), lengthMM: max(width, height), drawn: nil)
    }
}

/// The straight sides of a contour, and the curves between them.
private struct Sides {
    private enum Side {
        case line(Segment)
        /// Consecutive curves, by their range of `points`.
        case curve(Range<Int>)
    }

    /// The sides, independent of the start of the contour: the first and the last are neither both curves nor pieces of one line.
    private var sides: [Side] = []
    private var points: [Point] = []
    private let tolerance: Double

    init(_ path: ContourPath) {
        tolerance = path.tolerance
        let geometry = path.geometry
        path.walk { segment, isBackwards in
            guard segment.length > 0 else { return }
            if segment.isLine { return add(.line(isBackwards ? Segment(line: segment.b, segment.a) : segment)) }
            let first = points.count
            geometry.flatten(segment, error: segment.length / 64, most: 16) { points.append($0) }
            add(.curve(first..<points.count))
        }
        guard sides.count > 1 else { return }
        if case .curve(let begun) = sides[0] {
            // The points of the last side are followed by those of the first.
            sides[0] = .curve(points.count..<points.count + begun.count)
            points += points[begun]
        }
        guard let joined = Self.joined(sides[sides.count - 1], sides[0]) else { return }
        sides[0] = joined
        sides.removeLast()
    }

    private mutating func add(_ side: Side) {
        if let last = sides.last, let joined = Self.joined(last, side) {
            sides[sides.count - 1] = joined
        } else {
            sides.append(side)
        }
    }

    /// Joins consecutive curves, or pieces of one straight side.
    private static func joined(_ first: Side, _ second: Side) -> Side? {
        switch (first, second) {
        case (.curve(let some), .curve(let more)): return .curve(some.lowerBound..<more.upperBound)
        case (.line(let one), .line(let two)):
            let (way, next) = (one.b - one.a, two.b - two.a)
            guard abs(way.cross(next)) <= 1e-4 * one.length * two.length, way.dot(next) > 0 else { return nil }
            return .line(Segment(line: one.a, two.b))
        default: return nil
        }
    }

    /// The width and the length of a slot: two equal parallel lines, joined by half circles at both ends.
    var slot: (Double, Double)? {
        guard sides.count == 4 else { return nil }
        var turned = sides
        if case .curve = turned[0] { turned.append(turned.removeFirst()) }
        guard case .line(let one) = turned[0], case .curve(let end) = turned[1], case .line(let two) = turned[2],
            case .curve(let start) = turned[3]
        else { return nil }
        let way = one.b - one.a
        guard abs(one.length - two.length) <= 1e-3 * one.length, abs(way.cross(two.b - two.a)) <= 1e-3 * one.length * two.length else {
            return nil
        }
        let width = abs(way.cross(two.a - one.a)) / one.length
        guard abs(way.dot(two.a - one.b)) <= 0.02 * one.length * max(width, one.length) else { return nil }
        let out = way * (1 / one.length)
        guard isHalfCircle(end, from: one.b, to: two.a, out, width / 2), isHalfCircle(start, from: two.b, to: one.a, out * -1, width / 2)
        else { return nil }
        return (width, one.length + width)
    }

    /// Whether points are on the far half of the circle whose diameter is given by two places.
    private func isHalfCircle(_ range: Range<Int>, from: Point, to: Point, _ out: Point, _ radius: Double) -> Bool {
        let slack = max(tolerance, 1e-3 * radius)
        return points[range].allSatisfy {
            let place = $0 - (from + to) * 0.5
            return abs(place.length - radius) <= slack && place.dot(out) >= -slack
        }
    }

    /// The lengths of two adjacent sides, if there are four lines at right angles.
    var rectangle: (Double, Double)? {
        let lines = sides.compactMap { if case .line(let line) = $0 { line } else { nil } }
        guard sides.count == 4, lines.count == 4 else { return nil }
        for index in 0..<4 {
            let (one, two) = (lines[index], lines[(index + 1) % 4])
            guard abs((one.b - one.a).dot(two.b - two.a)) <= 1e-3 * one.length * two.length else { return nil }
        }
        return (lines[0].length, lines[1].length)
    }
}
