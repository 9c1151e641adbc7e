import Store
import Values

/// Finds the parts and remnants that labels are printed for.
extension Shop {
    /// The parts that a word names: `JB-2026-12-CL0001-001.3` is one, a project all of its parts.
    /// - Parameter project: finds a project by its code or by a part of it.
    /// - Throws: `notFound` if there is no such project or part, or if the project has no parts.
    package func parts(named typed: String, project: (String) throws -> RecordID) throws -> [Int] {
        guard let (owner, number) = Shop.partCode(typed), try !isProjectCode(typed) else {
            let found = try project(typed), parts = try parts(ofProjects: [found.id])
            guard parts.isEmpty else { return parts }
            throw Failure(.notFound, .label, "\(found.code) has no parts", hint: "laseros project part add \(found.code) TITLE")
        }
        let found = try project(owner)
        let part = try data.one("SELECT id FROM part WHERE project_id = \(found.id) AND number = \(number)") { $0.int(0) }
        guard let part else {
            throw Failure(
                .notFound, .label, "\(found.code) has no part \(number)", hint: "laseros project part list \(found.code)")
        }
        return [part]
    }

    /// The parts of projects, in the order of these and of the parts.
    package func parts(ofProjects ids: [Int]) throws -> [Int] {
        let found = try data.all(
            "SELECT project_id, id FROM part WHERE project_id IN (\(SQL.ids(ids))) ORDER BY project_id, position"
        ) { (project: $0.int(0), part: $0.int(1)) }
        let byProject = Dictionary(grouping: found, by: \.project)
        return ids.flatMap { byProject[$0]?.map(\.part) ?? [] }
    }

    /// Those of some lots that are remnants.
    package func remnants(among lots: [RecordID]) throws -> [RecordID] {
        let found = Set(
            try data.all("SELECT id FROM lot WHERE kind = \(LotKind.remnant) AND id IN (\(SQL.ids(lots.map(\.id))))") { $0.int(0) })
        return lots.filter { found.contains($0.id) }
    }

    /// Splits `JB-2026-12-CL0001-001.3` into the code of the project and the number of the part.
    private static func partCode(_ typed: String) -> (project: String, number: Int)? {
        guard let dot = typed.lastIndex(of: "."), dot > typed.startIndex,
            let number = Count(reading: String(typed[typed.index(after: dot)...]))
        else { return nil }
        return (String(typed[..<dot]), number.value)
    }

    /// Whether a project has this code, which may contain dots.
    private func isProjectCode(_ code: String) throws -> Bool {
        try data.one("SELECT 1 FROM project WHERE code = \(code)") { _ in true } ?? false
    }
}
