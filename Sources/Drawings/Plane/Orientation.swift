/// On which side of a line a point is, always with the right sign: what doubles cannot decide is computed with more digits, as many as
/// it takes (Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates, 1997, section 4.2).
///
/// Its sign is exact unless a product overflows or is below 1e-290, where no coordinate of a drawing comes to.
enum Orientation {
    private static let epsilon = 0x1p-53
    private static let boundA = (3 + 16 * epsilon) * epsilon
    private static let boundB = (2 + 12 * epsilon) * epsilon
    private static let boundC = (9 + 64 * epsilon) * epsilon * epsilon
    private static let boundOfSum = (3 + 8 * epsilon) * epsilon

    /// Twice the area of the triangle abc, about; positive where c is left of the line from a to b, 0 where it is on it.
    @inline(__always)
    static func of(_ a: Point, _ b: Point, _ c: Point) -> Double {
        let left = (a.x - c.x) * (b.y - c.y), right = (a.y - c.y) * (b.x - c.x), area = left - right
        // Opposite signs and zeroes are right as they are, and so is what is not small beside its rounding.
        if abs(area) >= boundA * (abs(left) + abs(right)) { return area }
        return adapted(a, b, c, abs(left) + abs(right))
    }

    @inline(never)
    private static func adapted(_ a: Point, _ b: Point, _ c: Point, _ sum: Double) -> Double {
        let (ax, ay, bx, by) = (a.x - c.x, a.y - c.y, b.x - c.x, b.y - c.y)
        // Without arrays: of points that are on a line this decides most often.
        let parts = difference(product(ax, by), product(ay, bx))
        var area = parts.0 + parts.1 + parts.2 + parts.3
        if abs(area) >= boundB * sum || !area.isFinite { return area }
        let (axTail, ayTail) = (tail(a.x, c.x, ax), tail(a.y, c.y, ay)), (bxTail, byTail) = (tail(b.x, c.x, bx), tail(b.y, c.y, by))
        if axTail == 0, ayTail == 0, bxTail == 0, byTail == 0 { return area }
        let bound = boundC * sum + boundOfSum * abs(area)
        area += (ax * byTail + by * axTail) - (ay * bxTail + bx * ayTail)
        if abs(area) >= bound { return area }
        var exact = [parts.0, parts.1, parts.2, parts.3]
        for (x, y) in [
            (axTail, by), (-ayTail, bx), (ax, byTail), (-ay, bxTail), (axTail, byTail), (-ayTail, bxTail),
        ] {
            let (less, more) = product(x, y)
            add(less, to: &exact)
            add(more, to: &exact)
        }
        // The parts grow in size and do not overlap: the last one that is not 0 has the sign of all.
        return exact.last { $0 != 0 } ?? 0
    }

    /// What a difference lost by rounding.
    private static func tail(_ a: Double, _ b: Double, _ difference: Double) -> Double {
        let virtualB = a - difference, virtualA = difference + virtualB
        return (a - virtualA) + (virtualB - b)
    }

    /// A product as two numbers, the smaller first, whose sum is exact.
    private static func product(_ a: Double, _ b: Double) -> (Double, Double) {
        let product = a * b
        return ((-product).addingProduct(a, b), product)
    }

    /// A sum as two numbers, the smaller first, whose sum is exact.
    private static func sum(_ a: Double, _ b: Double) -> (Double, Double) {
        let sum = a + b, virtual = sum - a
        return ((a - (sum - virtual)) + (b - virtual), sum)
    }

    /// The exact difference of two such pairs, as numbers that grow in size and do not overlap.
    private static func difference(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double, Double, Double) {
        let (first, low) = sum(a.0, -b.0), (rest, high) = sum(a.1, low)
        let (second, middle) = sum(rest, -b.1), (third, fourth) = sum(high, middle)
        return (first, second, third, fourth)
    }

    /// Adds a number to an expansion: numbers that grow in size, do not overlap, and have the exact sum.
    private static func add(_ number: Double, to expansion: inout [Double]) {
        var carried = number
        for place in expansion.indices { (expansion[place], carried) = sum(carried, expansion[place]) }
        expansion.append(carried)
    }
}
