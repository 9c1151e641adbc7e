import Glibc
import Values

/// Converts the shapes of a LightBurn project to the entities of a drawing, with their transformations applied.
struct LBRNDrawing {
    private(set) var drawing = Drawing()
    private let shapes: LBRNShapes
    private let mostCopies: Int
    private var copies = 0
    /// The layer number of each `CutIndex`.
    private var layers: [Int: UInt32] = [:]
    private var layer: UInt32 = 0
    /// The index of the first number of the current entity.
    private var first = 0

    init(_ reader: LBRNReader, mostCopies: Int) throws {
        shapes = reader.shapes
        self.mostCopies = mostCopies
        drawing.version = reader.version
        drawing.units = .millimetre
        drawing.readingNotes = shapes.notes
        addLayers(reader.settings)
        for words in shapes.texts where drawing.textBytes.count < Drawing.mostText {
            drawing.textBytes += words.prefix(Drawing.mostText - drawing.textBytes.count)
            drawing.textEnds.append(drawing.textBytes.count)
        }
        var places: [Affine] = []
        places.reserveCapacity(shapes.all.count)
        for shape in shapes.all {
            // A group precedes its children.
            let place = shape.parent < 0 ? shape.transform : places[shape.parent].after(shape.transform)
            places.append(place)
            if !shape.isBackup { drawing.entities[shape.type, default: 0] += 1 }
            try draw(shape, place)
        }
    }

    private mutating func addLayers(_ settings: [CutSetting]) {
        for setting in settings where layers[setting.index] == nil { add(setting) }
    }

    private mutating func add(_ setting: CutSetting) {
        var label = setting.label
        // Two settings with the same name are different layers.
        while drawing.layerTable[drawing.names.number(label)] != nil { label += " (\(CutSetting(index: setting.index).label))" }
        let number = drawing.names.number(label)
        layers[setting.index] = number
        drawing.layerTable[number] = Layer(
            name: label, color: 7, isOff: !setting.isOutput, isFrozen: false, lineType: "CONTINUOUS", setting: setting)
    }

    /// Returns the layer of a shape. Tool layers have no setting in the file, and other settings can be missing.
    private mutating func layerNumber(_ index: Int) -> UInt32 {
        if let known = layers[index] { return known }
        add(CutSetting(index: index, type: index == 30 || index == 31 ? "Tool" : "Cut"))
        return layers[index] ?? 0
    }

    private mutating func draw(_ shape: LBRNShape, _ place: Affine) throws {
        first = drawing.values.count
        layer = layerNumber(shape.cutIndex)
        switch shape.kind {
        case .rectangle(let width, let height, let radius): rectangle(width, height, radius, place)
        case .ellipse(let rx, let ry): ellipse(Point.zero, Point(rx, 0), Point(0, ry), 0, 2 * .pi, place)
        case .polygon(let corners, let rx, let ry): polygon(corners, rx, ry, place)
        case .path:
            if shape.isCopy { try count(shape) }
            path(shape, place)
        case .group: break
        case .other where shape.hasBackup: break
        case .other:
            let name = drawing.names.number(shape.type)
            drawing.model.append(Entity(kind: .other, flags: [], color: 256, name: name, layer: layer, first: 0, count: 0))
        }
    }

    private mutating func count(_ shape: LBRNShape) throws {
        copies += 1 + (shape.isRun ? shape.vertices.count : shape.primitives.count)
        guard copies > mostCopies else { return }
        throw Failure(.input, .lbrnDrawing, "the project draws the same paths more than \(mostCopies) times: it is not measured")
    }

    private mutating func append(_ values: Double...) { drawing.values.append(contentsOf: values) }

    /// Stores the entity of the appended numbers, unless one of them is not finite or too large.
    private mutating func finish(_ kind: Kind, _ type: CutType, _ flags: Entity.Flags) {
        defer { first = drawing.values.count }
        if !drawing.values[first...].allSatisfy({ abs($0) <= Drawing.farthest }) {
            drawing.readingNotes.add(.badNumber)
            drawing.values.removeSubrange(first...)
            return
        }
        drawing.model.append(
            Entity(
                kind: kind, flags: flags, color: 256, name: 0, layer: layer, first: UInt32(truncatingIfNeeded: first),
                count: UInt32(truncatingIfNeeded: drawing.values.count - first)))
    }

