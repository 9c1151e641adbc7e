import Testing
import Values

@testable import Security

@Suite struct AgeHeaderTests {
    /// A file whose header is made of any stanzas, with the right MAC.
    private static func file(_ stanzas: (Secret, AgeStanza) throws -> String) throws -> [UInt8] {
        let key = try AgeCrypto.random(16), salt = [UInt8](repeating: 7, count: 16)
        let text = "age-encryption.org/v1\n" + (try stanzas(key, .x25519(key, for: Age.identity.recipient))) + "---"
        let mac = try AgeCrypto.hmac(key: AgeCrypto.hkdf(key, salt: [], info: "header"), Array(text.utf8))
        var chunk = [UInt8](repeating: 0, count: 16)
        let cipher = try AgeCipher(key: AgeCrypto.hkdf(key, salt: salt, info: "payload"), encrypts: true)
        try chunk.withUnsafeMutableBytes {
            try cipher.seal(UnsafeRawBufferPointer(start: nil, count: 0), nonce: AgeNonce().bytes(isLast: true), into: $0)
        }
        return Array(text.utf8) + Array(" \(AgeBase64.encode(mac.copy))\n".utf8) + salt + chunk
    }

    private static let damaged = "the header of a.age is damaged"

    @Test func otherStanzasArePassedOver() throws {
        let other =
            "-> grease! a ~ !\nAAAA\n-> empty\n\n-> full \(String(repeating: "x", count: 2_000))\n\(String(repeating: "A", count: 64))\n\n"
        #expect(Age.refusal(try Self.file { other + $1.text + other }) == nil)
        #expect(Age.refusal(try Self.file { _, _ in other }) == "no given key opens a.age")
        #expect(
            Age.refusal(try Self.file { key, mine in try AgeStanza.x25519(key, for: AgeIdentity.generate().recipient).text + mine.text })
                == nil)
    }

    @Test func wrongStanzasAreRefused() throws {
        let wrong = [
            "->x\n\n", "-> \n\n", "-> a  b\n\n", "-> a \n\n", "-> a\tb\n\n", "-> ä\n\n", "-> a\r\n\n", "-> a\n", "-> a\nAA==\n",
            "-> a\nAB\n",
            "-> a\nA\n", "-> a\nAA AA\n", "-> a\nAAAA\nAAAA\n", "-> a\n\(String(repeating: "A", count: 64))\n",
            "-> a\n\(String(repeating: "A", count: 65))\n", "-> X25519\n\n", "\n", "-> a\n\n\n",
        ]
        for text in wrong { #expect(Age.refusal(try Self.file { text + $1.text }) == Self.damaged, "\(text)") }
        #expect(Age.refusal(try Self.file { _, _ in "" }) == Self.damaged)
    }

    @Test func wrongX25519StanzasAreRefused() throws {
        func refusal(_ change: @escaping (inout AgeStanza) -> Void) throws -> String? {
            Age.refusal(
                try Self.file {
                    var stanza = $1
                    change(&stanza)
                    return stanza.text
                })
        }
        #expect(try refusal { _ in } == nil)
        #expect(try refusal { $0.arguments.append("x") } == Self.damaged)
        #expect(try refusal { $0.body.append(0) } == Self.damaged)
        #expect(try refusal { $0.arguments[1].removeLast() } == Self.damaged)
        #expect(try refusal { $0.arguments[1] += "A" } == Self.damaged)
        #expect(try refusal { $0.arguments[1] += "=" } == Self.damaged)
        #expect(try refusal { $0.arguments[1] = AgeBase64.encode([UInt8](repeating: 0, count: 32)) } == Self.damaged)
        #expect(try refusal { $0.arguments[0] = "x25519" } == "no given key opens a.age")
    }

    @Test func wrongEndsOfTheHeaderAreRefused() throws {
        let sealed = String(decoding: try Age.seal([]).prefix { $0 < 128 }.prefix(220), as: UTF8.self)
        let end = sealed.split(separator: "\n").first { $0.hasPrefix("--- ") }!
        let good = String(sealed[..<end.endIndex]), tail = String(repeating: "x", count: 40)
        for change in [
            "---\(end.dropFirst(4))", "---  \(end.dropFirst(4))", "\(end) ", "\(end)=", "\(end.dropLast())", "---", "--- ", "\(end)\r",
        ] {
            #expect(Age.refusal(Array((good.dropLast(end.count) + change + "\n" + tail).utf8)) == Self.damaged, "\(change)")
        }
        #expect(Age.refusal(Array("age-encryption.org/v1\r\n\(tail)".utf8)) == "a.age is of another version of age")
        #expect(Age.refusal(Array("age-encryption.org/v2\n\(tail)".utf8)) == "a.age is of another version of age")
        #expect(Age.refusal(Array("PK\u{3}\u{4}\n".utf8)) == "a.age is not encrypted with age")
        #expect(Age.refusal(Array("-----BEGIN AGE ENCRYPTED FILE-----\n".utf8)) == "a.age is armoured text")
        #expect(Age.refusal([]) == "a.age is not encrypted with age")
    }

    @Test func hostileHeadersTakeNoMemory() throws {
        let stanza = "-> a\n\n"
        for endless in [stanza, "-> " + String(repeating: "a", count: 1_000), String(repeating: "A", count: 64) + "\n"] {
            var given = 0
            let start = Array("age-encryption.org/v1\n-> a\n".utf8), more = Array(endless.utf8)
            #expect(throws: Failure.self) {
                _ = try AgeReader(
                    name: "a.age",
                    source: { buffer in
                        for i in buffer.indices {
                            buffer[i] = given < start.count ? start[given] : more[(given - start.count) % more.count]
                            given += 1
                        }
                        return buffer.count
                    }, key: .identities([Age.identity]))
            }
            #expect(given < 500_000)
        }
    }

    @Test func aPassphraseStandsAlone() throws {
        let pass = Age.passphrase("drei kleine Bären"), wrong = Age.passphrase("drei kleine Baeren")
        let sealed = try Age.seal(Array("laser".utf8), passphrase: "drei kleine Bären")
        #expect(try Age.open(sealed, key: pass) == Array("laser".utf8))
        #expect(Age.refusal(sealed, key: wrong) == "the passphrase of a.age is wrong")
        #expect(Age.refusal(sealed) == "a.age is encrypted with a passphrase")
        #expect(Age.refusal(try Age.seal([]), key: pass) == "a.age is encrypted for a key, not with a passphrase")
        let mixed = try Self.file { try AgeStanza.scrypt($0, passphrase: Array("x".utf8), logN: 1).text + $1.text }
        #expect(Age.refusal(mixed) == Self.damaged)
        #expect(Age.refusal(mixed, key: Age.passphrase("x")) == Self.damaged)
    }

    @Test func wrongScryptStanzasAreRefused() throws {
        func refusal(_ change: @escaping (inout AgeStanza) -> Void) throws -> String? {
            let file = try Self.file { key, _ in
                var stanza = try AgeStanza.scrypt(key, passphrase: Array("x".utf8), logN: 1)
                change(&stanza)
                return stanza.text
            }
            return Age.refusal(file, key: Age.passphrase("x"))
        }
        #expect(try refusal { _ in } == nil)
        for factor in ["0", "01", "+1", "-1", "1x", "0x1", " 1"] {
            #expect(try refusal { $0.arguments[2] = factor } == Self.damaged, "\(factor)")
        }
        for factor in ["23", "64", "18446744073709551617"] {
            #expect(try refusal { $0.arguments[2] = factor }?.hasPrefix("the passphrase of a.age asks for too much memory") == true)
        }
        #expect(try refusal { $0.arguments[2] = "2" } == "the passphrase of a.age is wrong")
        #expect(try refusal { $0.arguments.removeLast() } == Self.damaged)
        #expect(try refusal { $0.arguments.append("1") } == Self.damaged)
        #expect(try refusal { $0.arguments[1].removeLast() } == Self.damaged)
        #expect(try refusal { $0.arguments[1] = AgeBase64.encode([UInt8](repeating: 1, count: 17)) } == Self.damaged)
        #expect(try refusal { $0.body.removeLast() } == Self.damaged)
    }
}
