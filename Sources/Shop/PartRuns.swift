import Values

/// A name cut into runs of letters and of digits: `x4` is `x` and, glued to it, `4`. Any other character separates.
struct PartRuns {
    struct Run {
        /// As it is written, and without regard to case.
        var text: String, lower: String
        var isNumber: Bool
        /// What stands between it and the run before.
        var before: String
        /// A plain number in thousandths; nil for a date such as 02.09.2025.
        var thousandths: Int?

        var isGlued: Bool { before.isEmpty }
        var whole: Int? { thousandths.flatMap { $0 % 1000 == 0 && !lower.contains(".") ? $0 / 1000 : nil } }
    }

    private(set) var runs: [Run] = []
    /// Numbers that are sides of something: 8x18, 80 x 60, 200mm x 100mm.
    private var sizes: Set<Int> = []

    init(_ text: String) {
        var separators = "", rest = text[...]
        while let first = rest.first {
            let isDigit = PartRuns.isDigit(first)
            guard isDigit || first.isLetter || first == "×" else {
                separators.append(first)
                rest = rest.dropFirst()
                continue
            }
            let end = isDigit ? PartRuns.endOfNumber(rest) : rest.firstIndex { !$0.isLetter && $0 != "×" } ?? rest.endIndex
            runs.append(PartRuns.run(String(rest[..<end]), isNumber: isDigit, before: separators))
            (separators, rest) = ("", rest[end...])
        }
        sizes = Set(runs.indices.flatMap(side))
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    /// Digits, with a point or a comma between digits.
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
        let lower = isNumber ? String(text.map { $0 == "," ? "." : $0 }) : String(text.lowercased().map { $0 == "×" ? "x" : $0 })
        let thousandths = isNumber ? Decimal.read(lower, places: 3) : nil
        return Run(text: text, lower: lower, isNumber: isNumber, before: before, thousandths: thousandths)
    }

    func word(_ i: Int) -> String? { runs.indices.contains(i) && !runs[i].isNumber ? runs[i].lower : nil }
    func number(_ i: Int) -> Run? { runs.indices.contains(i) && runs[i].isNumber ? runs[i] : nil }

    /// Whether a number is a side of something.
    func isSize(_ i: Int) -> Bool { sizes.contains(i) }

    /// The place of the `mm` after a number.
    func unit(after i: Int) -> Int? { word(i + 1) == "mm" ? i + 1 : nil }

    /// A thickness in micrometres. A leading zero without a point is one before it: 053 is 0.53.
    func micrometres(_ i: Int) -> Int? {
        guard let run = number(i) else { return nil }
        let trapped = run.lower.utf8.count > 1 && run.lower.hasPrefix("0") && !run.lower.contains(".")
        return trapped ? Decimal.read("0." + run.lower.dropFirst(), places: 3) : run.thousandths
    }

    /// The two places that `8x18` has; nothing where an `x` says how many there are: `3mm x4`.
    private func side(_ i: Int) -> [Int] {
        guard let left = number(i) else { return [] }
        let x = (unit(after: i) ?? i) + 1, next = x + 1
        guard word(x) == "x", number(next) != nil else { return [] }
        let goesOn = unit(after: next) != nil || (word(next + 1) == "x" && number(next + 2) != nil)
        let isCount = !runs[x].isGlued && runs[next].isGlued
        let isThin = unit(after: i) != nil && (left.thousandths ?? .max) <= 30_000
        return goesOn || !(isCount || isThin) ? [i, next] : []
    }
}
