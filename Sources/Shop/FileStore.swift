import Glibc
import Store
import Values

/// The bytes of files and drawings, each kept once under `files/` by its SHA-256, in folders by its first two digits.
extension Shop {
    package func path(ofFile sha256: String) -> String { "\(folder)/files/\(sha256.prefix(2))/\(sha256)" }

    /// Keeps bytes before the transaction that names them. An undo leaves them: `files prune` removes what nothing names.
    package func store(_ bytes: [UInt8], _ sha256: String) throws {
        guard !holds(sha256) else { return }
        let sharing = Sharing(of: folder)
        for folder in ["\(folder)/files", "\(folder)/files/\(sha256.prefix(2))"] {
            guard sharing.makeFolder(folder) else {
                throw Failure(.outside, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
            }
        }
        try File.write(bytes, to: path(ofFile: sha256), as: sharing.purpose)
    }

    /// Whether these bytes are kept already.
    package func holds(_ sha256: String) -> Bool { access(path(ofFile: sha256), F_OK) == 0 }

    /// - Throws: `outside` when the file is gone.
    package func bytes(ofFile sha256: String) throws -> [UInt8] { try File.read(path(ofFile: sha256)) }
}
