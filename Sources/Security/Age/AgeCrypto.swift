import COpenSSL
import Values

/// Bytes that are wiped when the last owner lets go of them.
final class Secret: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer

    init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        // At least one byte, because to HMAC() a nil key means the previous one.
        memory = UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 16), count: count)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        try fill(memory)
    }

    convenience init(_ bytes: some Collection<UInt8>) { self.init(count: bytes.count) { $0.copyBytes(from: bytes) } }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    /// The bytes live as long as `body` runs: a pointer handed out would not keep them.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(memory)) }
    }

    /// A copy, which is not wiped: for what is no secret, or becomes text anyway.
    var copy: [UInt8] { withBytes { Array($0) } }
}

/// The primitives of age, from libcrypto.
enum AgeCrypto {
    static let tagBytes = 16

    /// A call of libcrypto that fails for no reason in the data: no memory, no random numbers.
    static func check(_ isDone: Bool, _ what: String) throws {
        guard isDone else { throw Failure(.outside, .age, "libcrypto cannot \(what)", hint: "free some memory and try again") }
    }

    static func random(_ count: Int) throws -> Secret {
        try Secret(count: count) { try check(RAND_bytes($0.baseAddress, Int32($0.count)) == 1, "draw random bytes") }
    }

    static func hmac(key: Secret, _ data: [UInt8]) throws -> Secret { try hmac(key: key, Secret(data)) }

    static func hmac(key: Secret, _ data: Secret) throws -> Secret {
        try Secret(count: 32) { out in
            let isDone = key.withBytes { key in
                data.withBytes { data in
                    HMAC(
                        EVP_sha256(), key.baseAddress, Int32(key.count), data.baseAddress?.assumingMemoryBound(to: UInt8.self), data.count,
                        out.baseAddress, nil) != nil
                }
            }
            try check(isDone, "compute an HMAC")
        }
    }

    /// HKDF with SHA-256 for 32 bytes, which is one round of its second step.
    static func hkdf(_ material: Secret, salt: [UInt8], info: String) throws -> Secret {
        try hmac(key: hmac(key: Secret(salt), material), Array(info.utf8) + [1])
    }

    /// Fails where the memory that the work factor asks for is not to be had.
    static func scrypt(_ passphrase: [UInt8], salt: [UInt8], logN: Int) throws -> Secret {
        let salt = Array("age-encryption.org/v1/scrypt".utf8) + salt, cost = UInt64(1) << UInt64(logN)
        return try Secret(count: 32) { out in
            let isDone = passphrase.withUnsafeBytes { passphrase in
                EVP_PBE_scrypt(
                    passphrase.baseAddress ?? UnsafeRawPointer(out.baseAddress!), passphrase.count, salt, salt.count, cost, 8, 1,
                    (cost + 64) * 1024, out.baseAddress, 32)
            }
            let mebibytes = cost >> 10
            try check(isDone == 1, "stretch the passphrase, which takes \(max(1, mebibytes)) MiB of memory")
        }
    }

    static func publicKey(of secret: Secret) throws -> [UInt8] {
        let key = secret.withBytes { EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nil, $0.baseAddress, 32) }
        defer { EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: 32), count = 32
        try check(key != nil && EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, "compute a public key")
        return bytes
    }

    /// Returns nil for a point of low order, with which the shared secret is zero.
    static func sharedSecret(_ secret: Secret, with point: [UInt8]) throws -> Secret? {
        let key = secret.withBytes { EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nil, $0.baseAddress, 32) }
        defer { EVP_PKEY_free(key) }
        let peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nil, point, 32)
        defer { EVP_PKEY_free(peer) }
        let context = EVP_PKEY_CTX_new(key, nil)
        defer { EVP_PKEY_CTX_free(context) }
        try check(
            peer != nil && EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, peer) == 1, "prepare a key exchange")
        var isDone = false
        let shared = Secret(count: 32) { out in
            var count = 32
            isDone = EVP_PKEY_derive(context, out.baseAddress, &count) == 1 && out.contains { $0 != 0 }
        }
        return isDone ? shared : nil
    }
}

/// ChaCha20-Poly1305 with one key and a nonce for each message.
final class AgeCipher {
    private let context: OpaquePointer

    init(key: Secret, encrypts: Bool) throws {
        guard let context = EVP_CIPHER_CTX_new() else { throw Failure(.outside, .age, "no memory is left") }
        self.context = context
        let isDone = key.withBytes { EVP_CipherInit_ex(context, EVP_chacha20_poly1305(), nil, $0.baseAddress, nil, encrypts ? 1 : 0) == 1 }
        try AgeCrypto.check(isDone, "start a cipher")
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// Writes the message and its tag: 16 bytes more.
    func seal(_ plain: UnsafeRawBufferPointer, nonce: [UInt8], into out: UnsafeMutableRawBufferPointer) throws {
        var count: Int32 = 0
        let start = out.baseAddress!.assumingMemoryBound(to: UInt8.self)
        let isDone =
            EVP_CipherInit_ex(context, nil, nil, nil, nonce, 1) == 1
            && (plain.isEmpty
                || EVP_CipherUpdate(context, start, &count, plain.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(plain.count)) == 1)
            && EVP_CipherFinal_ex(context, start + plain.count, &count) == 1
            && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(AgeCrypto.tagBytes), start + plain.count) == 1
        try AgeCrypto.check(isDone, "encrypt")
    }

    /// Returns whether the tag fits. If not, `out` must not be used.
    func open(_ sealed: UnsafeRawBufferPointer, nonce: [UInt8], into out: UnsafeMutableRawBufferPointer) -> Bool {
        guard sealed.count >= AgeCrypto.tagBytes else { return false }
        let size = sealed.count - AgeCrypto.tagBytes
        let start = out.baseAddress!.assumingMemoryBound(to: UInt8.self), from = sealed.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var count: Int32 = 0
        return EVP_CipherInit_ex(context, nil, nil, nil, nonce, 0) == 1
            && EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_SET_TAG, Int32(AgeCrypto.tagBytes), UnsafeMutablePointer(mutating: from + size)) == 1
            && (size == 0 || EVP_CipherUpdate(context, start, &count, from, Int32(size)) == 1)
            && EVP_CipherFinal_ex(context, start + size, &count) == 1
    }

    private static let zero = [UInt8](repeating: 0, count: 12)

    /// Wraps a file key; the key of the wrap is used once, so that the nonce is zero.
    static func wrap(_ fileKey: Secret, key: Secret) throws -> [UInt8] {
        let cipher = try AgeCipher(key: key, encrypts: true)
        return try fileKey.withBytes { plain in
            var out = [UInt8](repeating: 0, count: plain.count + AgeCrypto.tagBytes)
            try out.withUnsafeMutableBytes { try cipher.seal(plain, nonce: zero, into: $0) }
            return out
        }
    }

    /// Returns nil if the key is another.
    static func unwrap(_ body: [UInt8], key: Secret) throws -> Secret? {
        let cipher = try AgeCipher(key: key, encrypts: false)
        var fits = false
        let fileKey = Secret(count: 16) { out in fits = body.withUnsafeBytes { cipher.open($0, nonce: zero, into: out) } }
        return fits ? fileKey : nil
    }
}
