import Console
import Glibc
import Security
import Shop
import Values

/// The parameters that say what encrypts and opens archives.
enum BackupKeys {
    static let encrypt = Flag("--encrypt", "encrypt for the recipients, or else with a passphrase")
    static let recipient = Several<Line>("--recipient KEY", "a public key of age (age1...); default: the setting backup_recipients")
    static let passphraseFile = Option<Line>("--passphrase-file FILE", "the passphrase, in a file that only you may read", from: .files)
    static let identity = Several<Line>(
        "--identity FILE", "a file with the secret key of age that opens an encrypted archive", from: .files)

    static let sealing: [any Parameter] = [encrypt, recipient, passphraseFile]
    static let sealingRelations: [Relation] = [
        .excludes(["recipient", "passphrase-file"]), .needs("recipient", "encrypt"), .needs("passphrase-file", "encrypt"),
    ]
    static let sealingAbout = """
        `--encrypt` writes the form of age (https://age-encryption.org), so that `age -d` opens it without laseros. With recipients no secret is \
        needed to make backups: `laseros backup key FILE` or `age-keygen` makes a pair, of which the file is kept elsewhere. Without one it asks \
        for a passphrase. Who loses the secret key or the passphrase has lost these backups.
        """
    static let opening: [any Parameter] = [identity, passphraseFile]
    static let openingRelations: [Relation] = [.excludes(["identity", "passphrase-file"])]

    /// What encrypts a new archive; nil for a plain one.
    static func seal(_ call: Call, _ shop: Shop) throws -> BackupSeal? {
        guard call[encrypt] else { return nil }
        if let file = call[passphraseFile] {
            return .passphrase(try Passphrase.read(call.environment.path(file.text), name: file.text))
        }
        let typed = try call[recipient].flatMap { try BackupSeal.recipients($0.text) }
        let recipients = typed.isEmpty ? try BackupSeal.recipients(try shop.setting(Settings.backupRecipients)) : typed
        return recipients.isEmpty ? .passphrase(try Passphrase.ask("passphrase for the backup", twice: true)) : .recipients(recipients)
    }

    /// What opens the archives of a call.
    /// - Parameter asks: whether a passphrase is asked for at the terminal.
    static func opener(_ call: Call, asks: Bool = true) throws -> BackupOpener? {
        if let file = call[passphraseFile] {
            return .passphrase { try Passphrase.read(call.environment.path(file.text), name: file.text) }
        }
        let files = call[identity]
        guard files.isEmpty else {
            return .identities(try files.flatMap { try AgeIdentity.read(call.environment.path($0.text), name: $0.text) })
        }
        return asks && isAsking ? .passphrase { try Passphrase.ask("passphrase of the backup") } : nil
    }

    /// Whether there is a terminal at which somebody can type.
    private static var isAsking: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { if terminal >= 0 { close(terminal) } }
        return terminal >= 0
    }
}

/// Makes a file that nobody has made before.
private func write(_ bytes: [UInt8], to path: String, _ said: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw File.failure("write", said) }
    defer { close(file) }
    do {
        try bytes.withUnsafeBytes { try File.write($0, to: file, name: said) }
        guard fsync(file) == 0 else { throw File.failure("write", said) }
        try File.sync(folder: File.folder(of: path))
    } catch {
        unlink(path)
        throw error
    }
}

private let file = Operand<Line>("FILE", "where the secret key goes; it must not be there yet", from: .files)

let backupKeyCommand = Command.free(
    "backup key", "Make a pair of keys for encrypted backups", [file], permission: .open,
    about: """
        The file has the secret key, in the form of `age-keygen`, for you alone (mode 600). Keep it away from the machine that makes the backups: it \
        is needed only to open them. The public key is printed; set it as `backup_recipients`, or name it with `--recipient`.
        """,
    examples: ["laseros backup key shop.key"], answer: [Heading("recipient", .text), Heading("file", .text)], makesFiles: true
) { call in
    let said = try call[file].text, path = call.environment.path(said), identity = try AgeIdentity.generate()
    guard said != "-" else { throw Failure(.usage, .backup, "a secret key goes into a file", hint: "laseros backup key shop.key") }
    guard File.kind(of: path) == nil else {
        throw Failure(.refused, .backup, "\(said) is there already: no key was made", hint: "name another file")
    }
    try write(Array(identity.file(created: call.environment.clock.description).utf8), to: path, said)
    let row: [DisplayValue] = [.text(identity.recipient.text), .text(said)]
    return .done("\(identity.recipient.text)", Listing([Heading("recipient", .text), Heading("file", .text)], [row]))
        .noting([
            "the secret key is in \(said): keep it elsewhere", "next: laseros config set backup_recipients \(identity.recipient.text)",
        ])
}
