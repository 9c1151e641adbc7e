import Values

/// Finds the file key of a header.
struct AgeUnlocking {
    /// 4 GiB of memory; a header that asks for more is refused.
    static let greatestLogN = 22

    let header: AgeHeader
    let input: AgeInput

    func fileKey(_ key: AgeReader.Key) throws -> Secret {
        // A passphrase beside other ways would let whoever knows it write files that seem to come from the others.
        let scrypt = header.stanzas.filter { $0.type == "scrypt" }
        guard scrypt.isEmpty || header.stanzas.count == 1 else { throw input.damagedHeader }
        switch key {
        case .fileKey(let known): return known.secret
        case .identities(let identities):
            guard scrypt.isEmpty else {
                throw Failure(
                    .input, .age, "\(input.name) is encrypted with a passphrase", hint: "leave out --identity, or --passphrase-file FILE")
            }
            return try fileKey(identities)
        case .passphrase(let ask):
            guard let stanza = scrypt.first else {
                throw Failure(
                    .input, .age, "\(input.name) is encrypted for a key, not with a passphrase",
                    hint: "--identity FILE, with the secret key")
            }
            return try fileKey(stanza, ask)
        }
    }

    private func fileKey(_ identities: [AgeIdentity]) throws -> Secret {
        for stanza in header.stanzas where stanza.type == "X25519" {
            guard stanza.arguments.count == 2, let share = AgeBase64.decode(stanza.arguments[1].utf8), share.count == 32,
                stanza.body.count == 32
            else { throw input.damagedHeader }
            for identity in identities {
                guard let shared = try AgeCrypto.sharedSecret(identity.secret, with: share) else { throw input.damagedHeader }
                let key = try AgeCrypto.hkdf(shared, salt: share + identity.recipient.point, info: "age-encryption.org/v1/X25519")
                if let fileKey = try AgeCipher.unwrap(stanza.body, key: key) { return fileKey }
            }
        }
        throw Failure(.input, .age, "no given key opens \(input.name)", hint: "give the secret key of one of its recipients")
    }

    private func fileKey(_ stanza: AgeStanza, _ ask: () throws -> [UInt8]) throws -> Secret {
        guard stanza.arguments.count == 3, let salt = AgeBase64.decode(stanza.arguments[1].utf8), salt.count == 16, stanza.body.count == 32,
            case let factor = stanza.arguments[2].utf8, factor.first != UInt8(ascii: "0"), factor.allSatisfy({ (48...57).contains($0) })
        else { throw input.damagedHeader }
        guard let logN = Int(stanza.arguments[2]), logN <= Self.greatestLogN else {
            throw Failure(
                .input, .age, "the passphrase of \(input.name) asks for too much memory: work factor \(stanza.arguments[2].prefix(8))",
                hint: "at most \(Self.greatestLogN) is accepted; decrypt it with age itself if you trust it")
        }
        guard let fileKey = try AgeCipher.unwrap(stanza.body, key: AgeCrypto.scrypt(ask(), salt: salt, logN: logN)) else {
            throw Failure(.input, .age, "the passphrase of \(input.name) is wrong", hint: "try again")
        }
        return fileKey
    }
}
