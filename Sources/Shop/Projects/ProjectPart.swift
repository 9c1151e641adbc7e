import Security
import Store
import Values

/// What a project is about: parts with their quantities, operations and figures.
let projectPart: Child = {
    var child = Child(
        "part", "The parts of a project", in: "part", of: "project_id",
        joining: "LEFT JOIN material AS part_material ON part_material.id = part.material_id",
        [
            Field("title", Line.self, "--title TITLE", "what it is called", operand: "TITLE").short(),
            Field("ordered", Count.self, "--quantity NUMBER", "how many are ordered", column: "quantity"),
            Field("material", to: "material", "-m, --material CODE", "what it is made of", sql: "part_material.code"),
            Field("thickness_mm", Length.self, "-t, --thickness MM", "how thick it is", column: "thickness_um").told(as: "thickness"),
            Field("operations", Line.self, "--operations A,B,...", "what is done to it, in this order; else cut", sql: PartRows.operations)
                .kept { shop, _, part, cell in try shop.writeOperations(cell, of: part) },
            Field("customer_material", Bool.self, "--customer-material yes|no", "whether the customer brings the material", wide: true),
            Field("material_received_on", Day.self, "--material-received DAY", "when the customer brought it", wide: true),
            Field("drawing", Line.self, "--drawing NAME", "a drawing of the project, as `project files` lists it", wide: true)
                .forPrograms(),
            Field("file", String.self, sql: PartRows.file, wide: true),
            Field(
                "components", Line.self, "--of PART:COUNT,...", "the parts of an assembly, by their numbers", sql: PartRows.components,
                wide: true
            )
            .kept { shop, project, part, cell in try shop.writeComponents(cell, of: part, in: project) },
            Field("note", String.self, "--note TEXT", "a note", wide: true),
        ] + PartFigures.fields, ordered: .numbered(), verbs: [.list, .edit, .move, .remove],
        children: [PartRows.operation, PartRows.component])
    child.check = { shop, project, record in
        try shop.findDrawing(&record, in: project)
        try shop.checkReceipt(&record)
    }
    child.after = { shop, project in try shop.settle(project) }
    child.complete = { shop, project, record in
        try shop.demandNotFinal(project)
        try shop.fillPart(&record, of: project)
    }
    return child
}()

/// The rows of a part: its operations, and the parts that an assembly consists of.
enum PartRows {
    static let operation = Child(
        "operation", "The operations of a part", in: "part_operation", of: "part_id",
        joining: "LEFT JOIN operation ON operation.id = part_operation.operation_id",
        [Field("operation", to: "operation", sql: "coalesce(operation.code, 'cut')")], isShown: false)

    static let component = Child(
        "component", "The parts of an assembly", in: "part_component", of: "assembly_id",
        [
            Field("part", to: "part", sql: "(SELECT number FROM part WHERE part.id = part_component.part_id)"),
            Field("quantity", Count.self),
        ],
        isShown: false)

    /// `cut,bend,powder-coat`
    static let operations: SQL = """
        (SELECT group_concat(code, ',') FROM (SELECT coalesce(operation.code, 'cut') AS code FROM part_operation
            LEFT JOIN operation ON operation.id = part_operation.operation_id WHERE part_operation.part_id = part.id
            ORDER BY part_operation.position))
        """

    /// `3:4,5:1`
    static let components: SQL = """
        (SELECT group_concat(word, ',') FROM (SELECT member.number || ':' || part_component.quantity AS word FROM part_component
            JOIN part AS member ON member.id = part_component.part_id WHERE part_component.assembly_id = part.id
            ORDER BY part_component.position))
        """

    static let file: SQL =
        "(SELECT name FROM file WHERE file.project_id = part.project_id AND file.sha256 = part.drawing ORDER BY name LIMIT 1)"

    /// The word for cutting among the operations.
    static let cut = "cut"

    static func words(_ cell: Cell) -> [String] {
        guard case .text(let text) = cell else { return [] }
        return text.split(separator: ",").map { String(String($0).trimmed) }.filter { !$0.isEmpty }
    }
}

extension ChildRecord {
    fileprivate subscript(name: String) -> Cell? {
        get { projectPart.index(of: name).flatMap { cells[$0] } }
        set { if let i = projectPart.index(of: name) { cells[i] = newValue } }
    }
}

/// Completes the parts of a project before they are written.
extension Shop {
    /// Material that was received from the customer is the customer's.
    fileprivate func checkReceipt(_ record: inout ChildRecord) throws {
        guard let cell = record["material_received_on"], let day = Day(cell: cell) else { return }
        guard try day <= today() else {
            throw Failure(
                .refused, .part, "material of \(day) is still to come: today is \(try today())", reason: .field("material_received_on"))
        }
        if record["customer_material"]?.isNull ?? true { record["customer_material"] = true.cell }
    }

    /// Replaces the name of a drawing by its hash.
    /// - Throws: `notFound` if the project has no such file.
    fileprivate func findDrawing(_ record: inout ChildRecord, in project: Int) throws {
        guard case .text(let typed)? = record["drawing"], !Digest.isOne(typed) else { return }
        let file = try file(typed, ofProject: project)
        record["drawing"] = .text(file)
    }