    private mutating func corner(_ p: Point, _ place: Affine, bulge: Double = 0) {
        let placed = place.point(p.x, p.y, 0)
        append(placed.x, placed.y, bulge)
    }

    /// Draws a rectangle about its centre. Rounded corners are circular arcs if the transformation preserves angles; otherwise elliptic
    /// ones.
    private mutating func rectangle(_ width: Double, _ height: Double, _ radius: Double, _ place: Affine) {
        let (w, h) = (abs(width) / 2, abs(height) / 2)
        let r = min(abs(radius), w, h)
        guard r > 0 else {
            for p in [Point(-w, -h), Point(w, -h), Point(w, h), Point(-w, h)] { corner(p, place) }
            return finish(.polyline, .lwpolyline, [.flat, .closed])
        }
        // The corners in counterclockwise order from the lower right, and for each the direction of the side that leads to it.
        let corners = [Point(w, -h), Point(w, h), Point(-w, h), Point(-w, -h)]
        let ways = [Point(1, 0), Point(0, 1), Point(-1, 0), Point(0, -1)]
        if let mirror = Self.similarity(place) {
            let bulge = tan(.pi / 8) * mirror * (radius < 0 ? -1 : 1)
            for (p, way) in zip(corners, ways) {
                corner(p - way * r, place, bulge: bulge)
                corner(p + way.left * r, place)
            }
            return finish(.polyline, .lwpolyline, [.flat, .closed])
        }
        for side in 0..<4 {
            let (p, way, next) = (corners[side], ways[side], corners[(side + 1) % 4])
            if radius > 0 {
                ellipse(p - way * r + way.left * r, way.left * -r, way * r, 0, .pi / 2, place)
            } else {
                ellipse(p, way.left * r, way * -r, 0, .pi / 2, place)
            }
            let nextWay = ways[(side + 1) % 4]
            corner(p + way.left * r, place)
            corner(next - nextWay * r, place)
            finish(.polyline, .lwpolyline, [.flat])
        }
    }

    /// Returns 1 if the transformation scales all directions equally, -1 if it also mirrors, otherwise nil.
    private static func similarity(_ place: Affine) -> Double? {
        let (u, v) = (Point(place.x.x, place.x.y), Point(place.y.x, place.y.y))
        let size = u.dot(u) + v.dot(v)
        guard abs(u.dot(u) - v.dot(v)) <= 1e-12 * size, abs(u.dot(v)) <= 1e-12 * size else { return nil }
        return u.cross(v) < 0 ? -1 : 1
    }

    /// Draws the curve c + u cos t + v sin t in the shape's coordinates.
    private mutating func ellipse(_ c: Point, _ u: Point, _ v: Point, _ from: Double, _ to: Double, _ place: Affine) {
        let center = place.point(c.x, c.y, 0)
        let (u, v) = (place.span(Vector(u.x, u.y, 0)), place.span(Vector(v.x, v.y, 0)))
        let isWhole = to - from >= 2 * .pi
        if isWhole, abs(u.dot(u) - v.dot(v)) <= 1e-12 * (u.dot(u) + v.dot(v)), abs(u.dot(v)) <= 1e-12 * (u.dot(u) + v.dot(v)) {
            append(center.x, center.y, u.length)
            return finish(.circle, .circle, [.flat])
        }
        // The orthogonal axes of the ellipse, by Rytz's construction.
        let turn = atan2(2 * u.dot(v), u.dot(u) - v.dot(v)) / 2
        let major = u * cos(turn) + v * sin(turn)
        let minor = v * cos(turn) - u * sin(turn)
        guard major.dot(major) > 0 else { return drawing.readingNotes.add(.badRadius) }
        append(center.x, center.y, major.x, major.y, minor.dot(major.left) / major.dot(major))
        if isWhole { append(0, 2 * .pi) } else { append(from - turn, to - turn) }
        finish(.ellipse, .ellipse, [.flat])
    }

