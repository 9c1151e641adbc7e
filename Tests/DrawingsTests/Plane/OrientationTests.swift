import Testing

@testable import Drawings

@Suite struct OrientationTests {
    /// Returns the sign for integer coordinates, computed with 128-bit integers.
    private func sign(_ a: Point, _ b: Point, _ c: Point) -> Int {
        func whole(_ value: Double) -> Int128 { Int128(value) }
        let left = (whole(a.x) - whole(c.x)) * (whole(b.y) - whole(c.y)), right = (whole(a.y) - whole(c.y)) * (whole(b.x) - whole(c.x))
        return left == right ? 0 : left > right ? 1 : -1
    }

    private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

    /// Points on and near a line, with coordinates so large that their products are not exact in doubles.
    @Test func signsAreExactNearALine() {
        var random = Seeded(11), wrong = 0, plainWrong = 0
        for _ in 0..<20_000 {
            func number(_ most: Int) -> Double { Double(random.whole(-most...most)) }
            let a = Point(number(1 << 52), number(1 << 52)), way = Point(number(1 << 24), number(1 << 24)), times = number(1 << 26)
            let b = Point(a.x + way.x * 3, a.y + way.y * 3)
            let c = Point(a.x + way.x * times + number(1), a.y + way.y * times + number(1))
            let right = sign(a, b, c)
            if sign(Orientation.of(a, b, c)) != right { wrong += 1 }
            if sign((b - a).cross(c - a)) != right { plainWrong += 1 }
        }
        #expect(wrong == 0 && plainWrong > 0)
    }

    /// Shewchuk's example: a grid of neighbours of (0.5, 0.5) near the line from (12, 12) to (24, 24).
    @Test func signsAreExactOnAGridNearADiagonal() {
        let step = 0x1p-53
        for i in 0..<64 {
            for j in 0..<64 {
                let p = Point(0.5 + Double(i) * step, 0.5 + Double(j) * step)
                let (x, y) = (p.x, p.y)
                #expect(sign(Orientation.of(Point(12, 12), Point(24, 24), p)) == (y > x ? 1 : y < x ? -1 : 0))
            }
        }
    }

    /// Permuting the three points changes only the sign.
    @Test func permutationsChangeOnlyTheSign() {
        var random = Seeded(5)
        for _ in 0..<5_000 {
            let a = Point(random.real(-1, 1), random.real(-1, 1)), b = Point(random.real(-1, 1), random.real(-1, 1))
            let c = a + (b - a) * random.real(-3, 3), own = sign(Orientation.of(a, b, c))
            #expect(sign(Orientation.of(b, c, a)) == own && sign(Orientation.of(c, a, b)) == own && sign(Orientation.of(b, a, c)) == -own)
        }
    }

    /// A point is inside exactly one of two triangles with a common side.
    @Test func aPointIsInOneOfTwoAdjacentTriangles() {
        var random = Seeded(9)
        for _ in 0..<3_000 {
            func place() -> Point { Point(random.real(-1e3, 1e3), random.real(-1e3, 1e3)) }
            let (a, b) = (place(), place()), p = a + (b - a) * random.real(0.1, 0.9), side = (b - a).left
            guard Orientation.of(a, b, p) != 0 else { continue }
            let left = Polygon([a, b, a + (b - a) * 0.5 + side]), right = Polygon([b, a, a + (b - a) * 0.5 - side])
            #expect(left.contains(p) != right.contains(p))
        }
    }
}
