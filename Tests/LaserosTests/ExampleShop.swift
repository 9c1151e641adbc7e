import Glibc
import Synchronization
import Values

@testable import Console
@testable import laseros

/// An example from the table, and the command it is of.
struct Example: Sendable, CustomStringConvertible {
    let line: String
    let command: String
    let kind: Command.Kind
    let chapter: String

    var description: String { line }
    /// After the program's name, and before a pipe: what another program makes of the answer is its own.
    var words: [String] { ShellWords.commands(line).first ?? [] }

    /// The words without these flags, and without these options and their values.
    func without(flags: Set<String> = [], options: Set<String> = []) -> [String] {
        var kept: [String] = [], rest = words[...]
        while let word = rest.popFirst() {
            if options.contains(word) { rest = rest.dropFirst() } else if !flags.contains(word) { kept.append(word) }
        }
        return kept
    }

    static let all: [Example] = program.chapters.flatMap { chapter in
        chapter.commands().filter { !$0.hidden }.flatMap { command in
            command.examples.map { Example(line: $0, command: command.name, kind: command.kind, chapter: chapter.name) }
        }
    }

    static let reading = all.filter { $0.kind == .reads }
    static let writing = all.filter { $0.kind == .writes }
}

/// The one shop that every example runs in.
enum ExampleShop {
    private static let made = Result { try make() }

    /// A copy, to be changed at will.
    static func copy() throws -> Workshop {
        guard case .success(let shop) = made else { throw Failure(.defect, .file, "the example shop does not stand") }
        return try Workshop(like: shop)
    }

    /// - Throws: what kept it from being made.
    static func stands() throws { _ = try made.get() }

    /// A copy in which an example runs. It may need another one of its chapter to have run before: a quote is sent before it is accepted.
    static func copy(for example: Example) throws -> Workshop {
        let shop = try copy()
        guard let first = try preparation(of: example) else { return shop }
        _ = try shop.run(first)
        return shop
    }

    /// The words of the example that has to run first; found once.
    private static func preparation(of example: Example) throws -> [String]? {
        if let known = preparations.withLock({ $0[example.line] }) { return known }
        var found: [String]?
        let first = try copy().run(example.words)
        if !runs(first) {
            found = try Example.writing.first { other in
                guard other.chapter == example.chapter, other.line != example.line else { return false }
                let trial = try copy()
                return try runs(trial.run(other.words)) && runs(trial.run(example.words))
            }?.words
            guard found != nil else { throw Failure(.refused, .file, "'\(example)' exits \(first.code): \(first.said)") }
        }
        preparations.withLock { $0[example.line] = .some(found) }
        return found
    }

    private static let preparations = Mutex<[String: [String]?]>([:])

    /// A check that answers no has run as well.
    static func runs(_ answered: Answered) -> Bool { answered.code <= 1 }

    private static func make() throws -> Workshop {
        let workshop = try Workshop()
        let script = String(decoding: try File.read(Paths.tests + "/example-shop.txt"), as: UTF8.self)
        for line in script.split(separator: "\n") where line.hasPrefix("laseros ") { try workshop.demand(String(line)) }
        for noun in nouns where try workshop.demand("laseros \(noun.name) list --codes").isEmpty {
            for example in Example.writing where example.command == "\(noun.name) add" { try workshop.demand(example.line) }
        }
        // Examples import what is exported here, where `examples/` has no such file of its own.
        for command in program.commands where command.name.hasSuffix(" import") {
            guard let noun = nouns.first(where: { command.name == "\($0.name) import" }) else { continue }
            let file = "\(noun.plural).csv"
            if access("\(workshop.work)/\(file)", F_OK) != 0 { try workshop.demand("laseros \(noun.name) export --output \(file)") }
        }
        return workshop
    }
}
