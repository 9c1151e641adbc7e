import Glibc
import Security
import Store
import Values

/// A file below `files/` that no row refers to.
package struct LooseFile: Sendable {
    package var sha256: String
    package var bytes: Int
    var path: String

    package static let columns: [Column<LooseFile>] = [Column("sha256") { $0.sha256 }, Column("bytes", sums: true) { $0.bytes }]
}

extension Shop {
    /// Returns the files that no project, part or quote refers to, by hash. They remain after a file was detached or a change undone.
    package func looseFiles() throws -> [LooseFile] {
        var named: Set<String> = []
        try data.each(
            """
            SELECT sha256 FROM file UNION SELECT drawing FROM quote_line WHERE drawing IS NOT NULL
            UNION SELECT drawing FROM part WHERE drawing IS NOT NULL
            """
        ) { named.insert($0.text(0)) }
        var loose: [LooseFile] = []
        let folder = "\(folder)/files"
        guard File.kind(of: folder) != nil else { return [] }
        for part in try File.names(in: folder).map({ "\(folder)/\($0)" }) where File.kind(of: part) == S_IFDIR {
            for name in try File.names(in: part) where Digest.isOne(name) && !named.contains(name) {
                var about = stat()
                let path = "\(part)/\(name)"
                guard lstat(path, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { continue }
                loose.append(LooseFile(sha256: name, bytes: about.st_size, path: path))
            }
        }
        return loose
    }

    /// The act of removing unreferenced files.
    package func filePruning(_ request: ChangeRequest) -> Act<[LooseFile], [LooseFile]> {
        Act("files prune") {
            // Earlier versions created temporary files in the subfolders, so those are swept, too.
            if !request.dryRun { for part in (try? File.names(in: self.filesFolder)) ?? [] { File.sweep("\(self.filesFolder)/\(part)") } }
            let loose = try self.looseFiles()
            return (loose, loose.isEmpty ? nil : "\(loose.counted) that nothing names")
        } act: { claimed in
            try self.remove(claimed)
        } record: { claimed, removed in
            switch removed {
            case .success(let removed): "\(counted(removed.count, "file")) removed, \(removed.bytes) bytes"
            case .failure(let error): "not all of \(counted(claimed.count, "file")) removed: \((error as? Failure)?.message ?? "\(error)")"
            }
        }
    }

    /// Removes files while no other process can write. A file that was referenced after the claim stays.
    private func remove(_ files: [LooseFile]) throws -> [LooseFile] {
        try data.keepingWritersOut {
            let loose = Set(try looseFiles().map(\.sha256)), removed = files.filter { loose.contains($0.sha256) }
            for file in removed {
                guard unlink(file.path) == 0 || errno == ENOENT else { throw File.failure("remove", file.path) }
            }
            return removed
        }
    }
}

extension [LooseFile] {
    package var bytes: Int { reduce(0) { $0 + $1.bytes } }
    /// `3 files, 5343 bytes`
    package var counted: String { "\(Values.counted(count, "file")), \(bytes) bytes" }
}
