import Glibc
import Values

/// An input file that can be read several times. Standard input and pipes are copied first, because they can be read only once. Used by one
/// thread.
package final class InputFile: @unchecked Sendable {
    /// The name in messages.
    package let name: String
    private let descriptor: Int32
    /// The copy of standard input, while it is small.
    private let memory: [UInt8]
    /// The position of the next byte.
    private var at = 0

    private static let kept = 8 << 20

    /// - Parameter typed: a path relative to the working directory, or `-` for standard input.
    package init(_ typed: String, in environment: Environment) throws {
        guard typed == "-" else {
            name = typed
            try environment.demandPlain(environment.path(typed), typed)
            let opened = open(environment.path(typed), O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else { throw File.failure("read", typed) }
            var about = stat()
            guard fstat(opened, &about) == 0 else { throw File.failure("read", typed) }
            guard about.st_mode & S_IFMT != S_IFDIR else { throw Failure(.outside, .inputFile, "cannot read \(typed): it is a folder") }
            guard about.st_mode & S_IFMT != S_IFREG else {
                (memory, descriptor) = ([], opened)
                return
            }
            // A pipe can be read only once, too.
            defer { close(opened) }
            (memory, descriptor) = try InputFile.keep(environment.temporary) { try File.read(opened, into: $0, name: typed) }
            return
        }
        name = "standard input"
        (memory, descriptor) = try InputFile.keep(environment.temporary, environment.input)
    }

    /// An input from bytes in memory.
    package init(_ bytes: [UInt8], name: String) { (self.name, memory, descriptor) = (name, bytes, -1) }

    /// The same input, read from the start beside this one.
    package func again() throws -> InputFile {
        let copy = descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard descriptor < 0 || copy >= 0 else { throw File.failure("read twice", name) }
        return InputFile(name, memory, copy)
    }

    private init(_ name: String, _ memory: [UInt8], _ descriptor: Int32) {
        (self.name, self.memory, self.descriptor) = (name, memory, descriptor)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func keep(_ folder: String, _ read: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> ([UInt8], Int32) {
        var bytes: [UInt8] = [], file: Int32 = -1
        do {
            try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
                while true {
                    let count = try read(buffer)
                    if count == 0 { break }
                    bytes.append(contentsOf: buffer[..<count])
                    guard bytes.count > kept || file >= 0 else { continue }
                    if file < 0 { file = try File.scratch(in: folder) }
                    try bytes.withUnsafeBytes { try File.write($0, to: file, name: "a temporary file in \(folder)") }
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            return (bytes, file)
        } catch {
            if file >= 0 { close(file) }
            throw error
        }
    }

    /// Reads the next bytes. Returns their number, 0 at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var count = min(buffer.count, memory.count - at)
        if descriptor >= 0 {
            // Two readers of the same open file would share its position.
            count = try File.read(descriptor, at: at, into: buffer, name: name)
        } else {
            buffer.copyBytes(from: memory[at..<(at + count)])
        }
        at += count
        return count
    }

    /// Goes back to the first byte.
    package func rewind() { at = 0 }
}

extension Environment {
    /// Allows only regular files within a batch: waiting for a pipe or a terminal would lock all others out of the data.
    package func demandPlain(_ path: String, _ typed: String) throws {
        var about = stat()
        guard isBatchLine, stat(path, &about) == 0, ![S_IFREG, S_IFDIR].contains(about.st_mode & S_IFMT) else { return }
        throw Failure(
            .outside, .inputFile, "cannot read \(typed): it is not a regular file, and a batch waits for nobody", hint: "put it into a file"
        )
    }
}