    private func file(_ name: String, ofProject id: Int) throws -> String {
        let known = try data.one("SELECT sha256 FROM file WHERE project_id = \(id) AND name = \(name)") { $0.text(0) }
        guard let known else {
            let names = try data.all("SELECT name FROM file WHERE project_id = \(id) ORDER BY name") { $0.text(0) }
            let code = try code(of: .project, id) ?? ""
            throw Failure(
                .notFound, .part, "\(code) has no file '\(name)'",
                hint: suggestion(for: name, among: names) ?? "laseros project attach \(code) FILE", reason: .field("drawing")
            )
        }
        return known
    }

    /// Fills in what the name of the drawing says, and then what the project says.
    fileprivate func fillPart(_ record: inout ChildRecord, of project: Int) throws {
        if case .text(let name)? = record["drawing"], !Digest.isOne(name) { try fill(&record, from: name) }
        let facts = try data.one("SELECT material_id, thickness_um, quantity FROM project WHERE id = \(project)") {
            [$0.cell(0), $0.cell(1), $0.cell(2)]
        }
        // An assembly is made of parts, which have their own.
        let names = record["components"]?.isNull ?? true ? ["material", "thickness_mm", "ordered"] : ["ordered"]
        for (name, cell) in zip(["material", "thickness_mm", "ordered"], facts ?? []) where names.contains(name) && record[name] == nil {
            record[name] = cell
        }
    }

    private func fill(_ record: inout ChildRecord, from name: String) throws {
        let words = MaterialWords(try materials())
        let named = PartName(name, words), facts = named.all
        if record["title"] == nil { record["title"] = .text(named.title) }
        if record["ordered"] == nil, let quantity = facts.quantity { record["ordered"] = .integer(quantity) }
        if record["thickness_mm"] == nil, let thickness = facts.thickness { record["thickness_mm"] = thickness.cell }
        if record["material"] == nil, let material = facts.material, let known = try? self.material(material) {
            record["material"] = .integer(known.id)
        }
        if record["operations"] == nil, let finish = facts.finish, let known = try operation(called: finish) {
            record["operations"] = .text("\(PartRows.cut),\(known.code)")
        }
    }
}

/// Writes the operations and components of a part.
extension Shop {
    /// - Returns: whether they changed.
    fileprivate func writeOperations(_ cell: Cell, of part: Int) throws -> Bool {
        var new: [Int?] = try PartRows.words(cell).map { word in
            word.lowercased() == PartRows.cut ? nil : try find(.operation, word, guessing: .names).id
        }
        // A part that is only cut needs no rows.
        if new.count == 1, new[0] == nil { new = [] }
        let old: [Int?] = try data.all("SELECT operation_id FROM part_operation WHERE part_id = \(part) ORDER BY position") {
            try $0.get(0)
        }
        guard new != old else { return false }
        try data.run("DELETE FROM part_operation WHERE part_id = \(part)")
        for (i, operation) in new.enumerated() {
            try data.run("INSERT INTO part_operation (part_id, position, operation_id) VALUES (\(part), \(i + 1), \(operation))")
        }
        return true
    }

    /// - Returns: whether they changed.
    /// - Throws: `refused` if an assembly would contain itself.
    fileprivate func writeComponents(_ cell: Cell, of assembly: Int, in project: Int) throws -> Bool {
        struct Component: Equatable { var part: Int, quantity: Int }
        let new = try PartRows.words(cell).map { word in
            let words = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard words.count < 3, let number = Count(reading: words[0])?.value,
                let count = Count(reading: words.count == 2 ? words[1] : "1")?.value
            else {
                throw Failure(.usage, .part, "'\(word)' is not the number of a part and how many: 3:4", reason: .field("components"))
            }
            let part = try data.one("SELECT id FROM part WHERE project_id = \(project) AND number = \(number)") { $0.int(0) }
            guard let part else {
                let code = try code(of: .project, project) ?? ""
                throw Failure(.notFound, .part, "\(code) has no part \(number)", hint: "laseros project part list \(code)")
            }
            return Component(part: part, quantity: count)
        }
        let old = try data.all("SELECT part_id, quantity FROM part_component WHERE assembly_id = \(assembly) ORDER BY position") {
            Component(part: $0.int(0), quantity: $0.int(1))
        }
        guard new != old else { return false }
        try data.run("DELETE FROM part_component WHERE assembly_id = \(assembly)")
        for (i, each) in new.enumerated() {
            try data.run(
                "INSERT INTO part_component (assembly_id, position, part_id, quantity) VALUES (\(assembly), \(i + 1), \(each.part), \(each.quantity))"
            )
        }
        try demandNoCircle(assembly)
        return true
    }

    private func demandNoCircle(_ assembly: Int) throws {
        let isWithin = try data.one(
            """
            WITH RECURSIVE below(id) AS (
                SELECT part_id FROM part_component WHERE assembly_id = \(assembly)
                UNION SELECT part_id FROM part_component JOIN below ON assembly_id = below.id
            ) SELECT 1 FROM below WHERE id = \(assembly)
            """
        ) { _ in true }
        guard isWithin == nil else { throw Failure(.refused, .part, "an assembly cannot contain itself") }
    }
}
