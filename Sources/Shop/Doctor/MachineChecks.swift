import Glibc
import Store
import Values

// What the shop needs of the machine that it is on.

/// File systems of other machines, by their names in `/proc/self/mountinfo`.
private let networks: Set = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "coda", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone",
]

/// The network file system that a device is mounted as; nil for a disk of this machine.
/// - Parameter mounts: the text of `/proc/self/mountinfo`.
func networkFileSystem(ofDevice device: UInt, in mounts: String) -> String? {
    // The kernel's encoding of a device number: 12 bits for the major number, 20 for the minor one.
    let major = device >> 8 & 0xFFF, minor = device & 0xFF | device >> 12 & 0xFFF00
    for line in mounts.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard words.count > 2, words[2] == "\(major):\(minor)", let end = words.firstIndex(of: "-"), end + 1 < words.count else { continue }
        let kind = String(words[end + 1])
        if networks.contains(kind) { return kind }
    }
    return nil
}

@Sendable func findPlace(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    var about = stat()
    let mounts = (try? File.read("/proc/self/mountinfo")) ?? []
    guard stat(shop.folder, &about) == 0,
        let kind = networkFileSystem(ofDevice: UInt(about.st_dev), in: String(decoding: mounts, as: UTF8.self))
    else { return [.well("\(shop.folder) is on a disk of this machine")] }
    let mend = surroundings.laseros("backup create --to -") + " | laseros backup restore - --to ~/laseros-shop"
    return [.lacks("\(shop.folder) is on another machine (\(kind)): locks are not safe over a network", mend: mend)]
}

@Sendable func findModes(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let sharing = Sharing(of: shop.folder), folder = try shop.backupFolder()
    let own = [shop.folder] + [Shop.fileName, "files", "backups"].map { "\(shop.folder)/\($0)" }
    let archives = File.kind(of: folder) == nil ? [] : try Backups.list(in: folder, of: try shop.backupID()).map(\.path)
    let open = (own + archives).filter { path in
        var about = stat()
        return lstat(path, &about) == 0 && about.st_mode & S_IFMT != S_IFLNK && about.st_mode & 0o077 & ~sharing.folderMode != 0
    }
    let others = sharing == .group ? "those outside its group" : "others than its owner"
    guard let first = open.first else { return [.well("\(others) can neither read nor write the shop")] }
    let name = first == shop.folder ? "its folder" : File.lastName(of: first)
    let names = open.count == 1 ? name : "\(name) and \(open.count - 1) more"
    let mend = "chmod \(sharing == .group ? "o" : "go")-rwx " + ShellLine.text(open)
    return [.lacks("\(others) may read or write \(names)", mend: mend)]
}

/// The age from which a backup is too old: those made each night are 24 hours apart.
private let oldest = Seconds(ms: 26 * 3_600_000)

@Sendable func findBackup(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let folder = try shop.backupFolder(), mend = surroundings.laseros("backup create")
    let files = File.kind(of: folder) == nil ? [] : try Backups.list(in: folder, of: try shop.backupID())
    guard let newest = files.first else { return [.lacks("the shop has no backup", mend: mend)] }
    guard newest.name.at.ms <= shop.clock.ms + 3_600_000 else {
        return [.lacks("the newest backup is from the future: the clock was wrong then, or is now", mend: mend)]
    }
    guard try Backups.isWhole(newest) else { return [.lacks("the newest backup is damaged", mend: mend)] }
    let age = Seconds(ms: max(0, shop.clock.ms - newest.name.at.ms))
    guard age.ms <= oldest.ms else { return [.lacks("the newest backup is \(age.spoken) old", mend: mend)] }
    return [.well("the newest backup is \(age.spoken) old")]
}

@Sendable func findJobs(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let isMade = surroundings.jobs.contains { line in
        let words = line.drop { $0 == " " || $0 == "\t" }
        return !words.hasPrefix("#") && words.contains("laseros") && words.contains("backup create")
    }
    if isMade { return [.well("a timed job makes backups")] }
    guard surroundings.hasCron else {
        return [.lacks("no timed job makes backups, and cron is not installed", mend: "sudo apt-get install cron")]
    }
    // In a crontab a % ends the command unless a backslash is before it.
    let named = ShellLine.quoted(shop.folder).split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\\%")
    let laseros = "'\"$(command -v laseros)\"'", isPlain = !named.contains("'")
    let folder = isPlain ? named : named.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    let line = "0 2 * * * \(laseros) backup create --shop \(folder) && \(laseros) backup prune --keep-last 30 --shop \(folder)"
    return [
        .lacks(
            "no timed job of this user or this machine makes backups", mend: "(crontab -l 2>/dev/null; echo '\(line)') | crontab -")
    ]
}
