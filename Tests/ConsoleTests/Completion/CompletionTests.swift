import Testing
import Values

@testable import Console

@Suite struct CompletionTests {
    private func words(_ line: String) -> [String] {
        Bench.program.complete(line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)) { noun in
            noun == "client" ? [("CL-0001", "Karoo Steel"), ("CL-0002", "Naïve Iron")] : []
        }.map(\.word)
    }

    @Test(arguments: [
        ("", "client pay help completion"), ("c", "client completion"), ("client ", "list add show remove report"),
        ("client re", "remove report"),
        (
            "client list -",
            "--due --colour --format --json --csv --fields --no-header --excel --wide --codes --output --shop --no-pager --dates --help"
        ),
        ("client list --co", "--colour --codes"), ("client list --colour red --co", "--codes"), ("client list --colour ", "red green blue"),
        ("client list --colour=g", "--colour=green"),
        ("client list -wf n", "ndjson"), ("-f t", "table tsv"), ("--f", "--format --fields"), ("client show cl", "CL-0001 CL-0002"),
        ("client show CL-0001 ", "--format --json --csv --fields --no-header --excel --wide --codes --output --shop --no-pager --help"),
        ("client remove CL-0001 CL-0002 CL", "CL-0001 CL-0002"), ("client list -o ", "<files>"), ("client list --output=x", "<files>"),
        ("-C /shop client s", "show"), ("-C ", "<files>"), ("help client r", "remove report"), ("help ", "client pay help completion"),
        ("pay 5 -- -", ""), ("pay p", "pdf"), ("pay ", "pdf fail crash"), ("pay --client ", "CL-0001 CL-0002"),
        ("completion ", "bash zsh fish"), ("zebra ", ""),
    ])
    func completes(_ line: String, _ wanted: String) {
        #expect(words(line).joined(separator: " ") == wanted)
    }

    @Test func commandPrintsWordsAndWhatTheyMean() throws {
        #expect(try Bench.run(["complete", "--", "client", "show", ""]).out == "CL-0001\tKaroo Steel\nCL-0002\tNaïve Iron\n")
        #expect(
            try Bench.run(["complete", "--", "client", "show", "", "--fo"]).out
                == "--format\tprint the answer as table, csv, tsv, json, ndjson or markdown\n")
        #expect(try Bench.run(["complete", "--null", "--", "client", "show", ""]).out == "CL-0001\0Karoo Steel\0CL-0002\0Naïve Iron\0")
        #expect(try Bench.run(["complete", "--bash", "", "--", "client", "show", "'cl"]).out == "CL-0001\0CL-0002\0")
        #expect(try Bench.run(["completion", "zsh"]).out == Bench.program.script(.zsh))
        #expect(try Bench.run("completion tcsh").code == 2)
    }

    /// The words of a bash command line, the part of the last word that bash keeps, and the candidate that it receives.
    @Test(arguments: [
        (["client", "show", "cl"], "", "CL-0001|CL-0002"), (["client", "list", "--colour=g"], "--colour=", "green"),
        (["client", "list", "--colour="], "--colour=", "red|green|blue"), (["client", "show", "'CL-0001"], "", "CL-0001"),
        (["client", "show", "CL-\\0001"], "", "CL-0001"), (["-C", "'/my shop'", "client", "s"], "", "show"),
        (["client", "list", "-o", ""], "", "<files>"), (["pay", "--client", #"a:\$"#], "a:", #"\$b\ c"#),
        (["pay", "--client='a"], "--client=", "a:$b c"), (["pay", "--client", "a\\:"], "a\\:", #"\$b\ c"#),
    ])
    func bashGetsWordsForItsLine(_ words: [String], _ kept: String, _ wanted: String) {
        let found = Bench.program.complete(bash: words, keeping: kept) { noun in
            [("CL-0001", "Karoo Steel"), ("CL-0002", "Naïve Iron"), ("a:$b c", "odd")]
        }
        #expect(found.joined(separator: "|") == wanted)
    }

    /// Bash parses a quoted candidate back to the original text, whatever quote is open.
    @Test(arguments: [nil, "'", "\""] as [String?])
    func bashReadsWhatWasQuoted(_ quote: String?) throws {
        var random = Seeded(state: 11)
        let pieces =
            ["a", "$(echo x)", "`echo x`", "${IFS}", "'", "\"", "\\", " ", ";", "|", "&", "<", "(", ")", "!", "~", "#", "*", "?", "{a,b}"]
            + ["\n", "\t", "\u{1b}[31m", "\u{9b}", "\u{202e}", "\u{a0}", "é", "=", ":", "@", "-", "!!", "\r"]
        let texts = (0..<400).map { _ in
            (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
        let open = quote?.unicodeScalars.first
        let words = texts.map { text -> String in
            let quoted = BashWord.quoted(text.unicodeScalars, inside: open)
            // Bash appends the closing quote, unless the word ends with one.
            return (quote ?? "") + quoted + (quote != nil && quoted.unicodeScalars.last == open ? "" : quote ?? "")
        }
        let read = try Hostile.inFolder { folder in
            try File.write(Array("printf '%s\\0' \(words.joined(separator: " "))".utf8), to: "\(folder)/script")
            return try Hostile.shell("cd \(folder) && bash script")
        }
        #expect(read.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) } == texts)
        for (text, word) in zip(texts, words) where !word.contains("$'") { #expect(String(BashWord(word).text) == text) }
    }

    @Test func scriptsAreSound() throws {
        try Hostile.inFolder { (folder: String) throws in
            for (shell, check) in [(Shell.bash, "bash -n"), (.zsh, "zsh -n"), (.fish, "fish -n")] {
                let path = "\(folder)/\(shell.rawValue)"
                try File.write(Array(Bench.program.script(shell).utf8), to: path)
                let said = try Hostile.shell("\(check) \(path) 2>&1")
                #expect(said.isEmpty)
            }
        }
    }
}
