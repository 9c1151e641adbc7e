import Console
import Glibc
import Shop
import Store
import Values

// The commands for backups. `BackupParameters` finds the folder and the archive that a call means, `BackupKeys` what encrypts and opens them.

let backupCommands: [Command] = [
    backupCreateCommand, backupListCommand, backupStatusCommand, backupVerifyCommand, backupDiffCommand, backupRestoreCommand,
    backupKeyCommand, backupPruneCommand,
]

/// The parameters that several of the commands share.
enum BackupParameters {
    static let from = Option<Line>(
        "--from DIR", "the folder with the archives; default: the setting backup_folder, or else backups/ of the shop", from: .files)
    static let archive = Operand<Line>(
        "ARCHIVE", "a file, the name of one in the folder of the backups, `last`, or - for standard input", from: .files)

    /// The folder of the backups, as it is named in messages, and its path.
    static func folder(_ said: String?, _ call: Call) throws -> (said: String, path: String) {
        if let said { return (said, call.environment.path(said)) }
        let path: String
        do { path = try openShop(call, .reading).backupFolder() } catch let failure as Failure where failure.kind == .store {
            // A shop that cannot be opened is restored from the folder that every shop has.
            guard let place = try? shopPlace(call.shopName, in: call.environment) else { throw failure }
            path = place.folder + "/backups"
        }
        return (path, path)
    }

    /// The archive of a call, to be read once.
    static func source(_ call: Call, _ typed: String) throws -> BackupSource {
        guard typed != "-" else { return BackupSource(reading: call.environment.input, named: "standard input") }
        let path = try path(call, typed)
        return try BackupSource(path, named: typed == "last" ? File.lastName(of: path) : typed)
    }

    private static func path(_ call: Call, _ typed: String) throws -> String {
        let path = call.environment.path(typed)
        if typed != "last", typed.contains("/") || File.kind(of: path) != nil { return path }
        guard let folder = try typed == "last" ? folder(nil, call) : try? folder(nil, call) else { return path }
        guard typed == "last" else { return File.kind(of: "\(folder.path)/\(typed)") == nil ? path : "\(folder.path)/\(typed)" }
        let id = try? openShop(call, .reading).backupID()
        guard let last = try files(in: folder.path, of: id).first else {
            throw Failure(.notFound, .backup, "there is no backup of this shop in \(folder.said)", hint: "laseros backup create")
        }
        return last.path
    }

    /// The archives in a folder; none if there is no folder.
    static func files(in folder: String, of shop: String?) throws -> [BackupFile] {
        File.kind(of: folder) == nil ? [] : try Backups.list(in: folder, of: shop)
    }
}

extension Call {
    /// Whether nobody looks on, as in cron: then a command that did what it should says nothing.
    var isUnwatched: Bool { isForPeople && environment.width == nil && !environment.talksToPerson }

    /// A progress bar for bytes, which counts MB.
    func byteProgress(_ what: String, of total: Int) -> (Int) -> Void {
        let progress = Progress(what, of: total >> 20, in: environment)
        var done = 0
        return { count in
            let before = done >> 20
            done += count
            progress.step(by: done >> 20 - before)
        }
    }
}

/// The lines of warnings, of which only the first ones are printed.
func backupWarnings(_ lacking: [String]) -> [String] {
    let most = 10
    return lacking.prefix(most).map { "warning: \($0)" } + (lacking.count > most ? ["warning: and \(lacking.count - most) more"] : [])
}
