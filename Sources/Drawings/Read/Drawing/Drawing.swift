/// A DXF drawing or LightBurn project as read: entities in the drawing's own units, blocks kept once.
package struct Drawing: Sendable {
    /// `$ACADVER`, e.g. `AC1015`, or `LightBurn 1.7.08`; nil in fragments and the oldest files.
    package internal(set) var version: String?
    /// The unit that the drawing names; `unitless` when it names none.
    package internal(set) var units = Units.unitless
    /// `$MEASUREMENT`: 0 imperial, 1 metric. Reported, never used.
    package internal(set) var measurement: Int?
    /// Whether its header is that of pstoedit, by which boxes.py writes DXF: what is etched there is told by the colour alone.
    var isByPstoedit = false
    /// `$DWGCODEPAGE`, e.g. `ANSI_1252`.
    package internal(set) var codepage: String?
    /// Entities of model space by type, before any block is expanded; shapes of LightBurn by theirs.
    package internal(set) var entities: [String: Int] = [:]
    /// The bytes that were read.
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

    /// How far from zero a coordinate may be: beyond it squares and areas lose their meaning.
    static let farthest = 1e15

    /// The bytes of texts that are kept.
    static let mostText = 65536

    /// The number of the name that skipped meshes are counted under.
    static let meshName = UInt32(CutType.allCases.count + 1)

    /// The numbers of the line types that stand for the layer's and the insert's.
    static let byLayer = meshName + 1
    static let byBlock = meshName + 2

    init() {
        // Layer 0 is number 0: in a block it stands for the layer of the insert. The types that are cut follow.
        let types = CutType.allCases.map { "\($0)".uppercased() }
        for name in ["0"] + types + ["POLYLINE:mesh", "BYLAYER", "BYBLOCK"] { _ = names.number(name) }
    }

    /// The layers of the table in their order, then those that only entities name.
    package var layers: [Layer] {
        let named = Set((model + blockEntities).lazy.filter { $0.kind != .other }.map(\.layer)).subtracting(layerTable.keys)
        return (layerTable.keys.sorted() + named.sorted()).map(layer)
    }

    /// What was odd about the file.
    package var notes: [Note] { readingNotes.all }

    /// The strings of TEXT, MTEXT and ATTRIB, for a guess at name, material and quantity; at most the first 64 KiB of all together.
    package var texts: [String] {
        textEnds.indices.map { decoded(textBytes[($0 == 0 ? 0 : textEnds[$0 - 1])..<textEnds[$0]]) }
    }

    func layer(_ number: UInt32) -> Layer {
        layerTable[number] ?? Layer(name: decoded(names.raw(number)), color: 7, isOff: false, isFrozen: false, lineType: "CONTINUOUS")
    }

    /// The number of the layer of a name, as it is shown and in any case; one that no layer has where there is none.
    func layerNumber(named name: String) -> UInt32 {
        let wanted = name.lowercased()
        let known = layerTable.keys.sorted().first { layer($0).name.lowercased() == wanted }
        return known ?? (0..<UInt32(names.count)).first { layer($0).name.lowercased() == wanted } ?? .max
    }

    /// The name of an entity type, in capitals as AutoCAD writes them.
    func typeName(_ number: UInt32) -> String { number == Self.meshName ? "POLYLINE:mesh" : decoded(names.raw(number)).uppercased() }

    /// Text in the drawing's encoding: UTF-8 from 2007 on and where the bytes are valid, else its code page.
    func decoded(_ bytes: ArraySlice<UInt8>) -> String { Codepage.decode(bytes, named: codepage) }
}
