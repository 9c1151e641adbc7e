import Values

/// The key of one encrypted file. Who made the file can read it again with it, without an identity.
package struct AgeFileKey: Sendable {
    let secret: Secret
}

/// Encrypts bytes as they come, in the memory of two chunks. A file that was not finished is refused by every reader.
package final class AgeWriter {
    /// The scrypt work factor of new files: 256 MiB and about a second.
    package static let logN = 18

    package let fileKey: AgeFileKey
    private let sink: File.Sink
    private let cipher: AgeCipher
    private var nonce = AgeNonce()
    private var plain: UnsafeMutableRawBufferPointer, sealed: UnsafeMutableRawBufferPointer
    private var held = 0

    /// Writes the header at once.
    package convenience init(to recipients: [AgeRecipient], sink: @escaping File.Sink) throws {
        guard !recipients.isEmpty else { throw Failure(.usage, .age, "nobody is to read the file", hint: "give a recipient") }
        try self.init(sink) { key in try recipients.map { try .x25519(key, for: $0) } }
    }

    /// - Parameter logN: the scrypt work factor; tests take a small one.
    package convenience init(passphrase: [UInt8], logN: Int = AgeWriter.logN, sink: @escaping File.Sink) throws {
        guard !passphrase.isEmpty else { throw Failure(.input, .age, "the passphrase is empty", hint: "give one of several words") }
        try self.init(sink) { key in [try .scrypt(key, passphrase: passphrase, logN: logN)] }
    }

    private init(_ sink: @escaping File.Sink, _ stanzas: (Secret) throws -> [AgeStanza]) throws {
        let key = try AgeCrypto.random(16), salt = try AgeCrypto.random(16).copy
        let header = try AgeHeader.text(stanzas(key), fileKey: key)
        (fileKey, self.sink) = (AgeFileKey(secret: key), sink)
        cipher = try AgeCipher(key: AgeCrypto.hkdf(key, salt: salt, info: "payload"), encrypts: true)
        plain = .allocate(byteCount: AgeNonce.chunk, alignment: 16)
        sealed = .allocate(byteCount: AgeNonce.chunk + AgeCrypto.tagBytes, alignment: 16)
        try (header + salt).withUnsafeBytes { try sink($0) }
    }

    deinit {
        plain.deallocate()
        sealed.deallocate()
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // A full chunk is kept until more follows, because the last one is marked.
            if held == AgeNonce.chunk {
                try seal(UnsafeRawBufferPointer(plain), isLast: false)
                held = 0
            }
            if held == 0, rest.count > AgeNonce.chunk {
                try seal(UnsafeRawBufferPointer(rebasing: rest.prefix(AgeNonce.chunk)), isLast: false)
                rest = rest.dropFirst(AgeNonce.chunk)
                continue
            }
            let count = min(rest.count, AgeNonce.chunk - held)
            UnsafeMutableRawBufferPointer(rebasing: plain[held...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
            held += count
            rest = rest.dropFirst(count)
        }
    }

    /// Writes the last chunk; nothing may be written after it.
    package func finish() throws {
        try seal(UnsafeRawBufferPointer(rebasing: plain[..<held]), isLast: true)
        held = 0
    }

    private func seal(_ chunk: UnsafeRawBufferPointer, isLast: Bool) throws {
        try cipher.seal(chunk, nonce: nonce.bytes(isLast: isLast), into: sealed)
        nonce.index += 1
        try sink(UnsafeRawBufferPointer(rebasing: sealed[..<(chunk.count + AgeCrypto.tagBytes)]))
    }
}

/// The number of a chunk, as the cipher takes it: big-endian in 11 bytes, then whether it is the last.
struct AgeNonce {
    /// The plain bytes of a chunk.
    static let chunk = 65_536

    var index: UInt64 = 0

    func bytes(isLast: Bool) -> [UInt8] {
        [0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: index >> (56 - 8 * UInt64($0))) } + [isLast ? 1 : 0]
    }
}
