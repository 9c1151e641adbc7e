import Security
import Values

/// Encrypts archives in the form of age.
package enum BackupSeal {
    /// For the holders of the secret keys that belong to these public ones.
    case recipients([AgeRecipient])
    case passphrase([UInt8])

    /// - Parameter list: public keys separated by commas.
    /// - Throws: `input` for a text that is none.
    package static func recipients(_ list: String) throws -> [AgeRecipient] {
        try list.split(separator: ",").map { try AgeRecipient(String(String($0).trimmed)) }
    }

    /// Passes on encrypted what `body` writes.
    /// - Returns: the key of this archive, with which this process can read it back.
    func sealing(_ sink: File.Sink, _ body: (File.Sink) throws -> Void) throws -> BackupKey {
        try withoutActuallyEscaping(sink) { sink in
            let writer: AgeWriter
            switch self {
            case .recipients(let recipients): writer = try AgeWriter(to: recipients, sink: sink)
            case .passphrase(let passphrase): writer = try AgeWriter(passphrase: passphrase, sink: sink)
            }
            try body { try writer.write($0) }
            try writer.finish()
            return BackupKey(key: writer.fileKey)
        }
    }
}

/// The key of one archive.
package struct BackupKey {
    fileprivate let key: AgeFileKey
}

/// What opens encrypted archives.
package enum BackupOpener {
    case key(BackupKey)
    case identities([AgeIdentity])
    /// Asked when an archive turns out to have one.
    case passphrase(() throws -> [UInt8])

    static let mark = Array("age-encryption.org/".utf8)

    /// The bytes of the tar file that zstd has compressed, decrypted if need be.
    /// - Throws: `input` if it cannot be opened.
    static func plain(_ source: BackupSource, _ opener: BackupOpener?) throws -> () throws -> UnsafeRawBufferPointer {
        let head = try source.peek(mark.count)
        guard head.elementsEqual(mark) else { return { try source.next() } }
        let key: AgeReader.Key
        switch opener {
        case .key(let own): key = .fileKey(own.key)
        case .identities(let identities): key = .identities(identities)
        case .passphrase(let ask): key = .passphrase(ask)
        case nil:
            throw Failure(
                .input, .backup, "\(source.name) is encrypted", hint: "--identity FILE, with the secret key; or --passphrase-file FILE")
        }
        let reader = try AgeReader(name: source.name, source: { try source.read(into: $0) }, key: key)
        return { try reader.next() ?? UnsafeRawBufferPointer(start: nil, count: 0) }
    }
}
