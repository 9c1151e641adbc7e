import Glibc
import Values

/// Who uses a shop. A folder that its group may write, and that hands its group on to what is made in it, is for the group: files and
/// folders in it are then made so that every member can write them, whatever the umask.
package enum Sharing: String, Choice {
    case owner, group

    /// As the folder says it.
    package init(of folder: String) {
        var about = stat()
        self = stat(folder, &about) == 0 && about.st_mode & 0o2020 == 0o2020 ? .group : .owner
    }

    package var fileMode: mode_t { self == .group ? 0o660 : 0o600 }
    package var folderMode: mode_t { self == .group ? 0o2770 : 0o700 }

    /// How a file is written whole.
    package var purpose: File.Purpose { self == .group ? .group : .own }

    /// Makes a folder, unless it is there. A group's gets its modes in any case, where the caller may set them.
    /// - Returns: whether it is there now; if not, with the reason in `errno`.
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

    /// Opens a file to lock or to fill it, and makes it where it is not there.
    /// - Returns: below 0 where that failed, with the reason in `errno`.
    package func openFile(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, fileMode)
        var about = stat()
        guard descriptor >= 0, self == .group, fstat(descriptor, &about) == 0 else { return descriptor }
        // The umask has its say only in one that is new. What holds something, or has another name too, may be another file.
        if about.st_size == 0, about.st_nlink == 1, about.st_mode & 0o777 != fileMode { fchmod(descriptor, fileMode) }
        return descriptor
    }
}
