extension PartReading {
    /// The rest of the name, without a leading number, client and project codes, and a version; nil if nothing is left.
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
