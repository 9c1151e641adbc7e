import Archives
import Store
import Values

/// A file of a project with its path in an archive.
package struct ArchivedFile: Sendable {
    package var path: String
    package var file: AttachedFile

    package static let columns =
        AttachedFile.columns.map { column in
            Column<ArchivedFile>(column.heading.name, column.heading.type, wide: column.heading.wide, sums: column.heading.sums) {
                column.value($0.file)
            }
        } + [Column("path", wide: true) { $0.path }]
    package static let headings = columns.map(\.heading)
}

extension Shop {
    /// Returns the named files of the projects, or all of them if no name is given. Those of several projects are each below a folder.
    /// - Throws: `notFound` if there are none, or for a name that no project has.
    package func archived(_ found: [RecordID], named names: [String]) throws -> [ArchivedFile] {
        var folders: Set<String> = []
        let all = try found.flatMap { project in
            let folder = found.count == 1 ? "" : folder(for: project.code, besides: &folders) + "/"
            let own = try found.count == 1 ? files(ofProject: project, named: names) : files(ofProject: project.id)
            return own.map { ArchivedFile(path: folder + $0.name, file: $0) }
        }
        try demand(names, among: all.map(\.file), of: found)
        let picked = names.isEmpty ? all : all.filter { names.contains($0.file.name) }
        guard !picked.isEmpty else { throw Failure(.notFound, .fileExtraction, "there are no files to write") }
        for archived in picked { try demandFit(archived.file) }
        return picked
    }

    /// A folder name for a code, which may hold what other systems do not take in names.
    private func folder(for code: String, besides taken: inout Set<String>) -> String {
        let plain = String(code.map { "/\\:".contains($0) ? "-" : $0 })
        var name = plain, number = 1
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(plain)-\(number)"
        }
        return name
    }

    /// Writes an archive of the files, each checked against its hash.
    /// - Parameter name: the name of the archive in messages.
    /// - Throws: `store` if the bytes of a file are missing or damaged.
    package func write(_ files: [ArchivedFile], as format: ArchiveFormat, named name: String, to sink: File.Sink) throws {
        try ArchiveWriter.write(format, named: name, zone: try zone(), to: sink) { archive in
            for archived in files {
                let bytes = try contents(of: archived.file.kept)
                try archive.add(archived.path, size: bytes.count, modified: archived.file.addedAt) { try bytes.withUnsafeBytes($0) }
            }
        }
    }
}
