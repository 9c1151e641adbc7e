import Glibc

/// The values of an entity's tags so far. Numbers are stored by their group code, 10 to 79.
struct EntityScratch {
    private var slots = [Double](repeating: 0, count: 80)
    /// The set of stored codes: bits 10 to 59 for the codes 10 to 59, bits 0 to 9 for 70 to 79.
    private var seen: UInt64 = 0
    var layer: UInt32 = 0
    var color: Int16 = 256
    /// The number of the line type's name; 0 if the entity has none and that of the layer applies.
    var lineType: UInt32 = 0
    var isInvisible = false
    var isPaper = false
    var extrusion: Vector?
    /// The number of the name of an insert's block; by default a number that no block has.
    var block = UInt32.max
    /// The index of the entity's first number in `Drawing.values`, for types that append numbers while reading.
    var first = 0
    var knots: [Double] = []
    var weights: [Double] = []
    var controls: [Double] = []
    var fits: [Double] = []

    @inline(__always)
    mutating func begin(at values: Int) {
        seen = 0
        layer = 0
        color = 256
        lineType = 0
        isInvisible = false
        isPaper = false
        extrusion = nil
        block = .max
        first = values
    }

    @inline(__always)
    mutating func set(_ code: Int, _ value: Double) {
        slots[code] = value
        seen |= 1 << UInt64(code < 60 ? code : code - 70)
    }

    @inline(__always)
    func value(_ code: Int, _ absent: Double = 0) -> Double {
        seen & (1 << UInt64(code < 60 ? code : code - 70)) != 0 ? slots[code] : absent
    }

    func has(_ code: Int) -> Bool { seen & (1 << UInt64(code < 60 ? code : code - 70)) != 0 }

    /// Returns an integer, with codes 70 to 79; 0 if the value is not a number.
    func whole(_ code: Int, _ absent: Int = 0) -> Int {
        has(code) ? Int(exactly: slots[code].rounded(.towardZero)) ?? 0 : absent
    }

    var isFlat: Bool { extrusion.map { $0.x == 0 && $0.y == 0 && $0.z > 0 } ?? true }
    var flags: Entity.Flags { isInvisible ? .invisible : [] }

    /// Appends a coordinate of a point, whose coordinates have three codes. The first code starts the point.
    static func append(_ value: Double, axis: Int, to points: inout [Double]) {
        if axis == 0 {
            points.append(value)
            points.append(0)
            points.append(0)
        } else if points.count >= 3 {
            points[points.count - 3 + axis] = value
        }
    }
}

extension DrawingReader {
    mutating func read(_ type: CutType) {
        entity.begin(at: drawing.values.count)
        switch type {
        case .lwpolyline:
            readTags { $0.vertexTag($1) }
            commitPolyline(type, isClosed: entity.whole(70) & 1 != 0, elevation: entity.value(38))
        case .polyline:
            readTags { $0.slotTag($1) }
            readVertices()
        case .spline:
            (entity.knots, entity.weights, entity.controls, entity.fits) = ([], [], [], [])
            readTags { $0.splineTag($1) }
            commitSpline()
        case .insert:
            readTags { $0.slotTag($1) }
            commitInsert()
            readAttributes()
        case .line, .arc, .circle, .ellipse:
            readTags { $0.slotTag($1) }
            commit(type)
        }
    }

    /// Reads up to the next record. `own` is called with the tags 10 to 59 and 70 to 79.
    @inline(__always)
    private mutating func readTags(_ own: (inout Self, Int) -> Void) {
        advance()
        while isLive {
            let code = tags.code
            if code >= 10, code < 80, !(60...69).contains(code) {
                own(&self, code)
            } else if code == 0 {
                return
            } else if !commonTag(code) {
                // An embedded object follows, whose tags have other meanings.
                return skipRecord()
            }
            advance()
        }
    }

