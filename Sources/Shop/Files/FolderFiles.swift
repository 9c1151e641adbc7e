import Glibc
import Store
import Values

/// The files in and below a folder, by name, and how many were left out: links, which could form a cycle, hidden files, and types that the
/// settings do not allow.
struct FolderFiles {
    private(set) var sources: [FileIntake.Source] = []
    private var hidden = 0, links = 0, others: [String: Int] = [:]

    init() {}

    /// Adds the files of a folder.
    /// - Parameter folder: its path as typed, and its real one.
    /// - Returns: its files.
    mutating func add(_ folder: FileIntake.Source, _ intake: FileIntake) throws -> [FileIntake.Source] {
        try add(folder, where: intake.takes)
    }

    /// The same for files with certain extensions.
    mutating func add(_ folder: FileIntake.Source, where takes: (String) -> Bool) throws -> [FileIntake.Source] {
        let typed = folder.typed == "." || folder.typed == "./" ? "" : folder.typed.hasSuffix("/") ? folder.typed : folder.typed + "/"
        let before = sources.count
        try walk(folder, typed, takes)
        return Array(sources[before...])
    }

    private mutating func walk(_ folder: FileIntake.Source, _ prefix: String, _ takes: (String) -> Bool) throws {
        try Interrupt.check()
        for name in try File.names(in: folder.path, name: folder.typed, hidden: true) {
            let source = FileIntake.Source(typed: prefix + name, path: "\(folder.path)/\(name)"), ending = File.ending(of: name)
            switch File.kind(of: source.path) {
            case _ where name.hasPrefix("."): hidden += 1
            case S_IFDIR: try walk(source, source.typed + "/", takes)
            case S_IFLNK: links += 1
            case S_IFREG where takes(ending): sources.append(source)
            default: others[ending, default: 0] += 1
            }
        }
    }

    /// `2 hidden, 1 link, 3 of other types (bak, tmp)`; nil if nothing was left out.
    var leftOut: String? {
        let count = others.values.reduce(0, +), types = others.keys.filter { !$0.isEmpty }.sorted()
        let named = types.prefix(5).joined(separator: ", ") + (types.count > 5 ? ", ..." : "")
        let words = [
            hidden > 0 ? "\(hidden) hidden" : nil, links > 0 ? counted(links, "link") : nil,
            count > 0 ? "\(count) of other types" + (named.isEmpty ? "" : " (\(named))") : nil,
        ].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}

extension FileIntake {
    /// Replaces folders by the files in and below them.
    /// - Returns: a note for each folder of which something was left out.
    package func expanded(_ sources: [Source]) throws -> (sources: [Source], notes: [String]) {
        var files: [Source] = [], notes: [String] = []
        for source in sources {
            var about = stat()
            guard stat(source.path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else {
                files.append(source)
                continue
            }
            var found = FolderFiles()
            _ = try found.add(source, self)
            let note = found.leftOut.map { "left out of \(source.typed): \($0)" }
            guard !found.sources.isEmpty else {
                throw Failure(.outside, .fileIntake, "there is nothing to attach in the folder \(source.typed)", hint: note)
            }
            files += found.sources
            if let note { notes.append(note) }
        }
        return (files, notes)
    }
}
