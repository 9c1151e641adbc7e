import Values

/// Finds the facts in a name, and the rest of it.
struct PartReading {
    /// The kind of text, which decides what counts as a fact.
    enum Place { case name, folder, text }

    var facts = PartFacts()
    /// The codes of the materials that are mentioned, if none is clearly that of the part.
    var mentioned: [String] = []
    /// Whether several of them could be that of the part.
    var isDisputed = false
    let parts: PartRuns
    let place: Place
    /// The runs that contain facts, and therefore do not belong to the title.
    var used: Set<Int> = []
    var strict: Bool { place == .text }

    /// - Parameter material: the material if the text contains none; the meaning of a gauge depends on it.
    init(_ text: String, _ words: MaterialWords, _ place: Place, of material: String? = nil) {
        parts = PartRuns(text)
        self.place = place
        findFinish()
        let materials = words.matches(in: parts, except: used)
        findQuantity(among: text, materials)
        findMaterialAndThickness(materials, words, material)
        if strict, facts.material != nil || facts.thickness != nil { findTimes(materials) } else { findLegacyQuantity() }
    }

    private mutating func findFinish() {
        for i in parts.runs.indices {
            for (words, name) in TradeWords.finishes where words.indices.allSatisfy({ parts.word(i + $0) == words[$0] }) {
                facts.finish = name
                used.formUnion(i..<(i + words.count))
                return
            }
        }
    }

    /// Takes `qty 4` before `4 pcs` before the last `x4`. In a drawing an `x` may belong to an angle or a dimension, unless it is the whole
    /// text.
    private mutating func findQuantity(among text: String, _ materials: [MaterialWords.Match]) {
        let all = parts.runs.indices
        let said = all.compactMap { i in TradeWords.counts.contains(parts.word(i) ?? "") ? count(i + 1, i..<(i + 2)) : nil }
        let pieces = all.compactMap { i in isPieces(i + 1) && isFree(i) ? count(i, i..<(i + 2)) : nil }
        if let found = said.first ?? pieces.last {
            facts.quantity = found.0
            used.formUnion(found.1)
        } else if !strict || text.allSatisfy({ $0.isNumber || "xX× ".contains($0) }) {
            findTimes(materials)
        }
    }

    /// Whether the word means pieces. In `3 piece set` it does not; `no` does only if nothing can follow it.
    private func isPieces(_ i: Int) -> Bool {
        guard let word = parts.word(i) else { return false }
        if word == "no" { return parts.word(i + 1) == "off" || i == parts.runs.count - 1 }
        return TradeWords.pieces.contains(word) && !(word == "piece" && parts.number(i - 1)?.whole != 1)
    }

    private mutating func findTimes(_ materials: [MaterialWords.Match]) {
        guard facts.quantity == nil,
            let (number, range) = parts.runs.indices.compactMap({ timesBefore($0, materials) ?? timesAfter($0) }).last
        else { return }
        facts.quantity = number
        used.formUnion(range)
    }

    private func count(_ i: Int, _ range: Range<Int>) -> (Int, Range<Int>)? {
        guard let number = parts.number(i)?.whole, (1...99_999).contains(number), !parts.isSize(i), parts.unit(after: i) == nil
        else { return nil }
        return (number, range)
    }

    /// `x4` or `x 4`, but neither `8x18` nor the `X5` of a product name.
    private func timesBefore(_ i: Int, _ materials: [MaterialWords.Match]) -> (Int, Range<Int>)? {
        guard parts.word(i) == "x" else { return nil }
        let next = i + 2
        if next < parts.runs.count, parts.runs[next].isGlued { return nil }
        if parts.runs[i].text == "X", i > 0, !parts.runs[i].before.contains("-"), next < parts.runs.count, !parts.runs[next].isNumber,
            !materials.contains(where: { $0.range.lowerBound == next }), !used.contains(next), !parts.runs[next].before.contains("-")
        {
            return nil
        }
        return count(i + 1, i..<next)
    }

    /// `4x` at the start, at the end, or before a long word or another number. In `4x-d10` it counts holes.
    private func timesAfter(_ i: Int) -> (Int, Range<Int>)? {
        guard parts.word(i + 1) == "x", parts.runs[i + 1].isGlued || i == 0, isFree(i) else { return nil }
        // In brackets it counts whatever follows.
        let isClosed = i + 2 < parts.runs.count && parts.runs[i + 2].before.contains(")")
        guard parts.number(i + 2) == nil || parts.isCountBeforeNumber(i) || isClosed else { return nil }
        if let word = parts.word(i + 2), !isClosed, word.count < 2 && word != "v" || TradeWords.inOnePart.contains(word) { return nil }
        if let word = parts.word(i - 1), TradeWords.inOnePart.contains(word) { return nil }
        return count(i, i..<(i + 2))
    }

    /// `CODE-part-MS-3-10`: after a material and its thickness, a bare number at the end is the quantity.
    private mutating func findLegacyQuantity() {
        let last = parts.runs.count - 1
        guard !strict, facts.quantity == nil, facts.material != nil, facts.thickness != nil, last >= 3, used.contains(last - 1),
            !used.contains(last), parts.runs[last].before == "-", let (number, range) = count(last, last..<(last + 1))
        else { return }
        facts.quantity = number
        used.formUnion(range)
    }

    /// Whether the run at `i` is separated from the one before it.
    func isFree(_ i: Int) -> Bool { i <= 0 || i >= parts.runs.count || !parts.runs[i].isGlued }
}