    /// Reads a tag that has the same meaning in every entity. Returns false at the end of the entity's own tags.
    @inline(__always)
    private mutating func commonTag(_ code: Int) -> Bool {
        switch code {
        case 8: entity.layer = lastLayer.number(tags.bytes, in: &drawing.names)
        case 2: entity.block = drawing.names.number(tags.bytes)
        case 6: entity.lineType = lastLineType.number(tags.bytes, in: &drawing.names)
        case 60: entity.isInvisible = tags.whole & 1 != 0
        case 62: entity.color = Int16(truncatingIfNeeded: tags.whole)
        case 67: entity.isPaper = tags.whole == 1
        case 420 where entity.color == 256: entity.color = TrueColor.index(tags.whole)
        case 210: entity.extrusion = Vector(tags.real, entity.extrusion?.y ?? 0, entity.extrusion?.z ?? 1)
        case 220: entity.extrusion = Vector(entity.extrusion?.x ?? 0, tags.real, entity.extrusion?.z ?? 1)
        case 230: entity.extrusion = Vector(entity.extrusion?.x ?? 0, entity.extrusion?.y ?? 0, tags.real)
        case 101: return false
        default: break
        }
        return true
    }

    @inline(__always)
    private mutating func slotTag(_ code: Int) { entity.set(code, tags.real) }

    /// Reads a tag of an LWPOLYLINE: each 10 starts a vertex, 42 is the bulge of the last vertex.
    @inline(__always)
    private mutating func vertexTag(_ code: Int) {
        let count = drawing.values.count
        switch code {
        case 10:
            drawing.values.append(tags.real)
            drawing.values.append(0)
            drawing.values.append(0)
        case 20 where count > entity.first: drawing.values[count - 2] = tags.real
        case 42 where count > entity.first: drawing.values[count - 1] = Self.bulge(tags.real)
        default: entity.set(code, tags.real)
        }
    }

    /// Returns a bulge, or 0, a straight segment, if it is not a number.
    static func bulge(_ value: Double) -> Double { value.isFinite ? value : 0 }

    private mutating func splineTag(_ code: Int) {
        switch code {
        case 40: entity.knots.append(tags.real)
        case 41: entity.weights.append(tags.real)
        case 10, 20, 30: EntityScratch.append(tags.real, axis: code / 10 - 1, to: &entity.controls)
        case 11, 21, 31: EntityScratch.append(tags.real, axis: code / 10 - 1, to: &entity.fits)
        default: entity.set(code, tags.real)
        }
    }

    /// Reads the vertices of an old-style POLYLINE, up to its SEQEND.
    private mutating func readVertices() {
        let head = entity
        let flags = head.whole(70)
        var vertices: [(values: (Double, Double, Double), bulge: Double, flags: Int)] = []
        while isLive, tags.code == 0, isWord(tags.bytes, "VERTEX") {
            entity.begin(at: head.first)
            readTags { $0.slotTag($1) }
            vertices.append(
                ((entity.value(10), entity.value(20), entity.value(30)), Self.bulge(entity.value(42)), entity.whole(70)))
        }
        if isLive, tags.code == 0, isWord(tags.bytes, "SEQEND") { skipRecord() }
        entity = head
        if flags & (16 | 64) != 0 {
            return store(record(.polyline, [.mesh], type: .polyline), type: CutType.polyline.rawValue, isPaper: head.isPaper)
        }
        // The control vertices of a spline-fitted polyline are not part of the curve.
        if flags & 4 != 0 || vertices.contains(where: { $0.flags & 8 != 0 }) { vertices.removeAll { $0.flags & 16 != 0 } }
        let isSpatial = flags & 8 != 0
        for vertex in vertices {
            drawing.values.append(vertex.values.0)
            drawing.values.append(vertex.values.1)
            drawing.values.append(isSpatial ? vertex.values.2 : vertex.bulge)
        }
        if isSpatial {
            finish(.polyline3D, flags & 1 != 0 ? [.closed] : [], .polyline)
        } else {
            commitPolyline(.polyline, isClosed: flags & 1 != 0, elevation: head.value(30))
        }
    }
}
