import Security
import Store
import Values

/// Completes the parts of a project before they are written.
extension Shop {
    /// Material that was received from the customer is the customer's.
    func checkReceipt(_ record: inout ChildRecord) throws {
        guard let cell = record[part: "material_received_on"], let day = Day(cell: cell) else { return }
        guard try day <= today() else {
            throw Failure(
                .refused, .part, "material of \(day) is still to come: today is \(try today())", reason: .field("material_received_on"))
        }
        if record[part: "customer_material"]?.isNull ?? true { record[part: "customer_material"] = true.cell }
    }

    /// Replaces the name of a drawing by its hash.
    /// - Throws: `notFound` if the project has no such file.
    func findDrawing(_ record: inout ChildRecord, in project: Int) throws {
        guard case .text(let typed)? = record[part: "drawing"], !(record.mayLackFiles && Digest.isOne(typed)) else { return }
        record[part: "drawing"] = .text(try file(typed, ofProject: project).sha256)
    }

    /// The file of a project with this name, or with this hash.
    private func file(_ name: String, ofProject id: Int) throws -> (name: String, sha256: String) {
        let known = try data.one(
            """
            SELECT name, sha256 FROM file WHERE project_id = \(id) AND (name = \(name) OR sha256 = \(name))
            ORDER BY name <> \(name), name LIMIT 1
            """
        ) { ($0.text(0), $0.text(1)) }
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

    /// Fills in what the product or else the name of the drawing says, and then what the project says.
    func fillPart(_ record: inout ChildRecord, of project: Int) throws {
        if case .integer(let product)? = record[part: "product"] {
            try fill(&record, fromProduct: product, of: project)
        } else if case .text(let typed)? = record[part: "drawing"], !record.mayLackFiles {
            try fill(&record, from: file(typed, ofProject: project).name, of: project)
        }
        let facts = try data.one("SELECT material_id, thickness_um, quantity FROM project WHERE id = \(project)") {
            [$0.cell(0), $0.cell(1), $0.cell(2)]
        }
        // An assembly is made of parts, which have their own.
        let names = record[part: "components"]?.isNull ?? true ? ["material", "thickness_mm", "ordered"] : ["ordered"]
        for (name, cell) in zip(["material", "thickness_mm", "ordered"], facts ?? [])
        where names.contains(name) && record[part: name] == nil {
            record[part: name] = cell
        }
    }

    /// Fills in what the name of a drawing says.
    func fill(_ record: inout ChildRecord, from name: String, of project: Int) throws {
        let words = try fileWords(ofProject: project)
        let named = PartName(name, words), facts = named.all
        if record[part: "title"] == nil { record[part: "title"] = .text(named.title) }
        if record[part: "ordered"] == nil, let quantity = facts.quantity { record[part: "ordered"] = .integer(quantity) }
        if record[part: "thickness_mm"] == nil, let thickness = facts.thickness { record[part: "thickness_mm"] = thickness.cell }
        if record[part: "material"] == nil, let material = facts.material, let known = try? self.material(material) {
            record[part: "material"] = .integer(known.id)
        }
        if record[part: "operations"] == nil, let finish = facts.finish, let known = try operation(called: finish) {
            record[part: "operations"] = .text("\(PartRows.cut),\(known.code)")
        }
    }
}
