import Store
import Values

extension Shop {
    /// The facts of a project about its parts.
    package func cuttingFacts(ofProject id: Int) throws -> PartFacts {
        try data.one(
            "SELECT material.code, thickness_um, quantity FROM project LEFT JOIN material ON material.id = material_id WHERE project.id = \(id)"
        ) { PartFacts(material: try $0.get(0), thickness: try $0.get(1), quantity: try $0.get(2)) } ?? PartFacts()
    }

    /// The drawings attached to a project, to be priced, once for each of its parts with that drawing. If a part exists as DXF and for LightBurn, only the DXF.
    package func drawings(ofProject id: Int) throws -> [Enquiry] {
        let files = try data.all("SELECT name, sha256, bytes FROM file WHERE project_id = \(id) AND kind = 'drawing' ORDER BY name") {
            row in
            let file = KeptFile(name: row.text(0), sha256: row.text(1), size: try row.get(2))
            return Enquiry(name: file.name, .kept(file), said: "the project")
        }
        let names = Set(files.map { $0.name.lowercased() })
        let drawn = files.filter { FileKind.drawingEndings.contains(File.ending(of: $0.name)) && !FileKind.isTwin($0.name, among: names) }
        let parts = try projectParts(id)
        return drawn.flatMap { file -> [Enquiry] in
            guard case .kept(let kept) = file.source else { return [file] }
            let own = parts.filter { $0.drawing == kept.sha256 }
            return own.isEmpty ? [file] : own.map { $0.enquiry(file) }
        }
    }
}
