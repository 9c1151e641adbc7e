import Values

/// What a text such as `10mm O2 MS Cut 1.2D` says about a preset, in any order.
struct PresetFacts: Equatable, Sendable {
    enum Named: Equatable, Sendable {
        case none
        case known(String)
        /// A material that the shop does not have.
        case unknown(String)
        case several([String])
    }

    private(set) var material = Named.none
    var thickness: Length?
    private(set) var gas: Gas?
    /// `1.5mm Single`
    private(set) var nozzle: String?
    /// Whether it names a bright surface: 亮.
    private(set) var isBright = false

    private let parts: PartRuns
    /// The runs that are read as something.
    private var used: Set<Int> = []

    static func == (a: PresetFacts, b: PresetFacts) -> Bool {
        a.material == b.material && a.thickness == b.thickness && a.gas == b.gas && a.nozzle == b.nozzle && a.isBright == b.isBright
    }

    init(_ text: String, _ words: PresetWords) {
        // Chinese is written without blanks around it.
        let spaced = text.map { $0.unicodeScalars.contains { $0.value >= 0x2E80 } ? " \($0) " : String($0) }.joined()
        parts = PartRuns(spaced)
        isBright = text.contains("亮")
        findNozzle()
        findGas()
        findThickness()
        findMaterial(words)
    }

    private static let nozzles = [
        "s": "Single", "sn": "Single", "single": "Single", "d": "Double", "dn": "Double", "double": "Double", "e": "Enhanced",
        "en": "Enhanced", "enhanced": "Enhanced",
    ]

    /// Finds `1.5sn`, `1.2 DN`, `1.5mm Single` and, with the letter in front, `D1.4E`.
    private mutating func findNozzle() {
        for i in parts.runs.indices {
            guard let bore = parts.number(i)?.thousandths, (500...10_000).contains(bore) else { continue }
            let unit = parts.word(i + 1) == "mm" ? i + 1 : i, next = parts.word(unit + 1) ?? "", before = parts.word(i - 1) ?? ""
            // `1.5 s` may be seconds.
            if let kind = PresetFacts.nozzles[next], unit > i ? next.count > 2 : next.count > 1 || parts.runs[i + 1].isGlued {
                use(bore, kind, i..<(unit + 2))
            } else if parts.runs[i].isGlued, before == "d" || before == "s", let kind = PresetFacts.nozzles[before] {
                use(bore, kind, (i - 1)..<(i + 1))
            }
            if nozzle != nil { return }
        }
    }

    private mutating func use(_ bore: Int, _ kind: String, _ range: Range<Int>) {
        nozzle = "\(Decimal.text(bore, places: 3, least: 1))mm \(kind)"
        used.formUnion(range)
    }

    /// Finds a word for a gas: `air`, `O2`, `oxy`, `nitro`, and `02`, which is typed for O2.
    private mutating func findGas() {
        for i in parts.runs.indices where gas == nil && !used.contains(i) {
            let isTwo = parts.number(i + 1)?.text == "2" && parts.runs[i + 1].isGlued
            switch parts.word(i) ?? "" {
            case "air": gas = .air
            case "oxy", "oxygen": gas = .oxygen
            case "nitro", "nitrogen": gas = .nitrogen
            case "o" where isTwo: gas = .oxygen
            case "n" where isTwo: gas = .nitrogen
            case "" where parts.runs[i].text == "02" && !parts.runs[i].isGlued && parts.unit(after: i) == nil: gas = .oxygen
            default: continue
            }
            used.formUnion(isTwo ? i..<(i + 2) : i..<(i + 1))
        }
    }

    /// Takes the first number with a unit, or the first of a range: `6-7.7mm`.
    private mutating func findThickness() {
        for i in parts.runs.indices where parts.number(i) != nil && !used.contains(i) {
            let isRange = parts.number(i + 1) != nil && parts.runs[i + 1].before == "-" && parts.unit(after: i + 1) != nil
            guard isRange || parts.unit(after: i) != nil, let um = parts.micrometres(i, of: { "MS" }),
                (1...PresetFacts.thickest).contains(um)
            else { continue }
            thickness = Length(um: um)
            used.formUnion(i..<(i + (isRange ? 3 : 2)))
            return
        }
    }

    /// Larger numbers are other dimensions.
    private static let thickest = 60_000

    private mutating func findMaterial(_ words: PresetWords) {
        let matches = words.materials.matches(in: parts, except: used), clear = matches.filter { !$0.isVague }
        var codes = (clear.isEmpty ? matches : clear).reduce(into: [String]()) { if !$0.contains($1.code) { $0.append($1.code) } }
        if codes.isEmpty, parts.runs.contains(where: { $0.text == "C" }) { codes = [words.code(of: "cs", or: "CS")] }
        // A grade is of mild steel, unless the shop keeps it as a material of its own.
        let grades = codes.filter(PresetFacts.grades.contains)
        if !grades.isEmpty {
            let own = grades.filter(words.known.contains), mild = words.code(of: "ms", or: "MS")
            codes.removeAll { grades.contains($0) || !own.isEmpty && $0 == mild }
            codes += own.isEmpty && !codes.contains(mild) ? [mild] : own
        }
        guard let first = codes.first else { return }
        material = codes.count > 1 ? .several(codes) : words.known.contains(first) ? .known(first) : .unknown(first)
    }

    private static let grades: Set = ["S235", "S275", "S355"]
}

/// The words for materials, and which of them the shop has.
struct PresetWords: Sendable {
    let materials: MaterialWords
    let known: Set<String>

    init(_ all: [Material]) { (materials, known) = (MaterialWords(all), Set(all.map(\.code))) }

    /// The shop's code for a common word for a material.
    func code(of word: String, or common: String) -> String { materials.code(of: word) ?? common }
}

/// The name of an `.fsm` file. The file itself is never opened: its maker encrypts it.
struct PresetName: Equatable, Sendable {
    /// The name without `fsm`, however often it stands there.
    var title: String
    var facts: PresetFacts
    /// What stands behind ` - ` and behind `+`.
    var remark: String?

    init(_ file: String, _ words: PresetWords) {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let pieces = name.split { $0 == " " || $0 == "\t" }.map { PresetName.withoutEnding($0) }.filter { !$0.isEmpty }
        let title = pieces.isEmpty ? name : pieces.joined(separator: " ")
        let rest = title.firstRange(of: " - "), head = rest.map { String(title[..<$0.lowerBound]) } ?? title
        let added = head.firstIndex(of: "+").map { String(head[head.index(after: $0)...]) }
        var said = PresetFacts(head, words)
        // A remark tells of other things, so it counts only where the rest of the name says too little.
        if said.material == .none || said.thickness == nil { said = PresetFacts(title, words) }
        (self.title, facts) = (title, said)
        let remarks = [added, rest.map { String(title[$0.upperBound...]) }, said.isBright ? "bright surface" : nil]
            .compactMap { $0.map { String($0.trimmed) } }.filter { !$0.isEmpty }
        remark = remarks.isEmpty ? nil : remarks.joined(separator: ", ")
    }

    private static func withoutEnding(_ word: Substring) -> String {
        var word = String(word)
        while word.lowercased().hasSuffix(".fsm") { word.removeLast(4) }
        return word.lowercased() == "fsm" ? "" : word
    }
}
