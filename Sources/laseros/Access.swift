import Console
import Glibc
import Shop
import Store
import Values

/// A command that looks at the data and changes nothing.
func reads(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], relations: [Relation] = [], about: String = "",
    examples: [String] = [], answer: [Heading] = [], run: @escaping @Sendable (Call, Shop) throws -> Output
) -> Command {
    var command = Command(
        name, summary, kind: .reads, parameters, relations: relations, about: about, examples: examples, answer: answer
    ) { call, answer in
        let shop = try openShop(call, .reading)
        if SharedShop.of(call.world) != nil { return try answer.put(try run(call, shop)) }
        // Formatted while the snapshot is open; written out when it is not any more, so that no reader locks anybody out.
        try shop.data.reading { try answer.put(try run(call, shop)) }
    }
    // What only reads the data and is told of a file writes that file: no rollback takes it back.
    command.joins = !parameters.contains { $0.spec.source == .files }
    return command
}

/// A command that looks at the data and then takes its time without it: nobody is locked out while files are written.
func reads<Found>(
    _ name: String, _ summary: String, _ parameters: [any Parameter], about: String, examples: [String], answer: [Heading],
    look: @escaping @Sendable (Call, Shop) throws -> Found, then: @escaping @Sendable (Call, Shop, Found) throws -> Output
) -> Command {
    Command(name, summary, kind: .reads, parameters, about: about, examples: examples, answer: answer) { call, answer in
        let shop = try openShop(call, .reading)
        let found = try shop.data.reading { try look(call, shop) }
        try answer.put(try then(call, shop, found))
    }
}

/// A command that changes the data: all of it, or nothing.
func writes(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], relations: [Relation] = [], about: String = "",
    examples: [String] = [], answer: [Heading] = [], run: @escaping @Sendable (Call, Shop) throws -> Output
) -> Command {
    writes(
        name, summary, parameters, relations: relations, about: about, examples: examples, answer: answer, prepare: { _, _ in }
    ) { call, shop, _ in try run(call, shop) }
}

/// The same, with a part that takes its time before the lock is taken: measuring, reading files.
func writes<Prepared>(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], relations: [Relation] = [], about: String = "",
    examples: [String] = [], answer: [Heading] = [], prepare: @escaping @Sendable (Call, Shop) throws -> Prepared,
    run: @escaping @Sendable (Call, Shop, Prepared) throws -> Output
) -> Command {
    let about = [about, Codes.about(parameters)].filter { !$0.isEmpty }.joined(separator: "\n\n")
    var command = Command(
        name, summary, kind: .writes, Codes.completing(parameters) + [Standard.dryRun], relations: relations + Codes.relations(parameters),
        about: about, examples: examples,
        answer: answer
    ) { call, answer in
        let call = try Codes.readAhead(call), shop = try openShop(call, .writing)
        let prepared: Prepared
        do { prepared = try prepare(call, shop) } catch let nothing as NothingFound {
            return try store(call, shop, answer) { nothing.output }
        }
        try store(call, shop, answer) {
            do { return try run(call, shop, prepared) } catch let nothing as NothingFound { return nothing.output }
        }
    }
    command.joins = true
    return command
}

/// What a change comes to, once it has run.
struct Done {
    let output: Output
    var kind = Entry.Kind.change
    /// The entry that it takes back.
    var undoes: Entry?
}

/// Runs a change, keeps it as one entry, and answers with what it says; in a dry run, with what it would have changed.
func store(_ call: Call, _ shop: Shop, _ answer: Answer, run: () throws -> Output) throws {
    try withoutActuallyEscaping(run) { run in try store(call, shop, answer, each: [{ Done(output: try run()) }]) { $0[0] } }
}

