import Drawings
import Store
import Values

/// A place where the shop has a part already.
package struct Sighting: Sendable {
    package enum Kind: String, Sendable { case project, quote }

    package var kind: Kind
    /// The project's or the quote's.
    package var code: String
    package var client: String
    /// The name of the file there.
    package var file: String
}

/// The drawings of the shop, asked for parts by their geometry. Each drawing is read once.
package final class SeenParts {
    private let shop: Shop
    private let reach: Double
    private var figures: [String: Figure?] = [:]

    /// Equal are parts whose curves lie within a distance of each other, in millimetres.
    package init(_ shop: Shop, withinMM reach: Double) { (self.shop, self.reach) = (shop, reach) }

    /// Where the part has been seen, projects first, each by code.
    package func sightings(of figure: Figure) throws -> [Sighting] {
        let keys = figure.fingerprint.keys(withinMM: reach).map { "\($0)" as SQL }.joined(", ")
        let near = try shop.data.all("SELECT sha256 FROM aux_drawing WHERE geometry IN (\(keys)) ORDER BY id") { $0.text(0) }
        let equal = try near.filter { try self.figure($0)?.fit(onto: figure, withinMM: reach) != nil }
        guard !equal.isEmpty else { return [] }
        let hashes = equal.map { "\($0)" as SQL }.joined(", ")
        return try shop.data.all(
            """
            SELECT kind, code, client, file FROM (
                SELECT DISTINCT 'project' kind, project.code, client.code client, file.name file FROM file
                JOIN project ON project.id = file.project_id JOIN client ON client.id = project.client_id WHERE file.sha256 IN (\(hashes))
                UNION ALL
                SELECT DISTINCT 'quote', quote.code, client.code, coalesce(quote_line.file_name, quote_line.title) FROM quote_line
                JOIN quote_version ON quote_version.id = quote_line.version_id JOIN quote ON quote.id = quote_version.quote_id
                JOIN client ON client.id = quote.client_id WHERE quote_line.drawing IN (\(hashes)))
            ORDER BY kind, \(Noun.order(ofCodes: "code").joined(", ")), file
            """
        ) { row in Sighting(kind: row.text(0) == "project" ? .project : .quote, code: row.text(1), client: row.text(2), file: row.text(3)) }
    }

    /// What a kept drawing is cut as; nil when its bytes are gone.
    private func figure(_ sha256: String) throws -> Figure? {
        if let known = figures[sha256] { return known }
        let options = Measure.Options(rules: try shop.setting(Settings.processes), process: .cut, isolates: true)
        let figure = shop.holds(sha256) ? try Drawing(reading: shop.bytes(ofFile: sha256)).measure(options).figure : nil
        figures[sha256] = .some(figure)
        return figure
    }
}
