import Glibc
import Store
import Values

/// A folder with the files of one job.
struct JobFolder: Sendable {
    var client: RecordID
    /// `0001-Gate hinges-14.09.2025`
    var name: String
    /// Its path as typed.
    var typed: String
    var sources: [FileIntake.Source]
}

/// Finds the folders of jobs in a customer's tree: `CL-0001/1.Projects/0001-Gate hinges-14.09.2025`, with or without the upper folders.
struct JobFolders {
    private(set) var jobs: [JobFolder] = []
    private let shop: Shop
    private let intake: FileIntake
    private var left = FolderFiles()
    /// Files and folders that belong to no job.
    private var loose = 0, others: [String] = []
    private var faults: [Failure.Fault] = []

    /// - Parameters:
    ///   - name: the name of the folder, or of the archive that it was in.
    ///   - client: whose jobs they are; nil if the folders say it.
    /// - Throws: `notFound` if a folder has the code of a client who is not there, or none is that of a client.
    init(_ shop: Shop, in base: FileIntake.Source, named name: String, of client: RecordID?, _ intake: FileIntake) throws {
        (self.shop, self.intake) = (shop, intake)
        try take(Folder(name: name, source: base), of: client)
        guard faults.isEmpty else {
            throw Failure(
                .notFound, .importFolder,
                "\(worded(faults.count, "a folder has", "\(faults.count) folders have")) the code of no client: "
                    + "nothing was written", hint: "laseros client add, or --client CODE for the folder of one client", faults: faults)
        }
        guard !jobs.isEmpty else {
            throw Failure(.notFound, .importFolder, "there is no folder of a job in \(base.typed)", hint: "0001-Gate hinges-14.09.2025")
        }
    }

    /// Notes about what was not taken.
    var notes: [String] {
        var notes = left.leftOut.map { ["left out: \($0)"] } ?? []
        if loose > 0 { notes.append("\(counted(loose, "file")) outside of the folders of jobs \(worded(loose, "was", "were")) left out") }
        if !others.isEmpty {
            let named = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? ", ..." : "")
            notes.append("left out, as \(worded(others.count, "it is", "they are")) no folder of a job: \(named)")
        }
        return notes
    }

    private struct Folder {
        var name: String
        var source: FileIntake.Source
        var isJob: Bool { FolderName(name).isJob }

        /// `1.Projects`
        var isOfProjects: Bool {
            ["projects", "project", "jobs"].contains(name.lowercased().drop { $0.isNumber || ".-_ ".contains($0) })
        }

        /// Whether it is named like a client: `CL-0001`, `CL-0001 Karoo Signs`.
        var isNamedByCode: Bool {
            let word = name.prefix { $0 != " " && $0 != "_" }, parts = word.split(separator: "-", omittingEmptySubsequences: false)
            return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy(\.isLetter) && !parts[1].isEmpty
                && parts[1].allSatisfy(\.isNumber)
        }
    }

    /// The folders and the number of files in a folder.
    private func contents(_ base: FileIntake.Source) throws -> (folders: [Folder], files: Int) {
        var folders: [Folder] = [], files = 0
        let prefix = base.typed == "." ? "" : base.typed.hasSuffix("/") ? base.typed : base.typed + "/"
        for name in try File.names(in: base.path, name: base.typed) {
            let source = FileIntake.Source(typed: prefix + name, path: "\(base.path)/\(name)")
            switch File.kind(of: source.path) {
            case S_IFDIR: folders.append(Folder(name: name, source: source))
            default: files += 1
            }
        }
        return (folders, files)
    }

    /// The client that a folder is named by; nil if there is none.
    private func client(_ folder: String) throws -> RecordID? {
        for word in [folder, String(folder.prefix { $0 != " " && $0 != "_" })] {
            do { return try shop.find(.client, word, guessing: .names, hinting: false) } catch let failure as Failure
                where failure.kind == .notFound
            { continue }
        }
        return nil
    }

    private mutating func take(_ base: Folder, of known: RecordID?) throws {
        if let owner = try known ?? client(base.name) { return try takeClient(base, owner) }
        let (folders, files) = try contents(base.source), owners = try folders.map { try client($0.name) }
        guard folders.indices.contains(where: { owners[$0] != nil || folders[$0].isNamedByCode }) else {
            if folders.count == 1, files == 0 { return try take(folders[0], of: nil) }
            throw Failure(
                .notFound, .importFolder, "no folder in \(base.source.typed) is named like a client",
                hint: "--client CODE says whose jobs they are")
        }
        loose += files
        for (folder, owner) in zip(folders, owners) {
            if let owner {
                try takeClient(folder, owner)
            } else if folder.isNamedByCode {
                faults.append(Failure.Fault(file: folder.source.typed, "there is no client \(folder.name)"))
            } else {
                others.append(folder.source.typed)
            }
        }
    }

    private mutating func takeClient(_ base: Folder, _ client: RecordID) throws {
        let (folders, files) = try contents(base.source), named = folders.filter(\.isJob)
        if let projects = folders.first(where: \.isOfProjects) {
            loose += files
            others += folders.filter { !$0.isOfProjects }.map(\.source.typed)
            let inner = try contents(projects.source)
            loose += inner.files
            for folder in inner.folders { try add(folder, client) }
        } else if named.isEmpty, base.isJob || folders.isEmpty {
            if files > 0 || !folders.isEmpty { try add(base, client) }
        } else if folders.count == 1, files == 0, named.isEmpty {
            try takeClient(folders[0], client)
        } else {
            guard folders.count(where: \.isNamedByCode) < 2 else {
                throw Failure(
                    .usage, .importFolder, "\(base.source.typed) holds the folders of several clients",
                    hint: "leave out --client: they say whose they are")
            }
            loose += files
            others += named.isEmpty ? [] : folders.filter { !$0.isJob }.map(\.source.typed)
            for folder in named.isEmpty ? folders : named { try add(folder, client) }
        }
    }

    private mutating func add(_ folder: Folder, _ client: RecordID) throws {
        let sources = try left.add(folder.source, intake)
        jobs.append(JobFolder(client: client, name: folder.name, typed: folder.source.typed, sources: sources))
    }
}
