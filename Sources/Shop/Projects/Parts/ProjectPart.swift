import Store
import Values

/// A part of a project, for quotes and drawings.
package struct ProjectPart: Sendable {
    package var id: Int
    package var number: Int
    var title: String
    var drawing: String?
    var material: String?
    var thickness: Length?
    var quantity: Int?
    /// Its operations besides cutting, by their codes.
    var finish: String?
    var isAssembly: Bool
    /// Whether the customer brings the material.
    var isCustomerMaterial: Bool
    /// The product that it is; nil if it is made for this project only.
    var product: PartProduct?

    fileprivate var operations: Set<String> { Set((finish ?? "").split(separator: ",").map(String.init)) }

    /// Its drawing as an enquiry, with its facts.
    func enquiry(_ file: KeptFile) -> Enquiry {
        var enquiry = Enquiry(name: file.name, .kept(file), said: "part \(number)")
        enquiry.facts = PartFacts(material: material, thickness: thickness, quantity: quantity, finish: finish)
        enquiry.part = self
        return enquiry
    }

    /// Whether the part and a line say nothing different. A line may add what the part does not say.
    func allows(_ line: PartLine) -> Bool {
        allowsCut(line) && (finish == nil || operations == line.operations)
    }

    /// Whether a line that names no part is for this one: what is done to the same shape besides makes it another part.
    func fits(_ line: PartLine) -> Bool { allowsCut(line) && operations == line.operations }

    private func allowsCut(_ line: PartLine) -> Bool {
        func agree<Fact: Equatable>(_ own: Fact?, _ other: Fact?) -> Bool { own == nil || other == nil || own == other }
        return drawing == line.drawing && agree(material, line.material) && agree(thickness, line.thickness)
    }

    /// Of the material and the thickness, how many it does not say.
    fileprivate var unsaid: Int { (material == nil ? 1 : 0) + (thickness == nil ? 1 : 0) }
}

/// The product that a part is.
struct PartProduct: Sendable {
    var id: Int
    var code: String
    /// In what the part differs from the product, so that it does not have its price: `material`.
    var difference: String?

    init?(id: Int?, code: String?, difference: String?) {
        guard let id, let code else { return nil }
        (self.id, self.code, self.difference) = (id, code, difference)
    }

    /// The first difference of a part; NULL if it is as its product is. What the product does not say, any part may.
    static let difference: SQL = """
        CASE WHEN product.id IS NULL THEN NULL WHEN part.customer_material IS 1 THEN 'material'
            WHEN product.material_id IS NOT NULL AND product.material_id IS NOT part.material_id THEN 'material'
            WHEN product.thickness_um IS NOT NULL AND product.thickness_um IS NOT part.thickness_um THEN 'thickness'
            WHEN \(PartRows.operations(of: "product")) IS NOT \(PartRows.operations(of: "part")) THEN 'operations'
            WHEN EXISTS (SELECT 1 FROM file WHERE file.product_id = product.id AND file.kind = 'drawing')
                AND NOT EXISTS (SELECT 1 FROM file WHERE file.product_id = product.id AND file.sha256 = part.drawing) THEN 'drawing' END
        """
}

/// What a line of a quote says about its part.
struct PartLine: Sendable {
    /// The id of the part that it names.
    var part: Int?
    var drawing: String?
    var material: String?
    var thickness: Length?
    /// What is done besides cutting, by the codes of the operations.
    var operations: Set<String>
}

extension [ProjectPart] {
    /// The part of each line: the one that it names, else the one that fits best and is no other line's.
    func parts(of lines: [PartLine]) -> [Int?] {
        var taken = Set(lines.compactMap(\.part))
        return lines.map { line in
            if let part = line.part { return part }
            let found = filter { $0.fits(line) && !taken.contains($0.id) }.min { $0.unsaid < $1.unsaid }?.id
            if let found { taken.insert(found) }
            return found
        }
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
                    ORDER BY part_operation.position)),
                EXISTS (SELECT 1 FROM part_component WHERE assembly_id = part.id), part.customer_material IS 1,
                product.id, product.code, \(PartProduct.difference)
            FROM part LEFT JOIN material ON material.id = part.material_id LEFT JOIN product ON product.id = part.product_id
            WHERE part.project_id = \(project) ORDER BY part.position
            """
        ) { row in
            ProjectPart(
                id: row.int(0), number: row.int(1), title: row.text(2), drawing: try row.get(3), material: try row.get(4),
                thickness: try row.get(5), quantity: try row.get(6), finish: try row.get(7), isAssembly: row.int(8) != 0,
                isCustomerMaterial: row.int(9) != 0,
                product: PartProduct(id: try row.get(10), code: try row.get(11), difference: try row.get(12)))
        }
    }

    /// Gives each priced drawing its part of the project, unless it is no part yet. A drawing that was asked for as one part but priced as
    /// another, such as of another material, is not that part.
    func assign(_ priced: inout [Prepared], to known: [ProjectPart]) throws {
        let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        let lines = try priced.map { part in
            var line = PartLine(
                drawing: part.sha256, material: part.material.code, thickness: part.thickness,
                operations: Set(try operations(ofFinish: part.finish)))
            if let own = part.part, byID[own]?.allows(line) == true { line.part = own }
            return line
        }
        for (i, id) in known.parts(of: lines).enumerated() {
            priced[i].part = nil
            guard let id, let own = byID[id] else { continue }
            priced[i].take(own)
            // A line may add operations to a part that has none.
            if lines[i].operations != own.operations { priced[i].product?.difference = "operations" }
        }
        let prices = try prices(ofProducts: Set(priced.compactMap(\.product?.id)))
        for i in priced.indices {
            if let product = priced[i].product { priced[i].sources += "; \(source(product, prices[product.id], priced[i].quantity))" }
        }
    }

    /// What decides the price of a line of a product: `the price of product BRK-80 from 10 on`
    private func source(_ product: PartProduct, _ prices: PriceBreaks?, _ quantity: Int) -> String {
        if let other = product.difference {
            return "not the price of product \(product.code), whose \(other) \(other == "operations" ? "differ" : "differs")"
        }
        guard let price = prices?.price(for: quantity) else {
            return "product \(product.code) has no price for \(quantity)"
        }
        return "the price of product \(product.code) from \(price.quantity) on"
    }
}
