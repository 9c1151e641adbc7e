import COpenSSL

/// A SHA-256 over bytes that come in pieces.
package struct Digest {
    private var context = SHA256_CTX()

    package init() { SHA256_Init(&context) }

    package mutating func add(_ bytes: UnsafeRawBufferPointer) { SHA256_Update(&context, bytes.baseAddress, bytes.count) }

    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// 64 hexadecimal digits. The digest starts anew.
    package mutating func finish() -> String {
        var sum = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Final(&sum, &context)
        SHA256_Init(&context)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: sum.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether a text is a digest as `finish` gives it.
    package static func isOne(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    package static func of(_ bytes: UnsafeRawBufferPointer) -> String {
        var digest = Digest()
        digest.add(bytes)
        return digest.finish()
    }
}
