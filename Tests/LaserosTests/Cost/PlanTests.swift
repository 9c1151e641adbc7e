import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// SQLite's query plans for lists use an index and never scan or sort a whole table. The plans are those of the statements that really run,
/// in an empty shop and in one with rows. ANALYZE is never run, so a plan does not depend on the data.
@Suite(.serialized) struct PlanTests {
    /// One way to call a list.
    struct Call: Sendable, CustomStringConvertible {
        let noun: String
        var words: [String]
        var isFiltered = false
        var description: String { "laseros " + words.joined(separator: " ") }
    }

    /// Filters that scan a whole index, each with the reason.
    private static let scans: Set = [
        // Nearly every preset is active, so an index would be read completely.
        "--active",
        // A range may contain every row, so SQLite reads the list in order and skips rows.
        "--on", "--due-by",
        // A text may be anywhere in a name.
        "--search",
    ]

    /// Every list and export: without options, with each sort order in both directions, and with each filter.
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

    /// The steps of SQLite's query plan.
    private static func plan(_ sql: String, in workshop: Workshop) throws -> [String] {
        try workshop.reading { data in
            try data.all("EXPLAIN QUERY PLAN \(pasted: sql)") { $0.text(3) }
        }
    }

    /// A copy for this suite, because all statements on it are recorded.
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
        // A partial index with the rows of a plain list may be scanned, and so may rows that a subquery has searched for, and the assemblies
        // that a part belongs to (`whole`).
        let scanned = plan.filter { step in
            step.hasPrefix("SCAN") && !step.hasPrefix("SCAN (subquery") && !step.contains("CONSTANT ROW") && step != "SCAN whole"
                && !["_live", "_archived", "invoice_draft", "aux_inv_low", "aux_queue_open"].contains { step.hasSuffix($0) }
        }
        let bare = scanned.filter { !$0.contains("USING") }, sorted = plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }
        let holds = call.isFiltered ? scanned.isEmpty || Self.scans.contains(call.words[2]) : bare.isEmpty && !sorted
        #expect(holds, "\(call): \(plan.joined(separator: "; "))")
    }
}

extension SQL.Parts {
    /// Inserts the text of a statement that SQLite has run.
    fileprivate mutating func appendInterpolation(pasted text: String) { appendInterpolation(SQL(stringLiteral: text)) }
}
