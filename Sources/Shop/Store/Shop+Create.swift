import Glibc
import Store
import Values

/// A new shop is made aside, in a folder below `files/`, and put in place whole. A run that fails takes it away again, and what a killed
/// one leaves is swept away by the next: there is a whole shop, or none.
extension Shop {
    /// - Parameters:
    ///   - folder: has `files/` and `backups/` already.
    ///   - fill: does what there is to do in the shop before anybody sees it; it is given the folder where it is for now.
    /// - Throws: `refused` where there is a shop already.
    package static func create(
        in folder: String, clock: Moment, who: String, nouns: Nouns, fill: (String) throws -> Void
    ) throws {
        let files = folder + "/files", sharing = Sharing(of: folder), gate = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard gate >= 0 else { throw File.failure("read", files) }
        defer { close(gate) }
        guard flock(gate, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw Failure(.store, .founding, "another program is making a shop in \(folder)", hint: "try again")
        }
        try demandNone(in: folder)
        File.sweep(files)
        try File.withTemporaryFolder(in: files) { aside in
            try prepare(aside, sharing)
            do {
                // It is closed again before it moves.
                try Shop(aside, .creating, clock: clock, who: who, nouns: nouns).makeTables()
            } catch let failure as Failure where failure.kind == .store {
                // Nobody else knows of it: what is in the way is the disk.
                throw Failure(.outside, .founding, failure.message)
            }
            try Interrupt.unsaid { try fill(aside) }
            try Interrupt.holding {
                try put(aside, in: folder, sharing)
                return "made a shop in \(folder)"
            }
        }
    }

    /// An empty data file, as SQLite does not tell why it cannot make one, and a folder for files.
    private static func prepare(_ aside: String, _ sharing: Sharing) throws {
        for folder in [aside, aside + "/files"] {
            guard sharing.makeFolder(folder) else { throw File.failure("make the folder", folder) }
        }
        try File.write([], to: aside + "/" + fileName, as: sharing.purpose)
    }

    /// The data file goes last: with it there is a shop.
    private static func put(_ aside: String, in folder: String, _ sharing: Sharing) throws {
        var moved: [String] = []
        do {
            for part in try File.names(in: aside + "/files") {
                let from = "\(aside)/files/\(part)", to = "\(folder)/files/\(part)"
                guard sharing.makeFolder(to) else { throw File.failure("make the folder", to) }
                moved.append(to)
                for name in try File.names(in: from) {
                    try move("\(from)/\(name)", to: "\(to)/\(name)")
                    moved.append("\(to)/\(name)")
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