/// The same for several changes, each an entry: all of them or none.
/// - Parameter together: what they say at once.
func store(
    _ call: Call, _ shop: Shop, _ answer: Answer, each steps: [() throws -> Done], together: ([Output]) -> Output
) throws {
    // The lines of a batch are one change, which the batch stores.
    if SharedShop.of(call.world) != nil { return try answer.put(together(steps.map { try $0().output })) }
    let dry = call[Standard.dryRun]
    let deeds = steps.map { step in
        {
            let done = try step()
            try shop.demandDistinct()
            let deed = Deed(
                done.kind, at: call.world.clock, who: shop.who, words: call.words, sentence: done.output.sentence, undoes: done.undoes?.id)
            return (done, deed)
        }
    }
    var changes: [Listing] = []
    let stored = try shop.data.changes(keeping: !dry, deeds) { done, entry in
        guard let entry else { return }
        if let undone = done.undoes { try shop.data.markUndone(undone, by: entry) }
        guard dry, let entry = try shop.data.entry(entry) else { return }
        let change = History(shop).changes(of: entry)
        // What it is called is known as long as the next has not been done.
        changes.append(steps.count > 1 ? try change.kept() : change)
    } finish: { done in
        let output = together(done.map(\.0.output))
        guard dry else { return try answer.put(output) }
        let shown = Listing(History.headings) { body in for change in changes { try change.each(body) } }
        try answer.put(.rows(shown).noting(output.notes))
        let sentences = done.map(\.0.output.sentence).filter { !$0.isEmpty }.joined(separator: "; ")
        answer.note("dry run: nothing was stored" + (sentences.isEmpty ? "" : " (\(sentences))"))
    }
    let entries = stored.compactMap(\.entry)
    guard !dry, let first = entries.first, let last = entries.last else { return }
    answer.stored = first == last ? "stored as entry \(first)" : "stored as entries \(first) to \(last)"
    let numbers = entries.reversed().map { "\($0)" }.joined(separator: " ")
    if call.world.width != nil { answer.note("undo: laseros undo \(numbers)") }
}

/// Opens the shop that a call is about.
func openShop(_ call: Call, _ mode: Database.Mode) throws -> Shop {
    if let shared = SharedShop.of(call.world) { return shared }
    return try Shop(
        try shopFolder(call.text(Standard.shop.spec.name), in: call.world), mode, clock: call.world.clock, who: call.world.user,
        nouns: nouns)
}

/// What the shop says, where there is one; nothing where none was named and none is found.
@discardableResult
func withShop<Value>(_ call: Call, _ body: (Shop) throws -> Value) throws -> Value? {
    let isNamed = call.has(Standard.shop) || !(call.world.environment["LASEROS_SHOP"] ?? "").isEmpty
    guard isNamed || (try? shopFolder(nil, in: call.world)) != nil else { return nil }
    let shop = try openShop(call, .reading)
    // The lines of a batch are within its transaction.
    return try SharedShop.of(call.world) == nil ? shop.data.reading { try body(shop) } : body(shop)
}

/// The shop's folder: as it was said, as the environment says, the nearest above the working directory, or the person's usual or own;
/// without links in its path: SQLite follows none.
/// - Throws: `store` when there is none.
func shopFolder(_ said: String?, in world: World) throws -> String {
    let folder = try namedFolder(said, in: world)
    guard let real = realpath(folder, nil) else { throw Failure(.store, "cannot open \(folder): \(String(cString: strerror(errno)))") }
    defer { free(real) }
    return String(cString: real)
}

private func namedFolder(_ said: String?, in world: World) throws -> String {
    func holds(_ folder: String) -> Bool { access(folder + "/" + Shop.fileName, F_OK) == 0 }
    if let said = said ?? world.environment["LASEROS_SHOP"], !said.isEmpty {
        let folder = world.path(said)
        guard holds(folder) else { throw Failure(.store, "there is no shop in \(said)", hint: "laseros init \(said)") }
        return folder
    }
    var folder = world.directory[...]
    while true {
        if holds(String(folder)) { return String(folder) }
        guard let slash = folder.lastIndex(of: "/"), !folder.isEmpty else { break }
        folder = folder[..<slash]
    }
    if let said = world.preferences["shop"], !said.isEmpty {
        let usual = said.hasPrefix("~/") ? (world.environment["HOME"] ?? "") + said.dropFirst() : said
        guard usual.hasPrefix("/"), holds(usual) else {
            throw Failure(.store, "there is no shop in \(said), which your own file names", hint: "laseros config edit --personal")
        }
        return usual
    }
    let home = ownFolder(world)
    guard let home, holds(home) else { throw Failure(.store, "there is no shop here", hint: "laseros init") }
    return home
}

/// `$XDG_DATA_HOME/laseros`
func ownFolder(_ world: World) -> String? {
    let data =
        world.environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? world.environment["HOME"].map { $0 + "/.local/share" }
    return data.map { $0 + "/laseros" }
}
