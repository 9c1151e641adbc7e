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
    /// What it takes to compare them with each other, and with what they are asked for.
    private var size: ComparisonSize
    /// The drawings that could not be looked at, and why.
    package private(set) var problems: [String] = []

    /// Equal are parts whose curves lie within a distance of each other, in millimetres.
    /// - Parameter size: what it takes to compare those that are asked for.
    package init(_ shop: Shop, withinMM reach: Double, beside size: ComparisonSize) {
        (self.shop, self.reach, self.size) = (shop, reach, size)
    }

    /// Where the part has been seen, projects first, each by code.
    package func sightings(of figure: Figure) throws -> [Sighting] {
        let keys = figure.fingerprint.keys(withinMM: reach).map { "\($0)" as SQL }.joined(", ")
        let near = try shop.data.all("SELECT id, sha256 FROM drawing WHERE geometry IN (\(keys)) ORDER BY id") { ($0.int(0), $0.text(1)) }
        let equal = try near.filter { try self.figure($0.1)?.fit(onto: figure, withinMM: reach) != nil }
        guard !equal.isEmpty else { return [] }
        let ids = equal.map { "\($0.0)" as SQL }.joined(", "), hashes = equal.map { "\($0.1)" as SQL }.joined(", ")
        return try shop.data.all(
            """
            SELECT DISTINCT 'project', project.code, client.code, file.name FROM file
            JOIN project ON project.id = file.project_id JOIN client ON client.id = project.client_id WHERE file.sha256 IN (\(hashes))
            UNION ALL
            SELECT DISTINCT 'quote', quote.code, client.code, coalesce(quote_line.file_name, quote_line.title) FROM quote_line
            JOIN quote_version ON quote_version.id = quote_line.version_id JOIN quote ON quote.id = quote_version.quote_id
            JOIN client ON client.id = quote.client_id WHERE quote_line.drawing_id IN (\(ids))
            ORDER BY 1, 2, 4
            """
        ) { row in Sighting(kind: row.text(0) == "project" ? .project : .quote, code: row.text(1), client: row.text(2), file: row.text(3)) }
    }

    /// What a kept drawing is cut as; nil when its bytes are gone or damaged.
    private func figure(_ sha256: String) throws -> Figure? {
        if let known = figures[sha256] { return known }
        figures[sha256] = .some(nil)
        let options = Measure.Options(rules: try shop.setting(Settings.processes), process: .cut, isolates: true)
        do {
            guard let bytes = try shop.contentsIfThere(of: try kept(sha256)) else { return nil }
            let measured = try Drawing(reading: bytes).measure(options)
            size.addWhole(measured)
            try size.demandRoom()
            let figure = measured.figure
            figures[sha256] = .some(figure)
            return figure
        } catch let failure as Failure where failure.kind == .store && failure.ending == nil {
            problems.append("not compared: \(failure.message)")
            return nil
        }
    }

    /// A drawing by the name of a file or of a line that has it.
    private func kept(_ sha256: String) throws -> KeptFile {
        let name = try shop.data.one(
            """
            SELECT name FROM file WHERE sha256 = \(sha256) UNION ALL
            SELECT coalesce(file_name, title) FROM quote_line WHERE drawing_id = (SELECT id FROM drawing WHERE sha256 = \(sha256)) LIMIT 1
            """
        ) { $0.text(0) }
        return KeptFile(name: name ?? sha256, sha256: sha256)
    }
}
