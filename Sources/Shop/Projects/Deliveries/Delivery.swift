import Store
import Values

extension Noun {
    /// What of a project was handed over on one day.
    package static let delivery: Noun = {
        var noun = Noun(
            "delivery", plural: "deliveries", "What was handed over of projects, and when",
            coding: .made("DN-") { shop, _ in
                try shop.nextCode("DN-\(try shop.today().civil.year)-", digits: 4, in: "delivery")
            },
            from: """
                delivery JOIN project ON project.id = delivery.project_id JOIN client ON client.id = project.client_id
                """,
            [
                Field("project", to: "project", "", "what was delivered", required: true).imported(), .name(of: "project", wide: true),
                Field("client", to: "client", filters: false), .name(of: "client"),
                Field("day", Day.self, "--on DAY", "when it was delivered", sql: "delivery.day", sorts: true),
                Field("pieces", Int.self, sql: pieces, sums: true),
                Field(
                    "final", Bool.self, "--final yes|no", "whether what is left is accepted as it is", sql: "delivery.final", wide: true),
                Field("received_by", Line.self, "--received-by NAME", "who took it", sql: "delivery.received_by", wide: true),
                Field("notes", String.self, "--notes TEXT", "internal notes", sql: "delivery.notes", wide: true),
            ])
        noun.shown = [
            Field("address", String.self, sql: "coalesce(client.delivery_address, client.address)"),
            Field("attention", Line.self, sql: attention(.collection)),
        ]
        noun.title = nil
        noun.belongsTo = ["project"]
        noun.filters = [
            .reference("client", "-c, --client CODE", "only deliveries to this client") { "project.client_id = \($0)" },
            Filter("--period PERIOD", Period.self, "only deliveries of this period") { period, _ in Noun.within("delivery.day", period) },
        ]
        noun.children = [deliveryLine, .files(of: "delivery")]
        noun.books = .delivery
        noun.check = { shop, record in try shop.checkDelivery(&record) }
        noun.afterWriting = { shop, id in try shop.settle(ofDelivery: id) }
        noun.beforeRemoval = { shop, id in try shop.takeBackDelivery(id) }
        noun.examples = ["edit": ["laseros delivery edit last --received-by 'Anna Botha'"]]
        return noun
    }()

    private static let pieces: SQL =
        "coalesce((SELECT sum(quantity) FROM delivery_line WHERE delivery_line.delivery_id = delivery.id), 0)"
}

private let deliveryLine: Child = {
    var child = Child(
        "line", "The lines of a delivery", in: "delivery_line", of: "delivery_id",
        [
            Field(
                "part", Count.self, column: "part_id", sql: "(SELECT number FROM part WHERE part.id = delivery_line.part_id)",
                required: true
            )
            .imported().naming(rowOf: "part"),
            Field("title", Line.self, sql: "(SELECT title FROM part WHERE part.id = delivery_line.part_id)"),
            Field("quantity", Count.self, required: true, sums: true).imported(),
        ], verbs: [.list])
    child.check = { shop, delivery, record in try shop.findPart(&record, ofDelivery: delivery) }
    child.after = { shop, delivery in
        let project = try shop.data.one("SELECT project_id FROM delivery WHERE id = \(delivery)") { $0.int(0) }
        if let project { try shop.settle(project) }
    }
    return child
}()

/// Keeps projects and their deliveries consistent.
extension Shop {
    fileprivate func checkDelivery(_ record: inout Record) throws {
        let today = try today()
        if record.id == nil {
            record.fill("day", today)
            record.fill("final", false)
        }
        if let day: Day = record.value("day"), day > today {
            throw Failure(.refused, .delivery, "a delivery on \(day) is still to come: today is \(today)", reason: .field("day"))
        }
        if let id = record.id, let project: Int = record.value("project") {
            let own = try data.one("SELECT project_id FROM delivery WHERE id = \(id)") { $0.int(0) }
            guard own == project else {
                throw Failure(.refused, .delivery, "a delivery stays with its project", reason: .field("project"))
            }
        } else if let project: Int = record.value("project") {
            try demandBegun(project)
        }
    }

