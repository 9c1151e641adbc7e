import Glibc

/// Straight segments covered by earlier ones, also in part (section 6 of the definitions).
/// An object, because handing on its arrays for each line costs more than comparing them.
final class Overlaps {
    private(set) var segments = 0
    private(set) var length = 0.0
    /// With the number of the segment in the geometry.
    private(set) var places: [(segment: Int, place: Point, length: Double)] = []

    /// More pairs of lines than this are not compared: in a drawing without faults a line meets a handful of others.
    private static let mostPairs = 20_000_000
    /// What is kept of a pair until its later line is worked on is worth some that are only looked at.
    private static let pairsPerWaiting = 10

    private let lines: [Segment]
    private let numbers: [Int]
    private let tolerance: Double
    /// Shorter lines, in tolerances, lie on others that have quite another direction.
    private static let short = 200.0
    private let shorts: [Int32]
    private let shortIndex: BoxIndex
    private let longIndex: LineIndex
    private var pairs = 0
    /// For lines that are still to be worked on, the stretches that earlier short ones cover.
    private var waiting: [Int: [(Double, Double)]] = [:]

    /// Nil where the lines are too many and too close to each other.
    init?(_ geometry: Geometry, tolerance: Double) {
        self.tolerance = tolerance
        numbers = geometry.segments.indices.filter { geometry.segments[$0].isLine && geometry.segments[$0].length > tolerance }
        lines = numbers.map { geometry.segments[$0] }
        let (lines, least) = (lines, Self.short * tolerance)
        shorts = lines.indices.filter { lines[$0].length < least }.map { Int32(truncatingIfNeeded: $0) }
        shortIndex = BoxIndex(shorts.map { Box(lines[Int($0)].a, lines[Int($0)].b).widened(tolerance) })
        longIndex = LineIndex(lines, lines.indices.lazy.filter { lines[$0].length >= least }, reach: tolerance)
        for (number, line) in lines.enumerated() {
            var stretches = waiting.isEmpty ? [] : waiting.removeValue(forKey: number) ?? []
            let isShort = line.length < least
            guard !isShort || compareShort(number, &stretches), compareLong(number, isShort, &stretches) else { return nil }
            guard !stretches.isEmpty else { continue }
            let covered = Self.merged(stretches)
            segments += 1
            length += covered
            places.append((numbers[number], (line.a + line.b) * 0.5, covered))
        }
    }

    /// Looks at the short lines near one; false where they are too many.
    private func compareShort(_ number: Int, _ stretches: inout [(Double, Double)]) -> Bool {
        shortIndex.visit(Box(lines[number].a, lines[number].b)) { place in
            pairs += 1
            let other = Int(shorts[place])
            if other < number, let stretch = common(lines[number], lines[other]) { stretches.append(stretch) }
            return pairs < Self.mostPairs
        }
    }

    /// Looks at the long lines that may lie along one; false where they are too many. Where this one is short they do not look for it,
    /// so that it has to tell the later ones.
    private func compareLong(_ number: Int, _ isShort: Bool, _ stretches: inout [(Double, Double)]) -> Bool {
        let line = lines[number]
        // Of two lines the ends of the shorter are no further from the longer than the tolerance, on either side.
        let lean = asin(min(1, 2 / (isShort ? line.length / tolerance : Self.short)))
        return longIndex.visit(line.a, line.b, within: lean, of: line.b - line.a) { other in
            pairs += 1
            if other < number {
                if let stretch = common(line, lines[other]) { stretches.append(stretch) }
            } else if isShort, let stretch = common(lines[other], line) {
                waiting[other, default: []].append(stretch)
                pairs += Self.pairsPerWaiting
            }
            return pairs < Self.mostPairs
        }
    }

    /// The stretch of `line` that `other` covers, as distances from its start: the ends of the shorter lie on the line of the longer.
    private func common(_ line: Segment, _ other: Segment) -> (Double, Double)? {
        let (short, long) = line.length <= other.length ? (line, other) : (other, line)
        let along = long.b - long.a
        let reach = tolerance * long.length
        guard abs(along.cross(short.a - long.a)) <= reach, abs(along.cross(short.b - long.a)) <= reach else { return nil }
        let direction = (line.b - line.a) * (1 / line.length)
        let (p, q) = (direction.dot(other.a - line.a), direction.dot(other.b - line.a))
        let (from, to) = (max(0, min(p, q)), min(line.length, max(p, q)))
        return to - from > tolerance ? (from, to) : nil
    }

    private static func merged(_ stretches: [(Double, Double)]) -> Double {
        var sum = 0.0
        var reached = -Double.infinity
        for (from, to) in stretches.sorted(by: { $0.0 < $1.0 }) {
            sum += max(0, to - max(from, reached))
            reached = max(reached, to)
        }
        return sum
    }
}
