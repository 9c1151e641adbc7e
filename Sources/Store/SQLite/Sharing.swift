import Glibc
import Values

/// Who may use a shop. A folder that is group-writable and setgid is for the group: files and folders created in it get modes that let
/// every member write them, regardless of the umask.
package enum Sharing: String, Choice {
    case owner, group

    /// Reads the mode of the folder.
    package init(of folder: String) {
        var about = stat()
        self = stat(folder, &about) == 0 && about.st_mode & 0o2020 == 0o2020 ? .group : .owner
    }

    package var fileMode: mode_t { self == .group ? 0o660 : 0o600 }
    package var folderMode: mode_t { self == .group ? 0o2770 : 0o700 }

    /// The purpose with which `File` writes files of this shop.
    package var purpose: File.Purpose { self == .group ? .group : .own }

    /// Creates a folder unless it exists. A group's folder gets its mode even if it exists, provided that the caller may set it.
    /// - Returns: whether the folder exists now; if not, `errno` says why.
    package func makeFolder(_ path: String) -> Bool {
        guard mkdir(path, folderMode & 0o777) == 0 || errno == EEXIST else { return false }
        guard self == .group else { return true }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0 else { return false }
        let isChanged = about.st_mode & 0o7777 != folderMode && (about.st_uid == geteuid() || geteuid() == 0)
        return !isChanged || fchmod(descriptor, folderMode) == 0
    }

    /// Opens a file for locking or writing, and creates it if it does not exist.
    /// - Returns: the descriptor; negative on failure, with the reason in `errno`.
    package func openFile(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, fileMode)
        var about = stat()
        guard descriptor >= 0, self == .group, fstat(descriptor, &about) == 0 else { return descriptor }
        // The umask applies only to a new file, so only an empty one with a single link gets its mode set. Anything else may be another
        // file.
        if about.st_size == 0, about.st_nlink == 1, about.st_mode & 0o777 != fileMode { fchmod(descriptor, fileMode) }
        return descriptor
    }
}
