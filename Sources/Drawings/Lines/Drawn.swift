import Glibc

/// Draws an entity: computes its segments in the plane from its numbers.
extension Expansion {
    mutating func draw(_ entity: Entity, _ context: Context) {
        let at = Int(entity.first)
        let isFlat = entity.flags.contains(.flat)
        switch entity.kind {
        case .line: line(at, isFlat, context)
        case .circle, .arc: circle(at, isArc: entity.kind == .arc, isFlat, context)
        case .ellipse: ellipse(at, isFlat, context)
        case .polyline: polyline(entity, isFlat, context)
        case .polyline3D: polyline3D(entity, context)
        case .spline: spline(at, context)
        case .insert, .other: break
        }
    }

    @inline(__always)
    private mutating func line(_ at: Int, _ isFlat: Bool, _ context: Context) {
        let values = drawing.values
        var a = Point(values[at], values[at + 1])
        var b = Point(values[at + 2], values[at + 3])
        if !context.isIdentity {
            a = context.placement.point(a.x, a.y, isFlat ? 0 : values[at + 4])
            b = context.placement.point(b.x, b.y, isFlat ? 0 : values[at + 5])
        }
        geometry.segments.append(Segment(line: a, b))
    }

    private mutating func circle(_ at: Int, isArc: Bool, _ isFlat: Bool, _ context: Context) {
        let v = drawing.values[at..<at + (isArc ? 5 : 3) + (isFlat ? 0 : 4)]
        // Some programs write a signed radius, whose sign is the direction.
        let radius = abs(v[at + 2])
        guard radius > 0 else { return geometry.notes.add(.badRadius) }
        let plane = plane(isFlat ? nil : v.suffix(3), context)
        let center = plane.point(v[at], v[at + 1], isFlat ? 0 : v[v.endIndex - 4])
        let sweep = isArc ? Conic.sweep(from: v[at + 3], to: v[at + 4]) : (start: 0, end: 2 * .pi)
        add(
            Conic(
                center: center, u: plane.span(Vector(radius, 0, 0)), v: plane.span(Vector(0, radius, 0)), start: sweep.start, end: sweep.end
            ))
    }

    private mutating func ellipse(_ at: Int, _ isFlat: Bool, _ context: Context) {
        let v = Array(drawing.values[at..<at + (isFlat ? 7 : 12)])
        let major = Vector(v[2], v[3], isFlat ? 0 : v[8])
        let normal = isFlat ? Vector(0, 0, 1) : Vector(v[9], v[10], v[11]).unit
        let sweep = Conic.sweep(from: v[5], to: v[6])
        let center = context.placement.point(v[0], v[1], isFlat ? 0 : v[7])
        guard major.length > 0 else { return addPoint(center) }
        add(
            Conic(
                center: center, u: context.placement.span(major),
                v: context.placement.span(normal.cross(major) * v[4]), start: sweep.start, end: sweep.end))
    }

    /// Adds a segment of length 0, which is reported as too small to be cut.
    private mutating func addPoint(_ place: Point) { geometry.segments.append(Segment(line: place, place)) }

    private mutating func add(_ conic: Conic) {
        let a = conic.point(conic.start)
        let b = conic.isWhole ? a : conic.point(conic.end)
        geometry.conics.append(conic)
        geometry.segments.append(Segment(a, b, length: conic.length, .conic(geometry.conics.count - 1)))
    }

    /// Returns the plane of an extrusion, transformed by the placement of the block.
    private func plane(_ extrusion: ArraySlice<Double>?, _ context: Context) -> Affine {
        guard let extrusion else { return context.placement }
        let at = extrusion.startIndex
        return context.placement.after(Affine(extrusion: Vector(extrusion[at], extrusion[at + 1], extrusion[at + 2])))
    }

