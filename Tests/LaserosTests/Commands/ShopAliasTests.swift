import Glibc
import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Aliases of a shop that someone else has made can only read.
@Suite struct ShopAliasTests {
    /// Writes an alias directly into the data.
    private static func plant(_ aliases: [String: String], in workshop: Workshop) throws {
        let data = try Database(workshop.data, .writing)
        for (name, line) in aliases { try data.run("INSERT INTO setting (name, value) VALUES (\("alias." + name), \(line))") }
    }

    /// The path, size and modification time of everything below a folder.
    private static func everything(in folder: String) -> [String] {
        Paths.names(in: folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            var about = stat()
            guard lstat(path, &about) == 0 else { return [path] }
            let own = "\(path) \(about.st_size) \(about.st_mtim.tv_sec).\(about.st_mtim.tv_nsec)"
            return [own] + (about.st_mode & S_IFMT == S_IFDIR ? everything(in: path) : [])
        }
    }

    /// Every example of every command, run as an alias of a shop with any further words, changes no file.
    @Test func noExampleChangesAnything() throws {
        let workshop = try ExampleShop.copy()
        let lines = Example.all.map { ShellLine.text($0.words) }
        try Self.plant(Dictionary(uniqueKeysWithValues: lines.enumerated().map { ("x\($0)", $1) }), in: workshop)
        let before = Self.everything(in: workshop.root)
        var refused = 0, followed = 0
        for (i, example) in Example.all.enumerated() {
            let answered = try workshop.run(["x\(i)"])
            let isRefused = answered.code == 4 && answered.said.hasPrefix("error: the shop's alias 'x\(i)' cannot be followed: ")
            (refused, followed) = (refused + (isRefused ? 1 : 0), followed + (isRefused ? 0 : 1))
            if example.kind == .writes || example.kind == .acts { #expect(isRefused, "\(example)") }
        }
        #expect(Self.everything(in: workshop.root) == before)
        #expect(refused > 50 && followed > 20)
    }

    /// The expansion of the shop's alias, the typed words, and the reason why it is refused; nil if it is not.
    @Test(
        arguments: [
            ("client export -o VICTIM", "x", "it names a file or a folder: '-o'"),
            ("client list --csv -wo VICTIM", "x", "it names a file or a folder: '-wo'"),
            ("client export --output=VICTIM", "x", "it names a file or a folder: '--output=VICTIM'"),
            ("client export --output VICTIM", "x", "it names a file or a folder: '--output'"),
            ("client export -o", "x VICTIM", "it names a file or a folder: '-o'"),
            ("-o VICTIM client export", "x", "it names a file or a folder: '-o'"),
            ("-C other client list", "x", "it names a file or a folder: '-C'"),
            ("client list --shop=other", "x", "it names a file or a folder: '--shop=other'"),
            ("-C", "x other client list", "it names a file or a folder: '-C'"),
            ("dxf info VICTIM", "x", "it names a file or a folder: 'VICTIM'"),
            ("dxf info -- VICTIM", "x", "it names a file or a folder: 'VICTIM'"),
            ("dxf info -", "x", "it names a file or a folder: '-'"),
            ("dxf time --rates VICTIM", "x a.dxf", "it names a file or a folder: '--rates'"),
            ("client list --all --save mine", "x", "--save stores something"),
            ("client list --all --save", "x mine", "--save stores something"),
            ("project extract last --force", "x --to VICTIM", "'project extract' changes or writes something"),
            ("init", "x VICTIM", "'init' changes or writes something"),
            ("client", "x add Karoo", "'client add' changes or writes something"),
            ("--json", "x client add Karoo", "'client add' changes or writes something"),
            ("client add", "x Karoo", "'client add' changes or writes something"), ("batch", "x", "'batch' changes or writes something"),
            ("config set --personal pager VICTIM", "x", "'config set' changes or writes something"),
            ("config edit --personal", "x", "'config edit' changes or writes something"),
            ("undo", "x", "'undo' changes or writes something"), ("complete -- -C other", "x", "'complete' changes or writes something"),
            ("tool VICTIM", "x", "'tool' is not a command, and no program is started for a shop"),
            ("mine", "x", "'mine' is not a command, and no program is started for a shop"),
            ("y", "x", "it names a file or a folder: '-o'"), ("mine", "mine", nil), ("client list --limit 1", "x", nil),
            ("client list --limit", "x 1", nil), ("client export", "x -o own.csv", nil), ("client list --sort", "x -C", nil),
            ("dxf info --fields file", "x a.dxf", nil), ("help client", "x", nil), ("config get vat_rate", "x", nil),
        ] as [(String, String, String?)])
    func onlyTheWordsOfAShopAliasAreChecked(_ line: String, _ typed: String, _ why: String?) throws {
        let workshop = try Workshop()
        mkdir(workshop.root + "/.config", 0o700)
        mkdir(workshop.root + "/.config/laseros", 0o700)
        try File.write(Array("alias.mine = client list --codes\n".utf8), to: workshop.root + "/.config/laseros/config")
        try Self.plant(["x": line, "y": "client export -o VICTIM"], in: workshop)
        let answered = try workshop.run(ShellLine.words(typed)), words = answered.said.split(separator: "\n")
        #expect(words.first?.hasPrefix("error: the shop's alias") ?? false == (why != nil), "\(answered)")
        if let why {
            let name = line == "y" ? "y" : "x"
            #expect(words.first == "error: the shop's alias '\(name)' cannot be followed: \(why)")
            #expect(words.last?.hasPrefix("hint: only your own aliases may do that: laseros config set --personal alias.\(name) ") == true)
            #expect(answered.code == 4 && answered.out.isEmpty)
        }
        #expect(access(workshop.work + "/VICTIM", F_OK) != 0)
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM client") { $0.int(0) } } == 0)
    }

    @Test func theHintIsWhatTheShopSays() throws {
        let workshop = try Workshop(), line = "client export -o '$(touch VICTIM)'"
        try Self.plant(["x": line, "long": "client export -o " + String(repeating: "a", count: 500)], in: workshop)
        let words = try workshop.run(["x"]).said.split(separator: "\n").last?.split(separator: " ").drop { $0 != "laseros" } ?? []
        #expect(try ShellLine.words(words.joined(separator: " ")) == ["laseros", "config", "set", "--personal", "alias.x", line])
        #expect(try workshop.run(["long"]).said.hasSuffix("laseros config edit --personal\n"))
        #expect(try workshop.run(["help", "x"]).out.contains("cannot be followed"))
    }

    @Test func aBatchTellsTheLine() throws {
        let workshop = try Workshop()
        try Self.plant(["x": "client add Never"], in: workshop)
        let answered = try workshop.run(["batch"], input: Array("client add Karoo\nx\n".utf8))
        #expect(answered.code == 8 && answered.said.contains("standard input:2: the shop's alias 'x' cannot be followed"), "\(answered)")
    }

    /// A personal alias comes first, then a program on the PATH, then the shop's alias.
    @Test func personalAliasesTakePrecedence() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Karoo")
        try Self.plant(["x": "client list --json", "y": "client list --limit 1", "stock": "client list --json"], in: workshop)
        try workshop.demand("laseros config set --personal alias.x 'client list --codes'")
        try workshop.demand("mkdir bin && printf '#!/bin/sh\\necho program\\n' >bin/laseros-stock && chmod +x bin/laseros-stock")
        #expect(try workshop.demand("PATH=$PWD/bin:$PATH; laseros x; laseros stock; laseros y --codes") == "CL-0001\nprogram\nCL-0001\n")
        #expect(try workshop.demand("laseros config get alias.x") == "client list --codes\n")
        let set = try workshop.run(["config", "set", "alias.x", "client list --csv"])
        #expect(set == Answered(out: "alias.x is 'client list --csv'\n", said: "your own comes first: 'client list --codes'\n", code: 0))
        #expect(try workshop.demand("laseros x") == "CL-0001\n")
        #expect(
            try workshop.demand("laseros -C ../shop help y").hasPrefix("'y' is an alias of 'client list --limit 1'\n\nList the clients"))
    }

    @Test func invalidShopAliasesAreRefusedWhenSet() throws {
        let workshop = try Workshop()
        for (line, why) in [
            ("invoice pay", "'invoice pay' changes or writes something"), ("client list -o list.csv", "it names a file or a folder: '-o'"),
            ("nothing", "'nothing' is not a command"),
        ] {
            let answered = try workshop.run(["config", "set", "alias.x", line])
            #expect(answered.code == 4 && answered.said.contains("the shop's alias 'x' cannot be followed: \(why)"), "\(answered)")
            #expect(answered.said.contains("hint: only your own aliases may do that: laseros config set --personal alias.x "))
        }
        #expect(try workshop.run(["config", "set", "alias.x", "client lst"]).code == 2)
        try workshop.demand("laseros config set --personal alias.x 'client list -o list.csv'")
        // In an edited file an alias may precede the one that it refers to.
        let edit = "EDITOR=\"sed -i '$ a alias.b = a --json\\\\nalias.a = client list'\" laseros config edit"
        #expect(try workshop.run(edit).code == 0)
        #expect(try workshop.demand("laseros b") == "[]\n")
        try workshop.demand("echo 'grep -q ^alias.c \"$1\" || echo alias.c = client add >>\"$1\"' >append")
        let refused = try workshop.run("EDITOR='sh append' laseros config edit")
        #expect(refused.code == 8 && refused.said.contains("alias.c: the shop's alias 'c' cannot be followed"), "\(refused)")
    }

    /// Every parameter that names a file declares it; otherwise a shop's alias could name one.
    @Test func filesAreKnownAsFiles() {
        for command in program.commands {
            for spec in command.specs where spec.form != .flag {
                let words = spec.word.prefix { $0 != "." }.split(separator: "|").map(String.init)
                let isFile = ["FILE", "DIR", "DRAWING", "FOLDER", "PATH", "OLD", "NEW", "ARCHIVE", "OTHER"].contains { words.contains($0) }
                #expect(isFile == (spec.source == .files), "\(command.name): \(spec.usage)")
            }
        }
        let making = program.commands.filter(\.makesFiles).map(\.name)
        #expect(
            Set(making)
                == Set(
                    nouns.filter(\.hasFiles).map { "\($0.name) extract" } + [
                        "init", "backup create", "backup key", "backup restore", "backup prune",
                    ]))
        #expect(
            Set(program.commands.filter { $0.specs.contains(where: \.stores) }.map(\.name))
                == Set(nouns.map(\.listCommand) + ["queue plan"]))
    }
}
