import Values

/// The words for materials in file names: those of the shop first, then the common abbreviations. With them goes the pattern by which a
/// client builds such names.
package struct MaterialWords: Sendable {
    private struct Phrase {
        var runs: [String]
        var code: String
        /// Whether it is an abbreviation and not a word of a language, so that it names a material even if it stands alone.
        var isCode: Bool
    }

    /// Longest first.
    private let phrases: [Phrase]
    /// The common abbreviations for materials to which the shop gives another code.
    private let families: [String: String]

    /// How the client builds the names of files; nil if that is not known.
    let pattern: FilePattern?

    /// The common abbreviations, without a shop.
    package static let common = MaterialWords([])

    /// A common abbreviation stands for the shop's material that shares one of its names; if there is none, for itself.
    package init(_ materials: [Material], _ pattern: FilePattern? = nil) {
        self.pattern = pattern
        var phrases: [Phrase] = [], taken: Set<[String]> = [], families: [String: String] = [:]
        func add(_ name: String, _ code: String, isCode: Bool) {
            let runs = PartRuns(name).runs.map(\.lower)
            let isTyped = isCode || runs.count > 1 && name.contains(where: \.isNumber) && name.contains(where: \.isLetter)
            guard !runs.isEmpty, taken.insert(runs).inserted else { return }
            phrases.append(Phrase(runs: runs, code: code, isCode: isTyped && !TradeWords.language.contains(name.lowercased())))
        }
        for material in materials { for name in material.names { add(name, material.code, isCode: name == material.code) } }
        for (code, names) in TradeWords.materials {
            let own = materials.first { material in material.names.contains { names.contains($0.lowercased()) } }
            if let own { families[own.code] = code }
            for name in names { add(name, own?.code ?? code, isCode: name == code.lowercased()) }
        }
        self.phrases = phrases.sorted { $0.runs.count > $1.runs.count }
        self.families = families
    }

    /// The material that a whole text names.
    func code(of text: String) -> String? {
        let runs = PartRuns(text).runs.map(\.lower)
        return runs.isEmpty ? nil : phrases.first { $0.runs == runs }?.code
    }

    /// Returns the common abbreviation for a word that names a material.
    func family(of word: String) -> String {
        let runs = PartRuns(word).runs.map(\.lower), code = phrases.first { $0.runs == runs }?.code ?? word
        return families[code] ?? code
    }

    struct Match {
        var code: String
        var range: Range<Int>
        /// Whether it only says `steel`, so that any other material is more specific.
        var isVague: Bool
        /// Whether it is an abbreviation and not a word of a language.
        var isCode: Bool
    }

    /// Returns every material named by whole words, in the order of the words.
    func matches(in parts: PartRuns, except used: Set<Int>) -> [Match] {
        var found: [Match] = [], i = 0
        while i < parts.runs.count {
            guard let phrase = phrases.first(where: { stands($0, at: i, in: parts, except: used) }) else {
                i += 1
                continue
            }
            let isVague = phrase.runs.count == 1 && TradeWords.steel.contains(phrase.runs[0])
            var end = grade(after: i + phrase.runs.count, in: parts)
            // `galv steel` is one material; `spring steel` is one that is not known here.
            if !isVague, let word = parts.word(end), TradeWords.steel.contains(word) { end += 1 }
            if !(isVague && TradeWords.otherSteels.contains(parts.word(i - 1) ?? "")) {
                found.append(Match(code: phrase.code, range: i..<end, isVague: isVague, isCode: phrase.isCode))
            }
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

    /// The index after a grade at `i`, with its letter and temper: `304L`, `6082 T6`, `5754 H22`.
    private func grade(after i: Int, in parts: PartRuns) -> Int {
        guard i < parts.runs.count else { return i }
        // In `S355JR` the number is part of the name.
        guard parts.runs[i].isNumber else { return parts.number(i - 1) != nil && isLetter(i, in: parts) ? i + 1 : i }
        guard !parts.isSize(i), parts.unit(after: i) == nil else { return i }
        let run = parts.runs[i]
        let glued = run.isGlued && (3...4).contains(run.lower.utf8.count) && run.lower.utf8.allSatisfy { $0 != UInt8(ascii: ".") }
        guard glued || TradeWords.grades.contains(run.lower) else { return i }
        let end = isLetter(i + 1, in: parts) ? i + 2 : i + 1
        if let temper = parts.word(end), let number = parts.number(end + 1), number.isGlued,
            temper == "h" || temper == "t" && ["4", "5", "6", "651"].contains(number.lower)
        {
            return end + 2
        }
        return end
    }

    private func isLetter(_ i: Int, in parts: PartRuns) -> Bool {
        guard let letter = parts.word(i), parts.runs[i].isGlued else { return false }
        return ["l", "ti", "t", "jr", "j", "mc"].contains(letter)
    }
}
