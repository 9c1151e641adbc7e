import Store
import Values

/// What an entry of the queue is about: one operation on parts of one material and thickness.
struct QueueWork: Hashable {
    /// The place of the operation in the order of its parts, from 1.
    var level: Int
    /// Nil for cutting.
    var operation: Int?
    var material: Int?
    var thickness: Length?

    /// Whether it is the same work, whatever comes before it.
    func isAt(anyLevelOf other: QueueWork) -> Bool {
        operation == other.operation && material == other.material && thickness == other.thickness
    }
}

/// How many of a part are to be made; of a project without parts, of the whole.
struct QueuedPart: Equatable {
    var part: Int?
    var quantity: Int?
}

extension Shop {
    /// What is to be done for a project, in order. A project without parts is cut.
    func work(for project: RecordID) throws -> [(work: QueueWork, parts: [QueuedPart])] {
        let own = try data.one("SELECT material_id, thickness_um, quantity FROM project WHERE id = \(project.id)") { row in
            (material: try row.get(0) as Int?, thickness: try row.get(1) as Length?, quantity: try row.get(2) as Int?)
        }
        guard let own else { return [] }
        let parts = try workedParts(of: project)
        guard !parts.isEmpty else {
            let work = QueueWork(level: 1, operation: nil, material: own.material, thickness: own.thickness)
            return [(work, [QueuedPart(part: nil, quantity: own.quantity)])]
        }
        let quantities = try neededParts(of: project)
        var order: [QueueWork] = [], found: [QueueWork: [QueuedPart]] = [:]
        for part in parts {
            let quantity = (quantities[part.number] ?? nil) ?? (parts.count == 1 ? own.quantity : nil)
            for (i, operation) in part.operations.enumerated() {
                let work = QueueWork(
                    level: part.begins + i, operation: operation, material: part.material ?? own.material,
                    thickness: part.thickness ?? own.thickness)
                if found[work] == nil { order.append(work) }
                found[work, default: []].append(QueuedPart(part: part.id, quantity: quantity))
            }
        }
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        return order.sorted { ($0.level, places[$0] ?? 0) < ($1.level, places[$1] ?? 0) }.map { ($0, found[$0] ?? []) }
    }

    private struct WorkedPart {
        var id: Int
        var number: Int
        var material: Int?
        var thickness: Length?
        /// Nil for cutting.
        var operations: [Int?]
        /// The level of its first operation.
        var begins = 1
    }

    /// The parts of a project with their operations. The operations of an assembly come after those of its parts.
    private func workedParts(of project: RecordID) throws -> [WorkedPart] {
        var operations: [Int: [Int?]] = [:]
        try data.each(
            """
            SELECT part_id, operation_id FROM part JOIN part_operation ON part_operation.part_id = part.id WHERE project_id = \(project.id)
            ORDER BY part.position, part_operation.position
            """
        ) { operations[$0.int(0), default: []].append(try $0.get(1)) }
        let components = Dictionary(grouping: try self.components(ofProject: project.id)) { $0.assemblyNumber }
        var parts = try data.all(
            "SELECT id, number, material_id, thickness_um FROM part WHERE project_id = \(project.id) ORDER BY position"
        ) { row in
            WorkedPart(
                id: row.int(0), number: row.int(1), material: try row.get(2), thickness: try row.get(3),
                operations: operations[row.int(0)] ?? (components[row.int(1)] == nil ? [nil] : []))
        }
        let byNumber = Dictionary(parts.map { ($0.number, $0) }) { first, _ in first }
        var ends: [Int: Int] = [:]
        // A circle of assemblies is refused where they are written, and by `neededParts`.
        func end(_ number: Int, _ depth: Int) -> Int {
            if let known = ends[number] { return known }
            guard depth < parts.count, let part = byNumber[number] else { return 0 }
            let begin = (components[number] ?? []).map { end($0.partNumber, depth + 1) }.max() ?? 0
            ends[number] = begin + part.operations.count
            return begin + part.operations.count
        }
        for i in parts.indices { parts[i].begins = end(parts[i].number, 0) - parts[i].operations.count + 1 }
        return parts
    }
}
