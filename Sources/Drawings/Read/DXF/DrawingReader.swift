import Glibc
import Values

/// A cache of the last name and its number: most entities have the layer and the line type of the previous entity.
struct LastName {
    private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var number: UInt32 = 0

    @inline(__always)
    mutating func number(_ name: UnsafeBufferPointer<UInt8>, in names: inout Names) -> UInt32 {
        if let last = bytes.baseAddress, let new = name.baseAddress, bytes.count == name.count, memcmp(last, new, name.count) == 0 {
            return number
        }
        (bytes, number) = (name, names.number(name))
        return number
    }
}

/// Reads tags into a drawing in one pass: sections, header variables, the layer table and blocks. Extensions read entities.
struct DrawingReader<Source: TagSource> {
    enum Section { case none, header, tables, blocks, entities, ignored }

    var tags: Source
    var drawing = Drawing()
    /// Whether `tags` is at a tag and not at the end.
    var isLive = true
    var section = Section.none
    var entity = EntityScratch()

    private let input: UnsafeRawBufferPointer
    private var sectionSeen = false
    private var structureSeen = false
    private var endSeen = false
    private var headerOpen = true
    private var block: (name: UInt32, block: Block)?
    private var unitsCode: Int?
    /// The header variables of pstoedit that were read, by their index, and whether there were others.
    private var pstoedit: (seen: Set<Int>, isOther: Bool) = ([], false)
    private var typeCounts = [Int](repeating: 0, count: 16)
    var lastLayer = LastName()
    var lastLineType = LastName()

    init(_ tags: Source, _ input: UnsafeRawBufferPointer) {
        self.tags = tags
        self.input = input
    }

    @inline(__always)
    mutating func advance() { isLive = tags.next() }

    mutating func read() throws -> Drawing {
        advance()
        while isLive, !endSeen {
            if tags.code == 0 { record() } else { strayTag() }
        }
        guard structureSeen || typeCounts.contains(where: { $0 > 0 }) else {
            throw Failure(
                .input, .drawingReader, "not a DXF drawing: " + FileSignature.reason(input, firstFault: tags.firstFault),
                hint: FileSignature.hint(input))
        }
        closeBlock()
        finish()
        return drawing
    }

    /// Reads one record, which starts with a 0 tag, up to the next.
    private mutating func record() {
        let word = tags.bytes
        if takesEntities, let type = CutType(word) { return read(type) }
        if isWord(word, "SECTION") { return beginSection() }
        if isWord(word, "ENDSEC") {
            section = .none
            // Header variables can follow.
            return advance()
        } else if isWord(word, "EOF") {
            endSeen = true
            structureSeen = true
            return
        } else if isWord(word, "BLOCK") {
            return beginBlock()
        } else if isWord(word, "ENDBLK") {
            closeBlock()
        } else if section == .tables, isWord(word, "LAYER") {
            return readLayer()
        } else if takesEntities {
            return readOther(word)
        }
        skipRecord()
    }

    /// Whether entities are expected: in the model, in a block, or in a fragment without sections.
    private var takesEntities: Bool { section == .entities || block != nil || (section == .none && !sectionSeen) }

    var isInBlock: Bool { block != nil }

    mutating func skipRecord() {
        isLive = tags.nextRecord()
    }

    private mutating func beginSection() {
        sectionSeen = true
        closeBlock()
        advance()
        guard isLive, tags.code == 2 else { return }
        let name = tags.bytes
        if isWord(name, "HEADER") {
            section = .header
        } else if isWord(name, "TABLES") {
            section = .tables
        } else if isWord(name, "BLOCKS") {
            section = .blocks
        } else if isWord(name, "ENTITIES") {
            section = .entities
        } else {
            section = .ignored
        }
        structureSeen = true
        headerOpen = headerOpen && (section == .header || (section == .ignored && !isWord(name, "CLASSES")))
        advance()
    }

    /// Reads a tag outside of records: a header variable, even after the ENDSEC of the header.
    private mutating func strayTag() {
        guard headerOpen, tags.code == 9 else { return advance() }
        let name = tags.bytes
        noteHeader(name)
        advance()
        guard isLive, tags.code != 0, tags.code != 9 else { return }
        if isWord(name, "$ACADVER"), drawing.version == nil {
            drawing.version = String(decoding: tags.bytes, as: UTF8.self)
        } else if isWord(name, "$INSUNITS"), unitsCode == nil {
            unitsCode = tags.whole
        } else if isWord(name, "$MEASUREMENT"), drawing.measurement == nil {
            drawing.measurement = tags.whole
        } else if isWord(name, "$DWGCODEPAGE"), drawing.codepage == nil {
            drawing.codepage = String(decoding: tags.bytes, as: UTF8.self)
        }
        advance()
    }

