import Values

/// A name split into runs of letters and of digits: `x4` is `x` and, glued to it, `4`. All other characters separate runs.
struct PartRuns {
    struct Run {
        /// The run as written, and in lower case.
        var text: String, lower: String
        var isNumber: Bool
        /// The characters between it and the previous run.
        var before: String
        /// The value of a plain number in thousandths; nil for a date such as 02.09.2025.
        var thousandths: Int?

        var isGlued: Bool { before.isEmpty }
        var whole: Int? { thousandths.flatMap { $0 % 1000 == 0 && !lower.contains(".") ? $0 / 1000 : nil } }
    }

    private(set) var runs: [Run] = []
    /// The indexes of numbers that are dimensions: 8x18, 80 x 60, 200mm x 100mm.
    private var sizes: Set<Int> = []

    init(_ text: String) {
        var separators = "", rest = text[...]
        while let first = rest.first {
            // In `.25in` the point belongs to the number, unlike a point after a word.
            let leads = first == "." && (runs.isEmpty || !separators.isEmpty) && rest.dropFirst().first.map(PartRuns.isDigit) == true
            let isDigit = leads || PartRuns.isDigit(first)
            guard isDigit || first.isLetter || first == "×" else {
                separators.append(first)
                rest = rest.dropFirst()
                continue
            }
            let end = isDigit ? PartRuns.endOfNumber(rest) : rest.firstIndex { !$0.isLetter && $0 != "×" } ?? rest.endIndex
            // In `3mmMS`, the text glued to the unit is a separate word.
            let unit = rest.index(rest.startIndex, offsetBy: 2, limitedBy: end) ?? end
            let isUnit = !isDigit && separators.isEmpty && runs.last?.isNumber == true && unit < end && rest[..<unit].lowercased() == "mm"
            if isUnit {
                runs.append(PartRuns.run(String(rest[..<unit]), isNumber: false, before: ""))
                rest = rest[unit...]
            }
            runs.append(PartRuns.run(String(rest[..<end]), isNumber: isDigit, before: separators))
            (separators, rest) = ("", rest[end...])
        }
        sizes = Set(runs.indices.flatMap(side))
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    /// The end of a number: digits, with a point or comma between digits.
    private static func endOfNumber(_ text: Substring) -> Substring.Index {
        var end = text.startIndex
        while end < text.endIndex {
            let next = text.index(after: end)
            let joins = (text[end] == "." || text[end] == ",") && next < text.endIndex && isDigit(text[next])
            guard isDigit(text[end]) || joins else { break }
            end = next
        }
        return end
    }

    private static func run(_ text: String, isNumber: Bool, before: String) -> Run {
        let decimal = isNumber ? (text.hasPrefix(".") ? "0" : "") + String(text.map { $0 == "," ? "." : $0 }) : ""
        let lower = isNumber ? decimal : String(text.lowercased().map { $0 == "×" ? "x" : $0 })
        let thousandths = isNumber ? Decimal.read(lower, places: 3) : nil
        return Run(text: text, lower: lower, isNumber: isNumber, before: before, thousandths: thousandths)
    }

    func word(_ i: Int) -> String? { runs.indices.contains(i) && !runs[i].isNumber ? runs[i].lower : nil }
    func number(_ i: Int) -> Run? { runs.indices.contains(i) && runs[i].isNumber ? runs[i] : nil }

    /// Whether the run is a number of a dimension such as 8x18.
    func isSize(_ i: Int) -> Bool { sizes.contains(i) }

    /// The index of the dimension before this one.
    func side(before i: Int) -> Int? {
        guard word(i - 1) == "x" else { return nil }
        return [i - 2, i - 3].first { number($0) != nil && isSize($0) }
    }

    /// The index of the unit of length after a number. `in` is also a word, unless it is glued to the number.
    func unit(after i: Int) -> Int? {
        guard let word = word(i + 1) else { return nil }
        let isInch = word == "inch" || word == "inches" || word == "in" && runs[i + 1].isGlued
        return word == "mm" || isInch || isGauge(after: i) ? i + 1 : nil
    }

    private func isGauge(after i: Int) -> Bool {
        guard let word = word(i + 1), number(i)?.whole != nil else { return false }
        return word == "ga" || word == "gauge" || word == "gage"
    }

    /// A thickness in micrometres, by its unit. A leading zero without a point stands for `0.`: 053 is 0.53.
    /// - Parameter material: returns the abbreviation of the material, on which the meaning of a gauge depends.
    func micrometres(_ i: Int, of material: () -> String) -> Int? {
        guard let run = number(i) else { return nil }
        if isGauge(after: i) { return run.whole.flatMap { Gauge.micrometres($0, of: material()) } }
        if let unit = unit(after: i), runs[unit].lower != "mm" { return run.thousandths.map { Decimal.scale($0, 254, over: 10) } }
        let trapped = run.lower.utf8.count > 1 && run.lower.hasPrefix("0") && !run.lower.contains(".")
        return trapped ? Decimal.read("0." + run.lower.dropFirst(), places: 3) : run.thousandths
    }

    /// Whether the characters before a run, or after the last one, separate fields: `-MS-`, `(MS)`; blanks do not.
    func isField(before i: Int) -> Bool {
        i <= 0 || i >= runs.count || runs[i].before.contains { "-_.,;()[]{}+".contains($0) }
    }

    /// In `2x 01.04`, with a blank only after the x, the first number is a quantity if it is too small for a dimension.
    func isCountBeforeNumber(_ i: Int) -> Bool {
        guard let count = number(i)?.whole, word(i + 1) == "x", runs[i + 1].isGlued, let next = number(i + 2), !next.isGlued else {
            return false
        }
        return count <= (next.thousandths == nil ? 99 : 20)
    }

    /// The two indexes of `8x18`; empty if the `x` marks a quantity, as in `3mm x4`.
    private func side(_ i: Int) -> [Int] {
        guard let left = number(i) else { return [] }
        let x = (unit(after: i) ?? i) + 1, next = x + 1
        guard word(x) == "x", number(next) != nil, !isCountBeforeNumber(i), isBlank(x), isBlank(next) else { return [] }
        let goesOn = unit(after: next) != nil || (word(next + 1) == "x" && number(next + 2) != nil)
        let isCount = !runs[x].isGlued && runs[next].isGlued
        let isThin = unit(after: i) != nil && (left.thousandths ?? .max) <= 30_000
        return goesOn || !(isCount || isThin) ? [i, next] : []
    }

    /// Whether nothing but blanks precedes a run.
    private func isBlank(_ i: Int) -> Bool { runs[i].before.allSatisfy { $0 == " " } }
}
