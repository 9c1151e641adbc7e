import Archives
import Glibc
import Store
import Values

/// The jobs of a customer's tree, looked at and not yet written.
package struct FolderPlan: Sendable {
    struct Job: Sendable {
        var folder: JobFolder
        var title: String
        var day: Day?
        var files: [NewFile]
    }

    fileprivate(set) var jobs: [Job] = []
    package fileprivate(set) var notes: [String] = []
    /// Where an archive was unpacked; it stays until the files are stored.
    fileprivate var unpacked: File.TemporaryFolder?

    package var contents: [FileContent] { jobs.flatMap(\.files.contents) }
}

extension Shop {
    /// Looks at a customer's tree: a folder, or an archive of one.
    /// - Parameters:
    ///   - client: whose jobs they are; nil if the folders say it.
    ///   - order: how ambiguous dates are to be read; nil if others of the tree are to tell.
    /// - Throws: `input` or `refused` with everything that keeps it from being taken.
    package func plan(foldersIn source: FileIntake.Source, of client: RecordID?, _ order: DateOrder?) throws -> FolderPlan {
        var plan = FolderPlan(), base = source, name = File.resolved(source.path).split(separator: "/").last.map(String.init) ?? ""
        if File.kind(of: File.resolved(source.path)) != S_IFDIR {
            try makeFilesFolder()
            let folder = try File.TemporaryFolder(in: filesFolder)
            _ = try ArchiveReader.unpack(source.path, named: source.typed, into: folder.path + "/tree")
            for ending in [".tar.gz", ".tgz", ".tar", ".zip"] where name.lowercased().hasSuffix(ending) { name.removeLast(ending.count) }
            (base.path, plan.unpacked) = (folder.path + "/tree", folder)
        }
        let intake = try FileIntake(self), found = try JobFolders(self, in: base, named: name, of: client, intake)
        let names = found.jobs.map { FolderName($0.name) }
        let (decided, note) = try decide(order, zip(found.jobs.map(\.typed), names))
        plan.notes = found.notes + [note].compactMap { $0 }
        var faults: [Failure.Fault] = [], problems: [String] = []
        for (job, name) in zip(found.jobs, names) {
            do {
                guard FileIntake.isFit(job.name) else {
                    throw Failure(.refused, .importFolder, "its name cannot be stored: it has control characters")
                }
                let files = try intake.look(at: job.sources, kind: nil, keepingApart: true)
                problems += files.flatMap(\.problems)
                plan.jobs.append(FolderPlan.Job(folder: job, title: String(name.title.prefix(200)), day: name.day(decided), files: files))
            } catch let failure as Failure where failure.ending == nil {
                faults += failure.faults.isEmpty ? [Failure.Fault(file: job.typed, failure.message)] : failure.faults
            }
            if let date = name.date, name.dayFirst == nil, name.monthFirst == nil {
                plan.notes.append("\(job.typed): \(date) is no day: the project is dated today")
            }
        }
        guard faults.isEmpty else {
            throw Failure(
                .refused, .importFolder, "\(source.typed) cannot be taken in: nothing was written",
                hint: "take what is named out of the tree",
                faults: faults)
        }
        plan.notes += problems.prefix(5)
        if problems.count > 5 { plan.notes.append("and \(problems.count - 5) more about drawings: laseros dxf check tells all") }
        return plan
    }

    /// The order of ambiguous dates: the one that was asked for, or the only one that other dates of the tree allow.
    private func decide(
        _ order: DateOrder?, _ names: some Sequence<(String, FolderName)>
    ) throws -> (DateOrder?, note: String?) {
        let names = Array(names), ambiguous = names.filter { $0.1.isAmbiguous }
        guard !ambiguous.isEmpty, order == nil else { return (order, nil) }
        let clear = [DateOrder.dmy, .mdy].compactMap { order in names.first { $0.1.order == order }.map { (order, $0.0) } }
        if clear.count == 1 {
            let first = clear[0].0 == .dmy ? "day" : "month"
            return (clear[0].0, "dates are read with the \(first) first, as in \(clear[0].1)")
        }
        if clear.isEmpty, let usual = try setting(Settings.dateOrder).order { return (usual, nil) }
        throw Failure(
            .input, .importFolder,
            "\(worded(ambiguous.count, "a date", "\(ambiguous.count) dates")) can be read in two ways: nothing was written",
            hint: "--dates dmy or --dates mdy",
            faults: ambiguous.map { typed, name in
                Failure.Fault(
                    file: typed, "\(name.date ?? "") is \(name.dayFirst?.spoken ?? "") or \(name.monthFirst?.spoken ?? "")")
            })
    }
}

/// A file of an imported folder, and what it was taken for; or a project without files.
package struct ImportedFile: Sendable {
    var folder: String
    var client: String
    var project: String
    var name: String
    var day: Day?
    var file: String?
    var kind: FileKind?
    var part: ProjectPart?
    var result: String

    package static let columns: [Column<ImportedFile>] = [
        Column("project") { $0.project }, Column("client", wide: true) { $0.client }, Column("name") { $0.name },
        Column("created_on") { $0.day }, Column("file") { $0.file }, Column("kind") { $0.kind }, Column("part") { $0.part?.number },
        Column("material") { $0.part?.material }, Column("thickness_mm") { $0.part?.thickness },
        Column("quantity") { $0.part?.quantity }, Column("result") { $0.result }, Column("folder", wide: true) { $0.folder },
    ]
    package static let headings = columns.map(\.heading)
}