    private mutating func polyline(_ entity: Entity, _ isFlat: Bool, _ context: Context) {
        let at = Int(entity.first)
        let count = (Int(entity.count) - (isFlat ? 0 : 4)) / 3
        guard count > 1 else { return geometry.notes.add(.lonePoint) }
        let end = at + Int(entity.count)
        let plane = plane(isFlat ? nil : drawing.values[end - 3..<end], context)
        let elevation = isFlat ? 0 : drawing.values[end - 4]
        let isPlain = isFlat && context.isIdentity
        let before = geometry.segments.count
        var (x, y, bulge) = (drawing.values[at], drawing.values[at + 1], drawing.values[at + 2])
        var from = isPlain ? Point(x, y) : plane.point(x, y, elevation)
        let pieces = entity.flags.contains(.closed) ? count : count - 1
        for piece in 1...pieces {
            let next = at + 3 * (piece < count ? piece : 0)
            let (nextX, nextY) = (drawing.values[next], drawing.values[next + 1])
            let to = isPlain ? Point(nextX, nextY) : plane.point(nextX, nextY, elevation)
            if nextX != x || nextY != y {
                if abs(bulge) < 1e-12 {
                    geometry.segments.append(Segment(line: from, to))
                } else {
                    var arc = Conic(from: Point(x, y), to: Point(nextX, nextY), bulge: bulge)
                    if !isPlain {
                        arc.center = plane.point(arc.center.x, arc.center.y, elevation)
                        arc.u = plane.span(Vector(arc.u.x, arc.u.y, 0))
                        arc.v = plane.span(Vector(arc.v.x, arc.v.y, 0))
                    }
                    geometry.conics.append(arc)
                    geometry.segments.append(Segment(from, to, length: arc.length, .conic(geometry.conics.count - 1)))
                }
            }
            (x, y, bulge, from) = (nextX, nextY, drawing.values[next + 2], to)
        }
        if geometry.segments.count == before { addPoint(from) }
    }

    private mutating func polyline3D(_ entity: Entity, _ context: Context) {
        let at = Int(entity.first)
        let count = Int(entity.count) / 3
        guard count > 1 else { return geometry.notes.add(.lonePoint) }
        let places = (0..<count).map {
            context.placement.point(drawing.values[at + 3 * $0], drawing.values[at + 3 * $0 + 1], drawing.values[at + 3 * $0 + 2])
        }
        let before = geometry.segments.count
        for index in 1..<count where places[index] != places[index - 1] {
            geometry.segments.append(Segment(line: places[index - 1], places[index]))
        }
        if entity.flags.contains(.closed), places[0] != places[count - 1] {
            geometry.segments.append(Segment(line: places[count - 1], places[0]))
        }
        if geometry.segments.count == before { addPoint(places[0]) }
    }

    private mutating func spline(_ at: Int, _ context: Context) {
        let values = drawing.values
        let degree = Int(exactly: values[at]) ?? 3
        let counts = values[at + 1...at + 4].map { Int($0) }
        var start = at + 5
        let knots = Array(values[start..<start + counts[0]])
        start += counts[0]
        let controls = places(counts[1], start, context)
        start += 3 * counts[1]
        let weights = Array(values[start..<start + counts[2]])
        let fits = places(counts[3], start + counts[2], context)
        if controls.count < 2, fits.count >= 2 {
            geometry.notes.add(.splineFitOnly)
            return add(Interpolation(through: fits).curve)
        }
        guard let curve = Nurbs(degree: degree, knots: knots, points: controls, weights: weights) else {
            return geometry.notes.add(.splineEmpty)
        }
        for fault in curve.faults { geometry.notes.add(Self.note(of: fault)) }
        add(curve)
    }

    private static func note(of fault: Nurbs.Fault) -> Note.Kind {
        switch fault {
        case .reducedDegree: .splineDegreeReduced
        case .noKnots: .splineNoKnots
        case .badKnots: .splineBadKnots
        case .badWeights: .splineBadWeights
        }
    }

    private func places(_ count: Int, _ start: Int, _ context: Context) -> [Point] {
        (0..<count).map {
            context.placement.point(
                drawing.values[start + 3 * $0], drawing.values[start + 3 * $0 + 1], drawing.values[start + 3 * $0 + 2])
        }
    }

    private mutating func add(_ curve: Nurbs) {
        let spline = curve.pieces(into: &geometry.controls)
        geometry.splines.append(spline)
        var length = 0.0
        for index in 0..<spline.pieces { length += geometry.piece(spline, index).length }
        let breaks = (1..<max(spline.pieces, 1)).contains { index in
            let (end, start) = (geometry.piece(spline, index - 1).last, geometry.piece(spline, index).first)
            return !end.isWithin(1e-6 * length, of: start)
        }
        if breaks { geometry.notes.add(.splineBroken) }
        let a = geometry.piece(spline, 0).first
        let b = geometry.piece(spline, spline.pieces - 1).last
        geometry.segments.append(Segment(a, b, length: length, .spline(geometry.splines.count - 1)))
    }
}
