/// Compares words with codes.
extension Shop {
    /// Splits a text into runs of letters and of digits without leading zeros: `cl` and `10` for `CL-0010`.
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

    /// Escapes a text for LIKE, with `\\` as the escape character.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") {
            if "%_\\".contains($1) { $0.append("\\") }; $0.append($1)
        }
    }
}
