import Values

/// Finds the facts in a name, and what is left of it then.
struct PartReading {
    private(set) var facts = PartFacts()
    private let parts: PartRuns
    private let strict: Bool
    /// Runs that say a fact, and so are no part of the title.
    private var used: Set<Int> = []

    private struct Thickness {
        var um: Int
        var range: Range<Int>
        /// 3 said to be one, 2 beside a material, 1 in millimetres, 0 a bare number before a material.
        var rank: Int
        var beside: Int?
    }

    private static let finishes: [(words: [String], name: String)] = [
        (["powder", "coated"], "powder coated"), (["powder", "coat"], "powder coated"), (["powdercoated"], "powder coated"),
        (["powdercoat"], "powder coated"), (["hot", "dip", "galvanised"], "hot-dip galvanised"), (["hdg"], "hot-dip galvanised"),
        (["hot", "dip", "galvanized"], "hot-dip galvanised"), (["zinc", "plated"], "zinc plated"), (["painted"], "painted"),
        (["primed"], "primed"), (["brushed"], "brushed"), (["polished"], "polished"), (["anodised"], "anodised"),
        (["anodized"], "anodised"), (["deburred"], "deburred"), (["sandblasted"], "sandblasted"),
    ]
    private static let thicknessWords: Set<String> = ["thk", "thick", "thickness"]
    private static let countWords: Set<String> = ["qty", "quantity"]
    private static let pieceWords: Set<String> = ["off", "pcs", "pc", "pce", "pieces", "piece", "ea", "each", "qty"]
    /// Thicker is no sheet, but some other size.
    private static let thickest = 60_000, thickestUnsaid = 30_000

    init(_ text: String, _ words: MaterialWords, strict: Bool) {
        parts = PartRuns(text)
        self.strict = strict
        findFinish()
        findQuantity(among: text)
        let materials = words.matches(in: parts, except: used)
        findMaterialAndThickness(materials)
        if strict, facts.material != nil || facts.thickness != nil { findTimes() } else { findLegacyQuantity() }
    }

    private mutating func findFinish() {
        for i in parts.runs.indices {
            for (words, name) in PartReading.finishes where words.indices.allSatisfy({ parts.word(i + $0) == words[$0] }) {
                facts.finish = name
                used.formUnion(i..<(i + words.count))
                return
            }
        }
    }

    /// `qty 4` before `4 pcs` before the last `x4`. In a drawing an `x` may stand for an angle or a size, unless it stands alone.
    private mutating func findQuantity(among text: String) {
        let all = parts.runs.indices
        let said = all.compactMap { i in PartReading.countWords.contains(parts.word(i) ?? "") ? count(i + 1, i..<(i + 2)) : nil }
        let pieces = all.compactMap { i in PartReading.pieceWords.contains(parts.word(i + 1) ?? "") ? count(i, i..<(i + 2)) : nil }
        if let found = said.first ?? pieces.last {
            facts.quantity = found.0
            used.formUnion(found.1)
        } else if !strict || text.allSatisfy({ $0.isNumber || "xX× ".contains($0) }) {
            findTimes()
        }
    }

    private mutating func findTimes() {
        guard facts.quantity == nil,
            let (number, range) = parts.runs.indices.compactMap({ timesBefore($0) ?? timesAfter($0) }).last
        else { return }
        facts.quantity = number
        used.formUnion(range)
    }

    private func count(_ i: Int, _ range: Range<Int>) -> (Int, Range<Int>)? {
        guard let number = parts.number(i)?.whole, (1...99_999).contains(number), !parts.isSize(i), parts.unit(after: i) == nil
        else { return nil }
        return (number, range)
    }

    /// `x4`, `x 4`, but not `8x18`.
    private func timesBefore(_ i: Int) -> (Int, Range<Int>)? {
        guard parts.word(i) == "x" else { return nil }
        let next = i + 2
        if next < parts.runs.count, parts.runs[next].isGlued { return nil }
        return count(i + 1, i..<next)
    }

    /// `4x` at the beginning, the end, or before a longer word: `4x-d10` are holes.
    private func timesAfter(_ i: Int) -> (Int, Range<Int>)? {
        guard parts.word(i + 1) == "x", parts.number(i + 2) == nil, parts.runs[i + 1].isGlued || i == 0 else { return nil }
        if let word = parts.word(i + 2), word.count < 2, word != "v" { return nil }
        if i > 0, parts.runs[i].isGlued { return nil }
        return count(i, i..<(i + 2))
    }

    private mutating func findMaterialAndThickness(_ materials: [MaterialWords.Match]) {
        let best = parts.runs.indices.compactMap { thickness(at: $0, materials) }
            .max { ($0.rank, $0.range.lowerBound) < ($1.rank, $1.range.lowerBound) }
        if let best {
            facts.thickness = Length(um: best.um)
            used.formUnion(best.range)
        }
        let clear = materials.filter { !$0.isVague }
        guard let material = best?.beside.map({ materials[$0] }) ?? clear.last ?? materials.last else { return }
        facts.material = material.code
        used.formUnion(material.range)
    }

