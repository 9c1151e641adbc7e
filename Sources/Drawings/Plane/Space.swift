import Glibc

/// A place or a displacement in space. Blocks can be tilted, so z is dropped only after the last transformation.
struct Vector: Equatable, Sendable {
    var x, y, z: Double

    init(_ x: Double, _ y: Double, _ z: Double) { (self.x, self.y, self.z) = (x, y, z) }

    static func + (a: Vector, b: Vector) -> Vector { Vector(a.x + b.x, a.y + b.y, a.z + b.z) }
    static func * (a: Vector, k: Double) -> Vector { Vector(a.x * k, a.y * k, a.z * k) }

    func cross(_ b: Vector) -> Vector { Vector(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x) }
    var length: Double { (x * x + y * y + z * z).squareRoot() }
    /// The unit vector of the same direction; the z axis for a zero vector.
    var unit: Vector { length > 0 ? self * (1 / length) : Vector(0, 0, 1) }
}

/// An affine map of space, given by the images of the three axes and of the origin.
struct Affine: Sendable {
    var x = Vector(1, 0, 0)
    var y = Vector(0, 1, 0)
    var z = Vector(0, 0, 1)
    var origin = Vector(0, 0, 0)

    static let identity = Affine()

    /// The object coordinate system of an extrusion, by the arbitrary axis algorithm of the DXF reference.
    init(extrusion: Vector) {
        z = extrusion.unit
        let nearPole = abs(z.x) < 1.0 / 64 && abs(z.y) < 1.0 / 64
        x = (nearPole ? Vector(0, 1, 0) : Vector(0, 0, 1)).cross(z).unit
        y = z.cross(x).unit
    }

    init() {}

    init(x: Vector, y: Vector, z: Vector, origin: Vector) {
        (self.x, self.y, self.z, self.origin) = (x, y, z, origin)
    }

    func direction(_ v: Vector) -> Vector { x * v.x + y * v.y + z * v.z }
    func place(_ p: Vector) -> Vector { direction(p) + origin }

    /// Returns the composition that applies `inner` first.
    func after(_ inner: Affine) -> Affine {
        Affine(x: direction(inner.x), y: direction(inner.y), z: direction(inner.z), origin: place(inner.origin))
    }

    /// Returns the image of a place (`point`) and of a displacement (`span`), projected to the plane.
    @inline(__always) func point(_ px: Double, _ py: Double, _ pz: Double) -> Point {
        Point(x.x * px + y.x * py + z.x * pz + origin.x, x.y * px + y.y * py + z.y * pz + origin.y)
    }
    @inline(__always) func span(_ v: Vector) -> Point {
        Point(x.x * v.x + y.x * v.y + z.x * v.z, x.y * v.x + y.y * v.y + z.y * v.z)
    }
}
