/// A primitive: a straight line, or an arc, ellipse or spline in a pool of `Geometry`.
struct Segment: Sendable {
    enum Shape: Equatable { case line, conic(Int), spline(Int) }

    var a, b: Point
    var length: Double
    /// The encoded shape: -1 is a line, n >= 0 conic n, and -2 - n spline n. An enum with payload would double the size.
    private var pool: Int32

    init(line a: Point, _ b: Point) {
        (self.a, self.b, length, pool) = (a, b, (b - a).length, -1)
    }

    init(_ a: Point, _ b: Point, length: Double, _ shape: Shape) {
        (self.a, self.b, self.length) = (a, b, length)
        switch shape {
        case .line: pool = -1
        case .conic(let index): pool = Int32(index)
        case .spline(let index): pool = Int32(-2 - index)
        }
    }

    @inline(__always) var isLine: Bool { pool == -1 }
    var shape: Shape { pool == -1 ? .line : pool >= 0 ? .conic(Int(pool)) : .spline(-2 - Int(pool)) }
}
