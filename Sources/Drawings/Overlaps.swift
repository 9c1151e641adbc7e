/// Straight segments covered by earlier ones, also in part (section 6 of the definitions).
struct Overlaps {
    private(set) var segments = 0
    private(set) var length = 0.0
    private(set) var places: [(place: Point, length: Double)] = []

    /// More pairs of lines than this are not compared: in a drawing without faults a line meets a handful of others.
    private static let mostPairs = 20_000_000

    /// Nil where the lines are too many and too close to each other.
    init?(_ geometry: Geometry, tolerance: Double) {
        let lines = geometry.segments.filter { $0.isLine && $0.length > tolerance }
        let index = BoxIndex(
            lines.map {
                var box = Box($0.a, $0.b)
                box.min = box.min - Point(tolerance, tolerance)
                box.max = box.max + Point(tolerance, tolerance)
                return box
            })
        var stretches: [(Double, Double)] = []
        var pairs = 0
        lines.withUnsafeBufferPointer { lines in
            for (number, line) in lines.enumerated() {
                stretches.removeAll(keepingCapacity: true)
                let goesOn = index.visit(Box(line.a, line.b)) { other in
                    pairs += 1
                    if other < number, let stretch = Self.common(line, lines[other], tolerance) { stretches.append(stretch) }
                    return pairs < Self.mostPairs
                }
                guard goesOn else { return }
                guard !stretches.isEmpty else { continue }
                let covered = Self.merged(stretches)
                segments += 1
                length += covered
                places.append(((line.a + line.b) * 0.5, covered))
            }
        }
        if pairs >= Self.mostPairs { return nil }
    }

    /// The stretch of `line` that `other` covers, as distances from its start: the ends of the shorter lie on the line of the longer.
    private static func common(_ line: Segment, _ other: Segment, _ tolerance: Double) -> (Double, Double)? {
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
