import Glibc
import Values

extension ArchiveReader {
    /// Unpacks an archive into a new folder for a while: nothing is synced. The folder is there only if everything in the archive is sound.
    package static func unpack(
        _ path: String, named name: String, into folder: String, limits: ArchiveLimits = ArchiveLimits()
    ) throws -> [ArchiveEntry] {
        guard File.kind(of: folder) == nil else { throw Failure(.refused, .archive, "\(folder) is there already: nothing was unpacked") }
        let reader = try ArchiveReader(path, named: name, limits: limits)
        var entries: [ArchiveEntry] = []
        try File.withTemporaryFolder(in: File.folder(of: folder)) { temporary in
            let place = temporary + "/files"
            try make(place)
            while let entry = try reader.next() {
                entries.append(entry)
                let path = "\(place)/\(entry.path)"
                try makeFolders(entry.kind == .folder ? path : File.folder(of: path), below: place)
                if entry.kind == .file { try reader.write(entry, to: path) }
            }
            guard rename(place, folder) == 0 else { throw File.failure("write", folder) }
        }
        return entries
    }

    private func write(_ entry: ArchiveEntry, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw File.failure("write", entry.path) }
        defer { close(file) }
        try read { try File.write($0, to: file, name: entry.path) }
        if let ms = entry.modified?.ms {
            let time = timespec(tv_sec: ms / 1000 - (ms % 1000 < 0 ? 1 : 0), tv_nsec: (ms % 1000 + 1000) % 1000 * 1_000_000)
            futimens(file, [time, time])
        }
    }

    private static func makeFolders(_ path: String, below root: String) throws {
        guard path.utf8.count > root.utf8.count, File.kind(of: path) == nil else { return }
        try makeFolders(File.folder(of: path), below: root)
        try make(path)
    }

    private static func make(_ folder: String) throws {
        guard mkdir(folder, 0o777) == 0 else { throw File.failure("make the folder", folder) }
    }
}