    /// Replaces the number of a part by its id.
    fileprivate func findPart(_ record: inout ChildRecord, ofDelivery delivery: Int) throws {
        guard let i = deliveryLine.index(of: "part"), case .integer(let number)? = record.cells[i] else { return }
        let found = try data.one(
            """
            SELECT project.code, part.id FROM delivery JOIN project ON project.id = delivery.project_id
            LEFT JOIN part ON part.project_id = project.id AND part.number = \(number) WHERE delivery.id = \(delivery)
            """
        ) { (code: $0.text(0), part: try $0.get(1) as Int?) }
        guard let part = found?.part else {
            let code = found?.code ?? ""
            throw Failure(.notFound, .delivery, "\(code) has no part \(number)", hint: "laseros project part list \(code)")
        }
        record.cells[i] = .integer(part)
    }

    /// The parts of which more was delivered than is ordered: `JB-2026-08-CL0001-001.3: 5 are delivered, more than the 4 that are ordered`.
    func overDelivered(_ condition: SQL) throws -> [String] {
        try data.all(
            """
            SELECT project.code || '.' || part.number, part.quantity, sum(delivery_line.quantity) FROM part
            JOIN delivery_line ON delivery_line.part_id = part.id JOIN project ON project.id = part.project_id
            WHERE \(condition) GROUP BY part.id HAVING sum(delivery_line.quantity) > coalesce(part.quantity, 0)
            """
        ) { row in
            let ordered: Int? = try row.get(1), delivered = row.int(2)
            return "\(row.text(0)): \(delivered) \(worded(delivered, "is", "are")) delivered, more than "
                + (ordered.map { "the \($0) that \(worded($0, "is", "are")) ordered" } ?? "is ordered")
        }
    }

    /// The same after an undo, which may have changed the order or brought deliveries back.
    func overDelivered(among touched: [String: ClosedRange<Int>]) throws -> [String] {
        var conditions: [SQL] = []
        if let parts = touched["part"] { conditions.append("part.id BETWEEN \(parts.lowerBound) AND \(parts.upperBound)") }
        if let lines = touched["delivery_line"] {
            conditions.append(
                "part.id IN (SELECT part_id FROM delivery_line WHERE id BETWEEN \(lines.lowerBound) AND \(lines.upperBound))")
        }
        return try conditions.flatMap { try overDelivered($0) }.map { "part \($0)" }
    }

    /// - Throws: `refused` for a project whose work has never begun.
    private func demandBegun(_ project: Int) throws {
        let code = try data.one(
            """
            SELECT code FROM project WHERE id = \(project) AND status IN ('request', 'quote')
                AND NOT EXISTS (SELECT 1 FROM move WHERE project_id = project.id AND to_status IN ('in-progress', 'completed'))
            """
        ) { $0.text(0) }
        guard let code else { return }
        throw Failure(
            .refused, .delivery, "nothing of project \(code) can be delivered: work on it has not begun",
            hint: "laseros project show \(code)", reason: .field("project"))
    }

    /// The condition that a part belongs to an assembly.
    static let isComponent: SQL = "EXISTS (SELECT 1 FROM part_component WHERE part_component.part_id = part.id)"

    fileprivate func settle(ofDelivery id: Int) throws {
        if let project = try data.one("SELECT project_id FROM delivery WHERE id = \(id)", { $0.int(0) }) { try settle(project) }
    }

    /// What the removal of a delivery does to its project, which is not delivered any more if something is left now.
    fileprivate func takeBackDelivery(_ id: Int) throws {
        let found = try data.one(
            "SELECT project.id, delivery.code, project.status FROM delivery JOIN project ON project.id = project_id WHERE delivery.id = \(id)"
        ) { (project: $0.int(0), code: $0.text(1), status: $0.text(2)) }
        guard let found else { return }
        try settle(found.project, without: id)
        try keepMoves(.project, "SELECT \(found.project), 'undeliver', \(found.status), \(found.status), \(found.code), 0")
    }
}
