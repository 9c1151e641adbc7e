import Glibc

/// Makes an entity of the values of its tags.
extension DrawingReader {
    mutating func commit(_ type: CutType) {
        let isFlat = entity.isFlat
        switch type {
        case .line:
            append(entity.value(10), entity.value(20), entity.value(11), entity.value(21))
            let (z, endZ) = (entity.value(30), entity.value(31))
            if z != 0 || endZ != 0 {
                append(z, endZ)
                return finish(.line, [], type)
            }
            finish(.line, [.flat], type)
        case .circle, .arc:
            append(entity.value(10), entity.value(20), entity.value(40))
            if type == .arc { append(entity.value(50) * .pi / 180, entity.value(51, 360) * .pi / 180) }
            if !isFlat || entity.value(30) != 0 { appendPlane(entity.value(30)) }
            let kind: Kind = type == .arc ? .arc : .circle
            finish(kind, !isFlat || entity.value(30) != 0 ? [] : [.flat], type)
        default:
            append(entity.value(10), entity.value(20), entity.value(11), entity.value(21))
            append(entity.value(40, 1), entity.value(41), entity.value(42, 2 * .pi))
            let (z, majorZ) = (entity.value(30), entity.value(31))
            let isPlane = isFlat && z == 0 && majorZ == 0
            if !isPlane {
                append(z, majorZ)
                appendExtrusion()
            }
            finish(.ellipse, isPlane ? [.flat] : [], type)
        }
    }

    mutating func commitPolyline(_ type: CutType, isClosed: Bool, elevation: Double) {
        var flags: Entity.Flags = isClosed ? [.closed] : []
        if entity.isFlat && elevation == 0 { flags.insert(.flat) } else { appendPlane(elevation) }
        finish(.polyline, flags, type)
    }

    mutating func commitSpline() {
        let degree = entity.whole(71, 3)
        let counts = [entity.knots.count, entity.controls.count / 3, entity.weights.count, entity.fits.count / 3]
        append(Double(degree))
        drawing.values.append(contentsOf: counts.map(Double.init))
        for list in [entity.knots, entity.controls, entity.weights, entity.fits] { drawing.values.append(contentsOf: list) }
        finish(.spline, [], .spline)
    }

    mutating func commitInsert() {
        append(entity.value(10), entity.value(20), entity.value(30))
        for code in 41...43 { append(entity.value(code, 1)) }
        append(entity.value(50) * .pi / 180)
        append(entity.value(70, 1), entity.value(71, 1), entity.value(44), entity.value(45))
        appendExtrusion()
        append(Double(entity.lineType))
        finish(.insert, [], .insert)
    }

    /// Reads the ATTRIBs after an insert, which contain its texts, and their SEQEND.
    mutating func readAttributes() {
        while isLive, tags.code == 0, isWord(tags.bytes, "ATTRIB") { readText() }
        if isLive, tags.code == 0, isWord(tags.bytes, "SEQEND") { skipRecord() }
    }

    /// Reads an entity of a type that is not cut. Only its type name is kept, and its text if it has one.
    mutating func readOther(_ word: UnsafeBufferPointer<UInt8>) {
        if isWord(word, "VERTEX") || isWord(word, "SEQEND") || isWord(word, "ENDTAB") { return skipRecord() }
        if isWord(word, "ATTRIB") { return readText() }
        let name = drawing.names.number(word)
        let isText = isWord(word, "TEXT") || isWord(word, "MTEXT")
        entity.begin(at: drawing.values.count)
        if isText {
            readText()
        } else {
            repeat {
                advance()
                if isLive, tags.code == 67 { entity.isPaper = tags.whole == 1 }
            } while isLive && tags.code != 0
        }
        var other = record(.other, [], type: .line)
        other.name = name
        store(other, type: name, isPaper: entity.isPaper)
    }

    private mutating func readText() {
        let start = drawing.textBytes.count
        advance()
        while isLive, tags.code != 0 {
            if tags.code == 1 || tags.code == 3 {
                drawing.textBytes.append(contentsOf: tags.bytes.prefix(min(4096, Drawing.mostText - drawing.textBytes.count)))
            }
            if tags.code == 67 { entity.isPaper = tags.whole == 1 }
            if tags.code == 101 {
                skipRecord()
                break
            }
            advance()
        }
        if drawing.textBytes.count > start { drawing.textEnds.append(drawing.textBytes.count) }
    }

    private mutating func append(_ values: Double...) { drawing.values.append(contentsOf: values) }

    @inline(__always)
    private mutating func append(_ a: Double, _ b: Double, _ c: Double, _ d: Double) {
        drawing.values.append(a)
        drawing.values.append(b)
        drawing.values.append(c)
        drawing.values.append(d)
    }

    private mutating func appendPlane(_ elevation: Double) {
        append(elevation)
        appendExtrusion()
    }

    private mutating func appendExtrusion() {
        let normal = entity.extrusion ?? Vector(0, 0, 1)
        append(normal.x, normal.y, normal.z)
    }

    /// Returns the entity of the values appended since its first tag.
    func record(_ kind: Kind, _ flags: Entity.Flags, type: CutType) -> Entity {
        Entity(
            kind: kind, flags: flags.union(entity.flags), color: entity.color,
            name: type == .insert ? entity.block : entity.lineType, layer: entity.layer,
            first: UInt32(truncatingIfNeeded: entity.first),
            count: UInt32(truncatingIfNeeded: drawing.values.count - entity.first))
    }

    /// Stores the entity. If one of its numbers is not finite or too large, it is stored as damaged.
    @inline(__always)
    mutating func finish(_ kind: Kind, _ flags: Entity.Flags, _ type: CutType) {
        var isSound = true
        for index in entity.first..<drawing.values.count where !(abs(drawing.values[index]) <= Drawing.farthest) { isSound = false }
        var made = record(kind, flags, type: type)
        if !isSound {
            drawing.readingNotes.add(.badNumber)
            made.kind = .other
            made.name = drawing.names.number("\(type)".uppercased())
            made.count = 0
        }
        if !isSound || (entity.isPaper && !isInBlock) { drawing.values.removeSubrange(entity.first...) }
        store(made, type: type.rawValue, isPaper: entity.isPaper)
    }
}
