import Values

/// Texts that a spreadsheet would read as a formula (OWASP, "CSV Injection") or as a number, date, time or Boolean, and then write in its
/// own format; and the word that clears a field on import. An apostrophe before it makes it text. A text that already has one gets a
/// second, so that removing one restores the original.
enum SpreadsheetText {
    static func isOne(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        switch first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        // A spreadsheet drops the quotes that distinguish this word from the marker.
        case "N": return text == "NULL"
        default: return isTruth(text) || isNumberOrDay(text)
        }
    }

    private static let marks = Set(" .,:/-+%()'".unicodeScalars)
    /// Booleans in English and Afrikaans.
    private static let truths: Set<String> = ["true", "false", "waar", "onwaar"]
    /// Words within numbers and dates: an exponent, rand, a.m. and p.m.
    private static let words: Set<String> = ["e", "r", "zar", "am", "pm", "vm", "nm", "mrt"]
    /// Names that may be shortened to three letters.
    private static let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "januarie", "februarie", "maart", "april", "mei", "junie", "julie", "augustus", "oktober", "desember",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "maandag", "dinsdag", "woensdag", "donderdag", "vrydag", "saterdag", "sondag",
    ]
    private static let longestWord = 9
    /// Excel shows longer numbers as 1.23457E+11, and saves them so.
    private static let mostDigits = 11

    /// `0215550133`, `1-2`, `1E5`, `(5)`, `R 1 200`, `3 May`, `5%`, `10 p`, `true`. A plain integer is safe, because it is written as it
    /// was read.
    private static func isNumberOrDay(_ text: String) -> Bool {
        var digits = 0, others = 0, word = "", hasWords = false, isAfterBlank = false, isHalf = false
        func endsWord() -> Bool {
            defer { word = "" }
            if word.isEmpty || words.contains(word) { return true }
            // Excel reads `a` or `p` after a space as a.m. or p.m.: `5 p`.
            if word == "a" || word == "p" { return isHalf }
            return word.utf8.count >= 3 && names.contains { $0.hasPrefix(word) }
        }
        for scalar in text.unicodeScalars {
            if case let letter = scalar.value | 0x20, (97...122).contains(letter), scalar.isASCII {
                if word.isEmpty { (hasWords, isHalf) = (true, isAfterBlank) }
                word.unicodeScalars.append(Unicode.Scalar(UInt8(letter)))
                guard word.utf8.count <= longestWord else { return false }
                continue
            }
            guard endsWord() else { return false }
            isAfterBlank = scalar.properties.isWhitespace
            if ("0"..."9").contains(scalar) {
                digits += 1
            } else if isAfterBlank || marks.contains(scalar) || isLikeMark(scalar) {
                others += 1
            } else {
                return false
            }
        }
        if digits == 0 { return false }
        if !hasWords { return others > 0 || digits > mostDigits || (digits > 1 && text.utf8.first == UInt8(ascii: "0")) }
        return endsWord()
    }

    /// Currency signs, digits of other scripts, dashes that look like a minus, and invisible characters.
    private static func isLikeMark(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII || scalar == "$" else { return false }
        switch scalar.properties.generalCategory {
        case .currencySymbol, .decimalNumber, .dashPunctuation, .format: return true
        default: return scalar == "\u{2212}" || scalar == "\u{2019}"
        }
    }

    private static func isTruth(_ text: String) -> Bool { text.utf8.count < 20 && truths.contains(text.trimmed.lowercased()) }
}
