import Store
import Values

/// Keeps the parts of a project in step with its drawings.
extension Shop {
    /// Gives each drawing that no part has to a part without one that is called like it, or makes a part of it. A DXF takes the place of its
    /// LightBurn twin.
    /// - Parameter files: what was just attached.
    /// - Returns: the parts that were made or given a drawing.
    func addParts(of files: [NewFile], to project: RecordID) throws -> [Attached.DrawnPart] {
        let drawings = files.filter { $0.kind == .drawing && FileKind.drawingEndings.contains(File.ending(of: $0.name)) }
        guard !drawings.isEmpty else { return [] }
        let path = Noun.project.path("part"), all = try self.files(ofProject: project.id), words = try fileWords(ofProject: project.id)
        let names = Set(all.map { $0.name.lowercased() }), parts = try projectParts(project.id)
        var taken = Set(parts.compactMap(\.drawing)), undrawn = parts.filter { $0.drawing == nil && !$0.isAssembly }
        let twins = Dictionary(grouping: all) { FileKind.original(ofTwin: $0.name) ?? "" }
        var drawn: [Attached.DrawnPart] = []
        for file in drawings where !taken.contains(file.sha256) && !FileKind.isTwin(file.name, among: names) {
            taken.insert(file.sha256)
            if let twin = twins[file.name.lowercased()]?.first(where: { taken.contains($0.sha256) }) {
                try data.run("UPDATE part SET drawing = \(file.sha256) WHERE project_id = \(project.id) AND drawing = \(twin.sha256)")
                continue
            }
            let name = PartName(File.folder(of: file.typed) + "/" + file.name, words)
            if let i = undrawn.firstIndex(where: { isCalled($0, name) }) {
                let part = undrawn.remove(at: i)
                try give(file.name, to: part, of: project)
                drawn.append(.init(number: part.number, title: part.title, isOld: true, told: try told(name, besides: part)))
                continue
            }
            var record = ChildRecord(path.child)
            record[part: "drawing"] = .text(file.name)
            if let thickness = name.folder.thickness { record[part: "thickness_mm"] = thickness.cell }
            if let said = name.folder.material, let known = try? material(said) { record[part: "material"] = .integer(known.id) }
            let made = try add(record, to: project, path)
            drawn.append(.init(number: made.number ?? 0, title: name.title, isOld: false, told: try told(name)))
        }
        return drawn
    }

    /// What the name of a drawing has said of its part, and the material that it names in vain.
    private func told(_ name: PartName, besides part: ProjectPart? = nil) throws -> String? {
        var facts = name.all, unknown: String?
        if let said = facts.material, (try? material(said)) == nil {
            (facts.material, unknown) = (nil, "\(said) is no material of the shop")
        }
        if let part {
            if part.material != nil { facts.material = nil }
            if part.thickness != nil { facts.thickness = nil }
            if part.quantity != nil { facts.quantity = nil }
            if part.finish != nil { facts.finish = nil }
        }
        let words = [facts.words, unknown].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// Sets the drawing of a part that has none to the first of these.
    func give(_ files: [NewFile], to part: ProjectPart, of project: RecordID) throws {
        guard part.drawing == nil, !part.isAssembly,
            let drawing = files.first(where: { $0.kind == .drawing && FileKind.drawingEndings.contains(File.ending(of: $0.name)) })
        else { return }
        try give(drawing.name, to: part, of: project)
    }

    /// The part of a project with this number.
    /// - Throws: `notFound`.
    package func part(_ number: Int, of project: RecordID) throws -> ProjectPart {
        guard let part = try projectParts(project.id).first(where: { $0.number == number }) else {
            throw Failure(
                .notFound, .files, "\(project.code) has no part \(number)", hint: "laseros project part list \(project.code)")
        }
        return part
    }

    /// Notes about attached drawings with the content of another file of the project, which make no parts.
    package func copies(among files: [NewFile], in project: RecordID) throws -> [String] {
        let drawings = files.filter { $0.kind == .drawing && FileKind.drawingEndings.contains(File.ending(of: $0.name)) }
        guard !drawings.isEmpty else { return [] }
        let all = try self.files(ofProject: project.id).sorted { $0.id < $1.id }
        let first = Dictionary(all.map { ($0.sha256, $0.name) }) { first, _ in first }, words = try fileWords(ofProject: project.id)
        return drawings.compactMap { file in
            guard let name = first[file.sha256], name != file.name else { return nil }
            let said = PartName(file.name, words).facts, other = PartName(name, words).facts
            // A twin has the same name, and a copy may name what is to be made besides.
            let lost = said == other ? nil : said.words
            return "\(file.name) is the same drawing as \(name) and makes no part of its own"
                + (lost.map { ": \($0) of its name is in none, laseros project part add" } ?? "")
        }
    }

    /// Gives the new drawing to the parts of the one that it replaces. Where another file of the project has the contents of the old one,
    /// those are its parts that are called like it, and not like the other.
    func partsFollow(_ old: AttachedFile, of project: Int, to new: NewFile) throws {
        let others = try data.all("SELECT name FROM file WHERE project_id = \(project) AND sha256 = \(old.sha256)") { $0.text(0) }
        guard !others.isEmpty else {
            try data.run("UPDATE part SET drawing = \(new.sha256) WHERE project_id = \(project) AND drawing = \(old.sha256)")
            return
        }
        let words = try fileWords(ofProject: project), name = PartName(old.name, words), otherNames = others.map { PartName($0, words) }
        for part in try projectParts(project) where part.drawing == old.sha256 && isCalled(part, name) {
            if otherNames.contains(where: { isCalled(part, $0) }) { continue }
            try data.run("UPDATE part SET drawing = \(new.sha256) WHERE id = \(part.id)")
        }
    }

    /// Whether a part has the title that the name of a drawing says, and no other material or thickness.
    private func isCalled(_ part: ProjectPart, _ name: PartName) -> Bool {
        guard part.title == name.title else { return false }
        if let thickness = name.all.thickness, let own = part.thickness, own != thickness { return false }
        if let own = part.material, let said = name.all.material, let material = try? self.material(said).code { return own == material }
        return true
    }

    /// What the part does not say, the name of its drawing does.
    private func give(_ drawing: String, to part: ProjectPart, of project: RecordID) throws {
        let path = Noun.project.path("part")
        var record = ChildRecord(path.child)
        record[part: "drawing"] = .text(drawing)
        try fill(&record, from: drawing, of: project.id)
        let own = [
            "title": true, "ordered": part.quantity != nil, "material": part.material != nil, "thickness_mm": part.thickness != nil,
            "operations": part.finish != nil,
        ]
        for (field, isSaid) in own where isSaid { record[part: field] = nil }
        _ = try edit(record, part.id, of: project, path)
    }
}
