import Glibc
import Values

@testable import Console
@testable import Commands

/// An example of the command table, and its command.
struct Example: Sendable, CustomStringConvertible {
    let line: String
    let command: String
    let kind: Command.Kind
    let group: String

    var description: String { line }
    /// The words after the program's name, up to a pipe: the rest is another program's.
    var words: [String] { ShellWords.commands(line).first ?? [] }

    /// The words without these flags, and without these options and their values.
    func without(flags: Set<String> = [], options: Set<String> = []) -> [String] {
        var kept: [String] = [], rest = words[...]
        while let word = rest.popFirst() {
            if options.contains(word) { rest = rest.dropFirst() } else if !flags.contains(word) { kept.append(word) }
        }
        return kept
    }

    static let all: [Example] = program.groups.flatMap { group in
        group.commands().filter { !$0.hidden }.flatMap { command in
            command.examples.map { Example(line: $0, command: command.name, kind: command.kind, group: group.name) }
        }
    }

    static let reading = all.filter { $0.kind == .reads }
    static let writing = all.filter { $0.kind == .writes }
}

/// The shop in which every example runs.
enum ExampleShop {
    private static let made = Result { try make() }

    /// A copy that a test may change.
    static func copy() throws -> Workshop {
        guard case .success(let shop) = made else { throw Failure(.defect, .file, "the example shop does not stand") }
        return try Workshop(like: shop)
    }

    /// - Throws: the error that prevented its creation.
    static func stands() throws { _ = try made.get() }

    /// A copy shared by tests that only read.
    static func forReading() throws -> Workshop { try read.get() }

    private static let read = Result { try copy() }

    /// A copy for one example.
    static func copy(for example: Example) throws -> Workshop {
        let shop = try copy(), words = example.command.split(separator: " ")
        // Of most nouns the last record has no files.
        if ["detach", "extract"].contains(words.last), words.first != "project" {
            try shop.demand("laseros \(words[0]) attach last note.txt")
        }
        for line in before[example.line] ?? [] { try shop.demand(line) }
        return shop
    }

    /// The commands to run before an example: a quote is sent before it is accepted.
    static let before: [String: [String]] = [
        "laseros quote accept last": ["laseros quote send last"],
        "laseros quote reject last": ["laseros quote send last"],
        "laseros invoice pay last --amount 100 --method EFT": ["laseros invoice issue last"],
        "laseros project offer last": requested,
        "laseros project pop last --withdraw": ["laseros project pop last"],
        "laseros project request last": offered,
        "laseros project approve last": offered + ["laseros project pop last", "laseros project queue last"],
        "laseros project queue last": offered + ["laseros project pop last"],
        "laseros project start last": offered + ["laseros project pop last", "laseros project queue last"],
        "laseros project complete last": started,
        "laseros project reopen last": started + ["laseros project complete last"],
        "laseros project notify last": started + ["laseros project complete last"],
        "laseros project deliver last 1:2 --received-by 'Anna Botha'": started,
        "laseros project deliver last --final": started + ["laseros project complete last"],
        "laseros project reinstate last": ["laseros project cancel last gone"],
        "laseros project remake last 'bent the wrong way' 1:2 3 --cost 450 --due +3d": [
            "laseros project edit last --material MS --thickness 10", "laseros project offer last", "laseros project pop last",
            "laseros project queue last", "laseros project start last",
        ],
        "laseros project resume last": ["laseros project hold last waiting"],
        "laseros purchase receive last --all --reference 'DN 5512'": ["laseros purchase place last"],
        "laseros purchase receive last 1:2 --on yesterday": ["laseros purchase place last"],
        "laseros queue receive hinges/20": ["laseros queue dispatch hinges/20 --purchase last"],
        "laseros queue receive hinges/20 1:0 --scrapped 1:1 --reason 'the coat peels' --reference 'DN 88'": [
            "laseros queue dispatch hinges/20 --purchase last"
        ],
        "laseros client unarchive CL-0001": ["laseros client archive CL-0001"],
        "laseros lot remove last": ["printf 'inv,heat\\nSM-MS-3,H0815\\n' >more.csv", "laseros lot import more.csv"],
        "laseros project import-folder profiles --dates dmy": [
            "mkdir -p 'profiles/CL-0001/1.Projects/0001-Gate-02.09.2025' && cp 0001-*.dxf profiles/CL-0001/1.Projects/0001*"
        ],
    ]

