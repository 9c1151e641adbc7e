/// A point of a path, with the place of its handles among `LBRNShapes.handles`.
struct LBRNVertex {
    var place: Point
    /// -1 where it has none.
    var handles: Int32 = -1
}

/// A piece of a path from one vertex to another: straight, or a Bézier curve by the first's handle 0 and the second's handle 1.
struct LBRNPrimitive {
    var isCurve: Bool
    var from, to: Int32
}

/// A shape as it was read, before its place is known.
struct LBRNShape {
    enum Kind {
        /// Width, height and corner radius; a negative radius is cut into the corner.
        case rectangle(Double, Double, Double)
        case ellipse(Double, Double)
        /// Corners on an ellipse.
        case polygon(Int, Double, Double)
        case path
        case group
        /// What is not cut.
        case other
    }

    var kind: Kind
    var cutIndex: Int
    /// In the coordinates of the group around it.
    var transform = Affine.identity
    /// The place of the group around it in `LBRNShapes.all`, or -1.
    var parent: Int
    /// `Rect`, `Path`, ... in capitals.
    var type: String
    var vertices = 0..<0
    var primitives = 0..<0
    /// All vertices in their order, and back to the first where it is closed.
    var isRun = false
    var isClosed = false
    /// An outline of a text that stands for it.
    var isBackup = false
    var hasBackup = false
    /// Whether its points and pieces were named by an earlier shape.
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

    /// The shapes that are open, as places in `all`.
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
            // The outline is where the text is, not in it.
            shape.parent = isBackup ? all[outer].parent : outer
            if isBackup { all[outer].hasBackup = true }
        }
        shape.vertices = vertices.count..<vertices.count
        shape.primitives = primitives.count..<primitives.count
        open.append(all.count)
        all.append(shape)
        ids.append((attributes["VertID"].map(Numeral.whole), attributes["PrimID"].map(Numeral.whole)))
    }

    /// Points and pieces that LightBurn writes once are found by their number again.
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

    /// `a b c d e f`: x' = a x + c y + e, y' = b x + d y + f.
    mutating func setTransform(_ text: [UInt8]) {
        guard let place = open.last else { return }
        var scanner = LBRNScanner(text)
        let values = (0..<6).map { _ in scanner.number() ?? .nan }
        all[place].transform = Affine(
            x: Vector(values[0], values[1], 0), y: Vector(values[2], values[3], 0), z: Vector(0, 0, 1),
            origin: Vector(values[4], values[5], 0))
    }
}
