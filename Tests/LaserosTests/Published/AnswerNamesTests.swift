import Glibc
import Testing
import Values

@testable import Console
@testable import Commands

/// Scripts depend on the names of columns and JSON keys, so a released name stays. `Tests/answer-names.txt` lists them all; `make
/// transcripts` adds new ones, and removing one requires an edit of that file.
@Suite struct AnswerNamesTests {
    private static let list = Paths.tests + "/answer-names.txt"

    @Test func publishedNamesStay() throws {
        let kept = Set(String(decoding: try File.read(Self.list), as: UTF8.self).split(separator: "\n").map(String.init))
        let found = Set(Self.columns + (try Self.keys()))
        #expect(kept.subtracting(found).sorted() == [])
        if getenv("UPDATE") != nil {
            try File.write(Array(kept.union(found).sorted().map { $0 + "\n" }.joined().utf8), to: Self.list, as: .document)
        } else {
            #expect(found.subtracting(kept).sorted() == [], "make transcripts")
        }
    }

    /// `client list: email`
    private static var columns: [String] {
        program.commands.flatMap { command in command.answer.map { "\(command.name): \($0.name)" } }
    }

    /// The JSON keys in the answers to all examples, such as `client show .contacts.name`.
    private static func keys() throws -> [String] {
        let place = try Workshop()
        for (i, example) in Example.all.enumerated() where !example.words.contains("-o") && !example.words.contains("--output") {
            let words = example.without(flags: ["-q", "--codes", "--json", "--csv"], options: ["-f", "--format", "--fields"])
            let answered = try ExampleShop.copy(for: example).run(words + ["--json"])
            guard answered.out.hasPrefix("{") || answered.out.hasPrefix("[") else { continue }
            try File.write(Array(answered.out.utf8), to: "\(place.work)/\(i) \(example.command).json", as: .document)
        }
        let paths = #"[paths | map(select(type == "string")) | join(".") | select(. != "")] | unique[] | "\(input_filename) .\(.)""#
        let told = try Subprocess.run(["sh", "-c", "jq -r '\(paths)' *.json"], in: place.work)
        #expect(told.code == 0, "\(told.said)")
        return told.out.split(separator: "\n").map { line in
            let words = line.split(separator: " "), command = words.dropFirst().dropLast().joined(separator: " ")
            return "\(command.dropLast(".json".count)) \(words.last ?? "")"
        }
    }
}
