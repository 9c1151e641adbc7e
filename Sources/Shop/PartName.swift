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
            let found = PartReading(text, words, strict: true).facts
            self = filled(by: found)
        }
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

    package init(_ file: String, _ words: MaterialWords = .common) {
        let stem = PartName.stem(file)
        let reading = PartReading(stem, words, strict: false)
        facts = reading.facts
        title = reading.title ?? stem
    }

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
