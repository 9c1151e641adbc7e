import Console
import Shop
import Values

/// A command group and its nouns, all created on first use. The first has the name of the group.
private typealias Row = (nouns: [(name: String, make: @Sendable () -> Noun)], group: CommandGroup)

/// - Parameters:
///   - changing: the permission for changes.
///   - standard: which of its verbs are the standard ones.
///   - retired: the verbs that another command has taken over.
///   - others: nouns whose commands belong to it, by their names.
///   - branches: the words before its commands of three words, besides those of its children.
private func noun(
    _ name: String, _ noun: @autoclosure @escaping @Sendable () -> Noun, _ section: CommandGroup.Section, changing: Permission,
    standard: [StandardVerb] = StandardVerb.allCases, retired: [String: String] = [:],
    with others: [(name: String, make: @Sendable () -> Noun)] = [], branches: [Branch] = [],
    _ commands: @escaping @Sendable () -> [Command]
) -> Row {
    let group = CommandGroup(
        name, section, noun().summary, branches: { noun().branches + branches }, moves: { noun().lifeCycle?.drawn(name) ?? [] },
        retired: retired,
        one: { word in
            StandardVerb(rawValue: word).flatMap { verb in
                standard.contains(verb) ? editable(verb.command(noun(), changing: changing), noun()) : nil
            }
        }
    ) {
        commands().map { editable($0, noun()) } + fileVerbs(noun(), changing: changing) + childVerbs(noun(), changing: changing)
    }
    return ([(name, noun)] + others, group)
}

private func other(_ name: String, _ section: CommandGroup.Section, _ summary: String, _ commands: @escaping @Sendable () -> [Command])
    -> Row
{
    ([], CommandGroup(name, section, summary, commands))
}

/// All commands of the program.
private let table: [Row] = [
    noun("project", .project, .operations, changing: .jobs) { projectCommands },
    noun("queue", .queue, .operations, changing: .floor, standard: [.list, .show, .edit], with: [("run", { .run })], branches: [runBranch])
    {
        queueCommands + runCommands
    },
    noun("delivery", .delivery, .operations, changing: .jobs, standard: [.list, .show, .edit, .remove, .import, .export]) {
        deliveryCommands
    },
    other("dxf", .operations, "Drawings: measure, check and look at them") { dxfCommands },
    other("label", .operations, "Labels with QR codes: parts, lots, remnants, deliveries and operators") { labelCommands },
    other("report", .operations, "What a shop's figures come to") { reportCommands },
    noun("client", .client, .customers, changing: .customers, standard: [.add, .list, .edit, .remove, .import, .export]) {
        clientCommands
    },
    noun("quote", .quote, .customers, changing: .quotes, standard: [.list, .show, .edit, .remove], retired: ["expire": "project expire"]) {
        quoteCommands
    },
    noun("invoice", .invoice, .customers, changing: .invoices, standard: [.list, .show, .edit, .remove]) { invoiceCommands },
    noun("contact", .contact, .customers, changing: .customers) { contactCommands },
    noun("inv", .inv, .resources, changing: .stock, branches: [remnantBranch]) { stockCommands + remnantCommands },
    noun("lot", .lot, .resources, changing: .stock, standard: [.list, .show, .edit, .remove, .import, .export]) { lotCommands },
    noun("supplier", .supplier, .resources, changing: .purchases) { supplierCommands },
    noun("purchase", .purchase, .resources, changing: .purchases, standard: [.list, .show, .edit, .remove, .import, .export]) {
        purchaseCommands
    },
    noun("product", .product, .resources, changing: .prices) { productCommands },
    noun("material", .material, .resources, changing: .resources) { materialCommands },
    noun("machine", .machine, .resources, changing: .resources) { machineCommands },
    noun("operator", .operator, .resources, changing: .resources) { verbs(.operator, changing: .resources) },
    noun("preset", .preset, .resources, changing: .resources, standard: [.add, .list, .show, .edit, .remove, .export]) { presetCommands },
    noun("operation", .operation, .resources, changing: .resources) { operationCommands },
    noun("price", .price, .resources, changing: .prices) { priceCommands },
    other("search", .customers, "Find records of all kinds by words") { searchCommands },
    other("init", .admin, "Make a shop") { initCommands },
    other("doctor", .admin, "What a shop still lacks") { [doctorCommand] },
    other("upgrade", .admin, "Bring a shop to the version of this laseros") { upgradeCommands },
    other("backup", .admin, "Archives of the whole shop: make, prove and restore them") { backupCommands },
    other("batch", .admin, "Run many commands as one change") { [batchCommand] },
    noun("filter", .filter, .admin, changing: .filters, standard: [.list, .show, .remove]) { filterCommands },
    other("config", .admin, "Settings of the shop, and your own") { configCommands },
    other("files", .admin, "Stored files") { filesCommands },
    other("check", .admin, "Prove the books: sums, tax, numbers, stock and states") { [checkCommand] },
    other("log", .admin, "The history of every change, and its proof") { logCommands + failureCommands },
    other("undo", .admin, "Undo a change") { undoCommands },
    other("redo", .admin, "Redo an undone change") { redoCommands },
]

let nouns: [Noun] = table.flatMap { $0.nouns.map { $0.make() } }

/// Creates a single noun.
func noun(named name: String) -> Noun? { table.lazy.flatMap(\.nouns).first { $0.name == name }?.make() }

extension Nouns {
    /// Those of the table.
    static let ofTable = Nouns(all: { Commands.nouns }, named: { noun(named: $0) })
}

package let program = Program(
    "laseros", version: "0.1.0", released: Day(number: 20_779), summary: "run a laser-cutting job shop from the terminal",
    table.map(\.group))
