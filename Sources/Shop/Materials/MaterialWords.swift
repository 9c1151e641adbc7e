import Values

/// The words by which materials are known in file names: the shop's own first, then the abbreviations of the trade.
package struct MaterialWords: Sendable {
    private struct Phrase {
        var runs: [String]
        var code: String
        /// It is no word of a language: alone, too, it says what is cut.
        var isCode: Bool
    }

    /// The longest first.
    private let phrases: [Phrase]
    /// The codes of the trade for what the shop calls by another.
    private let families: [String: String]

    /// The abbreviations of the trade alone, where there is no shop.
    package static let common = MaterialWords([])

    /// Abbreviations mean the shop's material that has one of the same names; those it has none for keep their own code.
    package init(_ materials: [Material]) {
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

    /// The code of the trade for a word by which a material is known.
    func family(of word: String) -> String {
        let runs = PartRuns(word).runs.map(\.lower), code = phrases.first { $0.runs == runs }?.code ?? word
        return families[code] ?? code
    }

    struct Match {
        var code: String
        var range: Range<Int>
        /// Nothing but `steel`: any other material says more.
        var isVague: Bool
        /// A code, and no word of a language.
        var isCode: Bool
    }

    /// Every material that is named in whole words, in the order of the words.
    func matches(in parts: PartRuns, except used: Set<Int>) -> [Match] {
        var found: [Match] = [], i = 0
        while i < parts.runs.count {
            guard let phrase = phrases.first(where: { stands($0, at: i, in: parts, except: used) }) else {
                i += 1
                continue
            }
            let isVague = phrase.runs.count == 1 && TradeWords.steel.contains(phrase.runs[0])
            var end = grade(after: i + phrase.runs.count, in: parts)
            // `galv steel` is one material, `spring steel` another that no word here means.
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

    /// Past the grade that is at `i`, with its letter and its temper: `304L`, `6082 T6`, `5754 H22`.
    private func grade(after i: Int, in parts: PartRuns) -> Int {
        guard i < parts.runs.count else { return i }
        // `S355JR`, where the number is a part of the name.
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
