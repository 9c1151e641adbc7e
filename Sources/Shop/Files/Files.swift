import Security
import Store
import Values

/// The files of a project: rows that refer to contents below `files/`.
extension Shop {
    package func files(ofProject id: Int) throws -> [AttachedFile] {
        try rows(Noun.project.path("file"), of: id) { row in
            AttachedFile(
                id: row.id, project: id, name: try row["name"], kind: try row["kind"], bytes: try row["bytes"], sha256: try row["sha256"],
                added: try local((row["added_at"] as Moment).shown), width: try row["width_mm"], height: try row["height_mm"],
                cutLength: try row["cut_length_mm"], pierces: try row["pierces"], openContours: try row["open_contours"])
        }
    }

    /// Returns the named files of a project, or all of them if no name is given.
    /// - Throws: `notFound` with the most similar name.
    package func files(ofProject project: RecordID, named names: [String]) throws -> [AttachedFile] {
        let all = try files(ofProject: project.id)
        guard !names.isEmpty else { return all }
        var picked: [AttachedFile] = []
        for name in names {
            guard let file = all.first(where: { $0.name == name }) else {
                throw Failure(
                    .notFound, .files, "\(project.code) has no file '\(name)'",
                    hint: suggestion(for: name, among: all.map(\.name)) ?? "laseros project files \(project.code)")
            }
            if !picked.contains(where: { $0.id == file.id }) { picked.append(file) }
        }
        return picked
    }

    /// Returns the files with these names in several projects. Not every project has to have each name.
    /// - Throws: `notFound` for a name that no project has.
    package func files(ofProjects found: [RecordID], named names: [String]) throws -> [AttachedFile] {
        if found.count == 1 { return try files(ofProject: found[0], named: names) }
        let all = try found.flatMap { try files(ofProject: $0.id) }
        try demand(names, among: all, of: found)
        return all.filter { names.contains($0.name) }
    }

    /// - Throws: `notFound` if a name is not that of any of the files.
    func demand(_ names: [String], among files: [AttachedFile], of found: [RecordID]) throws {
        guard let missing = names.first(where: { name in !files.contains { $0.name == name } }) else { return }
        let near = suggestion(for: missing, among: files.map(\.name))
        throw Failure(.notFound, .files, "none of the \(counted(found.count, .project)) has a file '\(missing)'", hint: near)
    }

    /// - Throws: `refused` if the project has other contents under one of the names, and `replacing` is false.
    package func demandFree(_ files: [NewFile], in project: RecordID, replacing: Bool) throws {
        guard !replacing else { return }
        let there = try self.files(ofProject: project.id)
        let taken = files.filter { file in there.contains { $0.name == file.name && $0.sha256 != file.sha256 } }.map(\.name)
        guard !taken.isEmpty else { return }
        let other = worded(taken.count, "another file", "other files")
        throw Failure(
            .refused, .files, "\(project.code) has \(other) called \(taken.joined(separator: ", "))",
            hint: "--replace puts the new in place of the old")
    }

    /// Attaches the files to the project and stores the measurements of drawings.
    /// - Returns: how many are new and how many replaced others, and how many parts they made. Files that were attached unchanged are not
    ///   counted.
    package func attach(_ files: [NewFile], to project: RecordID) throws -> (added: Int, replaced: Int, parts: Int) {
        let there = Dictionary(try self.files(ofProject: project.id).map { ($0.name, $0) }) { first, _ in first }
        var added = 0, replaced = 0, new: [NewFile] = []
        for file in files {
            if let measured = file.measured { try keep(measured, file.sha256) }
            if let old = there[file.name] {
                guard old.sha256 != file.sha256 || old.kind != file.kind else { continue }
                try data.run(
                    """
                    UPDATE file SET kind = \(file.kind), bytes = \(file.bytes), sha256 = \(file.sha256), added_at = \(clock)
                    WHERE id = \(old.id)
                    """)
                if file.sha256 != old.sha256 { try partsFollow(old, to: file) }
                replaced += 1
            } else {
                try data.run(
                    """
                    INSERT INTO file (project_id, name, kind, bytes, sha256, added_at)
                    VALUES (\(project.id), \(file.name), \(file.kind), \(file.bytes), \(file.sha256), \(clock))
                    """)
                added += 1
            }
            new.append(file)
        }
        return (added, replaced, try addParts(of: new, to: project))
    }

    /// Parts with one of these drawings take the LightBurn twin of it, otherwise they have no drawing any more.
    /// - Returns: notes for the user: the parts without a drawing.
    package func detach(_ files: [AttachedFile]) throws -> [String] {
        for file in files { try data.run("DELETE FROM file WHERE id = \(file.id)") }
        return try files.flatMap { file in
            try data.all(
                """
                SELECT part.id, project.code || '.' || part.number FROM part JOIN project ON project.id = project_id
                WHERE project.id = \(file.project) AND part.drawing = \(file.sha256)
                    AND NOT EXISTS (SELECT 1 FROM file WHERE file.project_id = project.id AND sha256 = part.drawing)
                ORDER BY part.position
                """
            ) { (id: $0.int(0), name: $0.text(1)) }.compactMap { part in
                let twin = try self.files(ofProject: file.project).first { FileKind.isTwin($0.name, among: [file.name.lowercased()]) }
                try data.run("UPDATE part SET drawing = \(twin?.sha256) WHERE id = \(part.id)")
                return twin == nil ? "part \(part.name) has no drawing any more" : nil
            }
        }
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
