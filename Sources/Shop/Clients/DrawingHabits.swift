import Drawings
import Security
import Store
import Values

/// The unit of a drawing that names none.
package struct DrawingUnit: StoredAsText, Presentable {
    package static let word = "UNIT"
    package static let expected = "a unit (mm, cm, m, inch, foot, mil)"
    package static let choices = ["mm", "cm", "m", "inch", "foot", "yard", "mil", "micron", "unitless"]
    package static let shownType = ShownType.text
    package let units: Units

    package init?(reading text: String) {
        guard let units = Units.named(text.lowercased()) else { return nil }
        self.units = units
    }

    package var storedText: String { units.word }
    package var shown: DisplayValue { .text(units.word) }
}

/// How the drawings of a client are to be read, where that differs from the rules of the shop.
package struct DrawingHabits: Sendable, Equatable {
    /// The rules of the client, then those of the shop.
    package var processes: Processes
    /// The unit of drawings that name none.
    package var unit: Units?
    /// How the client builds the names of files.
    package var pattern: FilePattern?
    /// Whether the rules are those of the shop alone.
    var isShops = true

    /// The name of the row of `aux_drawing` with the measures of these bytes; nil for their SHA-256.
    func key(of sha256: String) -> String? {
        guard !isShops || unit != nil else { return nil }
        var digest = Digest()
        digest.add(processes.text + "\0" + (unit?.word ?? ""))
        return "\(sha256):\(digest.finish().prefix(16))"
    }
}

extension Shop {
    /// - Parameter id: the client; nil for the rules of the shop alone.
    package func drawingHabits(ofClient id: Int?) throws -> DrawingHabits {
        let shops = try setting(Settings.processes)
        let habits = try id.flatMap { id in
            try data.one("SELECT drawing_processes, drawing_unit, file_pattern FROM client WHERE id = \(id)") { row in
                let own: Processes? = try row.get(0), unit: DrawingUnit? = try row.get(1)
                return DrawingHabits(
                    processes: own.map { $0.before(shops) } ?? shops, unit: unit?.units, pattern: try row.get(2), isShops: own == nil)
            }
        }
        return habits ?? DrawingHabits(processes: shops)
    }

    /// The habits of the clients of records.
    /// - Throws: `refused` if the drawings of these clients are read differently.
    package func drawingHabits(of noun: Noun, _ records: [RecordID]) throws -> DrawingHabits {
        guard noun.name == Noun.client.name || noun.index(of: "client") != nil else { return try drawingHabits(ofClient: nil) }
        let clients = try data.all(
            "SELECT DISTINCT client.id FROM \(noun.from) WHERE \(name: noun.name).id IN (\(SQL.ids(records.map(\.id)))) ORDER BY client.id"
        ) { $0.int(0) }
        let habits = try clients.map { try drawingHabits(ofClient: $0) }
        guard let first = habits.first else { return try drawingHabits(ofClient: nil) }
        guard habits.allSatisfy({ $0 == first }) else {
            throw Failure(
                .refused, .fileIntake, "the drawings of these \(clients.count) clients are read in different ways",
                hint: "name the records of one client")
        }
        return first
    }

    /// The words and the pattern by which the names of a project's files are read.
    func fileWords(ofProject id: Int) throws -> MaterialWords {
        let client = try data.one("SELECT client_id FROM project WHERE id = \(id)") { $0.int(0) }
        return MaterialWords(try materials(), try drawingHabits(ofClient: client).pattern)
    }
}
