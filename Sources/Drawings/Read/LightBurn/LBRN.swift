import CExpat
import Values

/// Reads a LightBurn project in one pass over the XML. Its shapes are stored until the transformations of the groups around them are known.
final class LBRNReader {
    /// The maximum depth of elements. Groups in LightBurn projects are nested, but not hundreds deep.
    private static let mostDepth = 256

    private(set) var shapes = LBRNShapes()
    private(set) var settings: [CutSetting] = []
    /// Where each setting stands.
    private(set) var places: [SettingPlace] = []
    private(set) var version = "LightBurn"
    private var elements: [LBRNElement] = []
    /// The character data of the open element, if it is needed.
    private var text: [UInt8] = []
    private var failure: Failure?
    private let parser: XML_Parser
    /// Whether a library of settings is read as well as a project.
    private let takesLibraries: Bool
    private var place = SettingPlace()

    private init(_ parser: XML_Parser, takesLibraries: Bool) { (self.parser, self.takesLibraries) = (parser, takesLibraries) }

    /// Whether the file begins like XML, which no DXF does.
    static func isMarkup(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        let first = bytes.dropFirst(hasMark ? 3 : 0).first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return first == UInt8(ascii: "<")
    }

    static func read(_ bytes: UnsafeRawBufferPointer, mostCopies: Int) throws -> Drawing {
        var drawing = try parsed(bytes, takesLibraries: false) { try LBRNDrawing($0, mostCopies: mostCopies).drawing }
        drawing.size = bytes.count
        return drawing
    }

    static func parsed<Result>(
        _ bytes: UnsafeRawBufferPointer, takesLibraries: Bool, _ use: (LBRNReader) throws -> Result
    ) throws -> Result {
        guard let parser = XML_ParserCreate(nil) else { throw Failure(.outside, .lbrn, "there is no memory for reading XML") }
        defer { XML_ParserFree(parser) }
        let reader = LBRNReader(parser, takesLibraries: takesLibraries)
        try reader.parse(bytes)
        return try use(reader)
    }

    private func parse(_ bytes: UnsafeRawBufferPointer) throws {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let reader = LBRNReader.of(data), let name else { return }
                reader.begin(LBRNName(name), LBRNAttributes(attributes))
            },
            { data, _ in LBRNReader.of(data)?.end() })
        XML_SetCharacterDataHandler(parser) { data, characters, count in
            guard let reader = LBRNReader.of(data), let characters, reader.elements.last?.wantsText == true else { return }
            characters.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                reader.text.append(contentsOf: UnsafeBufferPointer(start: $0, count: Int(count)))
            }
        }
        // A document type is refused, so that there are no entities to expand: neither external files nor exponential expansions.
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            LBRNReader.of(data)?.stop("it has a document type, which LightBurn does not write")
        }
        var at = 0
        while at < bytes.count {
            // The length of a chunk is a C int.
            let count = min(bytes.count - at, 1 << 30)
            let piece = bytes.baseAddress?.advanced(by: at).assumingMemoryBound(to: CChar.self)
            let status = XML_Parse(parser, piece, Int32(count), at + count == bytes.count ? 1 : 0)
            if let failure { throw failure }
            if status == XML_STATUS_ERROR { return try broken() }
            at += count
        }
    }

    /// Handles a syntax error: the shapes before it are kept if there are any.
    private func broken() throws {
        guard shapes.all.isEmpty || takesLibraries else { return shapes.notes.add(.markupBroken) }
        let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "it is no XML"
        stop(reason)
        if let failure { throw failure }
    }

    /// Stops the parser and refuses the input.
    private func stop(_ reason: String) {
        let place = "at byte \(XML_GetCurrentByteIndex(parser)), line \(XML_GetCurrentLineNumber(parser))"
        failure = Failure(.input, .lbrn, "not a LightBurn \(takesLibraries ? "library or project" : "project"): \(reason), \(place)")
        XML_StopParser(parser, 0)
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> LBRNReader? {
        data.map { Unmanaged<LBRNReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func begin(_ name: LBRNName, _ attributes: LBRNAttributes) {
        guard failure == nil else { return }
        let isLibrary = elements.isEmpty && takesLibraries && name.is("LightBurnLibrary")
        if elements.isEmpty {
            guard isLibrary || name.is("LightBurnProject") else { return stop("the XML begins with <\(name.shown)>") }
            if let number = attributes["AppVersion"] { version += " " + String(decoding: number.prefix(40), as: UTF8.self) }
        }
        guard elements.count < Self.mostDepth else { return stop("its elements are nested more than \(Self.mostDepth) deep") }
        let parent = elements.last ?? .other
        let element = isLibrary ? .library : LBRNElement(name, in: parent)
        elements.append(element)
        switch element {
        case .setting:
            settings.append(CutSetting(attributes))
            place.line = Int(clamping: XML_GetCurrentLineNumber(parser))
            places.append(place)
        case .material: place = SettingPlace(material: attributes.word("name") ?? attributes.word("Name") ?? "")
        case .entry: place.begin(attributes)
        case .settingValue: if !settings.isEmpty { settings[settings.count - 1].take(name, attributes) }
        case .shape: shapes.begin(attributes, isBackup: name.is("BackupPath"))
        case .vertex: shapes.addVertex(attributes)
        case .primitive: shapes.addPrimitive(attributes)
        case .transform, .vertices, .primitives: text.removeAll(keepingCapacity: true)
        case .children, .library, .other: break
        }
    }

    private func end() {
        guard failure == nil, let element = elements.popLast() else { return }
        switch element {
        case .shape: shapes.end()
        case .transform: shapes.setTransform(text)
        case .vertices: shapes.setVertices(text)
        case .primitives: shapes.setPrimitives(text)
        case .setting, .settingValue, .vertex, .primitive, .children, .library, .material, .entry, .other: break
        }
    }
}