    private func thickness(at i: Int, _ materials: [MaterialWords.Match]) -> Thickness? {
        guard let um = parts.micrometres(i), um > 0, um <= PartReading.thickest, !used.contains(i) else { return nil }
        let unit = parts.unit(after: i), end = (unit ?? i) + 1
        if parts.isSize(i) { return isLastOfThree(i) && unit != nil ? Thickness(um: um, range: i..<end, rank: 1) : nil }
        let after = materials.firstIndex { $0.range.upperBound == i }, before = materials.firstIndex { $0.range.lowerBound == end }
        if let label = label(of: i, end) { return Thickness(um: um, range: label, rank: 3, beside: after ?? before) }
        guard um <= PartReading.thickestUnsaid else { return nil }
        if unit != nil {
            let sure = after != nil || before != nil || parts.runs.count == 2
            return strict && !sure ? nil : Thickness(um: um, range: i..<end, rank: after ?? before != nil ? 2 : 1, beside: after ?? before)
        }
        guard !strict, parts.number(i)?.thousandths != nil else { return nil }
        // `MS-3m`: an m for mm happens; in any other place it may be metres.
        let metres = parts.word(end) == "m" && parts.runs[end].isGlued
        if let after, metres || isFree(end) { return Thickness(um: um, range: i..<(metres ? end + 1 : end), rank: 2, beside: after) }
        guard let before, i > 0, !parts.runs[i].isGlued else { return nil }
        return Thickness(um: um, range: i..<end, rank: 0, beside: before)
    }

    /// The range of `t12`, `t = 3 mm`, `thickness: 3`, `3 mm thick`, where the number is said to be a thickness.
    private func label(of i: Int, _ end: Int) -> Range<Int>? {
        if let word = parts.word(i - 1) {
            let letter = word == "t" && (parts.runs[i].isGlued && !strict || parts.runs[i].before.contains { $0 == "=" || $0 == ":" })
            let alone = i < 2 || !parts.runs[i - 1].isGlued
            if alone, letter || PartReading.thicknessWords.contains(word) { return (i - 1)..<end }
        }
        if let word = parts.word(end), PartReading.thicknessWords.contains(word) { return i..<(end + 1) }
        return nil
    }

    private func isLastOfThree(_ i: Int) -> Bool { i >= 4 && parts.word(i + 2) != "x" && parts.isSize(i - 2) && parts.isSize(i - 4) }

    /// No letters are glued to what stands before `i`.
    private func isFree(_ i: Int) -> Bool { i >= parts.runs.count || !parts.runs[i].isGlued }

    /// `CODE-part-MS-3-10`: after a material and its thickness, a last bare number is how many.
    private mutating func findLegacyQuantity() {
        let last = parts.runs.count - 1
        guard !strict, facts.quantity == nil, facts.material != nil, facts.thickness != nil, last >= 3, used.contains(last - 1),
            !used.contains(last), parts.runs[last].before == "-", let (number, range) = count(last, last..<(last + 1))
        else { return }
        facts.quantity = number
        used.formUnion(range)
    }

    /// What is left, without a leading number, the codes of a client and a project, and a version; nil when nothing is.
    var title: String? {
        var rest = Array(parts.runs.indices).filter { !used.contains($0) }
        if rest.count > 2, let last = rest.last, parts.word(last - 1) == "v", parts.runs[last].isGlued { rest.removeLast(2) }
        rest = withoutCodes(rest)
        var title = "", previous: Int?
        for i in rest {
            if let previous { title += previous == i - 1 && parts.runs[i].isGlued ? "" : " " }
            title += parts.runs[i].text
            previous = i
        }
        return rest.contains { !parts.runs[$0].isNumber } ? title : nil
    }

    private func withoutCodes(_ rest: [Int]) -> [Int] {
        var rest = rest[...]
        let placeholders: Set<String> = ["unknown", "noproject", "unk"]
        rest = rest.filter { !placeholders.contains(parts.runs[$0].lower) }[...]
        func starts(_ shape: [String]) -> Bool {
            rest.count > shape.count && zip(rest, shape).allSatisfy { $1 == "0" ? parts.runs[$0].isNumber : parts.runs[$0].lower == $1 }
        }
        if starts(["cl", "0"]), parts.runs[rest[rest.startIndex + 1]].isGlued { rest = rest.dropFirst(2) }
        if starts(["jb", "0", "0", "cl", "0", "0"]) { rest = rest.dropFirst(6) }
        if rest.count > 1, let first = rest.first, parts.runs[first].isNumber, parts.runs[first].lower.utf8.count == 4, !isGlued(first + 1)
        {
            rest = rest.dropFirst()
        }
        return Array(rest)
    }

    private func isGlued(_ i: Int) -> Bool { i < parts.runs.count && parts.runs[i].isGlued }
}
