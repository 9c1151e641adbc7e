import Glibc

/// Straight segments covered by earlier ones, completely or partly (section 6 of the definitions). A class, because passing its arrays for
/// each line takes longer than comparing them.
final class Overlaps {
    private(set) var segments = 0
    private(set) var length = 0.0
    private(set) var places: [Overlap] = []

    /// The cost of a stored pair, in compared pairs.
    private static let pairsPerStretch = 10

    private let lines: [Segment]
    private let numbers: [Int]
    private let tolerance: Double
    /// The length in tolerances below which lines can overlap others of a very different direction.
    private static let short = 200.0
    private let shorts: [Int32]
    private let shortIndex: BoxIndex
    private let longIndex: LineIndex
    private var budget: Budget
    /// The place where the comparison stopped early.
    var end: Point? { budget.end }
    /// The stretches that earlier lines cover, by line.
    private var covered: [Int: IntervalSet] = [:]

    init(_ geometry: Geometry, tolerance: Double) {
        self.tolerance = tolerance
        numbers = geometry.segments.indices.filter { geometry.segments[$0].isLine && geometry.segments[$0].length > tolerance }
        lines = numbers.map { geometry.segments[$0] }
        budget = Budget(for: lines.count)
        let (lines, least) = (lines, Self.short * tolerance)
        shorts = lines.indices.filter { lines[$0].length < least }.map { Int32(truncatingIfNeeded: $0) }
        let shorts = shorts
        shortIndex = BoxIndex(count: shorts.count) { Box(lines[Int(shorts[$0])].a, lines[Int(shorts[$0])].b).widened(tolerance) }
        longIndex = LineIndex(lines, lines.indices.lazy.filter { lines[$0].length >= least }, reach: tolerance)
        _ = compareShort() && compareLong()
        for (number, stretches) in covered.sorted(by: { $0.key < $1.key }) {
            let length = stretches.length(), line = lines[number]
            segments += 1
            self.length += length
            places.append(
                Overlap(
                    segment: numbers[number], place: (line.a + line.b) * 0.5, length: length,
                    others: stretches.all.map { Int32(truncatingIfNeeded: numbers[Int($0.by)]) }))
        }
    }

    /// Compares the short lines with each other and with the long ones. Returns false if the budget is exceeded.
    private func compareShort() -> Bool {
        guard shortIndex.eachPair({ compare(Int(shorts[$0]), Int(shorts[$1])) }) else { return false }
        for short in shorts {
            let line = lines[Int(short)], lean = asin(min(1, 2 * tolerance / line.length))
            guard longIndex.visit(line.a, line.b, within: lean, of: line.b - line.a, { compare(Int(short), $0) }) else { return false }
        }
        return true
    }

    /// Compares the long lines with each other. Returns false if the budget is exceeded. The ends of the shorter line are within the
    /// tolerance of the longer one on either side, which limits the angle between them.
    private func compareLong() -> Bool { longIndex.eachPair(lines, within: asin(2 / Self.short)) { compare($0, $1) } }

    /// Stores the stretch of the later of two lines that the earlier one covers. Returns false if the budget is exceeded.
    private func compare(_ one: Int, _ two: Int) -> Bool {
        let place = lines[one].a
        if let stretch = common(lines[max(one, two)], lines[min(one, two)]) {
            covered[max(one, two), default: IntervalSet()].insert(stretch.0, stretch.1, by: min(one, two))
            budget.take(Self.pairsPerStretch, at: place)
        }
        return budget.take(at: place)
    }

    /// Returns the stretch of `line` that `other` covers, as distances from its start. The ends of the shorter line must be on the line
    /// through the longer.
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

    /// How much of a segment is covered by those of which `fits` is true.
    func length(of segment: Int, where fits: (Int) -> Bool) -> Double {
        guard let line = lineOf(segment), let stretches = covered[line] else { return 0 }
        return stretches.length { fits(numbers[$0]) }
    }

    /// The number of a segment among the lines, which are in its order.
    private func lineOf(_ segment: Int) -> Int? {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < segment { low = middle + 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == segment ? low : nil
    }
}
