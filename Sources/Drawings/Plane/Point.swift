import Glibc

/// A place or a displacement in the plane, in the units of its owner.
package struct Point: Equatable, Sendable {
    package var x, y: Double

    package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }

    static let zero = Point(0, 0)

    @inline(__always) package static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
    @inline(__always) package static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
    @inline(__always) package static func * (a: Point, k: Double) -> Point { Point(a.x * k, a.y * k) }

    @inline(__always) func dot(_ b: Point) -> Double { x * b.x + y * b.y }
    /// The z of the cross product: twice the area of the triangle, positive counterclockwise.
    @inline(__always) func cross(_ b: Point) -> Double { x * b.y - y * b.x }
    /// The displacement rotated by 90° counterclockwise.
    var left: Point { Point(-y, x) }
    var length: Double { (x * x + y * y).squareRoot() }

    @inline(__always) func isWithin(_ reach: Double, of b: Point) -> Bool {
        let (dx, dy) = (x - b.x, y - b.y)
        return dx * dx + dy * dy <= reach * reach
    }
}

/// An axis-aligned rectangle. It is empty until something is included.
package struct Box: Equatable, Sendable {
    package var min = Point(.infinity, .infinity)
    package var max = Point(-.infinity, -.infinity)

    package init() {}
    @inline(__always) init(_ a: Point, _ b: Point) {
        include(a)
        include(b)
    }

    package var isEmpty: Bool { !(min.x <= max.x) }
    package var width: Double { isEmpty ? 0 : max.x - min.x }
    package var height: Double { isEmpty ? 0 : max.y - min.y }
    package var center: Point { (min + max) * 0.5 }

    @inline(__always) package mutating func include(_ p: Point) {
        min = Point(p.x < min.x ? p.x : min.x, p.y < min.y ? p.y : min.y)
        max = Point(p.x > max.x ? p.x : max.x, p.y > max.y ? p.y : max.y)
    }

    mutating func include(_ b: Box) {
        include(b.min)
        include(b.max)
    }

    @inline(__always) func meets(_ b: Box) -> Bool {
        min.x <= b.max.x && b.min.x <= max.x && min.y <= b.max.y && b.min.y <= max.y
    }

    /// Returns the distance of a place from the box; 0 inside.
    func distance(to p: Point) -> Double { squaredDistance(to: p).squareRoot() }

    @inline(__always) func squaredDistance(to p: Point) -> Double {
        let (x, y) = (Swift.max(0, Swift.max(min.x - p.x, p.x - max.x)), Swift.max(0, Swift.max(min.y - p.y, p.y - max.y)))
        return x * x + y * y
    }

    func contains(_ b: Box) -> Bool { min.x <= b.min.x && b.max.x <= max.x && min.y <= b.min.y && b.max.y <= max.y }

    /// Returns the box enlarged by this length on every side.
    func widened(_ reach: Double) -> Box {
        var box = self
        box.min = min - Point(reach, reach)
        box.max = max + Point(reach, reach)
        return box
    }

    func scaled(_ k: Double) -> Box { isEmpty ? self : Box(min * k, max * k) }
}
