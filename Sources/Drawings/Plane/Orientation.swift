/// The side of a line on which a point lies, always with the correct sign. If the rounding error of doubles is too large, the value is
/// computed with as many digits as necessary (Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates,
/// 1997, section 4.2).
///
/// The sign is exact unless a product overflows or is below 1e-290, which no coordinates of a drawing reach.
enum Orientation {
    private static let epsilon = 0x1p-53
    private static let boundA = (3 + 16 * epsilon) * epsilon
    private static let boundB = (2 + 12 * epsilon) * epsilon
    private static let boundC = (9 + 64 * epsilon) * epsilon * epsilon
    private static let boundOfSum = (3 + 8 * epsilon) * epsilon

    /// Returns approximately twice the signed area of the triangle abc: positive if c is to the left of the line from a to b, 0 if it is on
    /// the line.
    @inline(__always)
    static func of(_ a: Point, _ b: Point, _ c: Point) -> Double {
        let left = (a.x - c.x) * (b.y - c.y), right = (a.y - c.y) * (b.x - c.x), area = left - right
        // The sign is correct if the products have opposite signs or one is zero, or if the area exceeds the rounding error.
        if abs(area) >= boundA * (abs(left) + abs(right)) { return area }
        return adapted(a, b, c, abs(left) + abs(right))
    }

    @inline(never)
    private static func adapted(_ a: Point, _ b: Point, _ c: Point, _ sum: Double) -> Double {
        let (ax, ay, bx, by) = (a.x - c.x, a.y - c.y, b.x - c.x, b.y - c.y)
        // Without arrays, because this step is sufficient for most points on a line.
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
        // The components increase in magnitude and do not overlap, so that the last one that is not 0 has the sign of the sum.
        return exact.last { $0 != 0 } ?? 0
    }

    /// Returns the rounding error of a difference.
    private static func tail(_ a: Double, _ b: Double, _ difference: Double) -> Double {
        let virtualB = a - difference, virtualA = difference + virtualB
        return (a - virtualA) + (virtualB - b)
    }

    /// Returns a product as two numbers, the smaller first, whose sum is exact.
    private static func product(_ a: Double, _ b: Double) -> (Double, Double) {
        let product = a * b
        return ((-product).addingProduct(a, b), product)
    }

    /// Returns a sum as two numbers, the smaller first, whose sum is exact.
    private static func sum(_ a: Double, _ b: Double) -> (Double, Double) {
        let sum = a + b, virtual = sum - a
        return ((a - (sum - virtual)) + (b - virtual), sum)
    }

    /// Returns the exact difference of two such pairs as components that increase in magnitude and do not overlap.
    private static func difference(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double, Double, Double) {
        let (first, low) = sum(a.0, -b.0), (rest, high) = sum(a.1, low)
        let (second, middle) = sum(rest, -b.1), (third, fourth) = sum(high, middle)
        return (first, second, third, fourth)
    }

    /// Adds a number to an expansion: components that increase in magnitude, do not overlap, and whose sum is exact.
    private static func add(_ number: Double, to expansion: inout [Double]) {
        var carried = number
        for place in expansion.indices { (expansion[place], carried) = sum(carried, expansion[place]) }
        expansion.append(carried)
    }
}
