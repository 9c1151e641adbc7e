import Glibc
import Values

/// Lines as they arrive from a file, a device, a pipe or standard input: each is passed on before the next is read. Used by one thread.
package final class LineInput {
    private let read: (UnsafeMutableRawBufferPointer) throws -> Int
    private let descriptor: Int32
    /// What was read and not passed on.
    private var bytes: ArraySlice<UInt8> = []
    private var isEnded = false

    /// The rest of a longer line is dropped.
    private static let longest = 4096

    /// - Parameter typed: a path relative to the working directory, or `-` for standard input.
    package init(_ typed: String, in environment: Environment) throws {
        guard typed != "-" else {
            (read, descriptor) = (environment.input, -1)
            return
        }
        // A serial line does not become the terminal of this process.
        let opened = open(environment.path(typed), O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard opened >= 0 else { throw File.failure("read", typed) }
        descriptor = opened
        read = { try File.read(opened, into: $0, name: typed) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next line without its end; nil at the end of the input. Bytes that are no UTF-8 are replaced.
    package func next() throws -> String? {
        var line: [UInt8] = []
        while true {
            if let end = bytes.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
                line += bytes[..<end].prefix(max(0, LineInput.longest - line.count))
                bytes = bytes[(end + 1)...]
                return String(decoding: line, as: UTF8.self)
            }
            line += bytes.prefix(max(0, LineInput.longest - line.count))
            bytes = []
            if isEnded { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            try withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { buffer in
                let count = try read(buffer)
                isEnded = count == 0
                bytes = Array(buffer[..<count])[...]
            }
        }
    }
}
