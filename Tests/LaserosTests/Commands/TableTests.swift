import Testing
import Values

@testable import Console
@testable import Commands

/// Consistency checks of the command table.
@Suite struct TableTests {
    @Test func namesAreUnique() {
        let groups = program.groups.map(\.name), commands = program.groups.flatMap { $0.commands() }.map(\.name)
        #expect(Set(groups).count == groups.count)
        #expect(Set(commands).count == commands.count)
        for command in program.commands {
            let names = command.specs.map(\.name), letters = command.specs.compactMap(\.short)
            #expect(Set(names).count == names.count, "\(command.name) has a parameter twice")
            #expect(Set(letters).count == letters.count, "\(command.name) has a letter twice")
        }
    }

    @Test func everyCommandBelongsToItsChapter() {
        for group in program.groups {
            for command in group.commands() { #expect(command.words.first == group.name) }
        }
    }

    @Test func commandsOfThreeWordsStandInABranch() {
        for group in program.groups {
            let branches = group.branches().map { "\(group.name) \($0.name)" }
            let taken = group.commands().filter { $0.words.count > 2 }.map { $0.words.prefix(2).joined(separator: " ") }
            #expect(Set(branches) == Set(taken) && Set(branches).count == branches.count)
        }
    }

    /// The meaning of each short option, which is the same in all commands.
    static let letters: [Character: String] = [
        "a": "all", "c": "client", "C": "shop", "d": "due", "e": "edit", "f": "format", "h": "help", "m": "material", "n": "dry-run",
        "o": "output",
        "p": "project", "q": "codes", "s": "status", "t": "thickness", "w": "wide",
    ]

    @Test func aLetterMeansOneThing() {
        for command in program.commands {
            for spec in command.specs {
                guard let short = spec.short else { continue }
                #expect(Self.letters[short] == spec.name, "-\(short) of '\(command.name)'")
            }
        }
    }

    @Test func relationsNameParameters() {
        for command in program.commands {
            let names = Set(command.specs.map(\.name))
            for relation in command.relations {
                let named =
                    switch relation {
                    case .needs(let one, let other): [one, other]
                    case .alone(let one, let others): [one] + others
                    case .excludes(let several), .oneOf(let several): several
                    }
                #expect(names.isSuperset(of: named), "'\(command.name)': \(relation)")
            }
        }
    }

    @Test func helpFitsATerminal() throws {
        let pages = program.groups.filter { !$0.isHidden }.flatMap { Node($0).nodes }.map(\.name) + program.commands.map(\.name)
        for page in [""] + pages {
            let help = try program.run(["help"] + ShellWords(page).words, in: ShopSession(.nowhere)).spool.text()
            for line in help.split(separator: "\n") where line.unicodeScalars.count > 80 { Issue.record("help \(page): \(line)") }
        }
    }

    @Test func summariesAreOneLine() {
        for command in program.commands {
            #expect(!command.summary.isEmpty && command.summary.count <= 72 && !command.summary.hasSuffix("."), "\(command.name)")
        }
    }

    @Test func everyWriteCanBeTriedDry() {
        for command in program.commands where command.kind == .writes {
            #expect(command.specs.contains { $0.name == "dry-run" && $0.form == .flag }, "\(command.name)")
        }
    }

    @Test func everyCommandHasAnExampleOfItself() throws {
        for command in program.commands {
            #expect(!command.examples.isEmpty, "'\(command.name)' has no example")
            for example in command.examples {
                let words = try #require(ShellWords.commands(example).first, "\(example)")
                let call = try program.call(words, in: ShopSession(.nowhere))
                #expect(call.command.name == command.name, "'\(example)' stands with '\(command.name)'")
            }
        }
    }

    /// A verb that is created alone equals that in the whole table.
    @Test func aCommandBuiltAloneEqualsTheOneInTheTable() throws {
        for group in program.groups {
            for command in group.commands() {
                guard let alone = group.one(command.words.last ?? ""), command.words.count == 2 else { continue }
                #expect(alone.name == command.name && alone.permission == command.permission && alone.kind == command.kind)
                #expect(alone.specs.map(\.usage) == command.specs.map(\.usage) && alone.examples == command.examples)
            }
        }
        #expect(program.groups.first { $0.name == "quote" }?.one("add") == nil)
    }
}

extension Environment {
    /// An environment for commands that need no shop.
    static let nowhere = Environment(clock: Moment(ms: 0), variables: [:], directory: "/nowhere", user: "nobody", say: { _ in })
}
