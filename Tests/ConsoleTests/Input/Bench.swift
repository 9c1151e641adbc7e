import Console
import Values

/// A small program for the console tests: a noun with a few verbs.
enum Bench {
    enum Colour: String, Choice { case red, green, blue }

    enum CommonParameters {
        static let code = Operand<Line>("CODE", "the client's code", from: .codes("client"))
        static let amount = Operand<Money>("AMOUNT", "how much")
        static let note = Maybe<String>("NOTE", "what for")
        static let codes = Rest<Line>("CODE", "the clients", from: .codes("client"))
        static let name = Operand<Line>("NAME", "the client's name")
        static let email = Option<Email>("-e, --email ADDRESS", "where quotes go")
        static let due = Option<Day>("-d, --due DAY", "when it is due")
        static let client = Required<Line>("-c, --client CODE", "whose it is", from: .codes("client"))
        static let colour = Option<Colour>("--colour COLOUR", "what it looks like")
        static let dry = Flag("-n, --dry-run", "show what would be done")
        static let all = Flag("-a, --all", "all of them")
        static let from = Option<Day>("--from DAY", "the first day")
        static let until = Option<Day>("--until DAY", "the last day")
    }

    static let headings = [
        Heading("code", .text), Heading("name", .text), Heading("owed", .money, sums: true), Heading("since", .day, wide: true),
    ]

    static let rows: [[DisplayValue]] = [
        [.text("CL-0001"), .text("Karoo, \"Steel\""), .money(Money(cents: 123_456_789)), .day(Day(number: 20_000))],
        [.text("CL-0002"), .text("Naïve | Iron\nWorks"), .nothing, .nothing],
        [.text("CL-0003"), .text(""), .money(Money(cents: -5)), .day(Day(number: 0))],
    ]

    static var clients: CommandGroup {
        CommandGroup("client", .customers, "Whom the shop works for", about: "A client has a code.\n\nCodes are never used again.") {
            [
                .free(
                    "client list", "List the clients", [CommonParameters.due, CommonParameters.colour], permission: .view,
                    about: "The newest are first.",
                    examples: ["laseros client list -d fri"],
                    answer: headings
                ) { _ in .rows(Listing(headings, rows)) },
                .free(
                    "client add", "Add a client", [CommonParameters.name, CommonParameters.email, CommonParameters.dry], permission: .view,
                    about: "Columns: `code,name,contact,email,phone,address,vat_number,notes,currency,terms,discount,since,active`.",
                    examples: ["laseros client add 'Karoo Steel and Iron Works' --email anna@karoo-steel.example --dry-run --no-header"]
                ) { call in
                    .done(
                        "CL-0004: \(try call[CommonParameters.name].text)",
                        Listing(headings, [[.text("CL-0004"), .text(try call[CommonParameters.name].text), .nothing, .nothing]]))
                },
                .free("client show", "Show a client", [CommonParameters.code], permission: .view) { call in
                    .record(
                        Listing(
                            headings,
                            [[.text(try call[CommonParameters.code].text), .text("two\nlines"), .money(Money(cents: 5)), .nothing]]))
                },
                .free("client remove", "Remove clients", [CommonParameters.codes, CommonParameters.all], permission: .view) { call in
                    .done("\(call[CommonParameters.codes].map(\.text)) removed")
                },
                .free(
                    "client report", "Report on clients", [CommonParameters.from, CommonParameters.until, CommonParameters.all],
                    permission: .view,
                    relations: [
                        .needs("until", "from"), .excludes(["from", "all"]), .oneOf(["from", "all"]),
                    ]
                ) { _ in Output(.text("fine\n"), code: 1, notes: ["a note"]) },
            ]
        }
    }

    static var payments: CommandGroup {
        CommandGroup("pay", .operations, "Record a payment") {
            [
                .free(
                    "pay", "Record a payment",
                    [CommonParameters.amount, CommonParameters.note, CommonParameters.client, CommonParameters.due], permission: .view
                ) { call in
                    .text(
                        "\(try call[CommonParameters.amount]) \(call[CommonParameters.note] ?? "-") \(try call[CommonParameters.client].text) \(call[CommonParameters.due].map { "\($0)" } ?? "-")\n"
                    )
                },
                .free("pay pdf", "Print a payment", permission: .view) { _ in .document(Array("%PDF".utf8), "the payment is written") },
                .free("pay svg", "Draw a payment", permission: .view, hidden: true) { _ in
                    .document(Array("<!-- \u{1b}[2J -->\n".utf8), "the payment is drawn")
                },
                .free("pay fail", "Fail", permission: .view) { _ in
                    throw Failure(
                        .input, .file, "2 faults in a.csv", hint: "nothing was written",
                        faults: [.init(file: "a.csv", line: 3, column: "email", "'x\u{1b}' is bad"), .init(file: "b.csv", "is empty")])
                },
                .free("pay crash", "Crash", permission: .view) { _ in throw CancellationError() },
            ]
        }
    }

    static let program = Program(
        "laseros", version: "0.1.0", released: Day(number: 20_787), summary: "run a laser-cutting job shop", [clients, payments])

    /// The session of a run. Today is Sunday, 2026-11-22.
    final class Session: CommandSession {
        let environment: Environment
        private let denied: Permission?

        init(_ environment: Environment, denying denied: Permission? = nil) { (self.environment, self.denied) = (environment, denied) }

        func today(in shop: String?) throws -> Day {
            if shop == "/nowhere" { throw Failure(.store, .file, "there is no shop in /nowhere") }
            return Day(number: 20_779)
        }

        func aliases(in shop: String?) -> [String: String] { [:] }
        func folder(of shop: String?) -> String? { nil }

        func codes(of noun: String, in shop: String?) -> [Coded] {
            noun == "client" ? [("CL-0001", "Karoo Steel"), ("CL-0002", "Naïve Iron")] : []
        }

        func decimalMark(in shop: String?) -> DecimalMark { .point }
        func dateOrder(in shop: String?) -> DateOrder? { nil }

        func demand(_ permission: Permission, for command: String) throws {
            guard permission != denied else {
                throw Failure(.denied, .access, "'\(command)' needs the permission '\(permission.rawValue)'")
            }
        }
    }

    static func environment(width: Int? = nil, variables: [String: String] = [:], directory: String = "/tmp") -> Environment {
        Environment(
            clock: Moment(ms: 1_795_000_000_000), variables: variables, directory: directory, user: "sam", width: width, say: { _ in })
    }

    struct Result: Equatable { var out: String, said: String, code: Int32 }

    /// Runs words as `main` would.
    static func run(_ words: [String], in environment: Environment = environment(), denying denied: Permission? = nil) throws -> Result {
        let outcome = program.run(words, in: Session(environment, denying: denied))
        return Result(out: try outcome.spool.text(), said: try outcome.said.text(), code: outcome.code)
    }

    static func run(_ line: String, in environment: Environment = environment()) throws -> Result {
        try run(line.split(separator: " ").map(String.init), in: environment)
    }
}
