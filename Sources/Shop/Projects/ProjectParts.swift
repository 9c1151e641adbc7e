import Store
import Values

/// A part of a project, for quotes.
struct ProjectPart: Sendable {
    var id: Int
    var number: Int
    var title: String
    var drawing: String?
    var material: String?
    var thickness: Length?
    var quantity: Int?
    /// Its operations besides cutting, by their codes.
    var finish: String?
    /// Whether the customer brings the material.
    var isCustomerMaterial: Bool

    /// Its drawing as an enquiry, with its facts.
    func enquiry(_ file: KeptFile) -> Enquiry {
        var enquiry = Enquiry(name: file.name, .kept(file), said: "part \(number)")
        enquiry.facts = PartFacts(material: material, thickness: thickness, quantity: quantity, finish: finish)
        enquiry.part = self
        return enquiry
    }

    /// Whether a priced drawing is this part.
    func fits(_ part: Prepared) -> Bool {
        drawing == part.sha256 && (material ?? part.material.code) == part.material.code && (thickness ?? part.thickness) == part.thickness
    }
}

extension Shop {
    /// The parts of a project, in their order.
    func projectParts(_ project: Int) throws -> [ProjectPart] {
        try data.all(
            """
            SELECT part.id, part.number, part.title, part.drawing, material.code, part.thickness_um, part.quantity,
                (SELECT group_concat(code, ',') FROM (SELECT operation.code FROM part_operation
                    JOIN operation ON operation.id = part_operation.operation_id WHERE part_operation.part_id = part.id
                    ORDER BY part_operation.position)), part.customer_material IS 1
            FROM part LEFT JOIN material ON material.id = part.material_id WHERE part.project_id = \(project) ORDER BY part.position
            """
        ) { row in
            ProjectPart(
                id: row.int(0), number: row.int(1), title: row.text(2), drawing: try row.get(3), material: try row.get(4),
                thickness: try row.get(5), quantity: try row.get(6), finish: try row.get(7), isCustomerMaterial: row.int(8) != 0)
        }
    }

    /// Makes a part of each attached drawing that no part has yet. A DXF takes the place of its LightBurn twin.
    /// - Returns: how many.
    func addParts(of files: [NewFile], to project: RecordID) throws -> Int {
        let drawings = files.filter { $0.kind == .drawing && FileKind.drawingEndings.contains(File.ending(of: $0.name)) }
        guard !drawings.isEmpty else { return 0 }
        let path = Noun.project.path("part"), all = try self.files(ofProject: project.id)
        let names = Set(all.map { $0.name.lowercased() })
        var taken = Set(try data.all("SELECT drawing FROM part WHERE project_id = \(project.id) AND drawing IS NOT NULL") { $0.text(0) })
        var added = 0
        for file in drawings where !taken.contains(file.sha256) && !FileKind.isTwin(file.name, among: names) {
            taken.insert(file.sha256)
            if let twin = all.first(where: { FileKind.isTwin($0.name, among: [file.name.lowercased()]) && taken.contains($0.sha256) }) {
                try data.run("UPDATE part SET drawing = \(file.sha256) WHERE project_id = \(project.id) AND drawing = \(twin.sha256)")
                continue
            }
            var record = ChildRecord(path.child)
            if let i = path.child.index(of: "drawing") { record.cells[i] = .text(file.name) }
            _ = try add(record, to: project, path)
            added += 1
        }
        return added
    }
    /// Notes about attached drawings with the content of another file of the project, which make no parts.
    package func copies(among files: [NewFile], in project: RecordID) throws -> [String] {
        let drawings = files.filter { $0.kind == .drawing && FileKind.drawingEndings.contains(File.ending(of: $0.name)) }
        guard !drawings.isEmpty else { return [] }
        let all = try self.files(ofProject: project.id).sorted { $0.id < $1.id }
        let first = Dictionary(all.map { ($0.sha256, $0.name) }) { first, _ in first }
        return drawings.compactMap { file in
            guard let name = first[file.sha256], name != file.name else { return nil }
            return "\(file.name) is the same drawing as \(name) and makes no part of its own"
        }
    }
}
