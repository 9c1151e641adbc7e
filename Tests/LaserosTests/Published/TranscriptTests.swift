import Glibc
import Testing
import Values

@testable import Console
@testable import Commands

/// Every file in `Tests/transcripts` is a test. `make transcripts` writes the current answers; the diff is for review.
@Suite struct TranscriptTests {
    static let folder = Paths.tests + "/transcripts/"
    static let names = Paths.names(in: folder).filter { $0.hasSuffix(".txt") }

    /// Those that show what damaged data looks like.
    private static let breaking: Set = ["alias.txt", "check.txt", "damage.txt", "log.txt"]

    static func text(_ name: String) throws -> String { String(decoding: try File.read(folder + name), as: UTF8.self) }

    @Test(arguments: names)
    func transcript(_ name: String) throws {
        let text = try Self.text(name)
        let workshop = try Workshop(), replayed = try Transcript(text).replayed(in: workshop).text
        if !Self.breaking.contains(name) { #expect(try workshop.findings() == []) }
        if getenv("UPDATE") != nil {
            try File.write(Array(replayed.utf8), to: Self.folder + name, as: .document)
        } else {
            #expect(replayed == text, "\(name):\n\(difference(text, replayed))")
        }
    }

    @Test func everyCommandIsInOne() throws {
        let typed = try Self.names.flatMap { try Transcript(Self.text($0)).steps }.flatMap {
            ShellWords.commands($0.typed.joined(separator: "\n"))
        }
        let run = Set(
            typed.compactMap { words -> String? in
                guard case .command(let command, _)? = try? program.find(words) else { return nil }
                return command.name
            })
        let missing = program.commands.map(\.name).filter { !run.contains($0) }
        #expect(missing.isEmpty, "no transcript runs them")
    }

    @Test func everyNounHasItsOwn() {
        let missing = nouns.map { "\($0.name).txt" }.filter { !Self.names.contains($0) }
        #expect(missing.isEmpty)
    }
}
