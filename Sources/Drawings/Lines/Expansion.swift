import Glibc
import Values

/// Draws the entities of a drawing in the plane, with blocks expanded.
struct Expansion {
    /// The properties that an insert passes to the entities of its block.
    struct Context {
        var placement = Affine.identity
        var isIdentity = true
        /// The layer of entities on layer 0.
        var layer: UInt32 = 0
        /// The line type and colour of entities with BYBLOCK.
        var inherited = Styles.Inherited()
        var isHidden = false
        var depth = 0
    }

    let drawing: Drawing
    let includesHidden: Bool
    /// The only layer to draw, if it is set.
    let onlyLayer: UInt32?
    var styles: Styles
    private let mostCopies: Int
    var geometry = Geometry()
    private var copies = 0
    /// Whether the previous entity was drawn as an edge, which the next one may continue.
    private var isDrawn = false
    /// The style whose height 0 was noted last.
    var levelStyle: UInt16?
    private var openBlocks: [UInt32] = []
    private let hiddenLayers: Set<UInt32>
    private let frozenLayers: Set<UInt32>

    init(_ drawing: Drawing, _ options: Measure.Options) {
        self.drawing = drawing
        includesHidden = options.hidden
        onlyLayer = options.layer.map(drawing.layerNumber)
        mostCopies = options.mostCopies
        styles = Styles(drawing, options.allCut ? nil : options.rules)
        hiddenLayers = Set(drawing.layerTable.filter { $0.value.isHidden }.keys)
        frozenLayers = Set(drawing.layerTable.filter { $0.value.isFrozen }.keys)
    }

    mutating func run() throws -> Geometry {
        reserve()
        for entity in drawing.model { try expand(entity, Context()) }
        geometry.styles = styles.all
        if styles.hasEtched { geometry.notes.add(.etchedByColour) }
        return geometry
    }

    /// Reserves memory for the entities of model space, because growing arrays need twice the memory for a while.
    private mutating func reserve() {
        var (segments, conics) = (0, 0)
        for entity in drawing.model {
            switch entity.kind {
            case .line: segments += 1
            case .circle, .arc: (segments, conics) = (segments + 1, conics + 1)
            case .polyline:
                let at = Int(entity.first), vertices = Int(entity.count) / 3
                segments += vertices
                for vertex in 0..<vertices where drawing.values[at + 3 * vertex + 2] != 0 { conics += 1 }
            default: break
            }
        }
        geometry.edges.reserveCapacity(drawing.model.count)
        geometry.segments.reserveCapacity(segments)
        geometry.conics.reserveCapacity(conics)
    }

    private mutating func expand(_ entity: Entity, _ context: Context) throws {
        let layer = context.depth > 0 && entity.layer == 0 ? context.layer : entity.layer
        if entity.kind == .insert { return try insert(entity, layer, context) }
        if entity.kind == .other || entity.flags.contains(.mesh) { return skip(entity) }
        if let onlyLayer, layer != onlyLayer { return }
        let isHidden = context.isHidden || entity.flags.contains(.invisible) || (!hiddenLayers.isEmpty && hiddenLayers.contains(layer))
        let style = styles.number(layer: layer, lineType: entity.name, color: entity.color, context.inherited)
        let start = Mark(geometry), goesOn = isDrawn && entity.flags.contains(.continued)
        isDrawn = false
        draw(entity, context)
        guard isWithinBounds(from: start) else {
            takeBack(to: start)
            return geometry.notes.add(.badNumber)
        }
        if isHidden {
            Self.add(length(from: start), isNew: !entity.flags.contains(.continued), to: &geometry.hidden[style])
            if !includesHidden { return takeBack(to: start) }
        }
        let count = geometry.segments.count - start.segments
        guard count > 0 else { return }
        isDrawn = true
        noteHeight(entity, context, style, from: start.segments)
        if goesOn {
            geometry.edges[geometry.edges.count - 1].count += UInt32(count)
            return
        }
        var isClosed = entity.flags.contains(.closed)
        if count == 1, case .conic(let index) = geometry.segments[start.segments].shape {
            isClosed = isClosed || geometry.conics[index].isWhole
        }
        geometry.edges.append(
            Edge(first: UInt32(start.segments), count: UInt32(count), layer: layer, isClosed: isClosed, style: style))
    }

    private mutating func skip(_ entity: Entity) {
        let name = entity.kind == .other ? entity.name : Drawing.meshName
        geometry.skipped[name, default: 0] += 1
    }

    /// The sizes of the pools before an entity was drawn.
    private struct Mark {
        let segments, conics, splines, controls: Int

