import COpenSSL
import Glibc
import Values

/// A public key: `age1...`.
package struct AgeRecipient: Equatable, Sendable {
    let point: [UInt8]

    /// - Throws: `input`, saying what is wrong with the text.
    package init(_ text: String) throws {
        guard !text.hasPrefix("AGE-SECRET-KEY-1") else {
            // The text is not repeated, because messages end up in logs.
            throw Failure(.input, .age, "this is a secret key, not a recipient", hint: "give the public key, which begins with age1")
        }
        point = try AgeText.key(text, prefix: "age", what: "recipient \(text)")
    }

    init(point: [UInt8]) { self.point = point }

    package var text: String { Bech32.encode(prefix: "age", point) }

    /// Recipients one a line, with blank lines and comments that begin with `#`.
    /// - Parameter name: the name of the file, for messages.
    package static func list(_ bytes: [UInt8], name: String) throws -> [AgeRecipient] {
        let recipients = try AgeText.lines(bytes, name: name) { try AgeRecipient($0) }
        guard !recipients.isEmpty else {
            throw Failure(.input, .age, "\(name) has no recipients", hint: "write one public key (age1...) a line")
        }
        return recipients
    }
}

/// A secret key: `AGE-SECRET-KEY-1...`.
package struct AgeIdentity: Sendable {
    let secret: Secret
    package let recipient: AgeRecipient

    /// - Throws: `input`; the message does not repeat the secret.
    package init(_ text: String) throws {
        try self.init(secret: Secret(AgeText.key(text, prefix: "AGE-SECRET-KEY-", what: "secret key")))
    }

    private init(secret: Secret) throws {
        self.secret = secret
        recipient = AgeRecipient(point: try AgeCrypto.publicKey(of: secret))
    }

    package static func generate() throws -> AgeIdentity { try AgeIdentity(secret: AgeCrypto.random(32)) }

    package var text: String {
        String(
            decoding: Bech32.encode(prefix: "age-secret-key-", secret.copy).utf8.map { (97...122).contains($0) ? $0 - 32 : $0 },
            as: UTF8.self)
    }

    /// The file that age-keygen writes.
    /// - Parameter created: the moment as text, in the form of RFC 3339.
    package func file(created: String) -> String { "# created: \(created)\n# public key: \(recipient.text)\n\(text)\n" }

    package static func list(_ bytes: [UInt8], name: String) throws -> [AgeIdentity] {
        let identities = try AgeText.lines(bytes, name: name) { try AgeIdentity($0) }
        guard !identities.isEmpty else {
            throw Failure(.input, .age, "\(name) has no secret key", hint: "it must have a line that begins with AGE-SECRET-KEY-1")
        }
        return identities
    }

    /// Reads an identity file that only its owner may read.
    /// - Throws: `outside` if it cannot be read, `refused` if others may read it, `input` if it is wrong.
    package static func read(_ path: String, name: String) throws -> [AgeIdentity] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.outside, .age, "cannot read \(name): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0 else {
            throw Failure(.outside, .age, "cannot read \(name): \(String(cString: strerror(errno)))")
        }
        guard about.st_mode & S_IFMT != S_IFREG || about.st_mode & 0o077 == 0 else {
            throw Failure(.refused, .age, "others may read the secret key in \(name)", hint: "chmod 600 \(name)")
        }
        var bytes = [UInt8](repeating: 0, count: AgeText.limit + 1), count = 0
        defer { bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
        while count < bytes.count {
            let more = try bytes.withUnsafeMutableBytes {
                try File.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]), name: name)
            }
            if more == 0 { break }
            count += more
        }
        return try list(Array(bytes[..<count]), name: name)
    }
}

/// Reads keys and lists of them.
enum AgeText {
    /// No list of keys is larger.
    static let limit = 1 << 20

    static func key(_ text: String, prefix: String, what: String) throws -> [UInt8] {
        do {
            let (found, bytes) = try Bech32.decode(text)
            guard found == prefix else {
                throw Failure(.input, .age, "\(what) has the wrong prefix", hint: "it must begin with \(prefix)1")
            }
            guard bytes.count == 32 else { throw Failure(.input, .age, "\(what) has the wrong length", hint: "copy it again in full") }
            return bytes
        } catch let fault as Bech32.Fault {
            let (problem, hint): (String, String) =
                switch fault {
                case .mixedCase: ("mixes upper and lower case", "copy it again as it was made")
                case .checksum: ("has a wrong checksum", "a character is wrong or missing; copy it again")
                case .character: ("has a character that no key has", "copy it again as it was made")
                case .separator: ("is not a key of age", "it must begin with \(prefix)1")
                case .padding: ("has the wrong length", "copy it again in full")
                }
            throw Failure(.input, .age, "\(what) \(problem)", hint: hint)
        }
    }

    /// Calls `read` with each line that is neither blank nor a comment, and names file and line in its failure.
    static func lines<Key>(_ bytes: [UInt8], name: String, _ read: (String) throws -> Key) throws -> [Key] {
        guard bytes.count <= limit else { throw Failure(.input, .age, "\(name) is too large for a list of keys") }
        var keys: [Key] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            var line = line
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            do { keys.append(try read(String(decoding: line, as: UTF8.self))) } catch var failure as Failure {
                failure.message = "\(name), line \(index + 1): \(failure.message)"
                throw failure
            }
        }
        return keys
    }
}
