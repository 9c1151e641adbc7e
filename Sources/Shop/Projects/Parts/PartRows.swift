import Store
import Values

/// What a project is about: parts with their quantities, operations and figures.
let projectPart: Child = {
    var child = Child(
        "part", "The parts of a project", in: "part", of: "project_id",
        joining: """
            LEFT JOIN material AS part_material ON part_material.id = part.material_id \
            LEFT JOIN product AS part_product ON part_product.id = part.product_id
            """,
        [
            Field("title", Line.self, "--title TITLE", "what it is called", operand: "TITLE").short(),
            Field("product", to: "product", "--product SKU", "the product that it is", sql: "part_product.code").optional(),
            Field("ordered", Count.self, "--quantity NUMBER", "how many are ordered", column: "quantity"),
            Field("material", to: "material", "-m, --material CODE", "what it is made of", sql: "part_material.code"),
            Field("thickness_mm", Length.self, "-t, --thickness MM", "how thick it is", column: "thickness_um").told(as: "thickness"),
            Field(
                "operations", Line.self, "--operations A,B,...", "what is done to it, in this order; else cut",
                sql: PartRows.operations(of: "part")
            )
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
        searched: ["title"],
        children: [PartRows.operation(of: "part"), PartRows.component, .filesOfPart])
    child.check = { shop, project, record in
        try shop.findDrawing(&record, in: project)
        try shop.checkReceipt(&record)
    }
    child.after = { shop, project in
        try shop.settle(project)
        try shop.updateQueue(project)
    }
    child.advise = { shop, project in try shop.requeue(project) }
    child.beforeRemoval = { shop, parts in
        try shop.unqueue(parts)
        // The files of a part go with it, but not the drawing of another part.
        try shop.data.run(
            """
            UPDATE file SET part_id = NULL WHERE part_id IN (\(parts)) AND EXISTS (SELECT 1 FROM part
                WHERE part.project_id = file.project_id AND part.drawing = file.sha256 AND part.id NOT IN (\(parts)))
            """)
    }
    child.complete = { shop, project, record in
        try shop.demandNotFinal(project)
        try shop.fillPart(&record, of: project)
    }
    return child
}()

/// The rows of a part: its operations, which a product has too, and the parts that an assembly consists of.
enum PartRows {
    /// - Parameter table: `part` or `product`.
    static func operation(of table: String) -> Child {
        let rows = "\(table)_operation"
        return Child(
            "operation", "The operations of a \(table)", in: rows, of: "\(table)_id",
            joining: "LEFT JOIN operation ON operation.id = \(name: rows).operation_id",
            [Field("operation", to: "operation", sql: "coalesce(operation.code, 'cut')")], isShown: false)
    }

    static let component = Child(
        "component", "The parts of an assembly", in: "part_component", of: "assembly_id",
        [
            Field("part", to: "part", sql: "(SELECT number FROM part WHERE part.id = part_component.part_id)"),
            Field("quantity", Count.self),
        ],
        isShown: false)

    /// `cut,bend,powder-coat`
    /// - Parameter table: `part` or `product`.
    static func operations(of table: String) -> SQL {
        """
        (SELECT group_concat(code, ',') FROM (SELECT coalesce(operation.code, 'cut') AS code FROM \(name: table + "_operation") AS own
            LEFT JOIN operation ON operation.id = own.operation_id WHERE own.\(name: table + "_id") = \(name: table).id
            ORDER BY own.position))
        """
    }

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
    /// The cell of a field of a part.
    subscript(part field: String) -> Cell? {
        get { projectPart.index(of: field).flatMap { cells[$0] } }
        set { if let i = projectPart.index(of: field) { cells[i] = newValue } }
    }
}

extension Shop {
    /// Writes the operations of a part or of a product.
    /// - Returns: whether they changed.
    func writeOperations(_ cell: Cell, of id: Int, in table: String = "part") throws -> Bool {
        let rows: SQL = "\(name: table + "_operation")", owner: SQL = "\(name: table + "_id")"
        var new: [Int?] = try PartRows.words(cell).map { word in
            word.lowercased() == PartRows.cut ? nil : try find(.operation, word, guessing: .names).id
        }
        // A part that is only cut needs no rows.
        if new.count == 1, new[0] == nil { new = [] }
        let old: [Int?] = try data.all("SELECT operation_id FROM \(rows) WHERE \(owner) = \(id) ORDER BY position") { try $0.get(0) }
        guard new != old else { return false }
        try data.run("DELETE FROM \(rows) WHERE \(owner) = \(id)")
        for (i, operation) in new.enumerated() {
            try data.run("INSERT INTO \(rows) (\(owner), position, operation_id) VALUES (\(id), \(i + 1), \(operation))")
        }
        return true
    }
}
