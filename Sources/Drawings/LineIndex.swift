import Glibc

/// Straight lines filed by their direction. Those of nearly one direction stand in a tree of boxes turned along them: there a diagonal
/// has a box as thin as itself, while its upright box holds whatever stands beside it.
struct LineIndex {
    private struct Bundle {
        /// The unit vector along its lines.
        var way = Point.zero
        var numbers: [Int32] = []
        var index = BoxIndex([])
    }

    private var bundles = [Bundle](repeating: Bundle(), count: Self.count)
    /// Places are turned about this one, so that a drawing far from zero loses no digits.
    private var origin = Point.zero

    /// The directions that one bundle takes are 1/50 apart.
    private static let count = 157

    /// - Parameters:
    ///   - numbers: which of the lines are filed.
    ///   - reach: how far from a line it is still found.
    init(_ lines: [Segment], _ numbers: some Sequence<Int>, reach: Double) {
        for number in numbers {
            let way = lines[number].b - lines[number].a, place = Self.place(Self.angle(way))
            // From the longest lines it follows best where the boxes are thin; opposite ways are one.
            bundles[place].way = bundles[place].way + (way.y < 0 || way.y == 0 && way.x < 0 ? way * -1 : way)
            bundles[place].numbers.append(Int32(truncatingIfNeeded: number))
        }
        guard let first = bundles.lazy.compactMap(\.numbers.first).first else { return }
        origin = lines[Int(first)].a
        for place in bundles.indices where !bundles[place].numbers.isEmpty {
            let way = bundles[place].way
            bundles[place].way = way * (1 / way.length)
            bundles[place].index = BoxIndex(
                bundles[place].numbers.map { number in
                    let box = box(lines[Int(number)].a, lines[Int(number)].b, along: bundles[place].way)
                    // Turned places are off by their last digits.
                    let size = max(abs(box.min.x), abs(box.min.y), abs(box.max.x), abs(box.max.y))
                    return box.widened(reach + 1e-14 * size)
                })
        }
    }

    /// Between 0 and half a turn. Lines that a file scales past all numbers have no direction: any will do.
    private static func angle(_ way: Point) -> Double {
        let angle = atan2(way.y, way.x)
        return angle.isNaN ? 0 : angle < 0 ? angle + .pi : angle
    }

    private static func place(_ angle: Double) -> Int { min(Int(angle / .pi * Double(count)), count - 1) }

    private func box(_ a: Point, _ b: Point, along way: Point) -> Box {
        let (from, to) = (a - origin, b - origin)
        return Box(Point(way.dot(from), way.cross(from)), Point(way.dot(to), way.cross(to)))
    }

    /// Calls `body` with the lines that may be within reach of the line from a to b, and whose direction may be within an angle (in
    /// radians) of a given one, until it says stop; false when it did.
    @discardableResult
    func visit(_ a: Point, _ b: Point, within angle: Double, of way: Point, _ body: (Int) -> Bool) -> Bool {
        let own = Self.angle(way) / .pi * Double(Self.count), part = angle / .pi * Double(Self.count) + 1e-6
        let first = Int((own - part).rounded(.down)), last = min(Int((own + part).rounded(.down)), first + Self.count - 1)
        for number in first...last {
            let bundle = bundles[(number + Self.count) % Self.count]
            guard !bundle.numbers.isEmpty else { continue }
            let goesOn = bundle.index.visit(box(a, b, along: bundle.way)) { body(Int(bundle.numbers[$0])) }
            guard goesOn else { return false }
        }
        return true
    }
}
