import Values

/// A word of bash while it is typed: a quote in it need not be closed yet.
struct BashWord {
    /// What it stands for, without quotes and backslashes.
    private(set) var text = String.UnicodeScalarView()
    /// The quote that is open at its end, and how much of the text is in front of that.
    private(set) var quote: Unicode.Scalar?
    private(set) var before = 0

    init(_ typed: String) {
        var isEscaped = false
        for scalar in typed.unicodeScalars {
            if isEscaped {
                // Within double quotes a backslash is one unless something is behind it that it has a meaning for.
                if quote != nil, !"\"\\$`\n".unicodeScalars.contains(scalar) { text.append("\\") }
                if scalar != "\n" { text.append(scalar) }
                isEscaped = false
            } else if scalar == quote {
                quote = nil
            } else if scalar == "\\", quote != "'" {
                isEscaped = true
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                (quote, before) = (scalar, text.count)
            } else {
                text.append(scalar)
            }
        }
    }

    /// What bash reads back as this text and as nothing else, behind a quote that may be open already.
    static func quoted(_ text: some Sequence<Unicode.Scalar>, inside quote: Unicode.Scalar?) -> String {
        var out = ""
        let open = quote.map { String($0) } ?? ""
        for scalar in text {
            if TerminalText.isHarmful(scalar) || scalar.properties.isWhitespace && scalar != " " {
                let bytes = String(scalar).utf8.map { "\\x" + String($0, radix: 16).padded(to: 2, with: "0") }
                out += "\(open)$'\(bytes.joined())'\(open)"
            } else if quote == "'" {
                out += scalar == "'" ? "'\\''" : String(scalar)
            } else if quote == "\"" {
                // A backslash does not keep an exclamation mark from the history, and stays besides.
                out += scalar == "!" ? "\"'!'\"" : ("\"\\$`".unicodeScalars.contains(scalar) ? "\\" : "") + String(scalar)
            } else {
                out += (isPlain(scalar) ? "" : "\\") + String(scalar)
            }
        }
        // It closes the quote itself, unless the same mark is there already.
        return quote != nil && out.unicodeScalars.last == quote ? out + open : out
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return true }
        return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_./:=+,%@".unicodeScalars.contains(scalar)
    }
}

extension Program {
    /// The candidates for words as bash has them, quotes and all, as it puts them into the line.
    /// - Parameter kept: what it leaves as it is of the last word.
    func complete(bash words: [String], keeping kept: String, codes: (String) throws -> [Coded]) rethrows -> [String] {
        let typed = words.map(BashWord.init), last = typed.last ?? BashWord("")
        let leaves = last.quote == nil ? BashWord(kept).text.count : last.before
        return try complete(typed.map { String($0.text) }, codes: codes).map { candidate in
            // No word of the shop looks like this when it has been quoted.
            if candidate == .files { return candidate.word }
            return BashWord.quoted(candidate.word.unicodeScalars.dropFirst(leaves), inside: last.quote)
        }
    }
}
