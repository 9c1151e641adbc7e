import Store
import Values

/// Puts products into projects.
extension Shop {
    /// Fills in what the product of a new part says, and attaches its drawings to the project.
    /// - Throws: `refused` if the product is not offered any more.
    func fill(_ record: inout ChildRecord, fromProduct id: Int, of project: Int) throws {
        let fields = ["title", "material", "thickness_mm", "note", "operations"]
        let product = try data.one(
            """
            SELECT code, active, name, material_id, thickness_um, notes, \(PartRows.operations(of: "product")) FROM product WHERE id = \(id)
            """
        ) { row in (code: row.text(0), isActive: row.int(1) != 0, cells: fields.indices.map { row.cell($0 + 2) }) }
        guard let product else { throw Failure(.notFound, .product, "there is no such product") }
        guard product.isActive else {
            throw Failure(
                .refused, .product, "product \(product.code) is not offered any more",
                hint: "laseros product edit \(product.code) --active yes")
        }
        for (field, cell) in zip(fields, product.cells) where record[part: field] == nil && !cell.isNull { record[part: field] = cell }
        guard record[part: "drawing"] == nil else { return }
        let drawings = try self.drawings(ofProduct: id)
        for file in drawings { try attachDrawing(file, of: product.code, to: project) }
        record[part: "drawing"] = drawings.first.map { .text($0.sha256) }
    }

    /// The drawings of a product, the DXF first, which may have a LightBurn twin.
    private func drawings(ofProduct id: Int) throws -> [KeptFile] {
        let files = try data.all(
            "SELECT name, sha256, bytes FROM file WHERE product_id = \(id) AND kind = \(FileKind.drawing) ORDER BY name"
        ) { KeptFile(name: $0.text(0), sha256: $0.text(1), size: try $0.get(2)) }
        let isFirst = { (file: KeptFile) in File.ending(of: file.name) == FileKind.drawingEndings[0] }
        return files.filter(isFirst) + files.filter { !isFirst($0) }
    }
}
