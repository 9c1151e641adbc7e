import Glibc
import Values

/// Buffered output: in memory or, beyond 32 MiB, in an unlinked temporary file.
package final class Spool {
    /// The bytes written last. Writers append here and call `settle` after each row.
    package var bytes: [UInt8] = []
    /// Full pieces. A single array would be copied each time it grows.
    private var pieces: [[UInt8]] = []
    private var piecesCount = 0
    private var file: Int32 = -1
    private var fileCount = 0
    private let folder: String

    private static let piece = 1 << 18
    private static let memory = 32 << 20

    /// - Parameter folder: the folder for the temporary file, if one is needed.
    package init(folder: String = "/tmp") { self.folder = folder }

    deinit { if file >= 0 { close(file) } }

    package var count: Int { fileCount + piecesCount + bytes.count }

    /// Moves the bytes to the pieces or the file, if there are enough of them.
    package func settle() throws {
        if bytes.count >= Spool.piece { try putAway() }
    }

    private func putAway() throws {
        if file >= 0 { return try spill() }
        piecesCount += bytes.count
        pieces.append(bytes)
        bytes = []
        bytes.reserveCapacity(Spool.piece + 4096)
        guard piecesCount > Spool.memory else { return }
        file = try File.scratch(in: folder)
        for piece in pieces { try append(piece) }
        (pieces, piecesCount) = ([], 0)
    }

    private func spill() throws {
        try append(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    private func append(_ piece: [UInt8]) throws {
        try piece.withUnsafeBytes { try File.write($0, to: file, name: "a temporary file in \(folder)") }
        fileCount += piece.count
    }

    /// Passes all bytes to `sink`, in order.
    package func copyOut(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        if file >= 0 {
            guard lseek(file, 0, SEEK_SET) == 0 else { throw File.failure("read", "a temporary file in \(folder)") }
            try withUnsafeTemporaryAllocation(byteCount: Spool.piece, alignment: 16) { buffer in
                while true {
                    let count = try File.read(file, into: buffer, name: "a temporary file in \(folder)")
                    if count == 0 { break }
                    try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                }
            }
        }
        for piece in pieces { try piece.withUnsafeBytes(sink) }
        if !bytes.isEmpty { try bytes.withUnsafeBytes(sink) }
    }

    /// Drops all bytes, once they are copied out.
    func clear() {
        if file >= 0 { close(file) }
        (bytes, pieces, piecesCount, file, fileCount) = ([], [], 0, -1, 0)
    }

    /// All bytes as text, for answers that are known to be short, and for tests.
    package func text() throws -> String {
        var all: [UInt8] = []
        try copyOut { all.append(contentsOf: $0) }
        return String(decoding: all, as: UTF8.self)
    }
}
