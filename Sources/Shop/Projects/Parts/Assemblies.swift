import Store
import Values

/// What the assemblies of a project consist of, by the numbers of parts.
struct Assemblies {
    private let project: RecordID
    private var components: [Int: [(part: Int, each: Int)]] = [:]

    init(_ shop: Shop, of project: RecordID) throws {
        self.project = project
        for row in try shop.components(ofProject: project.id) {
            components[row.assemblyNumber, default: []].append((row.partNumber, row.count))
        }
    }

    /// Adds the parts that assemblies bring, except those that are wanted by name.
    /// - Parameter named: how many of each; nil if nobody knows.
    /// - Throws: `refused` if an assembly contains itself, as a data file may have it that something else has written.
    func withComponents(_ named: [Int: Int?]) throws -> [Int: Int?] {
        func rows(of assembly: Int) -> [(part: Int, each: Int)] {
            (components[assembly] ?? []).filter { !named.keys.contains($0.part) }
        }
        // How many rows are still to be counted for each part. A part is ready when all of its assemblies are.
        var open: [Int: Int] = [:], near = Array(named.keys), found = Set(near)
        while let assembly = near.popLast() {
            for row in rows(of: assembly) {
                open[row.part, default: 0] += 1
                if found.insert(row.part).inserted { near.append(row.part) }
            }
        }
        var wanted = named, ready = Array(named.keys), done = 0
        while let assembly = ready.popLast() {
            done += 1
            for row in rows(of: assembly) {
                wanted[row.part] = .some(Self.sum(wanted[row.part] ?? 0, wanted[assembly] ?? nil, times: row.each))
                open[row.part, default: 0] -= 1
                if open[row.part] == 0 { ready.append(row.part) }
            }
        }
        guard done == found.count else {
            throw Failure(
                .refused, .project, "an assembly of \(project.code) contains itself", hint: "laseros project part list \(project.code)")
        }
        return wanted
    }

    /// Nil if one of them is not known or the sum is too large.
    private static func sum(_ before: Int?, _ more: Int?, times each: Int) -> Int? {
        guard let before, let more, case let (product, isTooLarge) = more.multipliedReportingOverflow(by: each), !isTooLarge,
            case let (sum, isStillTooLarge) = before.addingReportingOverflow(product), !isStillTooLarge, sum <= Count.sound.upperBound
        else { return nil }
        return sum
    }
}

/// How often an assembly contains a part.
struct PartComponent {
    var assembly: Int
    var assemblyNumber: Int
    var part: Int
    var partNumber: Int
    var count: Int
}

extension Shop {
    func components(ofProject id: Int) throws -> [PartComponent] {
        try data.all(
            """
            SELECT part.id, part.number, member.id, member.number, part_component.quantity FROM part
            JOIN part_component ON assembly_id = part.id JOIN part AS member ON member.id = part_component.part_id
            WHERE part.project_id = \(id) ORDER BY part.position, part_component.position
            """
        ) { PartComponent(assembly: $0.int(0), assemblyNumber: $0.int(1), part: $0.int(2), partNumber: $0.int(3), count: $0.int(4)) }
    }

    /// Writes the components of an assembly.
    /// - Returns: whether they changed.
    /// - Throws: `refused` if an assembly would contain itself.
    func writeComponents(_ cell: Cell, of assembly: Int, in project: Int) throws -> Bool {
        struct Component: Equatable { var part: Int, quantity: Int }
        let new = try PartRows.words(cell).map { word in
            let words = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard words.count < 3, let number = Count(reading: words[0])?.value,
                let count = Count(reading: words.count == 2 ? words[1] : "1")?.value
            else {
                throw Failure(.usage, .part, "'\(word)' is not the number of a part and how many: 3:4", reason: .field("components"))
            }
            let part = try data.one("SELECT id FROM part WHERE project_id = \(project) AND number = \(number)") { $0.int(0) }
            guard let part else {
                let code = try code(of: .project, project) ?? ""
                throw Failure(.notFound, .part, "\(code) has no part \(number)", hint: "laseros project part list \(code)")
            }
            return Component(part: part, quantity: count)
        }
        let old = try data.all("SELECT part_id, quantity FROM part_component WHERE assembly_id = \(assembly) ORDER BY position") {
            Component(part: $0.int(0), quantity: $0.int(1))
        }
        guard new != old else { return false }
        try data.run("DELETE FROM part_component WHERE assembly_id = \(assembly)")
        for (i, each) in new.enumerated() {
            try data.run(
                """
                INSERT INTO part_component (assembly_id, position, part_id, quantity)
                VALUES (\(assembly), \(i + 1), \(each.part), \(each.quantity))
                """)
        }
        guard try circles("assembly_id = \(assembly)").isEmpty else { throw Failure(.refused, .part, "an assembly cannot contain itself") }
        return true
    }

    /// The assemblies that contain themselves: `JB-2026-08-CL0001-001.3`.
    /// - Parameter condition: for rows of `part_component`. A circle is found by any of its rows.
    private func circles(_ condition: SQL) throws -> [String] {
        try data.all(
            """
            WITH RECURSIVE below(assembly, id) AS (
                SELECT assembly_id, part_id FROM part_component WHERE \(condition)
                UNION SELECT assembly, part_id FROM below JOIN part_component ON assembly_id = below.id
            )
            SELECT DISTINCT project.code || '.' || part.number FROM below JOIN part ON part.id = assembly
            JOIN project ON project.id = part.project_id WHERE below.id = assembly ORDER BY part.id
            """
        ) { $0.text(0) }
    }

    /// The same after an undo, which may have brought components back.
    func circles(among touched: [String: ClosedRange<Int>]) throws -> [String] {
        guard let rows = touched["part_component"] else { return [] }
        return try circles("part_component.id BETWEEN \(rows.lowerBound) AND \(rows.upperBound)").map { "part \($0) would contain itself" }
    }
}
