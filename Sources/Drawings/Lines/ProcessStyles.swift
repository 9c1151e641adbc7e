/// The layer, line type, colour and process that lines have in common.
struct LineStyle: Sendable, Equatable {
    var layer: UInt32 = 0
    var lineType = "CONTINUOUS"
    /// AutoCAD's colour index.
    var color = 7
    var process = Process.cut
}

/// Determines the styles of entities. Each combination is computed once, and most entities have that of the previous entity.
struct Styles {
    private struct Key: Hashable {
        var layer, lineType: UInt32
        var color: Int16
    }

    /// The line type and colour of an insert, used by the entities of its block with BYBLOCK.
    struct Inherited {
        var lineType: UInt32 = 0
        var color: Int16 = 7
    }

    private(set) var all: [LineStyle] = []
    /// Whether lines are engraved because of the colours of boxes.py.
    private(set) var hasEtched = false
    /// Green and cyan, which boxes.py uses for etching and deep etching.
    private static let etched = [3, 4]
    private var known: [Key: UInt16] = [:]
    private var last: (key: Key, number: UInt16)?
    private var layers: [UInt32: (lineType: UInt32, color: Int16)] = [:]
    private var names: Names
    private let drawing: Drawing
    /// Nil if everything is cut.
    private let processes: Processes?
    private let continuous: UInt32

    init(_ drawing: Drawing, _ processes: Processes?) {
        (self.drawing, self.processes, names) = (drawing, processes, drawing.names)
        continuous = names.number("CONTINUOUS")
    }

    /// Returns the number of an entity's style.
    @inline(__always)
    mutating func number(layer: UInt32, lineType: UInt32, color: Int16, _ inherited: Inherited) -> UInt16 {
        let key = Key(layer: layer, lineType: lineType, color: color)
        // The style of an entity with BYBLOCK differs between inserts.
        if let last, last.key == key, lineType != Drawing.byBlock, color != 0 { return last.number }
        return find(key, inherited)
    }

    /// Returns the line type and colour of an entity: its own ones, or with BYLAYER and BYBLOCK those of its layer or insert.
    mutating func resolve(layer: UInt32, lineType: UInt32, color: Int16, _ inherited: Inherited) -> Inherited {
        let own = layerStyle(layer)
        var resolved = Inherited(lineType: lineType, color: color)
        if lineType == 0 || lineType == Drawing.byLayer { resolved.lineType = own.lineType }
        if lineType == Drawing.byBlock { resolved.lineType = inherited.lineType == 0 ? continuous : inherited.lineType }
        if color == 256 { resolved.color = own.color }
        if color == 0 { resolved.color = inherited.color }
        return resolved
    }

    private mutating func find(_ key: Key, _ inherited: Inherited) -> UInt16 {
        let resolved = resolve(layer: key.layer, lineType: key.lineType, color: key.color, inherited)
        let concrete = Key(layer: key.layer, lineType: resolved.lineType, color: resolved.color)
        let number = known[concrete] ?? add(concrete)
        last = (key, number)
        return number
    }

    private mutating func add(_ key: Key) -> UInt16 {
        let lineType = drawing.decoded(names.raw(key.lineType)), color = Int(key.color.magnitude)
        let layer = drawing.layer(key.layer)
        let process = process(layer, lineType, color)
        // No drawing has more styles. In a hostile one the last style is used for the others.
        let number = UInt16(min(all.count, Int(UInt16.max)))
        if all.count <= Int(UInt16.max) { all.append(LineStyle(layer: key.layer, lineType: lineType, color: color, process: process)) }
        known[key] = number
        return number
    }

    private mutating func process(_ layer: Layer, _ lineType: String, _ color: Int) -> Process {
        guard let processes else { return .cut }
        // A LightBurn project defines the processes of its layers.
        let told = processes.process(layer: layer.name, lineType: lineType, color: color) ?? layer.setting?.process
        guard told == nil, drawing.isByPstoedit, Self.etched.contains(color) else { return told ?? .cut }
        hasEtched = true
        return .engrave
    }

    private mutating func layerStyle(_ number: UInt32) -> (lineType: UInt32, color: Int16) {
        if let known = layers[number] { return known }
        let layer = drawing.layer(number)
        let style = (lineType: names.number(layer.lineType), color: Int16(truncatingIfNeeded: layer.color))
        layers[number] = style
        return style
    }
}