    /// Draws a polygon with its corners on an ellipse, the first at the right.
    private mutating func polygon(_ corners: Int, _ rx: Double, _ ry: Double, _ place: Affine) {
        guard (3...1000).contains(corners) else { return drawing.readingNotes.add(.lonePoint) }
        for number in 0..<corners {
            let angle = 2 * .pi * Double(number) / Double(corners)
            corner(Point(rx * cos(angle), ry * sin(angle)), place)
        }
        finish(.polyline, .lwpolyline, [.flat, .closed])
    }

    /// Makes polylines of consecutive straight primitives and splines of consecutive curves. Connected primitives are one contour, even if
    /// it crosses itself, because LightBurn cuts it without a stop.
    private mutating func path(_ shape: LBRNShape, _ place: Affine) {
        let vertices = shapes.vertices[shape.vertices]
        let base = vertices.startIndex
        if shape.isRun {
            for vertex in vertices { corner(vertex.place, place) }
            if vertices.isEmpty { return drawing.readingNotes.add(.lonePoint) }
            return finish(.polyline, .lwpolyline, shape.isClosed ? [.flat, .closed] : [.flat])
        }
        let pieces = shapes.primitives[shape.primitives]
        if pieces.isEmpty { drawing.readingNotes.add(.lonePoint) }
        var at = pieces.startIndex
        while at < pieces.endIndex {
            var end = at
            while end < pieces.endIndex, vertices.indices.contains(base + Int(pieces[end].from)),
                vertices.indices.contains(base + Int(pieces[end].to)), end == at || pieces[end].from == pieces[end - 1].to
            {
                end += 1
            }
            if end == at {
                drawing.readingNotes.add(.pathBroken)
                at += 1
            } else {
                run(pieces[at..<end], base, place)
                at = end
            }
        }
    }

    /// Draws connected primitives.
    private mutating func run(_ pieces: ArraySlice<LBRNPrimitive>, _ base: Int, _ place: Affine) {
        var at = pieces.startIndex
        while at < pieces.endIndex {
            let end = pieces[at...].firstIndex { $0.isCurve != pieces[at].isCurve } ?? pieces.endIndex, part = pieces[at..<end]
            if part.count == pieces.count, !pieces[at].isCurve, pieces.count > 1, pieces.first?.from == pieces.last?.to {
                for piece in pieces { corner(shapes.vertices[base + Int(piece.from)].place, place) }
                return finish(.polyline, .lwpolyline, [.flat, .closed])
            }
            let flags: Entity.Flags = at == pieces.startIndex ? [] : .continued
            if pieces[at].isCurve { curves(part, base, place, flags) } else { lines(part, base, place, flags) }
            at = end
        }
    }

    private mutating func lines(_ pieces: ArraySlice<LBRNPrimitive>, _ base: Int, _ place: Affine, _ flags: Entity.Flags) {
        guard let end = pieces.last?.to else { return }
        for piece in pieces { corner(shapes.vertices[base + Int(piece.from)].place, place) }
        corner(shapes.vertices[base + Int(end)].place, place)
        finish(.polyline, .lwpolyline, flags.union(.flat))
    }

    /// Draws curves as one cubic spline with triple knots at the vertices, which represents the Bézier curves exactly.
    private mutating func curves(_ pieces: ArraySlice<LBRNPrimitive>, _ base: Int, _ place: Affine, _ flags: Entity.Flags) {
        let count = pieces.count
        append(3, Double(3 * count + 5), Double(3 * count + 1), 0, 0)
        for knot in 0...count {
            for _ in 0..<(knot == 0 || knot == count ? 4 : 3) { append(Double(knot)) }
        }
        for (number, piece) in pieces.enumerated() {
            let (from, to) = (shapes.vertices[base + Int(piece.from)], shapes.vertices[base + Int(piece.to)])
            if number == 0 { control(from.place, place) }
            control(from.handles < 0 ? from.place : shapes.handles[Int(from.handles)].0 ?? from.place, place)
            control(to.handles < 0 ? to.place : shapes.handles[Int(to.handles)].1 ?? to.place, place)
            control(to.place, place)
        }
        finish(.spline, .spline, flags)
    }

    private mutating func control(_ p: Point, _ place: Affine) {
        let placed = place.point(p.x, p.y, 0)
        append(placed.x, placed.y, 0)
    }
}
