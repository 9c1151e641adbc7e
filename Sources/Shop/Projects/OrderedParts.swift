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
        var known = try projectParts(project.id), ordered: [Int: Int] = [:]
        let before = known.count
        for (line, part) in drawn {
            let found = part ?? known.first { $0.drawing == line.sha256 && ordered[$0.id] == nil }?.id
            let id = try found ?? addPart(of: line, quote, to: project)
            if found == nil { known = try projectParts(project.id) }
            if part == nil { try data.run("UPDATE quote_line SET part_id = \(id) WHERE id = \(line.id)") }
            ordered[id, default: 0] += line.quantity.thousandths / 1000
        }
        for (id, quantity) in ordered.sorted(by: { $0.key < $1.key }) {
            try data.run("UPDATE part SET quantity = \(quantity) WHERE id = \(id) AND quantity IS NOT \(quantity)")
        }
        try demandNotFinal(project.id)
        try settle(project.id)
        let added = known.count - before
        return notes + [
            "\(project.code): \(counted(ordered.count, "part")) ordered" + (before > 0 && added > 0 ? ", \(added) of them new" : "")
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

    private func addPart(of line: QuoteLine, _ quote: RecordID, to project: RecordID) throws -> Int {
        let path = Noun.project.path("part")
        var record = ChildRecord(path.child)
        func fill(_ field: String, _ cell: Cell?) { if let cell, let i = path.child.index(of: field) { record.cells[i] = cell } }
        fill("title", .text(line.title))
        fill("drawing", line.sha256.map(Cell.text))
        fill("material", try line.material.map { .integer(try material($0).id) })
        fill("thickness_mm", line.thickness?.cell)
        fill("ordered", .integer(line.quantity.thousandths / 1000))
        if let finish = line.finish {
            let codes = try finishes(finish).compactMap { try operation(called: $0)?.code }
            if !codes.isEmpty { fill("operations", .text(([PartRows.cut] + codes).joined(separator: ","))) }
        }
        try attachDrawing(of: line, quote, to: project.id)
        return try add(record, to: project, path).id
    }

    /// Attaches the drawing of a line to the project. If another file of the project has its name, the code of the quote precedes it.
    private func attachDrawing(of line: QuoteLine, _ quote: RecordID, to project: Int) throws {
        guard let sha256 = line.sha256, let name = line.file, let size = size(ofFile: sha256) else { return }
        let isThere = try data.one("SELECT 1 FROM file WHERE project_id = \(project) AND sha256 = \(sha256)") { _ in true }
        guard isThere == nil else { return }
        let isTaken = try data.one("SELECT 1 FROM file WHERE project_id = \(project) AND name = \(name)") { _ in true }
        try data.run(
            """
            INSERT INTO file (project_id, name, kind, bytes, sha256, added_at)
            VALUES (\(project), \(isTaken == nil ? name : "\(quote.code) \(name)"), \(FileKind.drawing), \(size), \(sha256), \(clock))
            """)
    }
}
