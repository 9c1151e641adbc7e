/// A DXF drawing or LightBurn project as read: entities in the drawing's own units, each block stored once.
package struct Drawing: Sendable {
    /// `$ACADVER`, such as `AC1015`, or `LightBurn 1.7.08`. Nil in fragments and the oldest files.
    package internal(set) var version: String?
    /// The unit of the drawing; `unitless` if it has none.
    package internal(set) var units = Units.unitless
    /// `$MEASUREMENT`: 0 imperial, 1 metric. It is reported and not used.
    package internal(set) var measurement: Int?
    /// Whether the header is that of pstoedit, which boxes.py uses to write DXF: only the colour then marks engraved lines.
    var isByPstoedit = false
    /// `$DWGCODEPAGE`, such as `ANSI_1252`.
    package internal(set) var codepage: String?
    /// The number of entities of model space by type, before blocks are expanded; of a LightBurn project the number of shapes.
    package internal(set) var entities: [String: Int] = [:]
    /// The size of the file in bytes.
    package internal(set) var size = 0

    var names = Names()
    var layerTable: [UInt32: Layer] = [:]
    var blocks: [UInt32: Block] = [:]
    var model: [Entity] = []
    var blockEntities: [Entity] = []
    var values: [Double] = []
    var textBytes: [UInt8] = []
    var textEnds: [Int] = []
    var readingNotes = Notes()

    /// The maximum distance of a coordinate from zero. Beyond it squares and areas lose their precision.
    static let farthest = 1e15

    /// The maximum number of bytes of all texts that are kept.
    static let mostText = 65536

    /// The number of the name that counts skipped meshes.
    static let meshName = UInt32(CutType.allCases.count + 1)

    /// The numbers of the line types of the layer (BYLAYER) and of the insert (BYBLOCK).
    static let byLayer = meshName + 1
    static let byBlock = meshName + 2

    init() {
        // Layer 0 has number 0: in a block it is the layer of the insert. The names of cut types follow.
        let types = CutType.allCases.map { "\($0)".uppercased() }
        for name in ["0"] + types + ["POLYLINE:mesh", "BYLAYER", "BYBLOCK"] { _ = names.number(name) }
    }

    /// The layers of the table in their order, then those that only entities refer to.
    package var layers: [Layer] {
        let named = Set((model + blockEntities).lazy.filter { $0.kind != .other }.map(\.layer)).subtracting(layerTable.keys)
        return (layerTable.keys.sorted() + named.sorted()).map(layer)
    }

    /// The irregularities found while reading.
    package var notes: [Note] { readingNotes.all }

    /// The strings of TEXT, MTEXT and ATTRIB, from which name, material and quantity are guessed. At most 64 KiB.
    package var texts: [String] {
        textEnds.indices.map { decoded(textBytes[($0 == 0 ? 0 : textEnds[$0 - 1])..<textEnds[$0]]) }
    }

    func layer(_ number: UInt32) -> Layer {
        layerTable[number] ?? Layer(name: decoded(names.raw(number)), color: 7, isOff: false, isFrozen: false, lineType: "CONTINUOUS")
    }

    /// Returns the number of the layer with a name, ignoring case. If there is none, returns a number that no layer has.
    func layerNumber(named name: String) -> UInt32 {
        let wanted = name.lowercased()
        let known = layerTable.keys.sorted().first { layer($0).name.lowercased() == wanted }
        return known ?? (0..<UInt32(names.count)).first { layer($0).name.lowercased() == wanted } ?? .max
    }

    /// Returns the name of an entity type in capitals, as in AutoCAD.
    func typeName(_ number: UInt32) -> String { number == Self.meshName ? "POLYLINE:mesh" : decoded(names.raw(number)).uppercased() }

    /// Decodes text: as UTF-8, used since AutoCAD 2007, if the bytes are valid, otherwise by the code page.
    func decoded(_ bytes: ArraySlice<UInt8>) -> String { Codepage.decode(bytes, named: codepage) }
}
