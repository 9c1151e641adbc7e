import Values

/// The facts about a part that a text contains.
package struct PartFacts: Equatable, Sendable {
    /// The code of one of the shop's materials, or a common abbreviation for which the shop has no material.
    package var material: String?
    package var thickness: Length?
    package var quantity: Int?
    package var finish: String?

    package init(material: String? = nil, thickness: Length? = nil, quantity: Int? = nil, finish: String? = nil) {
        (self.material, self.thickness, self.quantity, self.finish) = (material, thickness, quantity, finish)
    }

    /// Reads the facts in the texts of a drawing: `MS 3mm`, `t=3`, `QTY: 4`. A number of millimetres among other words may be any
    /// dimension, so it counts only next to a material, after `t` or `thickness`, or alone.
    package init(texts: [String], _ words: MaterialWords = .common) {
        self.init()
        for text in texts where text.utf8.count <= 200 {
            self = filled(by: PartReading(PartFacts.plain(text), words, .text).facts)
        }
    }

    /// Removes the formatting codes of MTEXT: `{\\fArial|b1;MS}\\P3 mm` becomes `MS 3 mm`. The name of a font must not be read as a
    /// material.
    private static func plain(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var plain = "", rest = text[...]
        while let character = rest.popFirst() {
            guard character == "\\", let code = rest.popFirst() else {
                if character != "{", character != "}" { plain.append(character) }
                continue
            }
            if "fFHhCcQqTtWwAap".contains(code), let end = rest.firstIndex(of: ";") {
                rest = rest[rest.index(after: end)...]
            } else {
                plain.append(" ")
            }
        }
        return plain
    }

    /// `material MS, thickness 10 mm`; nil if there are no facts.
    package var words: String? {
        let words = [
            material.map { "material \($0)" }, thickness.map { "thickness \($0) mm" }, quantity.map { "quantity \($0)" }, finish,
        ].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// The facts, with missing ones taken from another source.
    package func filled(by other: PartFacts) -> PartFacts {
        PartFacts(
            material: material ?? other.material, thickness: thickness ?? other.thickness, quantity: quantity ?? other.quantity,
            finish: finish ?? other.finish)
    }
}

/// The facts in a file name such as `0001-Flange-MS-10mm-x4.dxf`, in any order and with any separators.
package struct PartName: Equatable, Sendable {
    package var title: String
    package var facts: PartFacts
    /// The facts in the names of its folders that the file name lacks.
    package var folder: PartFacts
    /// The materials that the name mentions, if it is unclear which of them is cut.
    package var mentioned: [String]

    /// - Parameter material: the material if the name contains none; the meaning of `11ga` depends on it.
    package init(_ file: String, _ words: MaterialWords = .common, of material: String? = nil) {
        let stem = PartName.stem(file)
        let reading = PartReading(stem, words, .name, of: material)
        (facts, mentioned) = (reading.facts, reading.mentioned)
        title = reading.title ?? stem
        if let fields = words.pattern?.fields(of: stem, isMaterial: { words.code(of: $0) != nil }) {
            let own = PartFacts(
                material: fields[.material].flatMap(words.code), thickness: fields[.thickness].flatMap(FilePattern.thickness),
                quantity: fields[.quantity].flatMap { Int($0) })
            facts = own.filled(by: facts)
            title = fields[.title] ?? title
            if own.material != nil { mentioned = [] }
        }
        folder = PartFacts()
        // The innermost folder comes first.
        for name in file.split(separator: "/").dropLast().suffix(PartName.mostFolders).reversed() {
            let told = PartReading(String(name), words, .folder, of: facts.material ?? material).facts
            folder = folder.filled(by: PartFacts(material: told.material, thickness: told.thickness))
        }
        if facts.material != nil || reading.isDisputed { folder.material = nil }
        if facts.thickness != nil { folder.thickness = nil }
    }

    private static let mostFolders = 3

    /// The facts of the file name, completed by those of the folders.
    package var all: PartFacts { facts.filled(by: folder) }

    private static let types: Set<String> = [
        "dxf", "dwg", "lbrn", "lbrn2", "svg", "ai", "eps", "pdf", "step", "stp", "sldprt", "ipt", "png", "jpg", "jpeg", "txt", "csv", "zip",
    ]

    /// The name without folders, extension and copy number: `Flange` for `Flange (1).dxf`.
    package static func stem(_ file: String) -> String {
        var name = file[...]
        if let slash = name.lastIndex(where: { $0 == "/" || $0 == "\\" }), name.index(after: slash) < name.endIndex {
            name = name[name.index(after: slash)...]
        }
        while let dot = name.lastIndex(of: "."), dot > name.startIndex, types.contains(name[name.index(after: dot)...].lowercased()) {
            name = name[..<dot]
        }
        if name.last == ")", let open = name.lastIndex(of: "("), open > name.startIndex,
            name[name.index(after: open)...].dropLast().allSatisfy(\.isNumber)
        {
            name = name[..<open]
        }
        return String(String(name).trimmed)
    }
}
