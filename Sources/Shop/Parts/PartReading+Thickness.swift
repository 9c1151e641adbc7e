import Values

/// Finds the material and the thickness.
extension PartReading {
    private struct Thickness {
        var um: Int
        var range: Range<Int>
        /// 3 for a labelled thickness, 2 for a number next to a material, 1 for one in millimetres, 0 for a bare number before a material.
        var rank: Int
        var beside: Int?
    }

    /// Larger numbers are other dimensions, not the thickness of a sheet.
    private static let thickest = 60_000, thickestUnsaid = 30_000, thickestBare = 10_000

    mutating func findMaterialAndThickness(_ all: [MaterialWords.Match], _ words: MaterialWords, _ assumed: String?) {
        let named = all.filter { !$0.isVague }.last ?? all.last
        let family = { words.family(of: named?.code ?? assumed ?? "MS") }
        let found = parts.runs.indices.compactMap { thickness(at: $0, all, family) }
        let valid = all.indices.filter { i in found.contains { $0.beside == i } || isSaid(all[i]) }
        let clear = valid.filter { !all[$0].isVague }, codes = Set((clear.isEmpty ? valid : clear).map { all[$0].code })
        let best = found.max { ($0.rank, $0.range.lowerBound) < ($1.rank, $1.range.lowerBound) }
        let rivals = found.filter { $0.rank == best?.rank && $0.um != best?.um && $0.beside != nil }
        if let best, codes.count < 2 || rivals.isEmpty, isSheet(best, all) {
            facts.thickness = Length(um: best.um)
            used.formUnion(best.range)
        }
        guard codes.count == 1,
            let material = best?.beside.flatMap({ valid.contains($0) ? $0 : nil }) ?? (clear.isEmpty ? valid : clear).last
        else {
            isDisputed = codes.count > 1
            mentioned = all.reduce(into: []) { if !$0.contains($1.code) { $0.append($1.code) } }
            return
        }
        let code = codes.first ?? all[material].code
        facts.material = code
        for i in valid where all[i].code == code { used.formUnion(all[i].range) }
    }

    /// In a folder name, a thickness without a material counts only if the name contains nothing else.
    private func isSheet(_ best: Thickness, _ all: [MaterialWords.Match]) -> Bool {
        guard place == .folder, best.rank < 2 else { return true }
        let materials = all.flatMap { Array($0.range) }
        return parts.runs.indices.allSatisfy { i in
            best.range.contains(i) || materials.contains(i) || TradeWords.folders.contains(parts.runs[i].lower)
        }
    }

    /// Whether a material counts without a thickness: in a name only its abbreviation; in a drawing only if it is the whole text or has a
    /// label.
    private func isSaid(_ match: MaterialWords.Match) -> Bool {
        let range = match.range
        if strict {
            let label = parts.word(range.lowerBound - 1) ?? ""
            return range.count == parts.runs.count || ["material", "mat", "matl", "werkstoff", "materiaal"].contains(label)
        }
        guard match.isCode, isFree(range.lowerBound), isFree(range.upperBound) else { return false }
        // In `Al's bracket`, Al is a person.
        let marks = (parts.runs[range.lowerBound].before, range.upperBound < parts.runs.count ? parts.runs[range.upperBound].before : "")
        guard !marks.0.contains("'"), !marks.1.contains("'") else { return false }
        let isCapital = parts.runs[range].allSatisfy { $0.text == $0.text.uppercased() }
        return isCapital || place == .name && parts.isField(before: range.lowerBound) && parts.isField(before: range.upperBound)
    }

