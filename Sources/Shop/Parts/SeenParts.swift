import Drawings
import Store
import Values

/// A product that is a part, or a project or quote that already contains it.
package struct Sighting: Sendable {
    package enum Kind: String, Sendable { case product, project, quote }

    package var kind: Kind
    /// The code of the product, project or quote.
    package var code: String
    /// Nil for a product.
    package var client: String?
    /// The name of the file there.
    package var file: String
}

/// Searches the drawings of the shop for parts with the same geometry. Each drawing is read once.
package final class SeenParts {
    private let shop: Shop
    /// A stored drawing, and how it was read, if not by the rules of the shop.
    private struct Seen {
        var file: KeptFile
        var processes: Processes?
        var unit: Units?

        var key: String { [file.sha256, processes?.text, unit?.word].compactMap { $0 }.joined(separator: ":") }
    }

    private let reach: Double
    private var figures: [String: Figure?] = [:]
    /// The cost of comparing them with each other and with the requested parts.
    private var size: ComparisonSize
    /// The drawings that could not be read, with the reason.
    package private(set) var problems: [String] = []

    /// Parts are equal if their curves lie within a distance of each other, in millimetres.
    /// - Parameter size: the cost of comparing the requested parts.
    package init(_ shop: Shop, withinMM reach: Double, beside size: ComparisonSize) {
        (self.shop, self.reach, self.size) = (shop, reach, size)
    }

    /// Returns the products, then the projects, then the quotes, that contain the part, each sorted by code. A quote is listed once, even with several lines
    /// or versions.
    package func sightings(of figure: Figure) throws -> [Sighting] {
        let keys = figure.fingerprint.keys(withinMM: reach).map { "\($0)" as SQL }.joined(", ")
        let near = try shop.data.all(
            """
            SELECT bytes, coalesce(
                (SELECT name FROM file WHERE file.sha256 = bytes), (SELECT coalesce(file_name, title) FROM quote_line WHERE drawing = bytes),
                bytes), processes, unit
            FROM (SELECT id, substr(sha256, 1, 64) bytes, processes, unit FROM aux_drawing WHERE geometry IN (\(keys))) ORDER BY id
            """
        ) { row in
            let processes: Processes? = try row.get(2), unit: DrawingUnit? = try row.get(3)
            return Seen(file: KeptFile(name: row.text(1), sha256: row.text(0)), processes: processes, unit: unit?.units)
        }
        let equal = try near.filter { try self.figure($0)?.fit(onto: figure, withinMM: reach) != nil }
        guard !equal.isEmpty else { return [] }
        let hashes = equal.map { "\($0.file.sha256)" as SQL }.joined(", ")
        return try shop.data.all(
            """
            SELECT kind, code, client, file FROM (
                SELECT DISTINCT 'project' kind, project.code, client.code client, file.name file FROM file
                JOIN project ON project.id = file.project_id JOIN client ON client.id = project.client_id WHERE file.sha256 IN (\(hashes))
                UNION ALL
                SELECT DISTINCT 'product', product.code, NULL, file.name FROM file JOIN product ON product.id = file.product_id
                WHERE file.sha256 IN (\(hashes))
                UNION ALL
                SELECT 'quote', quote.code, client.code, min(coalesce(quote_line.file_name, quote_line.title)) FROM quote_line
                JOIN quote_version ON quote_version.id = quote_line.version_id JOIN quote ON quote.id = quote_version.quote_id
                JOIN client ON client.id = quote.client_id WHERE quote_line.drawing IN (\(hashes)) GROUP BY quote.id)
            ORDER BY kind, \(Noun.order(ofCodes: "code").joined(", ")), file
            """
        ) { row in
            Sighting(kind: Sighting.Kind(rawValue: row.text(0)) ?? .quote, code: row.text(1), client: try row.get(2), file: row.text(3))
        }
    }

    /// The figure that is cut from a stored drawing; nil if its bytes are missing or damaged.
    private func figure(_ seen: Seen) throws -> Figure? {
        let file = seen.file
        if let known = figures[seen.key] { return known }
        figures[seen.key] = .some(nil)
        var options = Measure.Options(rules: try seen.processes ?? shop.setting(Settings.processes), process: .cut, isolates: true)
        options.unstatedUnits = seen.unit
        do {
            guard let bytes = try shop.contentsIfThere(of: file) else { return nil }
            let measured = try Drawing(reading: bytes).measure(options)
            size.addWhole(measured)
            try size.demandRoom()
            let figure = measured.figure
            figures[seen.key] = .some(figure)
            return figure
        } catch let failure as Failure where failure.kind == .store && failure.ending == nil {
            problems.append("not compared: \(failure.message)")
            return nil
        }
    }
}
