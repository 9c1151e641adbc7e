import Glibc
import Store
import Values

/// Bytes that are to be kept, by their hash.
package struct FileContent: Sendable {
    package var sha256: String
    /// Reads them, where they are not kept yet.
    package var read: @Sendable () throws -> [UInt8]

    package init(_ sha256: String, _ read: @escaping @Sendable () throws -> [UInt8]) { (self.sha256, self.read) = (sha256, read) }
}

/// The bytes of files and drawings, each kept once under `files/` by its SHA-256, in folders by its first two digits.
extension Shop {
    package func path(ofFile sha256: String) -> String { "\(folder)/files/\(sha256.prefix(2))/\(sha256)" }

    /// The folder that everything below it is made in before it is put in place: what killed runs have left is in one folder.
    var filesFolder: String { "\(folder)/files" }

    /// Keeps what is not kept yet. An undo leaves it: `files prune` removes what nothing names.
    func keep(_ contents: [FileContent]) throws {
        for content in contents { try store(content.sha256, content.read) }
    }

    private func store(_ sha256: String, _ read: () throws -> [UInt8]) throws {
        let isThere = holds(sha256)
        guard !isThere || !hasKept(sha256) else { return }
        let place = "\(filesFolder)/\(sha256.prefix(2))", sharing = Sharing(of: folder)
        if File.kind(of: filesFolder) == nil {
            try make(filesFolder, sharing)
            try File.sync(folder: folder)
        }
        try make(place, sharing)
        // Whoever made the folder, or put the bytes there, may have been killed before their names were sure to last.
        try File.sync(folder: filesFolder)
        if isThere {
            try File.sync(folder: place)
        } else {
            try File.write(try read(), to: path(ofFile: sha256), as: sharing.purpose, madeIn: filesFolder)
        }
        noteKept(sha256)
    }

    private func make(_ folder: String, _ sharing: Sharing) throws {
        guard sharing.makeFolder(folder) else {
            throw Failure(.outside, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
        }
    }

    /// Removes what killed runs have left half made. Only two folders are looked through: no file of a shop is made anywhere else.
    func sweep() {
        for folder in [filesFolder, "\(folder)/backups"] { File.sweep(folder) }
    }

    /// Whether these bytes are kept already.
    package func holds(_ sha256: String) -> Bool { access(path(ofFile: sha256), F_OK) == 0 }

    /// - Throws: `outside` when the file is gone.
    package func bytes(ofFile sha256: String) throws -> [UInt8] { try File.read(path(ofFile: sha256)) }
}
