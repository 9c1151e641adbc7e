/// The elements that are read, by the parent in which they can occur.
enum LBRNElement {
    case setting, settingValue, shape, children, transform, vertices, primitives, vertex, primitive, library, material, entry, other

    var wantsText: Bool { self == .transform || self == .vertices || self == .primitives }

    init(_ name: LBRNName, in parent: LBRNElement) {
        switch parent {
        case .setting: self = .settingValue
        case .library where name.is("Material"): self = .material
        case .material where name.is("Entry"): self = .entry
        case .entry where name.is("CutSetting") || name.is("CutSetting_Img"): self = .setting
        case .shape where name.is("XForm"): self = .transform
        case .shape where name.is("VertList"): self = .vertices
        case .shape where name.is("PrimList"): self = .primitives
        case .shape where name.is("V"): self = .vertex
        case .shape where name.is("P"): self = .primitive
        case .shape where name.is("Children"): self = .children
        case .shape where name.is("BackupPath"): self = .shape
        case .children where name.is("Shape"): self = .shape
        case .other where name.is("Shape"): self = .shape
        case .other where name.is("CutSetting") || name.is("CutSetting_Img"): self = .setting
        default: self = .other
        }
    }
}

/// The name of an element, as passed by the parser.
struct LBRNName {
    private let start: UnsafePointer<CChar>

    init(_ start: UnsafePointer<CChar>) { self.start = start }

    func `is`(_ word: StaticString) -> Bool { lbrnEquals(start, word) }
    var shown: String { String(String(cString: start).prefix(40)) }
}

/// The attributes of an element: alternating names and values.
struct LBRNAttributes {
    private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { self.pairs = pairs }

    subscript(name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard var pair = pairs else { return nil }
        while let key = pair[0], let value = pair[1] {
            if lbrnEquals(key, name) {
                var count = 0
                while value[count] != 0 { count += 1 }
                return UnsafeRawBufferPointer(start: value, count: count).bindMemory(to: UInt8.self)
            }
            pair += 2
        }
        return nil
    }

    func number(_ name: StaticString) -> Double? { self[name].map(Numeral.real) }
    /// Returns at most 200 bytes, because no name is longer.
    func word(_ name: StaticString) -> String? { self[name].map { String(decoding: $0.prefix(200), as: UTF8.self) } }
}

private func lbrnEquals(_ text: UnsafePointer<CChar>, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where UInt8(bitPattern: text[index]) != word.utf8Start[index] { return false }
    return text[word.utf8CodeUnitCount] == 0
}
