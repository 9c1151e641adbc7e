import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// How SQLite reads what the lists ask for: along an index, never by looking at every row or sorting them all. Asked of the statements
/// that really run, in an empty shop and in one with rows; nothing is ever analysed, so that a plan does not depend on what is in the data.
@Suite(.serialized) struct PlanTests {
    /// One way to call a list.
    struct Call: Sendable, CustomStringConvertible {
        let noun: String
        var words: [String]
        var isFiltered = false
        var description: String { "laseros " + words.joined(separator: " ") }
    }

    /// Filters that walk a whole index, each with its reason.
    private static let scans: Set = [
        // Nearly every preset is active: an index would be read whole.
        "--active",
        // A range may hold every row: SQLite keeps to the list's order and leaves out what does not fit.
        "--on", "--due-by",
        // A text may stand anywhere in a name.
        "--search",
    ]

    /// Every list and export, plain, with each of its sorts both ways, and with each of its filters.
    static let calls: [Call] = nouns.flatMap { noun in
        ["list", "export"].flatMap { verb -> [Call] in
            let name = [noun.name, verb]
            guard let command = program.commands.first(where: { $0.name == name.joined(separator: " ") }) else { return [] }
            let sorts = noun.columns.filter(\.sorts).flatMap { [$0.name, "-" + $0.name] }
            let filters = noun.subject.filters().map(\.spec.name).filter { name in command.parameters.contains { $0.spec.name == name } }
            let named = noun.named.map { Call(noun: noun.name, words: name + ["@\($0.name)"], isFiltered: true) }
            return [Call(noun: noun.name, words: name)] + (verb == "list" ? [Call(noun: noun.name, words: name + ["--all"])] : []) + named
                + sorts.map { Call(noun: noun.name, words: name + ["--sort", $0]) }
                + filters.map { filter in
                    let value = ExampleShop.filters[noun.name]?[filter]
                    return Call(noun: noun.name, words: name + ["--\(filter)"] + (value.map { [$0] } ?? []), isFiltered: true)
                }
        }
    }

    /// What SQLite says it would do, a line a step.
    private static func plan(_ sql: String, in workshop: Workshop) throws -> [String] {
        try workshop.reading { data in
            try data.all("EXPLAIN QUERY PLAN \(pasted: sql)") { $0.text(3) }
        }
    }

    /// Its own, because whatever runs on it is heard.
    private static let filled = Result { try ExampleShop.copy() }
    private static let empty = Result { try Workshop() }

    @Test(arguments: calls)
    func readsAlongAnIndex(_ call: Call) throws {
        let shop = try Self.filled.get(), empty = try Self.empty.get()
        let statements = try SQLWatch.statements(of: shop) {
            let answered = try shop.run(call.words + ["--csv"])
            #expect(answered.code == 0, "\(answered.said)")
        }
        let lists = statements.filter {
            $0.hasPrefix("SELECT \"\(call.noun)\"") || $0.contains(" FROM \(call.noun)") || $0.contains(" FROM \"\(call.noun)\"")
        }
        #expect(!lists.isEmpty)
        for sql in lists {
            for place in [shop, empty] { try check(try Self.plan(sql, in: place), call) }
        }
    }

    private func check(_ plan: [String], _ call: Call) throws {
        // An index that has only what a plain list shows is there to be walked.
        let scanned = plan.filter { step in
            step.hasPrefix("SCAN") && !step.contains("CONSTANT ROW") && !["_live", "invoice_draft"].contains { step.hasSuffix($0) }
        }
        let bare = scanned.filter { !$0.contains("USING") }, sorted = plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }
        let holds = call.isFiltered ? scanned.isEmpty || Self.scans.contains(call.words[2]) : bare.isEmpty && !sorted
        #expect(holds, "\(call): \(plan.joined(separator: "; "))")
    }
}

extension SQL.Parts {
    /// Text of a statement that SQLite was seen to run.
    fileprivate mutating func appendInterpolation(pasted text: String) { appendInterpolation(SQL(stringLiteral: text)) }
}