        init(_ geometry: Geometry) {
            (segments, conics) = (geometry.segments.count, geometry.conics.count)
            (splines, controls) = (geometry.splines.count, geometry.controls.count)
        }
    }

    /// Whether the coordinates of a drawn entity are within the limits for read ones. Scales of nested blocks multiply, and so do radii and
    /// ratios.
    private func isWithinBounds(from start: Mark) -> Bool {
        func isSound(_ p: Point) -> Bool { abs(p.x) <= Drawing.farthest && abs(p.y) <= Drawing.farthest }
        return geometry.segments[start.segments...].allSatisfy { segment in
            guard isSound(segment.a), isSound(segment.b), segment.length.isFinite else { return false }
            switch segment.shape {
            case .line: return true
            case .conic(let index):
                let conic = geometry.conics[index]
                if isSound(conic.center), isSound(conic.center + conic.u), isSound(conic.center + conic.v) { return true }
                // The centre of a nearly straight arc can be far away although the arc is not.
                var box = Box()
                geometry.widen(&box, by: segment)
                return isSound(box.min) && isSound(box.max)
            case .spline: return geometry.controls[start.controls...].allSatisfy { isSound($0.point) }
            }
        }
    }

    private func length(from start: Mark) -> Double { geometry.segments[start.segments...].reduce(0) { $0 + $1.length } }

    private static func add(_ length: Double, isNew: Bool, to sum: inout (entities: Int, length: Double)?) {
        let before = sum ?? (0, 0)
        sum = (before.entities + (isNew ? 1 : 0), before.length + length)
    }

    private mutating func takeBack(to start: Mark) {
        geometry.segments.removeSubrange(start.segments...)
        geometry.conics.removeSubrange(start.conics...)
        geometry.splines.removeSubrange(start.splines...)
        geometry.controls.removeSubrange(start.controls...)
    }

    private mutating func insert(_ entity: Entity, _ layer: UInt32, _ context: Context) throws {
        guard let block = drawing.blocks[entity.name] else { return geometry.notes.add(.blockMissing) }
        if openBlocks.contains(entity.name) { return geometry.notes.add(.blockCycle) }
        if context.depth >= 64 { return geometry.notes.add(.blockDepth) }
        if let path = block.path, block.entities.isEmpty {
            guard includesHidden || !(context.isHidden || hiddenLayers.contains(layer)) else { return }
            geometry.externals.insert(drawing.decoded(Array(path.utf8)[...]))
            return
        }
        let v = Array(drawing.values[Int(entity.first)..<Int(entity.first) + Int(entity.count)])
        let scales = v[3...5].map { $0 == 0 ? 1 : $0 }
        let (columns, rows) = (Self.copies(v[7], spacing: v[9]), Self.copies(v[8], spacing: v[10]))
        let (sine, cosine) = (sin(v[6]), cos(v[6]))
        let frame = context.placement.after(Affine(extrusion: Vector(v[11], v[12], v[13])))
        let turned = frame.after(
            Affine(x: Vector(cosine, sine, 0), y: Vector(-sine, cosine, 0), z: Vector(0, 0, 1), origin: Vector(v[0], v[1], v[2])))
        var inner = context
        inner.layer = layer
        inner.inherited = styles.resolve(layer: layer, lineType: v.count > 14 ? UInt32(v[14]) : 0, color: entity.color, context.inherited)
        inner.isIdentity = false
        inner.depth += 1
        inner.isHidden = context.isHidden || entity.flags.contains(.invisible) || frozenLayers.contains(layer)
        openBlocks.append(entity.name)
        defer { openBlocks.removeLast() }
        for row in 0..<rows {
            for column in 0..<columns {
                let offset = Vector(Double(column) * v[9], Double(row) * v[10], 0)
                let scaled = Affine(
                    x: Vector(scales[0], 0, 0), y: Vector(0, scales[1], 0), z: Vector(0, 0, scales[2]),
                    origin: offset + Vector(-scales[0] * block.base.x, -scales[1] * block.base.y, -scales[2] * block.base.z))
                inner.placement = turned.after(scaled)
                try count(block)
                for index in block.entities { try expand(drawing.blockEntities[index], inner) }
            }
        }
    }

    private mutating func count(_ block: Block) throws {
        copies += 1 + block.entities.count
        if copies > mostCopies || geometry.segments.count > drawing.values.count + 2 * mostCopies {
            throw Failure(.input, .expansion, "the blocks of the drawing expand to more than \(mostCopies) entities: not measured")
        }
    }

    /// Returns the number of columns or rows of an array: 1 if they have no spacing.
    private static func copies(_ count: Double, spacing: Double) -> Int {
        count > 1 && spacing != 0 ? Int(min(count, 1e9)) : 1
    }
}
