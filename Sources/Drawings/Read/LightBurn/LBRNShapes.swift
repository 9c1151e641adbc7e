/// A point of a path, with the index of its handles in `LBRNShapes.handles`.
struct LBRNVertex {
    var place: Point
    /// -1 if there are none.
    var handles: Int32 = -1
}

/// A primitive of a path between two vertices: a line, or a Bézier curve with handle 0 of the first and handle 1 of the second.
struct LBRNPrimitive {
    var isCurve: Bool
    var from, to: Int32
}

/// A shape as read, before its transformation is known.
struct LBRNShape {
    enum Kind {
        /// Width, height and corner radius. Corners with a negative radius are concave.
        case rectangle(Double, Double, Double)
        case ellipse(Double, Double)
        /// A polygon with its corners on an ellipse.
        case polygon(Int, Double, Double)
        case path
        case group
        /// Types that are not cut.
        case other
    }

    var kind: Kind
    var cutIndex: Int
    /// The transformation to the coordinates of the group around it.
    var transform = Affine.identity
    /// The index of the group around it in `LBRNShapes.all`, or -1.
    var parent: Int
    /// The type in capitals: `RECT`, `PATH`, ...
    var type: String
    var vertices = 0..<0
    var primitives = 0..<0
    /// Whether the path is all vertices in their order, and closed if `isClosed`.
    var isRun = false
    var isClosed = false
    /// Whether it is the outline of a text, drawn instead of the text.
    var isBackup = false
    var hasBackup = false
    /// Whether its points and primitives are those of an earlier shape.
    var isCopy = false
}

/// The shapes of a LightBurn project in the order of the file.
struct LBRNShapes {
    var all: [LBRNShape] = []
    var vertices: [LBRNVertex] = []
    var handles: [(Point?, Point?)] = []
    var primitives: [LBRNPrimitive] = []
    private(set) var texts: [[UInt8]] = []
    var notes = Notes()

    /// The open shapes, as indices in `all`.
    private(set) var open: [Int] = []
    private var vertexLists: [Int: Range<Int>] = [:]
    private var primitiveLists: [Int: (pieces: Range<Int>, isRun: Bool, isClosed: Bool)] = [:]
    private var ids: [(vertices: Int?, primitives: Int?)] = []

    mutating func begin(_ attributes: LBRNAttributes, isBackup: Bool) {
        let kind: LBRNShape.Kind
        let type = attributes.word("Type") ?? "Shape"
        switch type {
        case "Rect": kind = .rectangle(attributes.number("W") ?? 0, attributes.number("H") ?? 0, attributes.number("Cr") ?? 0)
        case "Ellipse": kind = .ellipse(attributes.number("Rx") ?? 0, attributes.number("Ry") ?? 0)
        case "Polygon":
            kind = .polygon(attributes["N"].map(Numeral.whole) ?? 0, attributes.number("Rx") ?? 0, attributes.number("Ry") ?? 0)
        case "Path": kind = .path
        case "Group": kind = .group
        default: kind = .other
        }
        if type == "Text", let words = attributes["Str"], texts.count < 1000 { texts.append(Array(words.prefix(4096))) }
        var shape = LBRNShape(kind: kind, cutIndex: attributes["CutIndex"].map(Numeral.whole) ?? 0, parent: -1, type: type.uppercased())
        shape.isBackup = isBackup
        if let outer = open.last {
            // The outline is a sibling of its text, not a child.
            shape.parent = isBackup ? all[outer].parent : outer
            if isBackup { all[outer].hasBackup = true }
        }
        shape.vertices = vertices.count..<vertices.count
        shape.primitives = primitives.count..<primitives.count
        open.append(all.count)
        all.append(shape)
        ids.append((attributes["VertID"].map(Numeral.whole), attributes["PrimID"].map(Numeral.whole)))
    }

    /// Ends a shape. LightBurn writes repeated points and primitives once and refers to them by number.
    mutating func end() {
        guard let place = open.popLast() else { return }
        if let id = ids[place].vertices {
            if !all[place].vertices.isEmpty {
                vertexLists[id] = all[place].vertices
            } else if let known = vertexLists[id] {
                all[place].vertices = known
                all[place].isCopy = true
            }
        }
        if let id = ids[place].primitives {
            if !all[place].primitives.isEmpty || all[place].isRun {
                primitiveLists[id] = (all[place].primitives, all[place].isRun, all[place].isClosed)
            } else if let known = primitiveLists[id] {
                (all[place].primitives, all[place].isRun, all[place].isClosed) = known
                all[place].isCopy = true
            }
        }
    }

    /// Reads a transformation `a b c d e f`: x' = a x + c y + e, y' = b x + d y + f.
    mutating func setTransform(_ text: [UInt8]) {
        guard let place = open.last else { return }
        var scanner = LBRNScanner(text)
        let values = (0..<6).map { _ in scanner.number() ?? .nan }
        all[place].transform = Affine(
            x: Vector(values[0], values[1], 0), y: Vector(values[2], values[3], 0), z: Vector(0, 0, 1),
            origin: Vector(values[4], values[5], 0))
    }
}
