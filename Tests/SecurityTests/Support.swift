import Glibc
import Testing
import Values

@testable import Security

/// Encrypts and decrypts whole files in memory.
enum Age {
    static let identity = try! AgeIdentity.generate()

    static func seal(_ plain: [UInt8], pieces: Int = .max, to recipients: [AgeRecipient] = [identity.recipient]) throws -> [UInt8] {
        let out = Bytes()
        try fill(AgeWriter(to: recipients) { out.all += $0 }, plain, pieces: pieces)
        return out.all
    }

    static func seal(_ plain: [UInt8], passphrase: String, logN: Int = 4) throws -> [UInt8] {
        let out = Bytes()
        try fill(AgeWriter(passphrase: Array(passphrase.utf8), logN: logN) { out.all += $0 }, plain, pieces: .max)
        return out.all
    }

    static func fill(_ writer: AgeWriter, _ plain: [UInt8], pieces: Int) throws {
        try plain.withUnsafeBytes { plain in
            var rest = plain[...]
            while !rest.isEmpty {
                try writer.write(UnsafeRawBufferPointer(rebasing: rest.prefix(pieces)))
                rest = rest.dropFirst(pieces)
            }
        }
        try writer.finish()
    }

    /// - Parameter pieces: how many bytes the source gives at a time.
    static func open(_ sealed: [UInt8], pieces: Int = .max, key: AgeReader.Key = .identities([identity])) throws -> [UInt8] {
        var rest = sealed[...]
        let reader = try AgeReader(
            name: "a.age",
            source: { buffer in
                let count = min(buffer.count, rest.count, pieces)
                buffer.copyBytes(from: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }, key: key)
        var plain: [UInt8] = []
        while let block = try reader.next() { plain += block }
        return plain
    }

    static func passphrase(_ text: String) -> AgeReader.Key { .passphrase { Array(text.utf8) } }

    /// The message of the failure of opening a file, of which no byte may be wrong.
    static func refusal(_ sealed: [UInt8], key: AgeReader.Key = .identities([identity])) -> String? {
        do { _ = try open(sealed, key: key) } catch let failure as Failure {
            return failure.kind == .input && failure.hint != nil ? failure.message : nil
        } catch {}
        return nil
    }

    static func sample(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) } }

    static let wholeChunk = AgeNonce.chunk + AgeCrypto.tagBytes

    /// The header with the salt, and the sealed chunks.
    static func parts(_ sealed: [UInt8]) -> (head: [UInt8], chunks: [[UInt8]]) {
        let mac = sealed.indices.first { sealed[$0...].starts(with: "\n--- ".utf8) }!
        let start = sealed[(mac + 1)...].firstIndex(of: 10)! + 1 + 16
        return (
            Array(sealed[..<start]),
            stride(from: start, to: sealed.count, by: wholeChunk).map { Array(sealed[$0..<min($0 + wholeChunk, sealed.count)]) }
        )
    }
}

final class Bytes {
    var all: [UInt8] = []
}

/// A folder for a test.
final class Place {
    let path: String

    init() throws {
        var template = Array("/tmp/laseros-age-XXXXXX".utf8CString)
        path = try String(cString: #require(mkdtemp(&template)))
    }

    deinit { _ = try? shell("cd / && rm -rf '\(path)'") }

    /// Runs a command in the folder and returns what it prints.
    @discardableResult func shell(_ command: String) throws -> String {
        let pipe = try #require(popen("exec 2>&1; cd '\(path)' && { \(command)\n}", "r"))
        var bytes: [UInt8] = [], byte = fgetc(pipe)
        while byte != EOF {
            bytes.append(UInt8(byte))
            byte = fgetc(pipe)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        try #require(pclose(pipe) == 0, "\(command): \(text)")
        return text
    }
}
