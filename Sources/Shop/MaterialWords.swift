import Values

/// The words by which materials are known in file names: the shop's own first, then the abbreviations of the trade.
package struct MaterialWords: Sendable {
    private struct Phrase {
        var runs: [String]
        var code: String
    }

    /// The longest first.
    private let phrases: [Phrase]

    /// The abbreviations of the trade alone, where there is no shop.
    package static let common = MaterialWords([])

    /// Abbreviations mean the shop's material that has one of the same names; those it has none for keep their own code.
    package init(_ materials: [Material]) {
        var phrases: [Phrase] = [], taken: Set<[String]> = []
        func add(_ name: String, _ code: String) {
            let runs = PartRuns(name).runs.map(\.lower)
            if !runs.isEmpty, taken.insert(runs).inserted { phrases.append(Phrase(runs: runs, code: code)) }
        }
        for material in materials { for name in material.names { add(name, material.code) } }
        for (code, names) in MaterialWords.abbreviations {
            let own = materials.first { material in material.names.contains { names.contains($0.lowercased()) } }
            for name in names { add(name, own?.code ?? code) }
        }
        self.phrases = phrases.sorted { $0.runs.count > $1.runs.count }
    }

    /// Codes of the trade with the words for them. `Other` is left out: it tells nothing.
    private static let abbreviations: [(code: String, names: [String])] = [
        ("MS", ["ms", "mild steel", "mild", "steel"]),
        ("SS", ["ss", "stainless steel", "stainless", "inox"]),
        ("GALV", ["galv", "galvanized steel", "galvanised steel", "galvanized", "galvanised"]),
        ("AL", ["al", "aluminum", "aluminium", "alu"]),
        ("CS", ["cs", "carbon steel", "carbon"]),
        ("VAST", ["vast", "vastrap", "vas"]),
        ("BR", ["br", "brass"]),
        ("CU", ["cu", "copper"]),
        ("ZN", ["zn", "zinc"]),
        ("ACRYLIC", ["acrylic", "perspex", "plexiglas"]),
        ("MDF", ["mdf"]),
        ("WOOD", ["wood", "plywood"]),
    ]

    /// Grades that stand after a material without being a thickness: SS 304, AL 6082.
    private static let grades: Set<String> = [
        "201", "275", "300", "304", "316", "321", "350", "355", "409", "430", "441", "1050", "1060", "1200", "2024", "3003", "5005", "5052",
        "5083", "5251", "5754", "6061", "6063", "6082", "7075",
    ]

    struct Match {
        var code: String
        var range: Range<Int>
        /// Nothing but `steel`: any other material says more.
        var isVague: Bool
    }

    /// Every material that is named in whole words, in the order of the words.
    func matches(in parts: PartRuns, except used: Set<Int>) -> [Match] {
        var found: [Match] = [], i = 0
        while i < parts.runs.count {
            guard let phrase = phrases.first(where: { stands($0, at: i, in: parts, except: used) }) else {
                i += 1
                continue
            }
            let end = grade(after: i + phrase.runs.count, in: parts)
            found.append(Match(code: phrase.code, range: i..<end, isVague: phrase.runs == ["steel"]))
            i = end
        }
        return found
    }

    private func stands(_ phrase: Phrase, at i: Int, in parts: PartRuns, except used: Set<Int>) -> Bool {
        guard i + phrase.runs.count <= parts.runs.count else { return false }
        return phrase.runs.indices.allSatisfy { j in
            parts.runs[i + j].lower == phrase.runs[j] && !used.contains(i + j) && !parts.isSize(i + j)
        }
    }

    /// Past the grade that stands at `i`, with its letter: `304L`.
    private func grade(after i: Int, in parts: PartRuns) -> Int {
        guard i < parts.runs.count, parts.runs[i].isNumber, !parts.isSize(i), parts.unit(after: i) == nil else { return i }
        let run = parts.runs[i]
        let glued = run.isGlued && (3...4).contains(run.lower.utf8.count) && run.lower.utf8.allSatisfy { $0 != UInt8(ascii: ".") }
        guard glued || MaterialWords.grades.contains(run.lower) else { return i }
        let letter = i + 1 < parts.runs.count && parts.runs[i + 1].isGlued && ["l", "ti", "t"].contains(parts.runs[i + 1].lower)
        return letter ? i + 2 : i + 1
    }
}
