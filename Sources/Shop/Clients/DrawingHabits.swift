import Drawings
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
package struct DrawingHabits: Sendable {
    /// The rules of the client, then those of the shop.
    package var processes: Processes
    /// The unit of drawings that name none.
    package var unit: Units?
    /// How the client builds the names of files.
    package var pattern: FilePattern?
}

extension Shop {
    /// - Parameter id: the client; nil for the rules of the shop alone.
    package func drawingHabits(ofClient id: Int?) throws -> DrawingHabits {
        let shops = try setting(Settings.processes)
        let habits = try id.flatMap { id in
            try data.one("SELECT drawing_processes, drawing_unit, file_pattern FROM client WHERE id = \(id)") { row in
                let own: Processes? = try row.get(0), unit: DrawingUnit? = try row.get(1)
                return DrawingHabits(processes: own.map { $0.before(shops) } ?? shops, unit: unit?.units, pattern: try row.get(2))
            }
        }
        return habits ?? DrawingHabits(processes: shops)
    }

    /// The habits of the one client whose projects these are; those of the shop if there are several.
    package func drawingHabits(ofProjects ids: [Int]) throws -> DrawingHabits {
        let clients = try data.all("SELECT DISTINCT client_id FROM project WHERE id IN (\(SQL.ids(ids)))") { $0.int(0) }
        return try drawingHabits(ofClient: clients.count == 1 ? clients[0] : nil)
    }

    /// The words and the pattern by which the names of a project's files are read.
    func fileWords(ofProject id: Int) throws -> MaterialWords {
        MaterialWords(try materials(), try drawingHabits(ofProjects: [id]).pattern)
    }
}
