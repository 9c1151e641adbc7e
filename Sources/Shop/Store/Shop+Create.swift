import Glibc
import Store
import Values

/// Creates a new shop in a temporary folder below `files/` and moves it into place when it is complete. A run that fails removes the
/// folder; the next run sweeps that of a killed one. So there is a complete shop or none.
extension Shop {
    /// - Parameters:
    ///   - folder: already contains `files/` and `backups/`.
    ///   - fill: fills the shop before it is visible; receives its temporary folder.
    /// - Throws: `refused` if there is a shop already.
    package static func create(
        in folder: String, clock: Moment, who: String, nouns: Nouns, fill: (String) throws -> Void
    ) throws {
        try settingAside(in: folder) { aside in
            let sharing = Sharing(of: folder)
            try demandNone(in: folder)
            try prepare(aside, sharing)
            do {
                // The data file is closed before it moves.
                try Shop(aside, .creating, clock: clock, who: who, nouns: nouns).makeTables()
            } catch let failure as Failure where failure.kind == .store {
                // No other process uses it, so a failure comes from the disk.
                throw Failure(.outside, .founding, failure.message)
            }
            try Interrupt.unsaid { try fill(aside) }
            try Interrupt.holding {
                try put(aside, in: folder, sharing)
                return "made a shop in \(folder)"
            }
        }
    }

    /// Runs `body` with a temporary folder below `files/`, while no other process makes or restores a shop in the folder.
    static func settingAside<Value>(in folder: String, _ body: (String) throws -> Value) throws -> Value {
        // SQLite follows no links.
        let files = File.resolved(folder + "/files"), gate = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard gate >= 0 else { throw File.failure("read", files) }
        defer { close(gate) }
        guard flock(gate, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw Failure(.store, .founding, "another program is making or restoring a shop in \(folder)", hint: "try again")
        }
        File.sweep(files)
        return try File.withTemporaryFolder(in: files, body)
    }

    /// Creates a folder for files and an empty data file, because SQLite does not say why it cannot create one.
    private static func prepare(_ aside: String, _ sharing: Sharing) throws {
        for folder in [aside, aside + "/files"] {
            guard sharing.makeFolder(folder) else { throw File.failure("make the folder", folder) }
        }
        try File.write([], to: aside + "/" + fileName, as: sharing.purpose)
    }

    /// The data file moves last, because it makes the folder a shop.
    static func put(_ aside: String, in folder: String, _ sharing: Sharing) throws {
        var moved: [String] = []
        do {
            for part in try File.names(in: aside + "/files") {
                let from = "\(aside)/files/\(part)", to = "\(folder)/files/\(part)"
                let isNew = File.kind(of: to) == nil
                guard sharing.makeFolder(to) else { throw File.failure("make the folder", to) }
                if isNew { moved.append(to) }
                for name in try File.names(in: from) {
                    if File.kind(of: "\(to)/\(name)") == nil { moved.append("\(to)/\(name)") }
                    try move("\(from)/\(name)", to: "\(to)/\(name)")
                }
                try File.sync(folder: to)
            }
            try File.sync(folder: folder + "/files")
            try move("\(aside)/\(fileName)", to: "\(folder)/\(fileName)")
            moved.append("\(folder)/\(fileName)")
            try File.sync(folder: folder)
        } catch {
            for path in moved.reversed() { Glibc.remove(path) }
            throw error
        }
    }

    private static func move(_ path: String, to place: String) throws {
        guard rename(path, place) == 0 else { throw File.failure("write", place) }
    }
}