    private func thickness(at i: Int, _ materials: [MaterialWords.Match], _ family: () -> String) -> Thickness? {
        guard let um = parts.micrometres(i, of: family), um > 0, um <= PartReading.thickest, !used.contains(i),
            !materials.contains(where: { $0.range.contains(i) })
        else { return nil }
        let unit = parts.unit(after: i), end = (unit ?? i) + 1
        if parts.isSize(i) { return isLastOfThree(i) && unit != nil ? Thickness(um: um, range: i..<end, rank: 1) : nil }
        let after = beside(materials) { $0.range.upperBound == i }, before = beside(materials) { $0.range.lowerBound == end }
        if let label = label(of: i, end) { return Thickness(um: um, range: label, rank: 3, beside: after ?? before) }
        guard um <= PartReading.thickestUnsaid, !isOfAnother(i, end, materials, after ?? before) else { return nil }
        if unit != nil {
            let sure = after != nil || before != nil || parts.runs.count == 2
            return strict && !sure ? nil : Thickness(um: um, range: i..<end, rank: after ?? before != nil ? 2 : 1, beside: after ?? before)
        }
        guard !strict, parts.number(i)?.thousandths != nil, !isInSeries(i, behind: after) else { return nil }
        // In `MS-3m`, m is a typing error for mm; elsewhere it may mean metres.
        let metres = parts.word(end) == "m" && parts.runs[end].isGlued
        if let after, metres || isFree(end), isBare(i, metres ? end + 1 : end, materials[after]) {
            return Thickness(um: um, range: i..<(metres ? end + 1 : end), rank: 2, beside: after)
        }
        guard i > 0, !parts.runs[i].isGlued, !TradeWords.labels.contains(parts.word(i - 1) ?? "") else { return nil }
        if let before, isBare(i, end, materials[before]) { return Thickness(um: um, range: i..<end, rank: 0, beside: before) }
        // In `Part-Sureaz-0.47-x1`, with hyphens between fields, the thickness precedes the quantity.
        let isField = parts.runs[i].before == "-" && parts.word(end) == "x" && parts.runs[end].before == "-" && used.contains(end)
        let isDecimal = parts.number(i)?.lower.contains(".") == true && um <= PartReading.thickestBare
        return isField && isDecimal ? Thickness(um: um, range: i..<end, rank: 0) : nil
    }

    /// The index of a material next to a number. In `P3Steel`, which is one word, the material does not count.
    private func beside(_ materials: [MaterialWords.Match], _ stands: (MaterialWords.Match) -> Bool) -> Int? {
        materials.firstIndex { match in
            let first = match.range.lowerBound
            let isPart = first > 1 && parts.runs[first].isGlued && parts.runs[first - 1].isGlued && parts.unit(after: first - 2) == nil
            return stands(match) && !isPart
        }
    }

    /// Whether a number without a unit is a thickness: next to an abbreviation always, next to a word only if both are separate fields.
    private func isBare(_ i: Int, _ end: Int, _ match: MaterialWords.Match) -> Bool {
        if match.isCode { return true }
        let first = min(i, match.range.lowerBound), end = max(end, match.range.upperBound)
        let middle = i > match.range.lowerBound ? i : match.range.lowerBound
        return [first, middle, end].allSatisfy { $0 == 0 || $0 >= parts.runs.count || parts.runs[$0].before.contains("-") }
    }

    /// Whether a number is part of a version, a date or a code, such as `2_6_00`. A quantity may follow a thickness after a hyphen.
    private func isInSeries(_ i: Int, behind material: Int?) -> Bool {
        if material == nil, parts.number(i - 1) != nil, !parts.isSize(i - 1) { return true }
        guard parts.number(i + 1) != nil else { return false }
        return !(parts.runs[i + 1].before == "-" && i + 2 == parts.runs.count)
    }

    /// Whether the length belongs to something else: `dia 20mm`, `20mm tube`, `for 12mm brass rod`.
    private func isOfAnother(_ i: Int, _ end: Int, _ materials: [MaterialWords.Match], _ beside: Int?) -> Bool {
        let range = beside.map { min(i, materials[$0].range.lowerBound)..<max(end, materials[$0].range.upperBound) } ?? i..<end
        let before = parts.word(range.lowerBound - 1) ?? "", behind = parts.word(range.upperBound) ?? ""
        if TradeWords.purposes.contains(before) { return true }
        if let beside, materials[beside].isCode { return false }
        let isLetter = before.count == 1 && parts.runs[range.lowerBound].isGlued
        return TradeWords.measures.contains(before) || TradeWords.things.contains(behind) || isLetter && before != "t"
    }

    /// The range of a labelled thickness: `t12`, `t = 3 mm`, `thickness: 3`, `3 mm thick`.
    private func label(of i: Int, _ end: Int) -> Range<Int>? {
        if let word = parts.word(i - 1) {
            let letter = word == "t" && (parts.runs[i].isGlued && !strict || parts.runs[i].before.contains { $0 == "=" || $0 == ":" })
            let alone = i < 2 || !parts.runs[i - 1].isGlued
            if alone, letter || TradeWords.thickness.contains(word) { return (i - 1)..<end }
        }
        if let word = parts.word(end), TradeWords.thickness.contains(word) { return i..<(end + 1) }
        return nil
    }

    private func isLastOfThree(_ i: Int) -> Bool {
        parts.word(i + 2) != "x" && parts.side(before: i).flatMap { parts.side(before: $0) } != nil
    }
}