/// What an import of folders has done.
package struct FolderOutcome: Sendable {
    package var rows: [ImportedFile] = []
    package var notes: [String] = []
    var projects = 0, files: [FileKind: Int] = [:], parts = 0, known: [String] = []

    /// `3 projects added, 9 files (5 drawings, 1 quote), 4 parts; 2 projects were there`
    package var sentence: String {
        let kinds = FileKind.allCases.compactMap { kind in files[kind].map { counted($0, kind.rawValue, kind.plural) } }
        let count = files.values.reduce(0, +), there = known.count
        let words = [
            projects > 0 ? "\(counted(projects, .project)) added" : nil,
            count > 0 ? "\(counted(count, "file")) (\(kinds.joined(separator: ", ")))" : nil, parts > 0 ? counted(parts, "part") : nil,
        ].compactMap { $0 }
        let new = words.isEmpty ? "nothing is new" : words.joined(separator: ", ")
        return there == 0 ? new : "\(new); \(counted(there, .project)) \(worded(there, "was", "were")) there"
    }
}

/// Writes the projects of a customer's tree.
extension Shop {
    private static let mark = "Imported from "

    /// Adds a project for each folder, unless the client has one that was made from a folder of that name: that one gets the files that it
    /// lacks.
    package func take(_ plan: FolderPlan) throws -> FolderOutcome {
        var outcome = FolderOutcome(), known: [Int: [String: RecordID]] = [:]
        let words = MaterialWords(try materials())
        for job in plan.jobs {
            let client = job.folder.client
            if known[client.id] == nil { known[client.id] = try importedProjects(of: client) }
            let old = known[client.id]?[job.folder.name], project = try old ?? addProject(for: job, words)
            known[client.id]?[job.folder.name] = project
            let there = Dictionary(try files(ofProject: project.id).map { ($0.name, $0.sha256) }) { first, _ in first }
            let taken = job.files.filter { file in
                guard let sha256 = there[file.name], sha256 != file.sha256 else { return true }
                outcome.notes.append("\(file.typed) is not \(project.code)'s file of that name, which stays")
                return false
            }
            let new = taken.filter { there[$0.name] == nil }, done = try attach(new, to: project, of: .project)
            if old == nil { outcome.projects += 1 } else { outcome.known.append(project.code) }
            outcome.parts += done.made
            outcome.notes += try copies(among: new, in: project)
            for file in new { outcome.files[file.kind, default: 0] += 1 }
            outcome.rows += try rows(of: job, project, isNew: old == nil, new: Set(new.map(\.name)))
        }
        if !outcome.known.isEmpty {
            let codes = outcome.known.prefix(5).joined(separator: ", ") + (outcome.known.count > 5 ? ", ..." : "")
            outcome.notes.append("known by client and name of the folder: \(codes)")
        }
        return outcome
    }

    /// The projects of a client that were made from folders, by the name of the folder.
    private func importedProjects(of client: RecordID) throws -> [String: RecordID] {
        let rows = try data.all(
            """
            SELECT id, code, description FROM project WHERE client_id = \(client.id) AND description LIKE \(Shop.mark + "%") ORDER BY id
            """
        ) { (String($0.text(2).prefix { $0 != "\n" }.dropFirst(Shop.mark.count)), RecordID($0)) }
        return Dictionary(rows) { first, _ in first }
    }

    private func addProject(for job: FolderPlan.Job, _ words: MaterialWords) throws -> RecordID {
        var record = Record(.project)
        record["client"] = .integer(job.folder.client.id)
        record["name"] = .text(job.title)
        record["description"] = .text(Shop.mark + job.folder.name)
        if let day = job.day { record["created_at"] = try start(of: day).cell }
        let names = Set(job.files.map { $0.name.lowercased() })
        let facts = job.files.filter { $0.kind == .drawing && !FileKind.isTwin($0.name, among: names) }.map {
            // Folders above that of the job say nothing about it.
            PartName(String($0.typed.dropFirst(job.folder.typed.count)), words).all
        }
        // What all drawings say is true of the job.
        if let first = facts.first {
            if let said = first.material, facts.allSatisfy({ $0.material == said }), let known = try? material(said) {
                record["material"] = .integer(known.id)
            }
            if let said = first.thickness, facts.allSatisfy({ $0.thickness == said }) { record["thickness_mm"] = said.cell }
        }
        let (id, code) = try add(record)
        return RecordID(id: id, code: code)
    }

    private func rows(of job: FolderPlan.Job, _ project: RecordID, isNew: Bool, new: Set<String>) throws -> [ImportedFile] {
        func row(_ file: NewFile?, _ part: ProjectPart?, _ result: String) -> ImportedFile {
            ImportedFile(
                folder: job.folder.typed, client: job.folder.client.code, project: project.code, name: job.title, day: job.day,
                file: file?.name, kind: file?.kind, part: part, result: result)
        }
        guard !job.files.isEmpty else { return [row(nil, nil, isNew ? "added" : "same")] }
        let parts = Dictionary(try projectParts(project.id).compactMap { part in part.drawing.map { ($0, part) } }) { first, _ in first }
        let hashes = Dictionary(job.files.map { ($0.name.lowercased(), $0.sha256) }) { first, _ in first }
        return job.files.map { file in
            let original = FileKind.original(ofTwin: file.name).flatMap { hashes[$0] }
            return row(file, parts[original ?? file.sha256], new.contains(file.name) ? "added" : "same")
        }
    }
}
