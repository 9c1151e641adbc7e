import Store
import Values

extension Shop {
    /// The facts of a project about its parts.
    package func cuttingFacts(ofProject id: Int) throws -> PartFacts {
        try data.one(
            "SELECT material.code, thickness_um, quantity FROM project LEFT JOIN material ON material.id = material_id WHERE project.id = \(id)"
        ) { PartFacts(material: try $0.get(0), thickness: try $0.get(1), quantity: try $0.get(2)) } ?? PartFacts()
    }

    /// The drawings attached to a project, to be priced. If a part exists as DXF and for LightBurn, only the DXF.
    package func drawings(ofProject id: Int) throws -> [Enquiry] {
        let files = try data.all("SELECT name, sha256, bytes FROM file WHERE project_id = \(id) AND kind = 'drawing' ORDER BY name") {
            row in
            let file = KeptFile(name: row.text(0), sha256: row.text(1), size: try row.get(2))
            return Enquiry(name: file.name, .kept(file), said: "the project")
        }
        let names = Set(files.map { $0.name.lowercased() })
        return files.filter { FileKind.drawingEndings.contains(File.ending(of: $0.name)) && !FileKind.isTwin($0.name, among: names) }
    }
}
