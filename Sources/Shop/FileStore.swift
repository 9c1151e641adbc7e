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

    /// Keeps what is not kept yet. An undo leaves it: `files prune` removes what nothing names.
    func keep(_ contents: [FileContent]) throws {
        for content in contents where !holds(content.sha256) { try store(try content.read(), content.sha256) }
    }

    private func store(_ bytes: [UInt8], _ sha256: String) throws {
        guard !holds(sha256) else { return }
        for folder in ["\(folder)/files", "\(folder)/files/\(sha256.prefix(2))"] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw Failure(.outside, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
            }
        }
        try File.write(bytes, to: path(ofFile: sha256))
    }

    /// Whether these bytes are kept already.
    package func holds(_ sha256: String) -> Bool { access(path(ofFile: sha256), F_OK) == 0 }

    /// - Throws: `outside` when the file is gone.
    package func bytes(ofFile sha256: String) throws -> [UInt8] { try File.read(path(ofFile: sha256)) }
}
