import Glibc

/// The range of lines in z, in the drawing's units.
struct Heights: Sendable {
    var low = Double.infinity
    var high = -Double.infinity
    /// The maximum change of z within one entity, and within one that is a point in the top view.
    var tilt = 0.0
    var upright = 0.0

    @inline(__always)
    mutating func include(_ from: Double, _ to: Double) {
        if from < low { low = from }
        if to > high { high = to }
        if to - from > tilt { tilt = to - from }
    }

    static func + (a: Heights, b: Heights) -> Heights {
        Heights(
            low: min(a.low, b.low), high: max(a.high, b.high), tilt: max(a.tilt, b.tilt), upright: max(a.upright, b.upright))
    }

    func scaled(_ k: Double) -> Heights { Heights(low: low * k, high: high * k, tilt: tilt * k, upright: upright * k) }
}

/// Notes the height of entities: they are measured in the top view, and their z is only reported.
extension Expansion {
    @inline(__always)
    mutating func noteHeight(
        _ entity: Entity, _ context: Context, _ style: UInt16, from first: Int
    ) {
        if context.isIdentity, entity.flags.contains(.flat), style == levelStyle { return }
        while geometry.heights.count <= Int(style) { geometry.heights.append(Heights()) }
        if context.isIdentity, entity.flags.contains(.flat) {
            levelStyle = style
            return geometry.heights[Int(style)].include(0, 0)
        }
        let (low, high) = heights(entity, context.placement)
        guard low <= high else { return }
        guard geometry.segments[first...].contains(where: { $0.length > 1e-9 * (high - low) }) else {
            geometry.heights[Int(style)].upright = max(geometry.heights[Int(style)].upright, high - low)
            return
        }
        geometry.heights[Int(style)].include(low, high)
    }

    private func heights(_ entity: Entity, _ placement: Affine) -> (Double, Double) {
        let v = drawing.values[Int(entity.first)..<Int(entity.first) + Int(entity.count)], at = v.startIndex
        let isFlat = entity.flags.contains(.flat)
        var (low, high) = (Double.infinity, -Double.infinity)
        func include(_ p: Vector, by reach: Double = 0, _ placement: Affine) {
            let z = placement.place(p).z
            (low, high) = (min(low, z - reach), max(high, z + reach))
        }
        func include(runOf count: Int, from start: Int) {
            for point in 0..<count { include(Vector(v[start + 3 * point], v[start + 3 * point + 1], v[start + 3 * point + 2]), placement) }
        }
        switch entity.kind {
        case .line:
            include(Vector(v[at], v[at + 1], isFlat ? 0 : v[at + 4]), placement)
            include(Vector(v[at + 2], v[at + 3], isFlat ? 0 : v[at + 5]), placement)
        case .circle, .arc:
            let plane = self.plane(isFlat ? nil : v.suffix(3), placement), radius = abs(v[at + 2])
            let reach = radius * hypot(plane.x.z, plane.y.z)
            include(Vector(v[at], v[at + 1], isFlat ? 0 : v[v.endIndex - 4]), by: reach, plane)
        case .ellipse:
            let major = Vector(v[at + 2], v[at + 3], isFlat ? 0 : v[at + 8])
            let normal = isFlat ? Vector(0, 0, 1) : Vector(v[at + 9], v[at + 10], v[at + 11]).unit
            let reach = hypot(placement.direction(major).z, placement.direction(normal.cross(major) * v[at + 4]).z)
            include(Vector(v[at], v[at + 1], isFlat ? 0 : v[at + 7]), by: reach, placement)
        case .polyline:
            let plane = self.plane(isFlat ? nil : v.suffix(3), placement), elevation = isFlat ? 0 : v[v.endIndex - 4]
            let count = (v.count - (isFlat ? 0 : 4)) / 3
            // All points of a horizontal polyline have the same height.
            for point in 0..<(plane.x.z == 0 && plane.y.z == 0 ? min(count, 1) : count) {
                include(Vector(v[at + 3 * point], v[at + 3 * point + 1], elevation), plane)
            }
        case .polyline3D: include(runOf: v.count / 3, from: at)
        case .spline:
            let controls = Int(v[at + 2])
            let start = at + 5 + Int(v[at + 1])
            let fits = Int(v[at + 4])
            include(runOf: controls >= 2 ? controls : fits, from: controls >= 2 ? start : v.endIndex - 3 * fits)
        case .insert, .other: break
        }
        return (low, high)
    }

    private func plane(_ extrusion: ArraySlice<Double>?, _ placement: Affine) -> Affine {
        guard let extrusion else { return placement }
        let at = extrusion.startIndex
        return placement.after(Affine(extrusion: Vector(extrusion[at], extrusion[at + 1], extrusion[at + 2])))
    }
}
