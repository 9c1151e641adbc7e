import Testing
import Values

@testable import Security

@Suite struct AgeKeyTests {
    /// BIP 173, without the limit of 90 characters, which age does not have.
    @Test func bech32HoldsToItsVectors() throws {
        let long = "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs"
        for text in ["A12UEL5L", "a12uel5l", long, "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "?1ezyfcl"] {
            #expect(throws: Never.self, "\(text)") { try Bech32.decode(text) }
        }
        let (prefix, bytes) = try Bech32.decode("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")
        #expect(Bech32.encode(prefix: prefix, bytes) == "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")
        let wrong: [(String, Bech32.Fault)] = [
            ("\u{20}1nwldj5", .character), ("\u{7f}1axkwrx", .character), ("pzry9x0s0muk", .separator), ("1pzry9x0s0muk", .separator),
            ("x1b4n0q5v", .character), ("li1dgmt3", .separator), ("de1lg7wt\u{ff}", .character), ("A1G7SGD8", .checksum),
            ("10a06t8", .separator), ("1qzzfhee", .separator), ("a12UEL5L", .mixedCase),
        ]
        for (text, fault) in wrong { #expect(throws: fault, "\(text)") { try Bech32.decode(text) } }
    }

    @Test func base64IsCanonical() {
        for count in 0..<70 { #expect(AgeBase64.decode(AgeBase64.encode(Age.sample(count)).utf8) == Age.sample(count)) }
        #expect(AgeBase64.encode(Array("foobar".utf8)) == "Zm9vYmFy" && AgeBase64.encode(Array("foob".utf8)) == "Zm9vYg")
        for text in ["A", "AB", "AAB", "AA==", "AA=", "AA-_", "AAAAA", "A A"] { #expect(AgeBase64.decode(text.utf8) == nil, "\(text)") }
    }

    @Test func keysAreReadAsWritten() throws {
        let identity = try AgeIdentity.generate(), file = identity.file(created: "2026-12-01T02:00:00Z")
        let lines = file.split(separator: "\n")
        #expect(lines.count == 3 && lines[1] == "# public key: \(identity.recipient.text)" && lines[2].hasPrefix("AGE-SECRET-KEY-1"))
        let list = try AgeIdentity.list(Array("\(file)\r\n\n# other\n\(Age.identity.text)".utf8), name: "k")
        #expect(list.map(\.recipient) == [identity.recipient, Age.identity.recipient])
        let recipients = try AgeRecipient.list(Array("# a\n\n\(identity.recipient.text)\n\(Age.identity.recipient.text)\n".utf8), name: "r")
        #expect(recipients == list.map(\.recipient))
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        do { try body() } catch let failure as Failure { return failure.hint == nil ? nil : failure.message } catch {}
        return nil
    }

    @Test func wrongKeysAreNamed() throws {
        let right = Age.identity.recipient.text, secret = Age.identity.text
        var wrong = Array(right.utf8)
        wrong[20] = wrong[20] == UInt8(ascii: "q") ? UInt8(ascii: "p") : UInt8(ascii: "q")
        let flipped = String(decoding: wrong, as: UTF8.self)
        #expect(refusal { _ = try AgeRecipient(flipped) } == "recipient \(flipped) has a wrong checksum")
        let mixed = "A" + right.dropFirst()
        #expect(refusal { _ = try AgeRecipient(mixed) } == "recipient \(mixed) mixes upper and lower case")
        let other = Bech32.encode(prefix: "agf", Age.identity.recipient.point)
        #expect(refusal { _ = try AgeRecipient(other) } == "recipient \(other) has the wrong prefix")
        let short = Bech32.encode(prefix: "age", Array(Age.identity.recipient.point.dropLast()))
        #expect(refusal { _ = try AgeRecipient(short) } == "recipient \(short) has the wrong length")
        #expect(refusal { _ = try AgeRecipient("ssh-ed25519 AAAA") } == "recipient ssh-ed25519 AAAA has a character that no key has")
        #expect(refusal { _ = try AgeRecipient(secret) } == "this is a secret key, not a recipient")
        #expect(refusal { _ = try AgeIdentity(right) } == "secret key has the wrong prefix")
        #expect(
            refusal { _ = try AgeIdentity.list(Array("# a\n\(secret.dropLast())Z\n".utf8), name: "k") }?.hasPrefix(
                "k, line 2: secret key has a") == true)
        #expect(refusal { _ = try AgeIdentity.list(Array("# none\n".utf8), name: "k") } == "k has no secret key")
        #expect(refusal { _ = try AgeRecipient.list([], name: "r") } == "r has no recipients")
        #expect(refusal { _ = try AgeWriter(to: []) { _ in } } == "nobody is to read the file")
    }

    @Test func aKeyThatOthersMayReadIsRefused() throws {
        let place = try Place(), path = "\(place.path)/key"
        try File.write(Array(Age.identity.text.utf8), to: path)
        #expect(try AgeIdentity.read(path, name: "key").map(\.recipient) == [Age.identity.recipient])
        for mode in ["640", "604", "620", "601"] {
            try place.shell("chmod \(mode) key")
            let failure = #expect(throws: Failure.self) { try AgeIdentity.read(path, name: "key") }
            #expect(failure?.kind == .refused && failure?.hint == "chmod 600 key")
        }
        #expect(throws: Failure.self) { try AgeIdentity.read(path + "x", name: "key") }
    }
}
