import Glibc
import Security
import Store
import Values

/// Bytes under `files/` that nothing names any more.
package struct LooseFile: Sendable {
    package var sha256: String
    package var bytes: Int
    var path: String

    package static let columns: [Column<LooseFile>] = [Column("sha256") { $0.sha256 }, Column("bytes", sums: true) { $0.bytes }]
}

extension Shop {
    /// What neither a file of a project nor a line of a quote names, by hash. What was detached or undone is loose.
    package func looseFiles() throws -> [LooseFile] {
        var named: Set<String> = []
        try data.each(
            "SELECT sha256 FROM file UNION SELECT sha256 FROM drawing WHERE id IN (SELECT drawing_id FROM quote_line)"
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

    /// Only while the shop is locked for writing: nobody can begin to name a file then. What runs of earlier versions have left half made
    /// goes with them: they made files where those were to be.
    package func remove(_ files: [LooseFile]) throws {
        for part in (try? File.names(in: filesFolder)) ?? [] { File.sweep("\(filesFolder)/\(part)") }
        for file in files {
            guard unlink(file.path) == 0 || errno == ENOENT else { throw File.failure("remove", file.path) }
        }
    }
}
