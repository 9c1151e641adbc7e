import Console
import Glibc
import Shop
import Store
import Values

/// A command that only reads the data.
func reads(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], permission: Permission,
    relations: [Relation] = [], about: String = "", examples: [String] = [], answer: [Heading] = [],
    run: @escaping @Sendable (Call, Shop) throws -> Output
) -> Command {
    var command = Command(
        name, summary, kind: .reads, permission: permission, parameters, relations: relations, about: about, examples: examples,
        answer: answer
    ) { call, answer in
        let shop = try openShop(call, .reading)
        // The answer is formatted within the snapshot but written out after it, so that a slow reader of the output does not block writers.
        try shop.data.reading { try answer.put(try run(call, shop)) }
    }
    // A read command with a file parameter writes that file, which a rollback could not undo; so it is not allowed in a batch.
    command.joins = !parameters.contains { $0.spec.source == .files }
    return command
}

/// A command that writes files from the data. It reads what it needs first, and writes the files outside the snapshot, so that it blocks
/// nobody.
func reads<RecordID>(
    _ name: String, _ summary: String, _ parameters: [any Parameter], permission: Permission, relations: [Relation] = [], about: String,
    examples: [String], answer: [Heading] = [], makesFiles: Bool = true,
    look: @escaping @Sendable (Call, Shop) throws -> RecordID, then: @escaping @Sendable (Call, Shop, RecordID) throws -> Output
) -> Command {
    let about = [about, CodesParameter.about(parameters)].filter { !$0.isEmpty }.joined(separator: "\n\n")
    var command = Command(
        name, summary, kind: .reads, permission: permission, CodesParameter.completing(parameters),
        relations: relations + CodesParameter.relations(parameters), about: about, examples: examples, answer: answer
    ) { call, answer in
        let call = try CodesParameter.readAhead(call), shop = try openShop(call, .reading)
        do {
            let found = try shop.data.reading { try look(call, shop) }
            try answer.put(try then(call, shop, found))
        } catch let nothing as NothingFound { try answer.put(nothing.output) }
    }
    command.makesFiles = makesFiles
    return command
}

/// A command that changes the data, completely or not at all.
func writes(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], permission: Permission,
    relations: [Relation] = [], about: String = "", examples: [String] = [], answer: [Heading] = [],
    run: @escaping @Sendable (Call, Shop) throws -> Output
) -> Command {
    writes(
        name, summary, parameters, permission: permission, relations: relations, about: about, examples: examples, answer: answer,
        prepare: { _, _ in }
    ) { call, shop, _ in try run(call, shop) }
}

/// The same, with a preparation that runs before the lock is taken, such as measuring or reading files.
/// - Parameter contents: the file contents that the change refers to.
func writes<Prepared>(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], permission: Permission,
    relations: [Relation] = [], about: String = "", examples: [String] = [], answer: [Heading] = [],
    prepare: @escaping @Sendable (Call, Shop) throws -> Prepared,
    contents: @escaping @Sendable (Prepared) -> [FileContent] = { _ in [] },
    run: @escaping @Sendable (Call, Shop, Prepared) throws -> Output
) -> Command {
    let about = [about, CodesParameter.about(parameters)].filter { !$0.isEmpty }.joined(separator: "\n\n")
    var command = Command(
        name, summary, kind: .writes, permission: permission, CodesParameter.completing(parameters) + [Standard.dryRun],
        relations: relations + CodesParameter.relations(parameters),
        about: about, examples: examples,
        answer: answer
    ) { call, answer in
        let call = try CodesParameter.readAhead(call), shop = try openShop(call, .writing)
        let prepared: Prepared
        do { prepared = try prepare(call, shop) } catch let nothing as NothingFound {
            return try store(call, shop, answer) { nothing.output }
        }
        try store(call, shop, answer, contents(prepared)) {
            do { return try run(call, shop, prepared) } catch let nothing as NothingFound { return nothing.output }
        }
    }
    command.joins = true
    return command
}

/// Runs a change and answers with its output; in a dry run, with what it would have changed.
func store(_ call: Call, _ shop: Shop, _ answer: Answer, _ contents: [FileContent] = [], run: () throws -> Output) throws {
    try withoutActuallyEscaping(run) { run in
        let step = {
            let output = try run()
            return ChangeStep(output, output.sentence)
        }
        try store(call, shop, answer, contents, each: [step]) { $0[0] }
    }
}

/// The same for several changes, each with its own journal entry: all of them or none.
/// - Parameter together: combines their outputs.
func store(
    _ call: Call, _ shop: Shop, _ answer: Answer, _ contents: [FileContent] = [], each steps: [() throws -> ChangeStep<Output>],
    together: ([Output]) -> Output
) throws {
    let request = ChangeRequest(words: call.words, dryRun: call[Standard.dryRun], contents: contents)
    let recorded = try shop.change(request, steps) { recorded in
        let output = together(recorded.map(\.value)).noting(shop.takeRepairs()), changes = recorded.compactMap(\.changes)
        // Lines of a batch are shown with the whole batch.
        guard !changes.isEmpty else { return try answer.put(output) }
        let fields = Listing(History.headings) { body in for change in changes { try change.each(body) } }
        // Programs always get the changes.
        let shown = call.isForPeople ? output.preview ?? fields : fields
        try answer.put(.rows(shown).noting(output.notes))
        let sentences = recorded.map(\.value.sentence).filter { !$0.isEmpty }.joined(separator: "; ")
        answer.note("dry run: nothing was stored" + (sentences.isEmpty ? "" : " (\(sentences))"))
    }
    let entries = recorded.compactMap(\.entry)
    guard !request.dryRun, let sentence = Database.stored(entries) else { return }
    answer.stored = sentence
    let numbers = entries.reversed().map { "\($0)" }.joined(separator: " ")
    if call.environment.width != nil { answer.note("undo: laseros undo \(numbers)") }
}

/// A command with an effect outside the database. It records the intent, acts, and records the outcome, so that a repetition is always
/// noticed.
func acts<Work, Done>(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], permission: Permission,
    relations: [Relation] = [], about: String = "", examples: [String] = [], answer: [Heading] = [],
    run: @escaping @Sendable (Call, Shop, ChangeRequest) throws -> Act<Work, Done>,
    answering: @escaping @Sendable (Call, ActOutcome<Work, Done>) throws -> Output
) -> Command {
    Command(
        name, summary, kind: .acts, permission: permission, parameters + [Standard.dryRun], relations: relations, about: about,
        examples: examples, answer: answer
    ) { call, answer in
        let shop = try openShop(call, .writing), request = ChangeRequest(words: call.words, dryRun: call[Standard.dryRun])
        let outcome = try shop.perform(try run(call, shop, request), request) { outcome in
            try answer.put(try answering(call, outcome).noting(outcome.notes))
        }
        if !request.dryRun { answer.stored = Database.stored(outcome.entries) }
    }
}
