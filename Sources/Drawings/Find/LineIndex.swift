import Glibc

/// Straight lines grouped by direction. Lines of nearly equal direction are in a tree of boxes that are rotated along them: there the box
/// of a diagonal is as thin as the diagonal itself, while its axis-aligned box contains everything beside it.
struct LineIndex {
    /// The lines of nearly equal direction. A class, because passing its arrays for each line takes longer than the search.
    private final class Bundle {
        /// The unit vector along the lines.
        let way: Point
        let numbers: [Int32]
        let index: BoxIndex

        init(_ way: Point, _ numbers: [Int32], _ index: BoxIndex) { (self.way, self.numbers, self.index) = (way, numbers, index) }
    }

    /// The bundles by direction, unretained: retaining and releasing one for each line takes as long as the search. `kept` keeps them
    /// alive.
    private var bundles: [Unmanaged<Bundle>?] = []
    private var kept: [Bundle] = []
    /// The axis-aligned boxes of few lines, where they are faster to search.
    private var upright: Bundle?
    /// The centre of the rotation, so that coordinates far from zero do not lose digits.
    private var origin = Point.zero

    /// The number of bundles for half a turn: each covers 1/50 radian.
    private static let count = 157
    private static let few = 500

    /// - Parameters:
    ///   - numbers: the lines to index.
    ///   - reach: the distance within which a line is found.
    init(_ lines: [Segment], _ numbers: some Sequence<Int>, reach: Double) {
        let numbers = numbers.map { Int32(truncatingIfNeeded: $0) }
        guard numbers.count > Self.few else {
            let boxes = numbers.map { Box(lines[Int($0)].a, lines[Int($0)].b).widened(reach) }
            upright = Bundle(Point(1, 0), numbers, BoxIndex(boxes))
            return
        }
        bundles = [Unmanaged<Bundle>?](repeating: nil, count: Self.count)
        var filed = [[Int32]](repeating: [], count: Self.count)
        var ways = [Point](repeating: .zero, count: Self.count)
        for number in numbers {
            let way = lines[Int(number)].b - lines[Int(number)].a, place = Self.place(Self.angle(way))
            // The sum of the directions is dominated by the longest lines, whose boxes must be thin. Opposite directions count as equal.
            ways[place] = ways[place] + (way.y < 0 || way.y == 0 && way.x < 0 ? way * -1 : way)
            filed[place].append(number)
        }
        guard let first = filed.lazy.compactMap(\.first).first else { return }
        origin = lines[Int(first)].a
        for place in filed.indices where !filed[place].isEmpty {
            let way = ways[place] * (1 / ways[place].length)
            let boxes = filed[place].map { number in
                let box = box(lines[Int(number)].a, lines[Int(number)].b, along: way)
                // Rotated coordinates have rounding errors in their last digits.
                return box.widened(reach + 1e-14 * max(abs(box.min.x), abs(box.min.y), abs(box.max.x), abs(box.max.y)))
            }
            let bundle = Bundle(way, filed[place], BoxIndex(boxes))
            kept.append(bundle)
            bundles[place] = Unmanaged.passUnretained(bundle)
        }
    }

    /// Returns the direction in radians, from 0 to π. A line whose coordinates overflowed through scaling has no direction, and gets 0.
    private static func angle(_ way: Point) -> Double {
        let angle = atan2(way.y, way.x)
        return angle.isNaN ? 0 : angle < 0 ? angle + .pi : angle
    }

    private static func place(_ angle: Double) -> Int { min(Int(angle / .pi * Double(count)), count - 1) }

    private func box(_ a: Point, _ b: Point, along way: Point) -> Box {
        let (from, to) = (a - origin, b - origin)
        return Box(Point(way.dot(from), way.cross(from)), Point(way.dot(to), way.cross(to)))
    }

    /// Calls `body` once with every pair of lines that may be within reach of each other and whose directions may differ by at most an
    /// angle (in radians), until it returns false. Returns false in that case.
    func eachPair(_ lines: [Segment], within angle: Double, _ body: (Int, Int) -> Bool) -> Bool {
        if let upright { return Self.eachPair(in: upright, body) }
        let part = angle / .pi * Double(Self.count) + 1e-6, reach = max(1, Int(part.rounded(.up)))
        for place in bundles.indices {
            guard let bundle = bundles[place] else { continue }
            guard bundle._withUnsafeGuaranteedRef({ Self.eachPair(in: $0, body) }) else { return false }
            for next in 1...reach {
                guard let other = bundles[(place + next) % Self.count] else { continue }
                let goesOn = bundle._withUnsafeGuaranteedRef { bundle in
                    other._withUnsafeGuaranteedRef { other in
                        bundle.numbers.allSatisfy { number in
                            let line = lines[Int(number)]
                            guard Self.angle(line.b - line.a) / .pi * Double(Self.count) + part >= Double(place + next) else { return true }
                            return other.index.visit(box(line.a, line.b, along: other.way)) { body(Int(number), Int(other.numbers[$0])) }
                        }
                    }
                }
                guard goesOn else { return false }
            }
        }
        return true
    }

    private static func eachPair(in bundle: Bundle, _ body: (Int, Int) -> Bool) -> Bool {
        bundle.index.eachPair { body(Int(bundle.numbers[$0]), Int(bundle.numbers[$1])) }
    }

    /// Calls `body` with the lines that may be within reach of the line from a to b and whose direction may differ from `way` by at most an
    /// angle (in radians), until it returns false. Returns false in that case.
    @discardableResult
    func visit(_ a: Point, _ b: Point, within angle: Double, of way: Point, _ body: (Int) -> Bool) -> Bool {
        if let upright { return upright.index.visit(Box(a, b)) { body(Int(upright.numbers[$0])) } }
        let own = Self.angle(way) / .pi * Double(Self.count), part = angle / .pi * Double(Self.count) + 1e-6
        let first = Int((own - part).rounded(.down)), last = min(Int((own + part).rounded(.down)), first + Self.count - 1)
        for number in first...last {
            guard let bundle = bundles[(number + Self.count) % Self.count] else { continue }
            let goesOn = bundle._withUnsafeGuaranteedRef { bundle in
                bundle.index.visit(box(a, b, along: bundle.way)) { body(Int(bundle.numbers[$0])) }
            }
            guard goesOn else { return false }
        }
        return true
    }
}
