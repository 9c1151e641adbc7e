import Glibc
import Values

/// Passphrases from the terminal or a file: never from the command line or the environment, which other users can see.
package enum Passphrase {
    /// Longer files are no passphrases.
    private static let limit = 4_096

    /// Asks at the terminal without showing what is typed.
    /// - Parameters:
    ///   - twice: asks again, for a passphrase that is not checked by opening something with it.
    ///   - terminal: tests give another.
    /// - Throws: `usage` without a terminal, `input` for an empty passphrase or two different ones.
    package static func ask(_ prompt: String, twice: Bool = false, terminal: String = "/dev/tty") throws -> [UInt8] {
        let descriptor = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0, isatty(descriptor) == 1 else {
            if descriptor >= 0 { close(descriptor) }
            throw Failure(.usage, .passphrase, "there is no terminal to ask for the passphrase", hint: "use --passphrase-file FILE")
        }
        defer { close(descriptor) }
        let first = try HiddenLine.read(descriptor, prompt: "\(prompt): ")
        guard !first.isEmpty else { throw Failure(.input, .passphrase, "the passphrase is empty", hint: "type one of several words") }
        if twice, try HiddenLine.read(descriptor, prompt: "\(prompt) (again): ") != first {
            throw Failure(.input, .passphrase, "the two passphrases differ", hint: "try again")
        }
        return first
    }

    /// Reads a file that only its owner may read, without the newline at its end. A pipe may be given: `<(pass show shop)`.
    /// - Parameter name: the path as typed.
    /// - Throws: `outside` if it cannot be read, `refused` if others may read it, `input` if it is empty or too long.
    package static func read(_ path: String, name: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var about = stat()
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fstat(descriptor, &about) == 0 else {
            throw Failure(.outside, .passphrase, "cannot read \(name): \(String(cString: strerror(errno)))")
        }
        guard about.st_mode & S_IFMT != S_IFREG || about.st_mode & 0o077 == 0 else {
            throw Failure(.refused, .passphrase, "others may read the passphrase in \(name)", hint: "chmod 600 \(name)")
        }
        var bytes = [UInt8](repeating: 0, count: limit + 2), count = 0
        defer { bytes.withUnsafeMutableBytes { explicit_bzero($0.baseAddress!, $0.count) } }
        while count < bytes.count,
            case let more = try bytes.withUnsafeMutableBytes({
                try File.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]), name: name)
            }), more > 0
        { count += more }
        if count > 0, bytes[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        guard count <= limit else {
            throw Failure(.input, .passphrase, "\(name) is too long for a passphrase", hint: "it may have \(limit) bytes")
        }
        guard count > 0 else {
            throw Failure(.input, .passphrase, "\(name) has no passphrase", hint: "write it in the first line")
        }
        return Array(bytes[..<count])
    }
}
