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

/// A command that writes files from the data: it looks, and then takes its time without it, so that nobody is locked out.
func reads<Found>(
    _ name: String, _ summary: String, _ parameters: [any Parameter], about: String, examples: [String], answer: [Heading],
    look: @escaping @Sendable (Call, Shop) throws -> Found, then: @escaping @Sendable (Call, Shop, Found) throws -> Output
) -> Command {
    var command = Command(name, summary, kind: .reads, parameters, about: about, examples: examples, answer: answer) { call, answer in
        let shop = try openShop(call, .reading)
        let found = try shop.data.reading { try look(call, shop) }
        try answer.put(try then(call, shop, found))
    }
    command.makesFiles = true
    return command
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
/// - Parameter contents: the bytes that the change will name.
func writes<Prepared>(
    _ name: String, _ summary: String, _ parameters: [any Parameter] = [], relations: [Relation] = [], about: String = "",
    examples: [String] = [], answer: [Heading] = [], prepare: @escaping @Sendable (Call, Shop) throws -> Prepared,
    contents: @escaping @Sendable (Prepared) -> [FileContent] = { _ in [] },
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
        try store(call, shop, answer, contents(prepared)) {
            do { return try run(call, shop, prepared) } catch let nothing as NothingFound { return nothing.output }
        }
    }
    command.joins = true
    return command
}

/// Runs a change and answers with what it says; in a dry run, with what it would have changed.
func store(_ call: Call, _ shop: Shop, _ answer: Answer, _ contents: [FileContent] = [], run: () throws -> Output) throws {
    try withoutActuallyEscaping(run) { run in
        let step = {
            let output = try run()
            return ChangeStep(output, output.sentence)
        }
        try store(call, shop, answer, contents, each: [step]) { $0[0] }
    }
}

/// The same for several changes, each an entry: all of them or none.
/// - Parameter together: what they say at once.
func store(
    _ call: Call, _ shop: Shop, _ answer: Answer, _ contents: [FileContent] = [], each steps: [() throws -> ChangeStep<Output>],
    together: ([Output]) -> Output
) throws {
    let request = ChangeRequest(words: call.words, dryRun: call[Standard.dryRun], contents: contents)
    let recorded = try shop.change(request, steps) { recorded in
        let output = together(recorded.map(\.value)).noting(shop.takeRepairs()), changes = recorded.compactMap(\.changes)
        // The lines of a batch are shown with all of it.
        guard !changes.isEmpty else { return try answer.put(output) }
        let shown = Listing(History.headings) { body in for change in changes { try change.each(body) } }
        try answer.put(.rows(shown).noting(output.notes))
        let sentences = recorded.map(\.value.sentence).filter { !$0.isEmpty }.joined(separator: "; ")
        answer.note("dry run: nothing was stored" + (sentences.isEmpty ? "" : " (\(sentences))"))
    }
    let entries = recorded.compactMap(\.entry)
    guard !request.dryRun, let sentence = Database.stored(entries) else { return }
    answer.stored = sentence
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

/// What the shop says, where there is one; nothing where none was named and none is found that is trusted.
@discardableResult
func withShop<Value>(_ call: Call, _ body: (Shop) throws -> Value) throws -> Value? {
    guard namesShop(call) || (try? shopFolder(nil, in: call.world)) != nil else { return nil }
    let shop = try openShop(call, .reading)
    // The lines of a batch are within its transaction.
    return try SharedShop.of(call.world) == nil ? shop.data.reading { try body(shop) } : body(shop)
}

private func namesShop(_ call: Call) -> Bool {
    call.has(Standard.shop) || !(call.world.environment["LASEROS_SHOP"] ?? "").isEmpty
}

/// Why the shop that was found is left aside by what can do without; empty where none is.
func leftAside(_ call: Call) -> [String] {
    guard SharedShop.of(call.world) == nil, !namesShop(call), let place = try? shopPlace(nil, in: call.world),
        let refusal = place.refusal(in: call.world)
    else { return [] }
    return ["without the shop: \(refusal.message)"] + (refusal.hint.map { ["hint: \($0)"] } ?? [])
}

/// The shop's folder, without links in its path: SQLite follows none.
/// - Throws: `store` when there is none, or when it is not trusted.
func shopFolder(_ said: String?, in world: World) throws -> String {
    let place = try shopPlace(said, in: world)
    if let refusal = place.refusal(in: world) { throw refusal }
    return place.folder
}

/// The shop as it was said, as the environment says, the nearest above the working directory, or the person's usual or own. One that is
/// found is the one that is meant, trusted or not: none further up takes its place.
/// - Throws: `store` when there is none.
func shopPlace(_ said: String?, in world: World) throws -> ShopPlace {
    func holds(_ folder: String) -> Bool { File.kind(of: folder + "/" + Shop.fileName) != nil }
    if let said = said ?? world.environment["LASEROS_SHOP"], !said.isEmpty {
        let folder = world.path(said)
        guard holds(folder) else { throw Failure(.store, .access, "there is no shop in \(said)", hint: "laseros init \(said)") }
        return ShopPlace(folder: try realFolder(folder), isNamed: true)
    }
    var folder = world.directory[...]
    while true {
        if holds(String(folder)) { return ShopPlace(folder: try realFolder(folder.isEmpty ? "/" : String(folder)), isNamed: false) }
        guard let slash = folder.lastIndex(of: "/"), !folder.isEmpty else { break }
        folder = folder[..<slash]
    }
    if let said = world.preferences["shop"], !said.isEmpty {
        let usual = world.expanded(said)
        guard usual.hasPrefix("/"), holds(usual) else {
            throw Failure(.store, .access, "there is no shop in \(said), which your own file names", hint: "laseros config edit --personal")
        }
        return ShopPlace(folder: try realFolder(usual), isNamed: true)
    }
    let home = ownFolder(world)
    guard let home, holds(home) else { throw Failure(.store, .access, "there is no shop here", hint: "laseros init") }
    return ShopPlace(folder: try realFolder(home), isNamed: false)
}

/// Without links in its path.
func realFolder(_ folder: String) throws -> String {
    guard let real = realpath(folder, nil) else {
        throw Failure(.store, .access, "cannot open \(folder): \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    return String(cString: real)
}

/// `$XDG_DATA_HOME/laseros`
func ownFolder(_ world: World) -> String? {
    let data =
        world.environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? world.environment["HOME"].map { $0 + "/.local/share" }
    return data.map { $0 + "/laseros" }
}
