import Testing
import Values

@testable import Console

/// The two text formats that users write: `key = value` lines, and words with shell quoting.
@Suite struct PairsTests {
    private func read(_ text: String) -> [String: String] {
        Dictionary(uniqueKeysWithValues: KeyValueText(reading: text, file: "f").all.map { ($0.key, $0.value) })
    }

    @Test func pairsAreRead() {
        #expect(read("a = 1\n# c = 3\n\n b = x\n") == ["a": "1\n\nb = x"])
        #expect(read("a=1\nb =\nc = x = y # not a comment\n") == ["a": "1", "b": "", "c": "x = y # not a comment"])
        #expect(read("notes = one\n    two\n\n    \n      three\nname = n") == ["notes": "one\ntwo\n\n\n  three", "name": "n"])
        #expect(read("notes =\n    # kept\n\tlast") == ["notes": "# kept\nlast"])
    }

    @Test func faultsHaveLines() {
        let faults = KeyValueText(reading: "  moved\nno pair\n= none\na = 1\na = 2\n", file: "f").faults
        #expect(faults.map(\.line) == [1, 2, 3, 5])
        #expect(faults.allSatisfy { $0.file == "f" })
    }

    @Test func whatIsWrittenIsReadBack() {
        var random = Seeded(state: 7)
        for _ in 0..<500 {
            let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                ["", "x", "# y", "a = b", "  two blanks"].randomElement(using: &random) ?? ""
            }
            // Blanks and empty lines at the ends of a value are not preserved.
            var value = String(lines.joined(separator: "\n").trimmed)
            if value.hasPrefix("\n") { value.removeFirst() }
            #expect(read(KeyValueText.text("k", value) + "other = 1\n") == ["k": value, "other": "1"], "\(value)")
        }
    }

    @Test func oneKeyIsSetAmongOthers() {
        let text = "# mine\npager = less\n    -S\n# colours\ncolour = no\n"
        #expect(Preferences.text(text, setting: "pager", to: "more") == "# mine\npager = more\n# colours\ncolour = no\n")
        #expect(Preferences.text(text, setting: "colour", to: nil) == "# mine\npager = less\n    -S\n# colours\n")
        #expect(Preferences.text("a = 1", setting: "format", to: "csv") == "a = 1\nformat = csv\n")
    }

    @Test func theTemplateIsAllComments() {
        #expect(KeyValueText(reading: Preferences.template, file: "f").all.isEmpty)
        let live = Preferences.template.split(separator: "\n").filter { !$0.contains("`") && $0.contains(" =") }.map { $0.dropFirst(2) }
        #expect(Preferences(checking: live.joined(separator: "\n"), file: "f").faults.isEmpty)
    }

    @Test(arguments: [
        ("client list", ["client", "list"]), ("  a\t'b c'  \"d e\" ", ["a", "b c", "d e"]), ("a\\ b '' \"\"", ["a b", "", ""]),
        ("'it'\\''s' \"a\\\"b\\$\\n\"", ["it's", "a\"b$\\n"]), ("", []), ("x'y'z", ["xyz"]),
    ])
    func wordsArePartedAsInAShell(_ line: String, _ words: [String]) throws { #expect(try ShellLine.words(line) == words) }

    @Test(arguments: ["'open", "\"open"]) func openQuotesAreRefused(_ line: String) {
        #expect(throws: Failure.self) { try ShellLine.words(line) }
    }
}
