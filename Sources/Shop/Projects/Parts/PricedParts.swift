import Store
import Values

/// What a quote prices of a project.
extension Shop {
    /// The parts of a project that have a drawing, in their order. A project without parts has its drawings priced; if one exists as DXF
    /// and for LightBurn, only the DXF.
    package func drawings(ofProject id: Int) throws -> [Enquiry] {
        let parts = try projectParts(id)
        if !parts.isEmpty {
            let files = try drawingFiles(ofProject: id)
            return parts.compactMap { part in part.drawing.flatMap { files[$0] }.map(part.enquiry) }
        }
        let files = try data.all(
            "SELECT name, sha256, bytes FROM file WHERE project_id = \(id) AND kind = \(FileKind.drawing) ORDER BY name",
            KeptFile.init(row:))
        let names = Set(files.map { $0.name.lowercased() })
        return files.filter { $0.isDrawing && !FileKind.isTwin($0.name, among: names) }.map { file in
            Enquiry(name: file.name, .kept(file), said: "the project")
        }
    }

    /// A note about the parts of a project that have no drawing and are therefore left out of a quote; nil if there are none. An assembly
    /// is left out without a word if its parts are priced.
    package func unpricedParts(ofProject project: RecordID) throws -> String? {
        let parts = try projectParts(project.id), files = try drawingFiles(ofProject: project.id)
        var isPriced = Dictionary(parts.filter { $0.drawing.flatMap { files[$0] } != nil }.map { ($0.id, true) }) { first, _ in first }
        guard isPriced.count < parts.count else { return nil }
        let components = Dictionary(grouping: try components(ofProject: project.id), by: \.assembly)
        func prices(_ part: Int) -> Bool {
            if let known = isPriced[part] { return known }
            // Ends a circle, which only another program can have written.
            isPriced[part] = false
            let all = components[part].map { $0.allSatisfy { prices($0.part) } } ?? false
            isPriced[part] = all
            return all
        }
        let left = parts.filter { !prices($0.id) }.map(\.number).sorted().map(String.init)
        guard let last = left.last else { return nil }
        if left.count == 1 { return "\(project.code): part \(last) has no drawing and is not priced" }
        let shown = left.count > 10 ? left.prefix(9) + ["\(left.count - 9) more"] : left[...]
        return
            "\(project.code): parts \(shown.dropLast().joined(separator: ", ")) and \(shown.last ?? last) have no drawing and are not priced"
    }

    /// The files of a project that can be priced, by their hashes.
    private func drawingFiles(ofProject id: Int) throws -> [String: KeptFile] {
        let files = try data.all("SELECT name, sha256, bytes FROM file WHERE project_id = \(id) ORDER BY name", KeptFile.init(row:))
        return Dictionary(files.filter(\.isDrawing).map { ($0.sha256, $0) }) { first, _ in first }
    }
}

extension KeptFile {
    fileprivate init(row: Row) throws { self.init(name: row.text(0), sha256: row.text(1), size: try row.get(2)) }

    fileprivate var isDrawing: Bool { FileKind.drawingEndings.contains(File.ending(of: name)) }
}

extension Defaults {
    /// Takes what no other source says from a project, and its parts, which lines with their drawings are for.
    package mutating func use(project id: Int, of shop: Shop) throws {
        parts = try shop.projectParts(id)
        let facts = try shop.data.one(
            "SELECT material.code, thickness_um, quantity FROM project LEFT JOIN material ON material.id = material_id WHERE project.id = \(id)"
        ) { PartFacts(material: try $0.get(0), thickness: try $0.get(1), quantity: try $0.get(2)) }
        project = facts ?? PartFacts()
    }
}
