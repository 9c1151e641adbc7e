import Console
import Glibc
import Shop
import Values

/// The folder of a shop, and how it was found.
struct ShopPlace {
    /// A real path.
    let folder: String
    /// Whether the shop was named by --shop, LASEROS_SHOP or `shop` in the personal file. Any other was found by searching, and anybody may
    /// have put it there.
    let isNamed: Bool
}

extension ShopPlace {
    /// The reason not to open the shop; nil if it is trusted. A world-writable shop is never trusted. A shop that is named, or listed in
    /// the personal file, is trusted; one that was found only if no one but its owner may write to it, and the owner is the caller, root,
    /// or the caller of sudo.
    func refusal(in environment: Environment) -> Failure? {
        let parts = [folder, folder + "/" + Shop.fileName].compactMap { Part($0) }
        if let part = parts.first(where: { $0.letsWrite(0o002) }) {
            return Failure(
                .store, .trustedShop, "everybody may write \(part.path): such a shop is not opened",
                hint: "chmod o-w \(ShellLine.quoted(part.path))")
        }
        guard !isNamed, !isListed(environment) else { return nil }
        let owners = ShopPlace.owners(caller: geteuid(), sudo: environment.variables["SUDO_UID"])
        if let part = parts.first(where: { !owners.contains($0.about.st_uid) }) {
            return notNamed("\(part.path) belongs to \(part.owner)", environment)
        }
        if let part = parts.first(where: { $0.letsWrite(0o020) }) {
            return notNamed("the group \(part.group) may write \(part.path)", environment)
        }
        return nil
    }

    /// The owners whose shops are trusted.
    /// - Parameter sudo: the value of SUDO_UID, which is used only for root.
    static func owners(caller: uid_t, sudo: String?) -> Set<uid_t> {
        let behind = caller == 0 ? sudo.flatMap { uid_t($0) } : nil
        return Set([caller, 0] + (behind.map { [$0] } ?? []))
    }

    private func notNamed(_ reason: String, _ environment: Environment) -> Failure {
        let named = ShellLine.quoted(folder)
        var hint = "if you trust it: --shop \(named)"
        // Colons separate the folders of the list.
        if !folder.contains(":") {
            let listed = (environment.preferences.safeFolders + [folder]).joined(separator: ":")
            hint += ", or laseros config set --personal \(Preferences.safeShops) \(ShellLine.quoted(listed))"
        }
        return Failure(.store, .trustedShop, "\(reason): the shop is opened only where you name it", hint: hint)
    }

    private func isListed(_ environment: Environment) -> Bool {
        environment.preferences.safeFolders.contains { entry in
            if entry == "*" { return true }
            guard let real = realpath(environment.expanded(entry), nil) else { return false }
            defer { free(real) }
            // Compared as bytes, because two strings that Swift considers equal can name two folders.
            return strcmp(real, folder) == 0
        }
    }
}

/// The folder, or the data file in it.
private struct Part {
    let path: String
    private(set) var about = stat()

    init?(_ path: String) {
        self.path = path
        guard lstat(path, &about) == 0 else { return nil }
    }

    /// A link has no permissions of its own and is not followed.
    func letsWrite(_ bit: mode_t) -> Bool { about.st_mode & bit != 0 && about.st_mode & S_IFMT != S_IFLNK }

    var owner: String { getpwuid(about.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "uid:\(about.st_uid)" }
    var group: String { getgrgid(about.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "gid:\(about.st_gid)" }
}

extension Environment {
    /// Expands `~/` in a path from the personal file.
    func expanded(_ path: String) -> String { path.hasPrefix("~/") ? (variables["HOME"] ?? "") + path.dropFirst() : path }
}
