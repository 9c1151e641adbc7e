import Store
import Values

/// Writes a list of parts into a project. A row with the drawing of a part fills that part, and a further row with it adds one.
package struct PartList {
    private let shop: Shop
    private let project: RecordID
    private let path: ChildPath
    /// The hashes of the files of the project, by their names.
    private let drawings: [String: String]
    /// The parts that no row has filled, by their drawings, the last first.
    private var unfilled: [String: [Int]] = [:]
    /// The parts of the list, in its order.
    package private(set) var ids: [Int] = []
    private var added = 0
    private var changed = 0

    package init(_ shop: Shop, _ project: RecordID, _ path: ChildPath) throws {
        (self.shop, self.project, self.path) = (shop, project, path)
        let files = try shop.data.all("SELECT name, sha256 FROM file WHERE project_id = \(project.id)") { ($0.text(0), $0.text(1)) }
        drawings = Dictionary(files) { first, _ in first }
        for part in try shop.projectParts(project.id).reversed() {
            if let drawing = part.drawing { unfilled[drawing, default: []].append(part.id) }
        }
    }

    package mutating func write(_ record: ChildRecord) throws {
        guard let i = path.child.index(of: "drawing"), case .text(let name)? = record.cells[i], let drawing = drawings[name],
            let part = unfilled[drawing]?.popLast()
        else {
            ids.append(try shop.add(record, to: project, path).id)
            added += 1
            return
        }
        if try shop.edit(record, part, of: project, path) { changed += 1 }
        ids.append(part)
    }

    /// `2 parts changed, 1 added`
    package var summary: String {
        let counts = [(changed, "changed"), (added, "added"), (ids.count - changed - added, "unchanged")].filter { $0.0 > 0 }
        return counts.enumerated().map { i, each in (i == 0 ? counted(each.0, "part") : "\(each.0)") + " " + each.1 }.joined(
            separator: ", ")
    }
}
