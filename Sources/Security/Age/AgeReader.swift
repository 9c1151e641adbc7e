import Values

/// Decrypts a file chunk by chunk, in the memory of two chunks. No byte is given out before its chunk is authenticated; but only when
/// `next` has returned nil is it certain that the file was whole.
package final class AgeReader {
    /// Reads the next bytes into the buffer. Returns their number, 0 at the end.
    package typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    /// What opens a file.
    package enum Key {
        case identities([AgeIdentity])
        /// Asked only when the file turns out to have a passphrase.
        case passphrase(() throws -> [UInt8])
        case fileKey(AgeFileKey)
    }

    private let input: AgeInput
    private let cipher: AgeCipher
    private var nonce = AgeNonce()
    /// One byte more than a sealed chunk, which tells whether another follows.
    private let sealed = UnsafeMutableRawBufferPointer.allocate(byteCount: AgeNonce.chunk + AgeCrypto.tagBytes + 1, alignment: 16)
    private let plain = UnsafeMutableRawBufferPointer.allocate(byteCount: AgeNonce.chunk, alignment: 16)
    private var carried = 0
    private var isAtEnd = false

    /// Reads the header and finds the file key.
    /// - Parameter name: the name of the file, for messages.
    /// - Throws: `input` if the header is damaged, no identity fits, or the passphrase is wrong.
    package init(name: String, source: @escaping Source, key: Key) throws {
        let input = AgeInput(name: name, source: source)
        let header = try AgeHeader(reading: input), fileKey = try AgeUnlocking(header: header, input: input).fileKey(key)
        guard try header.isAuthentic(fileKey) else { throw input.damagedHeader }
        var salt = [UInt8](repeating: 0, count: 16)
        guard try salt.withUnsafeMutableBytes({ try input.fill($0) }) == 16 else {
            throw Failure(.input, .age, "\(name) is cut short after its header", hint: "take another copy of the file")
        }
        self.input = input
        cipher = try AgeCipher(key: AgeCrypto.hkdf(fileKey, salt: salt, info: "payload"), encrypts: false)
    }

    deinit {
        sealed.deallocate()
        plain.deallocate()
    }

    /// The next bytes, which are valid until the next call; nil at the proven end of the file. The block of an empty file is empty.
    /// - Throws: `input`, with the number of the chunk, if it is damaged.
    package func next() throws -> UnsafeRawBufferPointer? {
        guard !isAtEnd else { return nil }
        let full = AgeNonce.chunk + AgeCrypto.tagBytes
        let count = carried + (try input.fill(UnsafeMutableRawBufferPointer(rebasing: sealed[carried...])))
        let isLast = count <= full, size = min(count, full)
        let chunk = UnsafeRawBufferPointer(rebasing: sealed[..<size])
        guard size >= AgeCrypto.tagBytes else { throw cutShort() }
        guard cipher.open(chunk, nonce: nonce.bytes(isLast: isLast), into: plain) else { throw damage(chunk, isLast: isLast) }
        guard size > AgeCrypto.tagBytes || nonce.index == 0 else {
            throw failure("ends with an empty chunk", hint: "it was not written by age; take another copy of the file")
        }
        nonce.index += 1
        isAtEnd = isLast
        if !isLast { (sealed[0], carried) = (sealed[full], 1) }
        return UnsafeRawBufferPointer(rebasing: plain[..<(size - AgeCrypto.tagBytes)])
    }

    /// Says why a chunk did not open: a whole one in the wrong place tells that bytes are missing or were appended.
    private func damage(_ chunk: UnsafeRawBufferPointer, isLast: Bool) -> Failure {
        guard cipher.open(chunk, nonce: nonce.bytes(isLast: !isLast), into: plain) else {
            return failure("is damaged in chunk \(nonce.index + 1)", hint: "take another copy of the file")
        }
        return isLast ? cutShort() : failure("has bytes after its end", hint: "take another copy of the file")
    }

    private func cutShort() -> Failure {
        failure("is cut short after \(nonce.index > 0 ? "chunk \(nonce.index)" : "its header")", hint: "take another copy of the file")
    }

    private func failure(_ problem: String, hint: String) -> Failure { Failure(.input, .age, "\(input.name) \(problem)", hint: hint) }
}
