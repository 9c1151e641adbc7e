import COpenSSL

/// Computes a SHA-256 from bytes that arrive in pieces.
package struct Digest {
    private var context = SHA256_CTX()

    package init() { SHA256_Init(&context) }

    package mutating func add(_ bytes: UnsafeRawBufferPointer) { SHA256_Update(&context, bytes.baseAddress, bytes.count) }

    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// Returns the digest as 64 hexadecimal digits and starts a new one.
    package mutating func finish() -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_LENGTH)) { sum in
            SHA256_Final(sum.baseAddress, &context)
            SHA256_Init(&context)
            return String(unsafeUninitializedCapacity: 2 * sum.count) { text in
                for (i, byte) in sum.enumerated() { (text[2 * i], text[2 * i + 1]) = (Digest.digit(byte >> 4), Digest.digit(byte & 15)) }
                return text.count
            }
        }
    }

    private static func digit(_ four: UInt8) -> UInt8 { four < 10 ? UInt8(ascii: "0") + four : UInt8(ascii: "a") + four - 10 }

    /// Whether a text has the form of a digest: 64 lower-case hexadecimal digits.
    package static func isOne(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    package static func of(_ bytes: UnsafeRawBufferPointer) -> String {
        var digest = Digest()
        digest.add(bytes)
        return digest.finish()
    }
}
