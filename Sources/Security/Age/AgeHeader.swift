import COpenSSL
import Values

/// A way to the file key: a type, arguments, and the wrapped key.
struct AgeStanza {
    var arguments: [String]
    var body: [UInt8]

    var type: String { arguments[0] }

    var text: String {
        var text = "-> " + arguments.joined(separator: " ") + "\n", rest = AgeBase64.encode(body)[...]
        while rest.utf8.count >= 64 {
            text += rest.prefix(64) + "\n"
            rest = rest.dropFirst(64)
        }
        // A body ends with a short line, if need be an empty one.
        return text + rest + "\n"
    }

    static func x25519(_ fileKey: Secret, for recipient: AgeRecipient) throws -> AgeStanza {
        let ephemeral = try AgeCrypto.random(32), share = try AgeCrypto.publicKey(of: ephemeral)
        guard let shared = try AgeCrypto.sharedSecret(ephemeral, with: recipient.point) else {
            throw Failure(.input, .age, "recipient \(recipient.text) is not a usable public key", hint: "make a new key pair")
        }
        let key = try AgeCrypto.hkdf(shared, salt: share + recipient.point, info: "age-encryption.org/v1/X25519")
        return AgeStanza(arguments: ["X25519", AgeBase64.encode(share)], body: try AgeCipher.wrap(fileKey, key: key))
    }

    static func scrypt(_ fileKey: Secret, passphrase: [UInt8], logN: Int) throws -> AgeStanza {
        let salt = try AgeCrypto.random(16).copy, key = try AgeCrypto.scrypt(passphrase, salt: salt, logN: logN)
        return AgeStanza(arguments: ["scrypt", AgeBase64.encode(salt), "\(logN)"], body: try AgeCipher.wrap(fileKey, key: key))
    }
}

struct AgeHeader {
    static let version = "age-encryption.org/v1"
    /// Larger headers are hostile: one recipient takes 100 bytes.
    static let limit = 256 << 10

    var stanzas: [AgeStanza]
    /// What the MAC covers: all up to and with `---`.
    var covered: [UInt8]
    var mac: [UInt8]

    static func text(_ stanzas: [AgeStanza], fileKey: Secret) throws -> [UInt8] {
        let covered = Array((version + "\n" + stanzas.map(\.text).joined() + "---").utf8)
        let mac = try AgeCrypto.hmac(key: AgeCrypto.hkdf(fileKey, salt: [], info: "header"), covered)
        return covered + Array(" \(AgeBase64.encode(mac.copy))\n".utf8)
    }

    func isAuthentic(_ fileKey: Secret) throws -> Bool {
        let right = try AgeCrypto.hmac(key: AgeCrypto.hkdf(fileKey, salt: [], info: "header"), covered)
        return right.withBytes { CRYPTO_memcmp($0.baseAddress, mac, 32) == 0 }
    }

    init(reading input: AgeInput) throws {
        let name = input.name, first = try input.line(atMost: 80) ?? []
        guard first.elementsEqual(Self.version.utf8) else { throw Self.unknown(first, name: name) }
        (stanzas, covered, mac) = ([], first + [10], [])
        while mac.isEmpty {
            guard let line = try input.line(atMost: Self.limit - covered.count) else { throw input.damagedHeader }
            if line.starts(with: "-> ".utf8) {
                covered += line + [10]
                let arguments = line.dropFirst(3).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
                guard arguments.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (33...126).contains($0) } }) else { throw input.damagedHeader }
                let body = try Self.body(input, &covered)
                stanzas.append(AgeStanza(arguments: arguments.map { String(decoding: $0, as: UTF8.self) }, body: body))
            } else {
                guard line.starts(with: "--- ".utf8), line.count == 47, !stanzas.isEmpty, let sum = AgeBase64.decode(line[4...]) else {
                    throw input.damagedHeader
                }
                covered += Array("---".utf8)
                mac = sum
            }
        }
    }

    /// Reads the lines of a body: full ones of 64 digits, then a shorter one.
    private static func body(_ input: AgeInput, _ covered: inout [UInt8]) throws -> [UInt8] {
        var digits: [UInt8] = []
        while true {
            guard covered.count < limit, let line = try input.line(atMost: 64) else { throw input.damagedHeader }
            covered += line + [10]
            digits += line
            if line.count < 64 { break }
        }
        guard let body = AgeBase64.decode(digits) else { throw input.damagedHeader }
        return body
    }

    private static func unknown(_ line: [UInt8], name: String) -> Failure {
        if line.starts(with: "-----BEGIN AGE ENCRYPTED FILE-----".utf8) {
            return Failure(
                .input, .age, "\(name) is armoured text", hint: "make a binary file of it: age -d FILE | age -r age1... -o NEW-FILE")
        }
        if line.starts(with: "age-encryption.org/".utf8) {
            return Failure(.input, .age, "\(name) is of another version of age", hint: "decrypt it with age itself")
        }
        return Failure(.input, .age, "\(name) is not encrypted with age", hint: "check that it is the right file")
    }
}
