import Console
import Shop
import Values

/// A noun and its place in the table of commands.
private func noun(_ noun: Noun, _ group: Chapter.Group, _ commands: @escaping @Sendable () -> [Command]) -> (Noun?, Chapter) {
    (noun, Chapter(noun.name, group, noun.summary) { commands().map { editable($0, noun) } })
}

private func other(_ name: String, _ group: Chapter.Group, _ summary: String, _ commands: @escaping @Sendable () -> [Command]) -> (
    Noun?, Chapter
) {
    (nil, Chapter(name, group, summary, commands))
}

/// The whole program: its table.
private let table: [(Noun?, Chapter)] = [
    noun(.project, .operations) { projectCommands },
    other("dxf", .operations, "Drawings: measure, check and look at them") { dxfCommands },
    noun(.client, .customers) { clientCommands },
    noun(.quote, .customers) { quoteCommands },
    noun(.invoice, .customers) { invoiceCommands },
    noun(.contact, .customers) { contactCommands },
    noun(.material, .resources) { materialCommands },
    noun(.machine, .resources) { machineCommands },
    noun(.preset, .resources) { presetCommands },
    noun(.price, .resources) { priceCommands },
    other("init", .admin, "Make a shop") { initCommands },
    other("upgrade", .admin, "Bring a shop to the version of this laseros") { upgradeCommands },
    other("config", .admin, "What a shop can set") { configCommands },
    other("files", .admin, "The bytes of attached files") { filesCommands },
    other("log", .admin, "The history of every change, and its proof") { logCommands + failureCommands },
    other("undo", .admin, "Take back a change") { undoCommands },
    other("redo", .admin, "Take back an undo") { redoCommands },
]

let nouns: [Noun] = table.compactMap(\.0)

let program = Program(
    "laseros", version: "0.1.0", released: Day(number: 20_779), summary: "run a laser-cutting job shop from the terminal", table.map(\.1),
    surroundings: surroundings
) { call, noun in
    let shop = try openShop(call, .reading)
    return try shop.codes(of: try shop.noun(noun))
}

/// The day in the zone of the shop that a call is about; in the zone of a new shop where there is none.
@Sendable func today(for call: Call) throws -> Day {
    if let folder = try? shopFolder(call.text(Standard.shop.spec.name), in: call.world) {
        return try Shop(folder, .reading, clock: call.world.clock, who: call.world.user, nouns: nouns).today()
    }
    let zone = try Zone(named: Settings.timeZone.initial.text)
    return call.world.clock.day(offset: zone.offset(at: call.world.clock))
}
