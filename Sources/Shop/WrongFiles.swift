import Glibc
import Security
import Store
import Values

extension Shop {
    /// What rows name of `files/`, once each.
    private struct NamedFile: Sendable {
        var table: String
        var id: Int
        var sha256: String
        /// Nil where no row tells it.
        var size: Int?
        var path: String
    }

    /// Reads all bytes that rows name, and tells of those that are not what they were.
    func findWrongFiles(_ faults: Faults) throws {
        let history = History(self)
        var some: [NamedFile] = []
        func look() throws {
            for (file, fault) in zip(some, Parallel.map(some, weight: { $0.size ?? 0 }) { Shop.fault(of: $0) }) {
                guard let fault else { continue }
                try faults.add(
                    .files, "\(History.words(file.table)) \(try history.label(file.table, file.id, nil)): \(fault): files/\(file.sha256)")
            }
            some.removeAll(keepingCapacity: true)
        }
        try data.each(
            """
            SELECT sha256, max(place), id, bytes FROM (
                SELECT sha256, 'file' AS place, id, bytes FROM file
                UNION ALL SELECT sha256, 'a', quote_line.id, NULL FROM quote_line JOIN drawing ON drawing.id = drawing_id
            ) GROUP BY sha256
            """
        ) { row in
            let sha256 = row.text(0), table = row.text(1) == "file" ? "file" : "quote_line"
            some.append(NamedFile(table: table, id: row.int(2), sha256: sha256, size: try row.get(3), path: path(ofFile: sha256)))
            if some.count == 256 { try look() }
        }
        try look()
    }

    private static func fault(of file: NamedFile) -> String? {
        let descriptor = open(file.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT || errno == ENOTDIR ? "its bytes are gone" : "its bytes cannot be read" }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
            return "what is in the place of its bytes is no file"
        }
        if let size = file.size, about.st_size != size { return "it has \(about.st_size) bytes in place of \(size)" }
        var digest = Digest(), left = Int(about.st_size)
        do {
            try withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 16) { buffer in
                while left > 0, case let count = try File.read(descriptor, into: buffer, name: file.path), count > 0 {
                    digest.add(UnsafeRawBufferPointer(rebasing: buffer[..<min(count, left)]))
                    left -= count
                }
            }
        } catch { return "its bytes cannot be read" }
        return digest.finish() == file.sha256 ? nil : "its bytes are not what they were"
    }
}
