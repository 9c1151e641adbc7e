import Glibc
import Store
import Values

/// How long a file stays after nothing refers to it any more.
package struct GraceDays: Readable, Sendable {
    package static let word = "DAYS"
    package static let expected = "a number of days: 0 to 3650"
    package static let usual = GraceDays(days: 30)
    let days: Int

    private init(days: Int) { self.days = days }

    package init?(reading text: String) {
        guard let days = Int(reading: text), (0...3650).contains(days) else { return nil }
        self.days = days
    }

    fileprivate var ms: Int { days * 86_400_000 }
}

/// A file below `files/` that no row refers to.
package struct LooseFile: Sendable {
    package var sha256: String
    package var bytes: Int
    var path: String
    /// When its bytes were written, by the clock of the system.
    var written: Moment
    /// When it was referred to last, by the history; nil if it never was.
    var named: Moment?

    /// The later of the two: since then nothing has needed it.
    var since: Moment { max(written, named ?? written) }

    package static let headings = [Heading("sha256", .text), Heading("bytes", .int, sums: true), Heading("since", .moment)]
}

extension Shop {
    /// Returns the files that no project, part or quote refers to, by hash. They remain after a file was detached or a change undone.
    func looseFiles() throws -> [LooseFile] {
        var named: Set<String> = [], loose: [LooseFile] = []
        try eachFileReference { sha256, _ in named.insert(sha256) }
        try StoredFiles(filesFolder).each { file in
            guard !named.contains(file.sha256) else { return }
            loose.append(LooseFile(sha256: file.sha256, bytes: file.bytes, path: file.path, written: file.written))
        }
        return loose
    }

    /// Bytes may be stored up to this long before the change that refers to them.
    private static let writing = 3_600_000

    /// The unreferenced files that nothing has needed for so long. An undo of a younger change finds its files.
    private func unneededFiles(for grace: GraceDays) throws -> [LooseFile] {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        // A file has the time of the system, whatever clock the entries are by.
        let settled = now.tv_sec * 1000 - max(grace.ms, Shop.writing), loose = try looseFiles().filter { $0.written.ms <= settled }
        let named = try lastNamed(Set(loose.map(\.sha256)))
        return loose.compactMap { file in
            var file = file
            file.named = named[file.sha256]
            return (file.named?.ms ?? .min) <= clock.ms - grace.ms ? file : nil
        }
    }

    /// When entries last took away or brought a reference to a hash. The entries whose changes were dropped are as old as the checkpoint.
    private func lastNamed(_ hashes: Set<String>) throws -> [String: Moment] {
        let columns = ["file": "sha256", "part": "drawing", "quote_line": "drawing"]
        let places = try columns.reduce(into: [String: Int]()) { places, each in
            places[each.key] = try self.columns(of: each.key).firstIndex(of: each.value)
        }
        var found: [String: Moment] = [:], missing = hashes
        let entries = try data.all(
            "SELECT DISTINCT entry FROM journal_table WHERE name IN ('file', 'part', 'quote_line') ORDER BY entry DESC"
        ) { $0.int(0) }
        for number in entries where !missing.isEmpty {
            guard let entry = try data.entry(number) else { continue }
            if let checkpoint = try data.checkpoint(dropping: entry) {
                guard let last = try data.entry(checkpoint) else { break }
                for hash in missing { found[hash] = last.at }
                break
            }
            try Changeset(data, provedOf: entry).each { change in
                guard let place = places[change.table] else { return }
                for cells in [change.before, change.after] where place < cells.count {
                    guard case .text(let hash)? = cells[place], missing.remove(hash) != nil else { continue }
                    found[hash] = entry.at
                }
            }
        }
        return found
    }

    /// The files as a listing.
    package func listing(_ files: [LooseFile]) throws -> Listing {
        let rows = try files.map { [$0.sha256.shown, $0.bytes.shown, .moment($0.since, offset: try offset(at: $0.since))] }
        return Listing(LooseFile.headings, rows)
    }

    /// The act of removing files that nothing has referred to for so long.
    package func filePruning(_ request: ChangeRequest, after grace: GraceDays) -> Act<[LooseFile], [LooseFile]> {
        Act("files prune") {
            // Earlier versions created temporary files in the subfolders, so those are swept, too.
            if !request.dryRun { for part in (try? File.names(in: self.filesFolder)) ?? [] { File.sweep("\(self.filesFolder)/\(part)") } }
            let loose = try self.unneededFiles(for: grace)
            return (loose, loose.isEmpty ? nil : "\(loose.counted) that nothing names")
        } act: { claimed in
            try self.remove(claimed, after: grace)
        } record: { claimed, removed in
            switch removed {
            case .success(let removed): "\(counted(removed.count, "file")) removed, \(removed.bytes) bytes"
            case .failure(let error): "not all of \(counted(claimed.count, "file")) removed: \((error as? Failure)?.message ?? "\(error)")"
            }
        }
    }

    /// Removes files while no other process can write. A file that was referenced after the claim stays.
    private func remove(_ files: [LooseFile], after grace: GraceDays) throws -> [LooseFile] {
        try data.keepingWritersOut {
            let loose = Set(try unneededFiles(for: grace).map(\.sha256)), removed = files.filter { loose.contains($0.sha256) }
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
