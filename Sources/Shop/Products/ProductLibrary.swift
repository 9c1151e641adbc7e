import Store
import Values

/// What a row of a library was taken for.
package struct LibraryProduct: Sendable {
    package var line: Int
    package var code: String
    package var isNew: Bool
    package var name: String
    package var category: String?
    package var material: String?
    package var thickness: Length?
    package var file: String
    package var width: Length?
    package var height: Length?

    package static let columns: [Column<LibraryProduct>] = [
        Column("line") { $0.line }, Column("code") { $0.code },
        Column("result", .status) { .status($0.isNew ? "added" : "same", $0.isNew ? .good : .quiet) },
        Column("name") { $0.name }, Column("category") { $0.category }, Column("material") { $0.material },
        Column("thickness_mm") { $0.thickness }, Column("file") { $0.file }, Column("width_mm") { $0.width },
        Column("height_mm") { $0.height },
    ]
}

/// Makes products of the rows of a library.
struct ProductLibrary {
    private struct Known {
        var code: String
        var name: String
        var category: String?
        var material: String?
        var thickness: Length?
    }

    private let shop: Shop
    private let words: MaterialWords
    private let materials: [String: Material]
    /// The products with a file of this name.
    private var known: [String: [Known]] = [:]
    private var claimed: Set<String> = []
    /// All codes, in lower case.
    private var codes: Set<String>
    private var numbers: [String: Int] = [:]
    private let attach: Repeated

    private(set) var products: [LibraryProduct] = []
    private var renamed: [String] = []
    private var unknown: [String] = []
    private var unequal: [String] = []

    init(_ shop: Shop) throws {
        self.shop = shop
        let all = try shop.materials()
        words = MaterialWords(all)
        materials = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }
        codes = Set(try shop.data.all("SELECT code FROM product") { $0.text(0).lowercased() })
        attach = try shop.data.repeated(
            "INSERT INTO file (product_id, name, kind, bytes, sha256, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        var known: [String: [Known]] = [:]
        try shop.data.each(
            """
            SELECT file.name, product.code, product.name, category, material.code, thickness_um FROM file
            JOIN product ON product.id = file.product_id LEFT JOIN material ON material.id = product.material_id
            WHERE file.product_id IS NOT NULL ORDER BY product.id
            """
        ) { row in
            known[row.text(0), default: []].append(
                Known(
                    code: row.text(1), name: row.text(2), category: try row.get(3), material: try row.get(4), thickness: try row.get(5)))
        }
        self.known = known
    }

    /// Adds the product of a row, unless it is there already.
    mutating func take(_ row: LibraryRow) throws {
        if let known = known(row) {
            claimed.insert(known.code)
            return note(row, known, isNew: false)
        }
        let named = material(of: row), material = named.flatMap { materials[$0] }
        let new = Known(
            code: freeCode(row.code), name: row.item, category: row.industry, material: material?.code,
            thickness: row.thickness ?? PartName(row.drawing.name, words).facts.thickness)
        if new.code != row.code { renamed.append("\(new.code) on line \(row.line)") }
        if material == nil { unknown.append(new.code + (named.map { " (\($0))" } ?? "")) }
        var record = Record(.product)
        record.code = new.code
        record["name"] = .text(new.name)
        record["category"] = row.industry.map(Cell.text)
        record["material"] = material.map { .integer($0.id) }
        record["thickness_mm"] = new.thickness?.cell
        record["description"] = row.size.map(Cell.text)
        record["notes"] = row.notes.map(Cell.text)
        let id = try shop.add(record).id, file = row.drawing
        if let measured = file.measured { try shop.keep(measured, file.sha256) }
        try attach.run([.integer(id), .text(file.name), file.kind.cell, .integer(file.bytes), .text(file.sha256), shop.clockCell])
        note(row, new, isNew: true)
    }

    private mutating func note(_ row: LibraryRow, _ product: Known, isNew: Bool) {
        let part = row.drawing.measured?.part
        products.append(
            LibraryProduct(
                line: row.line, code: product.code, isNew: isNew, name: product.name, category: product.category,
                material: product.material, thickness: product.thickness, file: row.drawing.name, width: part?.width, height: part?.height))
        guard isNew, let part, let said = row.size.flatMap(Size.init(reading:)), !LibraryRow.isSize(said, of: part) else { return }
        unequal.append("\(product.code) (\(said), measured \(Size(width: part.width, height: part.height)))")
    }

    /// The product that an earlier import has made of a row: one with its drawing, by its code or by its name.
    private func known(_ row: LibraryRow) -> Known? {
        let made = row.code
        return known[row.drawing.name]?.first { product in
            guard !claimed.contains(product.code) else { return false }
            let isNamed = product.name == row.item && product.category?.lowercased() == row.industry?.lowercased()
            return isNamed || product.code.lowercased() == made.lowercased()
        }
    }

    /// The code, or the first free one of `CODE-2`, `CODE-3`.
    private mutating func freeCode(_ code: String) -> String {
        var free = code
        while !codes.insert(free.lowercased()).inserted {
            numbers[code, default: 1] += 1
            free = "\(code)-\(numbers[code] ?? 2)"
        }
        return free
    }

    /// The material that the notes, the item, the drawing or the industry names: the first that names any. Nil if it names several.
    private func material(of row: LibraryRow) -> String? {
        for text in [row.notes, row.item, PartName.stem(row.drawing.name), row.industry] {
            guard let text else { continue }
            let matches = words.matches(in: PartRuns(text), except: []), named = Set(matches.filter { !$0.isVague }.map(\.code))
            // `brass or steel` is not certain, and `steel` alone may be any.
            if !named.isEmpty { return named.count == 1 && !matches.contains(where: \.isVague) ? named.first : nil }
        }
        return nil
    }

    /// Notes for the user.
    var notes: [String] {
        let added = products.count(where: \.isNew)
        return [
            unknown.isEmpty
                ? nil : "the material is not certain of \(Shop.few(unknown)): laseros product edit CODE --material MATERIAL",
            renamed.isEmpty ? nil : "the code was taken by another product: \(Shop.few(renamed))",
            unequal.isEmpty ? nil : "the drawing is of another size than the index says: \(Shop.few(unequal))",
            added == 0
                ? nil : "\(counted(added, .product)) \(worded(added, "has", "have")) no price yet: laseros product price add CODE 1 AMOUNT",
        ].compactMap { $0 }
    }
}

extension Shop {
    /// Makes a product with its drawing of each row that is none yet.
    /// - Returns: the product of each row, and notes for the user.
    package func addProducts(of rows: [LibraryRow]) throws -> (products: [LibraryProduct], notes: [String]) {
        var library = try ProductLibrary(self)
        for row in rows {
            try Interrupt.check()
            try library.take(row)
        }
        return (library.products, library.notes)
    }
}