    private static let requested = [
        "laseros project add Gate --client CL-0002 --material MS --thickness 10", "laseros project attach last 0001-Flange-MS-10mm-x4.dxf",
    ]
    private static let offered = requested + ["laseros config set auto_queue no", "laseros project offer last"]
    private static let started = offered + ["laseros project pop last", "laseros project queue last", "laseros project start last"]

    /// The examples of checks that exit with 1. All other examples exit with 0.
    static let sayingNo: Set = [
        // Nobody has set all of the letterhead.
        "laseros doctor", "laseros doctor --all",
        // The shop went on after its backup.
        "laseros backup diff last",
        // One of the parts has faults.
        "laseros dxf check . --severity error",
        // The two parts differ.
        "laseros dxf diff 0002-Bracket-MS-5mm-x10.dxf 0007-Link-MS-8mm-x12.dxf",
    ]

    /// A value for each filter of each list that matches something.
    static let filters: [String: [String: String]] = [
        "project": [
            "client": "CL-0001", "status": "request", "priority": "urgent", "material": "MS", "thickness": "3", "due-by": "2026-09-30",
            "due": "2026-08..2026-09", "created": "today", "completed": "..today", "delivered": "2026",
            "stage": "quoting", "search": "hinges", "owner": "thandi", "origin": "JB-2026-08-CL0002-001",
        ],
        "delivery": ["project": "pits", "client": "CL-0001", "period": "2026-08", "search": "DN-2026"],
        "client": ["search": "karoo"],
        "quote": ["client": "CL-0001", "project": "hinges", "status": "draft", "period": "2026-08", "search": "4711"],
        "invoice": [
            "client": "CL-0001", "project": "hinges", "quote": "QT-2026-0001", "status": "draft", "period": "2026-08",
            "due-by": "2026-09-30", "search": "INV",
        ],
        "contact": ["client": "CL-0001", "search": "anna"],
        "material": ["search": "steel"],
        "machine": ["search": "fibre", "kind": "laser"],
        "operation": ["machine": "FIBER3", "charge": "m2", "search": "coated"],
        "preset": ["material": "MS", "thickness": "3", "machine": "FIBER3", "active": "yes", "search": "O2"],
        "price": ["kind": "material-kg", "key": "MS", "thickness": "3", "on": "2026-08-23", "search": "powder"],
        "product": [
            "category": "brackets", "material": "MS", "thickness": "3", "active": "no", "search": "bracket",
        ],
        "inv": [
            "category": "gas", "material": "MS", "thickness": "3", "supplier": "SU-0001", "client": "CL-0002", "location": "rack a",
            "active": "yes", "search": "oxygen",
        ],
        "lot": [
            "kind": "sheet", "inv": "SM-MS-3", "material": "MS", "thickness_mm": "3", "heat": "h4711", "client": "CL-0002",
            "location": "rack b", "search": "H4711",
        ],
        "supplier": ["active": "no", "search": "steel"],
        "purchase": [
            "supplier": "SU-0001", "status": "placed", "item": "SM-MS-3", "project": "hinges", "period": "2026-08",
            "search": "88123",
        ],
        "queue": [
            "project": "hinges", "client": "CL-0001", "operation": "tap", "machine": "FIBER3", "material": "MS", "thickness_mm": "3",
            "status": "running", "due-by": "2026-12-31", "search": "hinges",
        ],
        "run": [
            "project": "hinges", "operation": "tap", "machine": "FIBER3", "operator": "OP-0001", "preset": "PS-0003", "material": "MS",
            "status": "running", "period": "2026-08", "client": "CL-0001", "thickness": "3", "search": "nozzle",
        ],
        "operator": ["active": "yes", "search": "thandi"],
        "filter": ["noun": "project", "kind": "filter", "search": "soon"],
    ]

    private static func make() throws -> Workshop {
        let workshop = try Workshop()
        let script = String(decoding: try File.read(Paths.tests + "/example-shop.txt"), as: UTF8.self)
        for line in script.split(separator: "\n") where line.hasPrefix("laseros ") { try workshop.demand(String(line)) }
        for noun in nouns where try workshop.demand("laseros \(noun.listCommand) --codes").isEmpty {
            for example in Example.writing where example.command == "\(noun.name) add" { try workshop.demand(example.line) }
        }
        // The examples of `import` read exports of this shop, unless `examples/` has a file for them.
        for command in program.commands where command.name.hasSuffix(" import") {
            guard let noun = nouns.first(where: { command.name == "\($0.name) import" }) else { continue }
            let file = "\(noun.plural).csv"
            if access("\(workshop.work)/\(file)", F_OK) != 0 { try workshop.demand("laseros \(noun.name) export --output \(file)") }
        }
        return workshop
    }
}
