import Store
import Values

/// Writes what an accepted quote orders into the parts of its project.
extension Shop {
    /// Sets the ordered quantities, and adds parts for drawings that have none. A quote without a project gets one.
    /// - Returns: notes for the user.
    func order(quote: RecordID) throws -> [String] {
        let lines = try rows(Noun.quote.path("line"), of: quote.id) { row in (line: try QuoteLine(row), part: try row["part_id"] as Int?) }
        let drawn = lines.filter { $0.line.sha256 != nil && $0.line.quantity.thousandths % 1000 == 0 }
        let own = try data.one("SELECT project_id FROM quote WHERE id = \(quote.id)") { try $0.get(0) as Int? } ?? nil
        guard own != nil || !drawn.isEmpty else { return [] }
        let project = try own.map { RecordID(id: $0, code: try code(of: .project, $0) ?? "") } ?? addProject(for: quote, drawn.map(\.line))
        let notes = own == nil ? ["project \(project.code) added"] : []
        guard !drawn.isEmpty else { return notes }
        let known = try projectParts(project.id), byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        let wanted = try drawn.map { line, part in
            PartLine(
                part: part, drawing: line.sha256, material: line.material, thickness: line.thickness,
                operations: Set(try operations(ofFinish: line.finish)))
        }
        var ordered: [Int: Int] = [:]
        for ((line, part), found) in zip(drawn, known.parts(of: wanted)) {
            let id = try found ?? addPart(of: line, quote, to: project)
            if let own = byID[id] { try complete(own, by: line) }
            if part == nil { try data.run("UPDATE quote_line SET part_id = \(id) WHERE id = \(line.id)") }
            ordered[id, default: 0] += line.quantity.thousandths / 1000
        }
        for (id, quantity) in ordered.sorted(by: { $0.key < $1.key }) {
            try data.run("UPDATE part SET quantity = \(quantity) WHERE id = \(id) AND quantity IS NOT \(quantity)")
        }
        try demandNotFinal(project.id)
        try projectPart.after?(self, project.id)
        let added = ordered.keys.count { byID[$0] == nil }
        return notes + [
            "\(project.code): \(counted(ordered.count, "part")) ordered" + (!known.isEmpty && added > 0 ? ", \(added) of them new" : "")
        ]
    }

    private func addProject(for quote: RecordID, _ lines: [QuoteLine]) throws -> RecordID {
        var record = Record(.project)
        try data.each("SELECT client_id, reference FROM quote WHERE id = \(quote.id)") { row in
            record["client"] = row.cell(0)
            record["name"] = row.cell(1)
        }
        let title = lines.first.map { $0.title + (lines.count > 1 ? " and \(lines.count - 1) more" : "") }
        if record["name"]?.isNull ?? true { record["name"] = .text(title ?? quote.code) }
        let (id, code) = try add(record)
        try data.run("UPDATE quote SET project_id = \(id) WHERE id = \(quote.id)")
        return RecordID(id: id, code: code)
    }

    /// What an ordered part does not say, its line does.
    private func complete(_ part: ProjectPart, by line: QuoteLine) throws {
        if part.material == nil, let code = line.material {
            try data.run("UPDATE part SET material_id = \(material(code).id) WHERE id = \(part.id) AND material_id IS NULL")
        }
        if part.thickness == nil, let thickness = line.thickness {
            try data.run("UPDATE part SET thickness_um = \(thickness) WHERE id = \(part.id) AND thickness_um IS NULL")
        }
        if part.finish == nil, let operations = try operations(of: line) { _ = try writeOperations(operations, of: part.id) }
    }

    /// `cut,powder-coat`; nil if the line is only cut.
    private func operations(of line: QuoteLine) throws -> Cell? {
        let codes = try operations(ofFinish: line.finish)
        return codes.isEmpty ? nil : .text(([PartRows.cut] + codes).joined(separator: ","))
    }

    private func addPart(of line: QuoteLine, _ quote: RecordID, to project: RecordID) throws -> Int {
        let path = Noun.project.path("part")
        var record = ChildRecord(path.child)
        // The stored bytes may be lost, and the drawing not attached.
        record.mayLackFiles = true
        record[part: "title"] = .text(line.title)
        record[part: "drawing"] = line.sha256.map(Cell.text)
        record[part: "material"] = try line.material.map { .integer(try material($0).id) }
        record[part: "thickness_mm"] = line.thickness?.cell
        record[part: "ordered"] = .integer(line.quantity.thousandths / 1000)
        record[part: "operations"] = try operations(of: line)
        try attachDrawing(of: line, quote, to: project.id)
        return try add(record, to: project, path).id
    }

    private func attachDrawing(of line: QuoteLine, _ quote: RecordID, to project: Int) throws {
        guard let sha256 = line.sha256, let name = line.file, let size = size(ofFile: sha256) else { return }
        let client = try data.one("SELECT client_id FROM quote WHERE id = \(quote.id)") { $0.int(0) }
        let key = try drawingHabits(ofClient: client).key(of: sha256)
        try attachDrawing(KeptFile(name: name, sha256: sha256, size: size), of: quote.code, to: project, measuredAs: key)
    }

    /// Attaches a stored drawing of another record to the project, unless a file of the project has its contents. If another file of the
    /// project has its name, the code of the record precedes it.
    /// - Parameter measuredAs: the name of its measures, if they are not those by the rules of the shop.
    func attachDrawing(_ file: KeptFile, of code: String, to project: Int, measuredAs: String? = nil) throws {
        let isThere = try data.one("SELECT 1 FROM file WHERE project_id = \(project) AND sha256 = \(file.sha256)") { _ in true }
        guard isThere == nil else { return }
        // A code may contain what the name of a file may not.
        let prefixed = "\(String(code.map { $0 == "/" ? "-" : $0 })) \(file.name)"
        let isTaken = try data.one("SELECT 1 FROM file WHERE project_id = \(project) AND name = \(file.name)") { _ in true }
        try data.run(
            """
            INSERT INTO file (project_id, name, kind, bytes, sha256, measured_as, added_at)
            VALUES (\(project), \(isTaken == nil ? file.name : prefixed), \(FileKind.drawing), \(file.size ?? 0), \(file.sha256),
                    \(measuredAs), \(clock))
            """)
    }
}