    private static var pstoeditNames: [StaticString] { ["$ACADVER", "$FILLMODE", "$SPLFRAME", "$EXTMIN", "$EXTMAX"] }

    private mutating func noteHeader(_ name: UnsafeBufferPointer<UInt8>) {
        guard !pstoedit.isOther else { return }
        if let number = Self.pstoeditNames.firstIndex(where: { isWord(name, $0) }) {
            pstoedit.seen.insert(number)
        } else {
            pstoedit.isOther = true
        }
    }

    private mutating func readLayer() {
        var (name, color, flags) = (UInt32?.none, 7, 0)
        var lineType = "CONTINUOUS"
        advance()
        while isLive, tags.code != 0 {
            switch tags.code {
            case 2: name = name ?? drawing.names.number(tags.bytes)
            case 62: color = tags.whole
            case 70: flags = tags.whole
            case 6: lineType = String(decoding: tags.bytes, as: UTF8.self)
            default: break
            }
            advance()
        }
        guard let name, drawing.layerTable[name] == nil else { return }
        let text = String(decoding: drawing.names.raw(name), as: UTF8.self)
        drawing.layerTable[name] = Layer(
            name: text, color: Int(color.magnitude), isOff: color < 0, isFrozen: flags & 1 != 0, lineType: lineType)
    }

    private mutating func beginBlock() {
        closeBlock()
        var name: UInt32?
        var base = Vector(0, 0, 0), flags = 0, path = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        advance()
        while isLive, tags.code != 0 {
            switch tags.code {
            case 1: path = tags.bytes
            case 70: flags = tags.whole
            case 2: name = name ?? drawing.names.number(tags.bytes)
            case 10: base.x = tags.real
            case 20: base.y = tags.real
            case 30: base.z = tags.real
            default: break
            }
            advance()
        }
        structureSeen = true
        let start = drawing.blockEntities.count
        block = (name ?? drawing.names.number(""), Block(base: base, entities: start..<start))
        // Flag 4 is an external reference, 8 an external overlay.
        if flags & 12 != 0, !path.isEmpty { block?.block.path = String(decoding: path.prefix(400), as: UTF8.self) }
    }

    private mutating func closeBlock() {
        guard let name = block?.name, var closed = block?.block else { return }
        block = nil
        closed.entities = closed.entities.lowerBound..<drawing.blockEntities.count
        if drawing.blocks[name] == nil { drawing.blocks[name] = closed }
    }

    /// Adds an entity to the model or the current block, and counts those of the model by type. Entities of paper space are dropped.
    mutating func store(_ entity: Entity, type: UInt32, isPaper: Bool) {
        if isInBlock { return drawing.blockEntities.append(entity) }
        if isPaper { return }
        while typeCounts.count <= Int(type) { typeCounts.append(0) }
        typeCounts[Int(type)] += 1
        drawing.model.append(entity)
    }

    private mutating func finish() {
        drawing.size = input.count
        drawing.isByPstoedit = !pstoedit.isOther && pstoedit.seen.count == Self.pstoeditNames.count && drawing.layerTable.count == 1
        if let code = unitsCode, code != 0 {
            if let units = Units.of(code: code) { drawing.units = units } else { drawing.readingNotes.add(.unitsUnknown) }
        } else {
            drawing.readingNotes.add(.unitsAssumed)
        }
        // A fragment without sections has no EOF.
        if !endSeen, sectionSeen { drawing.readingNotes.add(.endMissing) }
        if tags.firstFault != nil { drawing.readingNotes.add(.resynchronised) }
        // The names in the layer table are bytes, decoded here because the code page can follow them.
        for (number, layer) in drawing.layerTable {
            var layer = layer
            layer.name = drawing.decoded(drawing.names.raw(number))
            drawing.layerTable[number] = layer
        }
        for (number, count) in typeCounts.enumerated() where count > 0 {
            drawing.entities[drawing.typeName(UInt32(number)), default: 0] += count
        }
        drawing.mergeNames()
    }
}
