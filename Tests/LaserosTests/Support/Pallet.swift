import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// A noun for the tests with every kind of child: items in an order set by the user, their serials ordered by number, and labels ordered by
/// name.
enum Pallet {
    enum State: String, Choice, Stored, Presentable { case open, closed }

    static let noun: Noun = {
        var noun = Noun(
            "pallet", "Pallets", coding: .series("PL-", digits: 4),
            [
                Field("name", Line.self, "--name NAME", "what it is called", operand: "NAME", sorts: true),
                Field("status", State.self),
                Field("notes", String.self, "--notes TEXT", "internal notes"),
            ])
        noun.lifeCycle = LifeCycle(
            "status", "status", open: [State.open], [.init("close", "closed", "Close pallets", from: [State.open], to: .closed)])
        noun.beforeRemoval = { shop, id in try shop.demandOpen(Pallet.noun, id) }
        noun.children = [item, label]
        noun.examples = [
            "item add": ["laseros pallet item add last Sheet --quantity 2"], "item edit": ["laseros pallet item edit last 1 --quantity 3"],
            "label add": ["laseros pallet label add last fragile"], "label edit": ["laseros pallet label edit last fragile --colour red"],
        ]
        return noun
    }()

    private static let item: Child = {
        var item = rows
        item.after = { shop, pallet in
            let isFirst = try shop.data.one("SELECT position = 1 FROM pallet_item WHERE pallet_id = \(pallet) AND article = 'Base'") {
                $0.int(0) != 0
            }
            let needsBase = try shop.data.one("SELECT 1 FROM pallet_item WHERE pallet_id = \(pallet) AND article = 'Lid'") { _ in true }
            if isFirst == false { throw Failure(.refused, .records, "a base is at the bottom") }
            if isFirst == nil, needsBase == true { throw Failure(.refused, .records, "a lid needs a base") }
        }
        return item
    }()

    private static let rows = Child(
        "item", "What stands on a pallet", in: "pallet_item", of: "pallet_id",
        joining: "LEFT JOIN material ON material.id = pallet_item.material_id",
        [
            Field("article", Line.self, "--article TEXT", "what it is", operand: "ARTICLE"),
            Field("quantity", Count.self, "--quantity NUMBER", "how many", required: true),
            Field("price", Money.self, "--price AMOUNT", "of one", column: "price_cents"),
            Field("material", to: "material", "--material CODE", "what it is made of"),
        ], verbs: Set(Child.Verb.allCases), children: [serial])

    private static let serial = Child(
        "serial", "The numbers of an item", in: "pallet_serial", of: "item_id",
        [Field("number", Line.self, "--number TEXT", "its number", required: true), Field("made_on", Day.self, "--made-on DAY", "when")],
        ordered: .by("number"))

    private static let label = Child(
        "label", "What is written on a pallet", in: "pallet_label", of: "pallet_id",
        [
            Field("name", Line.self, "--name NAME", "what it says", operand: "NAME"),
            Field("colour", Line.self, "--colour TEXT", "of the paper"),
        ], ordered: .by("name"), verbs: [.add, .list, .edit, .remove])

    private static let tables = """
        CREATE TABLE pallet (
            id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT NOT NULL,
            status TEXT NOT NULL DEFAULT 'open', notes TEXT
        ) STRICT;
        CREATE TABLE pallet_item (
            id INTEGER PRIMARY KEY AUTOINCREMENT, pallet_id INTEGER NOT NULL REFERENCES pallet, position INTEGER NOT NULL,
            article TEXT NOT NULL, quantity INTEGER NOT NULL, price_cents INTEGER, material_id INTEGER REFERENCES material
        ) STRICT;
        CREATE INDEX pallet_item_pallet ON pallet_item (pallet_id, position);
        CREATE TABLE pallet_serial (
            id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES pallet_item, number TEXT NOT NULL, made_on TEXT
        ) STRICT;
        CREATE TABLE pallet_label (
            id INTEGER PRIMARY KEY AUTOINCREMENT, pallet_id INTEGER NOT NULL REFERENCES pallet, name TEXT NOT NULL, colour TEXT
        ) STRICT;
        """

    static let program = Program(
        "laseros", version: "1", released: Day(number: 20_000), summary: "a test",
        [
            CommandGroup("pallet", .resources, noun.summary, branches: { noun.branches }) {
                verbs(noun, changing: .resources) + [moveVerb(noun, "close", permission: .resources)]
                    + childVerbs(noun, changing: .resources)
            }
        ] + Commands.program.groups.filter { ["log", "undo", "redo", "batch", "material"].contains($0.name) })

    /// A shop with the tables of this noun.
    static func workshop() throws -> Workshop {
        let workshop = try Workshop()
        let data = try Database(workshop.data, .writing), version = try data.schemaVersion()
        try data.script("\(tables) DELETE FROM journal_schema WHERE version = \(version)")
        try data.keepColumns(ofVersion: version)
        try workshop.demand("laseros material add MS 'Mild Steel' --density 7.85")
        return workshop
    }
}

extension Workshop {
    /// Runs a line of the program with this noun.
    func runPallet(_ line: String) throws -> Answered {
        try run(ShellWords("laseros " + line).words.dropFirst().map { $0 }, of: Pallet.program) {
            ShopSession($0, of: Nouns(nouns + [Pallet.noun]))
        }
    }

    /// The same for a line that must succeed.
    @discardableResult func pallet(_ line: String) throws -> String {
        let answered = try runPallet(line)
        guard answered.code == 0 else { throw Failure(.refused, .file, "'\(line)' exits \(answered.code): \(answered.said)") }
        return answered.out
    }
}
