import Glibc

/// Writes the tags of an entity.
struct EntityTags {
    private let version: DXFVersion
    /// The encoded name.
    private let layer: String
    /// The line type and colour, if they differ from those of the layer.
    private var lineType: String?
    private var color: Int?

    init(_ version: DXFVersion, _ layer: Layer, _ style: LineStyle?) {
        (self.version, self.layer) = (version, TagWriter.name(layer.name))
        guard let style else { return }
        if style.lineType.uppercased() != layer.lineType.uppercased() { lineType = TagWriter.name(style.lineType) }
        if style.color != layer.color, (1...255).contains(style.color) { color = style.color }
    }

    func write(_ form: EdgeForm, to out: inout TagWriter) {
        switch form {
        case .line(let a, let b):
            begin("LINE", "AcDbLine", &out)
            out.point(10, a)
            out.point(11, b)
        case .circle(let centre, let radius):
            begin("CIRCLE", "AcDbCircle", &out)
            out.point(10, centre)
            out.tag(40, radius)
        case .arc(let centre, let radius, let from, let to):
            begin("ARC", "AcDbCircle", &out)
            out.point(10, centre)
            out.tag(40, radius)
            if version != .r12 { out.tag(100, "AcDbArc") }
            out.tag(50, Self.degrees(from))
            out.tag(51, Self.degrees(to))
        case .ellipse(let centre, let axes):
            begin("ELLIPSE", "AcDbEllipse", &out)
            out.point(10, centre)
            out.point(11, axes.major)
            out.tag(40, axes.ratio)
            out.tag(41, axes.start)
            out.tag(42, axes.end)
        case .polyline(let vertices, let isClosed):
            version == .r12 ? polyline(vertices, isClosed, &out) : lwpolyline(vertices, isClosed, &out)
        case .spline(let curve): spline(curve, &out)
        }
    }

    private static func degrees(_ radians: Double) -> Double {
        let degrees = radians * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    private func begin(_ type: String, _ marker: String, _ out: inout TagWriter) {
        out.tag(0, type)
        if version != .r12 {
            out.handle(out.newHandle())
            out.tag(330, String(DXFWriter.Handle.model, radix: 16, uppercase: true))
            out.tag(100, "AcDbEntity")
        }
        out.tag(8, layer)
        if let lineType { out.tag(6, lineType) }
        if let color { out.tag(62, color) }
        if version != .r12 { out.tag(100, marker) }
    }

    private func lwpolyline(_ vertices: [EdgeForm.Vertex], _ isClosed: Bool, _ out: inout TagWriter) {
        begin("LWPOLYLINE", "AcDbPolyline", &out)
        out.tag(90, vertices.count)
        out.tag(70, isClosed ? 1 : 0)
        for vertex in vertices {
            out.flat(10, vertex.place)
            if vertex.bulge != 0 { out.tag(42, vertex.bulge) }
        }
    }

    private func polyline(_ vertices: [EdgeForm.Vertex], _ isClosed: Bool, _ out: inout TagWriter) {
        begin("POLYLINE", "", &out)
        out.tag(66, 1)
        out.point(10, Point(0, 0))
        out.tag(70, isClosed ? 1 : 0)
        for vertex in vertices {
            begin("VERTEX", "", &out)
            out.point(10, vertex.place)
            if vertex.bulge != 0 { out.tag(42, vertex.bulge) }
        }
        begin("SEQEND", "", &out)
    }

    private func spline(_ curve: KnottedCurve, _ out: inout TagWriter) {
        begin("SPLINE", "AcDbSpline", &out)
        // Flag 4 means rational, flag 8 planar.
        out.tag(70, curve.isRational ? 12 : 8)
        out.tag(71, curve.degree)
        out.tag(72, curve.knots.count)
        out.tag(73, curve.controls.count)
        out.tag(74, 0)
        for knot in curve.knots { out.tag(40, knot) }
        // The weights precede the control points, as in files of AutoCAD.
        if curve.isRational { for control in curve.controls { out.tag(41, control.w) } }
        for control in curve.controls { out.point(10, control.point) }
    }
}
