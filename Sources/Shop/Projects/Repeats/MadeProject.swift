import Store
import Values

/// A project that was made from another.
package struct MadeProject: Sendable {
    package var project: RecordID
    package var parts = 0
    package var files = 0
    /// What happened to it since, for the user.
    package var notes: [String] = []
}

/// Makes projects from others.
extension Shop {
    /// Makes the same job again as a request.
    /// - Parameters:
    ///   - quantity: the new quantity; nil for that of the first project.
    ///   - given: the fields that differ from the first project.
    package func `repeat`(_ first: RecordID, quantity: Int?, _ given: Record) throws -> MadeProject {
        var record = try copy(of: first, .repeat, given)
        let parts = try projectParts(first.id)
        var quantities = parts.map(\.quantity)
        if let quantity {
            let own: Int? = record.value("quantity"), before = parts.count == 1 ? parts[0].quantity : own
            quantities = try parts.count > 1 ? scaled(parts, of: first, from: own, to: quantity) : parts.map { _ in quantity }
            if own != nil || parts.isEmpty { record["quantity"] = .integer(quantity) }
            if before != quantity {
                record["cut_time_s"] = before.flatMap { Shop.scaled(record.value("cut_time_s"), from: $0, to: quantity) }.cell
                record["sheets"] = .null
            }
        }
        let (id, code) = try add(record), new = RecordID(id: id, code: code)
        try copy(zip(parts, quantities).map { ($0, $1) }, of: first.id, to: id)
        return MadeProject(project: new, parts: parts.count, files: try copyFiles(of: first.id, without: [], to: id))
    }

    /// Makes faulty parts again, as an approved project.
    /// - Parameter named: the parts; all if it is empty.
    package func remake(_ first: RecordID, because reason: String, _ named: [PartCount], _ given: Record) throws -> MadeProject {
        let state = try state(of: .project, first.id)
        guard [ProjectStatus.inProgress, .completed].map(\.rawValue).contains(state) else {
            throw Failure(
                .refused, .project, "project \(first.code) is \(state): only an in-progress or completed project can be remade",
                hint: way(.project, first.code, from: state, to: [ProjectStatus.inProgress.rawValue]))
        }
        var record = try copy(of: first, .remake, given)
        record["fault"] = .text(reason)
        let parts = try projectParts(first.id), wanted = try named.isEmpty ? nil : wanted(named, parts, of: first)
        if wanted != nil { for field in ["quantity", "sheets", "cut_time_s"] { record[field] = .null } }
        // The drawing is there.
        record["drawing_time_s"] = .null
        let chosen = parts.compactMap { part in wanted.map { $0[part.number].map { (part, $0) } } ?? (part, part.quantity) }
        let (id, code) = try add(record), new = RecordID(id: id, code: code)
        try copy(chosen, of: first.id, to: id)
        let drawings = Set(chosen.compactMap(\.0.drawing))
        let files = try copyFiles(of: first.id, without: Set(parts.compactMap(\.drawing)).subtracting(drawings), to: id)
        _ = try move(
            .project, new, LifeCycle.remake, LifeCycle.Request(reason: "remake of \(first.code): \(reason)", isImplied: true))
        return MadeProject(project: new, parts: chosen.count, files: files, notes: try queueWhenReady(new))
    }

    private static let copied = [
        "client", "name", "description", "material", "thickness_mm", "quantity", "sheet_size", "sheets", "bends", "cut_time_s",
        "drawing_time_s",
    ]

    private func copy(of first: RecordID, _ kind: OriginKind, _ given: Record) throws -> Record {
        var record = given
        let fields = Shop.copied.compactMap(given.noun.index(of:))
        let columns = fields.map { "\(name: given.noun.fields[$0].column)" as SQL }
        try data.each("SELECT \(columns.joined(", ")) FROM project WHERE id = \(first.id)") { row in
            for (i, field) in fields.enumerated() where record.cells[field] == nil { record.cells[field] = row.cell(i) }
        }
        record["origin"] = .integer(first.id)
        record["origin_kind"] = kind.cell
        return record
    }
}

/// The quantities of the new project.
extension Shop {
    /// - Throws: `refused` if the project has no quantity, or that of a part would not be whole.
    private func scaled(_ parts: [ProjectPart], of first: RecordID, from own: Int?, to quantity: Int) throws -> [Int?] {
        func refused(_ why: String) -> Failure {
            Failure(
                .refused, .project, "project \(first.code) cannot be repeated with --quantity \(quantity): \(why)",
                hint: "leave it out, then laseros project part edit")
        }
        guard let own else { throw refused("the project has no quantity of its own") }
        return try parts.map { part in
            guard let before = part.quantity else { return nil }
            guard let after = Shop.scaled(before, from: own, to: quantity), after * own == before * quantity else {
                throw refused("for each \(own) there are \(before) of part \(part.number)")
            }
            guard Count.sound.contains(after) else { throw refused("\(after) of part \(part.number) are too many") }
            return after
        }
    }

