import Security
import Store
import Values

/// The files of records: rows that refer to contents below `files/`.
extension Shop {
    package func files(of noun: Noun, _ id: Int) throws -> [AttachedFile] { try files(of: noun, [id])[id] ?? [] }

    /// The files of several records, by their ids.
    func files(of noun: Noun, _ ids: [Int]) throws -> [Int: [AttachedFile]] {
        try rows(noun.path("file"), of: ids) { row in
            AttachedFile(
                id: row.id, project: try row["project"], name: try row["name"], kind: try row["kind"],
                bytes: try row["bytes"], sha256: try row["sha256"], added: try local((row["added_at"] as Moment).shown),
                measuredAs: try row["measured_as"],
                width: try row["width_mm"], height: try row["height_mm"], cutLength: try row["cut_length_mm"],
                pierces: try row["pierces"], openContours: try row["open_contours"], part: try row["part"])
        }
    }

    func files(ofProject id: Int) throws -> [AttachedFile] { try files(of: .project, id) }

    /// Returns the named files of records, or all of them if no name is given. Not each of several records has to have each name.
    /// - Throws: `notFound` with the most similar name.
    package func files(of noun: Noun, _ found: [RecordID], named names: [String]) throws -> [AttachedFile] {
        let all = try files(of: noun, found.map(\.id))
        return try picked(names, among: found.map { ($0, all[$0.id] ?? []) }, noun).flatMap(\.files)
    }

    /// The same for files that were read already, by record.
    func picked(
        _ names: [String], among all: [(record: RecordID, files: [AttachedFile])], _ noun: Noun
    ) throws -> [(record: RecordID, files: [AttachedFile])] {
        guard !names.isEmpty else { return all }
        if let missing = names.first(where: { name in !all.contains { $0.files.contains { $0.name == name } } }) {
            let near = suggestion(for: missing, among: all.flatMap { $0.files.map(\.name) })
            guard all.count == 1 else {
                throw Failure(.notFound, .files, "none of the \(counted(all.count, noun)) has a file '\(missing)'", hint: near)
            }
            throw Failure(
                .notFound, .files, "\(all[0].record.code) has no file '\(missing)'",
                hint: near ?? "laseros \(noun.command) files \(all[0].record.code)")
        }
        let wanted = Set(names)
        return all.map { ($0.record, $0.files.filter { wanted.contains($0.name) }) }
    }

    /// - Throws: `refused` if the record has other contents under one of the names, and `replacing` is false.
    package func demandFree(_ files: [NewFile], in record: RecordID, of noun: Noun, replacing: Bool) throws {
        guard !replacing else { return }
        let there = Dictionary(try self.files(of: noun, record.id).map { ($0.name, $0.sha256) }) { first, _ in first }
        let taken = files.filter { file in there[file.name].map { $0 != file.sha256 } ?? false }.map(\.name)
        guard !taken.isEmpty else { return }
        let other = worded(taken.count, "another file", "other files")
        throw Failure(
            .refused, .files, "\(record.code) has \(other) called \(taken.joined(separator: ", "))",
            hint: "--replace puts the new in place of the old")
    }

    /// Attaches the files to the record and stores the measurements of drawings. Those of a project make parts.
    /// - Parameter part: the part of the project that they belong to.
    package func attach(_ files: [NewFile], to record: RecordID, of noun: Noun, part: ProjectPart? = nil) throws -> Attached {
        let there = Dictionary(try self.files(of: noun, record.id).map { ($0.name, $0) }) { first, _ in first }
        var done = Attached(), new: [NewFile] = []
        for file in files {
            if let measured = file.measured { try keep(measured, file.sha256) }
            if let old = there[file.name] {
                guard
                    old.sha256 != file.sha256 || old.kind != file.kind || old.measuredAs != file.measuredAs
                        || part != nil && old.part != part?.number
                else { continue }
                try data.run(
                    """
                    UPDATE file SET kind = \(file.kind), bytes = \(file.bytes), sha256 = \(file.sha256), added_at = \(clock),
                        measured_as = \(file.measuredAs), part_id = coalesce(\(part?.id), part_id) WHERE id = \(old.id)
                    """)
                if noun.name == "project", file.sha256 != old.sha256 { try partsFollow(old, of: record.id, to: file) }
                done.replaced += 1
                // A part's own file makes no other part.
                if old.part != nil, part == nil { continue }
            } else {
                try data.run(
                    """
                    INSERT INTO file (\(name: noun.fileColumn), part_id, name, kind, bytes, sha256, added_at, measured_as)
                    VALUES (\(record.id), \(part?.id), \(file.name), \(file.kind), \(file.bytes), \(file.sha256), \(clock),
                            \(file.measuredAs))
                    """)
                done.added += 1
            }
            new.append(file)
        }
        if let part {
            try give(new, to: part, of: record)
        } else if noun.name == "project" {
            done.parts = try addParts(of: new, to: record)
        }
        return done
    }

    /// Parts with one of these drawings take the LightBurn twin of it, otherwise they have no drawing any more.
    /// - Returns: notes for the user: the parts without a drawing.
    package func detach(_ files: [AttachedFile]) throws -> [String] {
        for file in files { try data.run("DELETE FROM file WHERE id = \(file.id)") }
        return try files.flatMap { file -> [String] in
            guard let project = file.project else { return [] }
            return try data.all(
                """
                SELECT part.id, project.code || '.' || part.number FROM part JOIN project ON project.id = project_id
                WHERE project.id = \(project) AND part.drawing = \(file.sha256)
                    AND NOT EXISTS (SELECT 1 FROM file WHERE file.project_id = project.id AND sha256 = part.drawing)
                ORDER BY part.position
                """
            ) { (id: $0.int(0), name: $0.text(1)) }.compactMap { part in
                let twin = try self.files(ofProject: project).first { FileKind.isTwin($0.name, among: [file.name.lowercased()]) }
                try data.run("UPDATE part SET drawing = \(twin?.sha256) WHERE id = \(part.id)")
                return twin == nil ? "part \(part.name) has no drawing any more" : nil
            }
        }
    }
}

/// What attaching files to a record has done. Files that were attached unchanged are not counted.
package struct Attached: Sendable {
    package var added = 0
    package var replaced = 0
    /// The parts that were made or got a drawing, each with what the name of its drawing has said.
    package var parts: [DrawnPart] = []

    package init() {}

    package struct DrawnPart: Sendable {
        var number: Int
        var title: String
        /// Whether it was there before.
        var isOld: Bool
        var told: String?
    }

    /// How many parts were made.
    package var made: Int { parts.count { !$0.isOld } }

    /// `from the names: 1 Flange: material MS, thickness 10 mm, quantity 4; 2 Bracket: ...`; nil if they say nothing.
    package func told(of code: String) -> String? {
        let all = parts.compactMap { part in part.told.map { "\(part.number) \(part.title): \($0)" } }
        guard !all.isEmpty else { return nil }
        let more = all.count > 5 ? "; and \(all.count - 5) more: laseros project part list \(code)" : ""
        return "\(code): parts from the names: " + all.prefix(5).joined(separator: "; ") + more
    }
}

extension [NewFile] {
    /// The contents to store. Reading them fails if the file has changed since it was checked.
    package var contents: [FileContent] {
        map { file in
            FileContent(file.name, file.sha256, size: file.bytes) {
                let bytes = try File.read(file.path)
                guard bytes.withUnsafeBytes({ Digest.of($0) }) == file.sha256 else {
                    throw Failure(.outside, .files, "\(file.name) is being written by something else", hint: "attach it when that is done")
                }
                return bytes
            }
        }
    }
}
