import Console
import Shop
import Store
import Values

private let project = CommonParameters.code(.project)
private let title = Maybe<Line>("TITLE", "what it is called; else as its drawing is")
private let lines = Option<String>("--lines FILE", "a CSV of parts, as `dxf info --lines` writes it; - is standard input", from: .files)
private let path = Noun.project.childrenWithVerbs.first { $0.child.name == "part" }
private let options = path.map { settable($0.child, adding: false).filter { $0.field.name != "title" } } ?? []

/// `project part add`, which also reads a list of parts.
let partAddCommand = writes(
    "project part add", "Add parts to a project",
    [project, title] + options + [childPlace, lines] + RowFile.parameters("lines").parameters,
    permission: .jobs,
    relations: [
        .oneOf(["TITLE", "product", "drawing", "lines"]), .alone("lines", without: ["TITLE", "product", "drawing", "of", "at"]),
    ] + RowFile.parameters("lines").relations,
    about: """
        A part has a number that no other part of the project ever gets. Without `--material`, `--thickness` and `--quantity` it has what the
        name of its drawing says, else what the project has. `--operations cut,bend` names all that is done to it, in order; without it, it is
        cut.

        `--product` adds what the catalogue has: its name, material, thickness, operations, notes and drawings, where no option says otherwise.
        `quote add` then takes the product's price for the quantity, as long as the part does not differ from the product.

        A list has the columns title, file, product, quantity, material, thickness_mm, finish, operations, customer_material and note; a line needs a
        title, a product or a file of the project. A line whose file is the drawing of a part, which `project attach` has made, changes that part in what
        it says; a second line with the file adds a part. Options fill what a line does not say. Numbers are read as `import` reads them:
        `1,5` and `1 000` in a file with semicolons, else with `--decimal comma`.
        """,
    examples: [
        "laseros project part add last 'Hinge, left' --quantity 4 --thickness 3",
        "laseros project part add last --drawing 0001-Flange-MS-10mm-x4.dxf --operations cut,tap",
        "laseros project part add last --product BRK-80 --quantity 10",
    ], answer: path?.child.headings ?? [],
    prepare: { call, _ in try call[lines].map { try PartRowFile(reading: $0, call) } }
) { call, shop, file in
    guard let path else { throw Failure(.defect, .part, "projects have no parts") }
    let thing = try shop.find(.project, try call[project].text)
    var common = try childRecord(path.child, call, shop, options)
    guard let file else {
        if let title = call[title], let i = path.child.fields.firstIndex(where: { $0.name == "title" }) {
            common.cells[i] = .text(title.text)
        }
        let new = try shop.add(common, to: thing, path, at: call[childPlace]?.value)
        return .done("project \(thing.code): part \(new.number ?? 0) added", shop.list(path, of: thing.id, only: [new.id]))
    }
    var list = try PartList(shop, thing, path)
    try file.write(common, shop) { try list.write($0) }
    let sentence = "project \(thing.code): \(list.summary)", listing = shop.list(path, of: thing.id, only: list.ids)
    return list.ids.count == 1 ? .done(sentence, listing) : .done(sentence, all: listing)
}

/// The rows of a list of parts.
struct PartRowFile: Sendable {
    private static let columns = [
        "title", "file", "product", "quantity", "material", "thickness_mm", "finish", "operations", "customer_material", "note",
    ]
    /// The field for a column whose name differs.
    private static let names = ["file": "drawing", "quantity": "ordered", "finish": "operations"]
    private static let fields = Dictionary(
        columns.compactMap { column in path?.child.index(of: names[column] ?? column).map { (column, $0) } }
    ) { first, _ in first }

    private static func field(_ column: String) -> Field? { fields[column].flatMap { path?.child.fields[$0] } }

    private let name: String
    private let rows: [(line: Int, texts: [(column: String, text: String)])]

    /// - Throws: `input` if a line has neither a title nor a product nor a file.
    init(reading typed: String, _ call: Call) throws {
        let file = try RowFile(typed, call, PartRowFile.columns, needed: [], others: false, .part)
        var rows: [(Int, [(String, String)])] = []
        while try file.next() {
            var texts = PartRowFile.columns.compactMap { column in
                file.text(column, isNumber: PartRowFile.field(column)?.heading.type.isNumber ?? false).map { (column, $0) }
            }
            if !texts.contains(where: { ["title", "product", "file"].contains($0.0) }) {
                file.fault("title", "a part needs a title, a product or a file")
            }
            // A name with folders is that of the attached file.
            texts = texts.map { $0.0 == "file" ? ($0.0, $0.1.split(separator: "/").last.map(String.init) ?? $0.1) : $0 }
            if texts.contains(where: { $0.0 == "operations" }), texts.contains(where: { $0.0 == "finish" }) {
                file.fault("finish", "the operations of the line say it already")
            }
            rows.append((file.line, texts))
        }
        guard file.faults.isEmpty else { throw Failure(.input, .part, "\(file.summary): nothing was written", faults: file.faults) }
        guard !rows.isEmpty else { throw Failure(.input, .part, "\(file.name) has no parts") }
        (name, self.rows) = (file.name, rows)
    }

    /// Writes each row, with the common values where it has none.
    /// - Throws: `input` with every fault and its line.
    func write(_ common: ChildRecord, _ shop: Shop, _ write: (ChildRecord) throws -> Void) throws {
        var faults: [Failure.Fault] = []
        func noting(_ line: Int, _ column: String?, _ body: () throws -> Void) throws {
            do { try body() } catch let failure as Failure where failure.ending == nil && failure.kind != .store {
                faults.append(Failure.Fault(file: name, line: line, column: column, failure.message))
            }
        }
        for row in rows {
            var record = common
            let count = faults.count
            for (column, text) in row.texts {
                guard let i = PartRowFile.fields[column], let known = PartRowFile.field(column) else { continue }
                try noting(row.line, column) { record.cells[i] = try cell(known, column == "finish" ? "cut,\(text)" : text, shop) }
            }
            if faults.count == count { try noting(row.line, nil) { try write(record) } }
        }
        guard faults.isEmpty else {
            throw Failure(.input, .part, "\(name) has \(counted(faults.count, "fault")): nothing was written", faults: faults)
        }
    }

    private func cell(_ field: Field, _ text: String, _ shop: Shop) throws -> Cell? {
        if let reference = field.reference { return .integer(try shop.find(try shop.noun(reference), text, guessing: .names).id) }
        guard let cell = try field.read(text, { try shop.today() }) else {
            throw Failure(.input, .part, "'\(text)' is not \(field.wanted(text))")
        }
        return cell
    }
}
