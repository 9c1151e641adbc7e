import Values

/// What words tell of a part, as far as they do.
package struct PartFacts: Equatable, Sendable {
    /// The code of one of the shop's materials, or an abbreviation of the trade that the shop has no material for.
    package var material: String?
    package var thickness: Length?
    package var quantity: Int?
    package var finish: String?

    package init(material: String? = nil, thickness: Length? = nil, quantity: Int? = nil, finish: String? = nil) {
        (self.material, self.thickness, self.quantity, self.finish) = (material, thickness, quantity, finish)
    }

    /// What texts in a drawing tell: `MS 3mm`, `t=3`, `QTY: 4`. A number of millimetres among other words may be any size, so it is
    /// taken only beside a material, after `t` or `thickness`, or alone.
    package init(texts: [String], _ words: MaterialWords = .common) {
        self.init()
        for text in texts where text.utf8.count <= 200 {
            self = filled(by: PartReading(PartFacts.plain(text), words, .text).facts)
        }
    }

    /// Without the codes of MTEXT: `{\\fArial|b1;MS}\\P3 mm` is `MS 3 mm`. A font's name must not be taken for a material.
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

    /// `material MS, thickness 10 mm`; nil where nothing is known.
    package var words: String? {
        let words = [
            material.map { "material \($0)" }, thickness.map { "thickness \($0) mm" }, quantity.map { "quantity \($0)" }, finish,
        ].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// Takes from another what it does not know itself.
    package func filled(by other: PartFacts) -> PartFacts {
        PartFacts(
            material: material ?? other.material, thickness: thickness ?? other.thickness, quantity: quantity ?? other.quantity,
            finish: finish ?? other.finish)
    }
}

/// What the name of a file tells of the part in it: `0001-Flange-MS-10mm-x4.dxf`, in any order and with any separators.
package struct PartName: Equatable, Sendable {
    package var title: String
    package var facts: PartFacts
    /// What the folders tell in which it is named, as far as the name of the file does not.
    package var folder: PartFacts
    /// The materials that its name mentions, where which of them is cut has to be asked.
    package var mentioned: [String]

    /// - Parameter material: what it is cut of where its name does not say it: what `11ga` means depends on it.
    package init(_ file: String, _ words: MaterialWords = .common, of material: String? = nil) {
        let stem = PartName.stem(file)
        let reading = PartReading(stem, words, .name, of: material)
        (facts, mentioned) = (reading.facts, reading.mentioned)
        title = reading.title ?? stem
        folder = PartFacts()
        // The nearest comes first.
        for name in file.split(separator: "/").dropLast().suffix(PartName.mostFolders).reversed() {
            let told = PartReading(String(name), words, .folder, of: facts.material ?? material).facts
            folder = folder.filled(by: PartFacts(material: told.material, thickness: told.thickness))
        }
        if facts.material != nil || reading.isDisputed { folder.material = nil }
        if facts.thickness != nil { folder.thickness = nil }
    }

    private static let mostFolders = 3

    /// What the name of the file tells, and where it says nothing the folder's.
    package var all: PartFacts { facts.filled(by: folder) }

    private static let types: Set<String> = [
        "dxf", "dwg", "lbrn", "lbrn2", "svg", "ai", "eps", "pdf", "step", "stp", "sldprt", "ipt", "png", "jpg", "jpeg", "txt", "csv", "zip",
    ]

    /// The name without folders, type and the number of a copy: `Flange (1).dxf` is `Flange`.
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
