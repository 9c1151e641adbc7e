/// What of a word tells whether it means a code.
extension Shop {
    /// The runs of letters and of digits, digits without leading zeros: `CL-0010` is `cl`, `10`.
    static func runs(_ text: String) -> [String] {
        var runs: [String] = [], inDigits: Bool?
        for character in text.lowercased() {
            guard character.isLetter || character.isNumber else {
                inDigits = nil
                continue
            }
            if inDigits == character.isNumber, let run = runs.last {
                if run == "0" { runs[runs.count - 1] = "" }
                runs[runs.count - 1].append(character)
            } else {
                runs.append(String(character))
            }
            inDigits = character.isNumber
        }
        return runs
    }

    static func rank(_ wanted: [String], in code: [String]) -> Int? {
        guard wanted.count <= code.count else { return nil }
        for start in stride(from: code.count - wanted.count, through: 0, by: -1) where Array(code[start..<(start + wanted.count)]) == wanted
        {
            return start == code.count - wanted.count ? 0 : 1
        }
        return nil
    }

    /// For LIKE, with `\\` as its escape.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") {
            if "%_\\".contains($1) { $0.append("\\") }; $0.append($1)
        }
    }
}