    /// `amount` x `to` / `from`, rounded; nil if it is too large.
    private static func scaled(_ amount: Int?, from: Int, to: Int) -> Int? {
        guard let amount, case let (product, isTooLarge) = amount.multipliedReportingOverflow(by: to), !isTooLarge else { return nil }
        return product / from + (product % from * 2 >= from ? 1 : 0)
    }

    /// The quantities of the named parts, by their numbers. An assembly brings its parts, unless they are named.
    private func wanted(_ named: [PartCount], _ parts: [ProjectPart], of first: RecordID) throws -> [Int: Int?] {
        var wanted: [Int: Int?] = [:]
        for each in named {
            let count = try demand(each, parts, of: first)
            guard wanted.updateValue(count, forKey: each.number) == nil else {
                throw Failure(.usage, .project, "part \(each.number) is named twice")
            }
        }
        return try Assemblies(self, of: first).withComponents(wanted)
    }

    /// - Returns: how many of a part are to be remade; nil if nobody knows.
    private func demand(_ named: PartCount, _ parts: [ProjectPart], of first: RecordID) throws -> Int? {
        guard let part = parts.first(where: { $0.number == named.number }) else {
            throw Failure(
                .notFound, .project, "\(first.code) has no part \(named.number)", hint: "laseros project part list \(first.code)")
        }
        if let count = named.count, let ordered = part.quantity, count > ordered {
            throw Failure(
                .refused, .project,
                "\(count) of part \(named.number) cannot be remade: \(ordered) of it \(worded(ordered, "is", "are")) ordered")
        }
        return named.count ?? part.quantity
    }
}

/// Copies the rows of a project.
extension Shop {
    /// Copies parts with their numbers, operations and components.
    private func copy(_ parts: [(part: ProjectPart, quantity: Int?)], of first: Int, to new: Int) throws {
        for (i, each) in parts.enumerated() {
            try data.run(
                """
                INSERT INTO part (
                    project_id, number, position, title, quantity, material_id, thickness_um, customer_material, drawing, note, product_id)
                SELECT \(new), number, \(i + 1), title, \(each.quantity), material_id, thickness_um, customer_material, drawing, note,
                    product_id
                FROM part WHERE id = \(each.part.id)
                """)
        }
        guard let highest = parts.map(\.part.number).max() else { return }
        try reserve(projectPart.series(new), through: highest)
        let both: SQL = "JOIN part AS own ON own.project_id = \(new) AND own.number = part.number"
        try data.run(
            """
            INSERT INTO part_operation (part_id, position, operation_id) SELECT own.id, part_operation.position, operation_id
            FROM part_operation JOIN part ON part.id = part_operation.part_id \(both) WHERE part.project_id = \(first)
            ORDER BY own.position, part_operation.position
            """)
        try data.run(
            """
            INSERT INTO part_component (assembly_id, position, part_id, quantity)
            SELECT own.id, part_component.position, member.id, part_component.quantity
            FROM part_component JOIN part ON part.id = part_component.assembly_id \(both)
            JOIN part AS old ON old.id = part_component.part_id
            JOIN part AS member ON member.project_id = \(new) AND member.number = old.number
            WHERE part.project_id = \(first) ORDER BY own.position, part_component.position
            """)
    }

    /// Copies the drawings of a project; their contents are stored once.
    /// - Parameter others: drawings that are left out, with their LightBurn twins.
    /// - Returns: how many.
    private func copyFiles(of first: Int, without others: Set<String>, to new: Int) throws -> Int {
        let files = try data.all(
            """
            SELECT id, name, sha256 FROM file WHERE project_id = \(first)
                AND (kind = \(FileKind.drawing) OR sha256 IN (SELECT drawing FROM part WHERE project_id = \(first))) ORDER BY id
            """
        ) { (id: $0.int(0), name: $0.text(1), sha256: $0.text(2)) }
        let names = Set(files.filter { others.contains($0.sha256) }.map { $0.name.lowercased() })
        let kept = files.filter { !others.contains($0.sha256) && !FileKind.isTwin($0.name, among: names) }
        guard !kept.isEmpty else { return 0 }
        try data.run(
            """
            INSERT INTO file (project_id, part_id, name, kind, bytes, sha256, measured_as, added_at)
            SELECT \(new), own.id, name, kind, bytes, sha256, measured_as, \(clock) FROM file LEFT JOIN part ON part.id = file.part_id
            LEFT JOIN part AS own ON own.project_id = \(new) AND own.number = part.number
            WHERE file.id IN (\(SQL.ids(kept.map(\.id)))) ORDER BY file.id
            """)
        return kept.count
    }
}
