import Console
import Shop
import Values

/// What encrypts and opens archives.
enum BackupKeys {
    static let identity = Several<Line>("--identity FILE", "a file with the secret key of age that opens an encrypted archive", from: .files)
    static let opening: [any Parameter] = [identity]
    static let openingRelations: [Relation] = []
    static let sealing: [any Parameter] = []
    static let sealingRelations: [Relation] = []
    static let sealingAbout = ""
    static func seal(_ call: Call, _ shop: Shop) throws -> BackupSeal? { nil }
    static func opener(_ call: Call) throws -> BackupOpener? { nil }
}
