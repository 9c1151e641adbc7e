import Archives
import Store
import Values

/// A file of a record with its path in an archive or a folder.
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
    /// Returns the named files of the records, or all of them if no name is given. Those of several records are each below a folder.
    /// - Throws: `notFound` if there are none, or for a name that no record has.
    package func archived(_ found: [RecordID], of noun: Noun, named names: [String]) throws -> [ArchivedFile] {
        var folders: Set<String> = []
        let own = try files(of: noun, found.map(\.id)), lines = try quoteLines(of: noun, found)
        let all = found.map { record in
            let files = own[record.id] ?? []
            return (record, files + pricedDrawings(lines[record.id] ?? [], besides: files))
        }
        let archived = try picked(names, among: all, noun).flatMap { record, files in
            let folder = found.count == 1 ? "" : folder(for: record.code, besides: &folders) + "/"
            for file in files { try demandFit(file) }
            let names = ArchiveName.apart(files.map { ArchiveName.fitting($0.name) })
            return zip(names, files).map { ArchivedFile(path: folder + $0, file: $1) }
        }
        guard !archived.isEmpty else { throw Failure(.notFound, .fileExtraction, "there are no files to write") }
        return archived
    }

    private func quoteLines(of noun: Noun, _ found: [RecordID]) throws -> [Int: [QuoteLine]] {
        noun.name == "quote" ? try rows(noun.path("line"), of: found.map(\.id), QuoteLine.init) : [:]
    }

    /// The drawings from which the lines of a quote were priced, unless they are attached to it.
    private func pricedDrawings(_ lines: [QuoteLine], besides own: [AttachedFile]) -> [AttachedFile] {
        var hashes = Set(own.map(\.sha256))
        return lines.compactMap { line in
            guard let sha256 = line.sha256, hashes.insert(sha256).inserted else { return nil }
            let name = ArchiveName.fitting(line.file ?? "\(line.title).dxf")
            return AttachedFile(
                id: 0, name: name, kind: .drawing, bytes: size(ofFile: sha256) ?? 0, sha256: sha256, added: .nothing)
        }
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
