import Values

/// Text that a spreadsheet takes for something else: for a formula (OWASP, "CSV Injection"), or for a number, a day, a time or a yes or no
/// that it then writes in its own way; and the word that would clear a field when it comes back. An apostrophe in front makes it text, and
/// text that has one already gets a second, so that taking one away gives back what was there.
enum SpreadsheetText {
    static func isOne(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        switch first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        // A spreadsheet drops the quotes that tell this word from the mark.
        case "N": return text == "NULL"
        default: return isTruth(text) || isNumberOrDay(text)
        }
    }

    private static let marks = Set(" .,:/-+%()'".unicodeScalars)
    /// Yes and no in English and Afrikaans.
    private static let truths: Set<String> = ["true", "false", "waar", "onwaar"]
    /// What may be in a number or a day: an exponent, rands, halves of the day.
    private static let words: Set<String> = ["e", "r", "zar", "am", "pm", "vm", "nm", "mrt"]
    /// May be cut short to three letters.
    private static let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "januarie", "februarie", "maart", "april", "mei", "junie", "julie", "augustus", "oktober", "desember",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "maandag", "dinsdag", "woensdag", "donderdag", "vrydag", "saterdag", "sondag",
    ]
    private static let longestWord = 9
    /// Excel shows more digits as 1.23457E+11, and saves what it shows.
    private static let mostDigits = 11

    /// `0215550133`, `1-2`, `1E5`, `(5)`, `R 1 200`, `3 May`, `5%`, `10 p`, `true`; a plain integer is read and written as it is.
    private static func isNumberOrDay(_ text: String) -> Bool {
        var digits = 0, others = 0, word = "", hasWords = false, isAfterBlank = false, isHalf = false
        func endsWord() -> Bool {
            defer { word = "" }
            if word.isEmpty || words.contains(word) { return true }
            // A lone `a` or `p` behind a blank is half a day in Excel: `5 p`.
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

    /// Signs of currencies, digits of other scripts, dashes like a minus, and what is not seen.
    private static func isLikeMark(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII || scalar == "$" else { return false }
        switch scalar.properties.generalCategory {
        case .currencySymbol, .decimalNumber, .dashPunctuation, .format: return true
        default: return scalar == "\u{2212}" || scalar == "\u{2019}"
        }
    }

    private static func isTruth(_ text: String) -> Bool { text.utf8.count < 20 && truths.contains(text.trimmed.lowercased()) }
}
