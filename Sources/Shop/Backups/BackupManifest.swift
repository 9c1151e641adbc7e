import Store
import Values

/// What an archive says about itself, in `manifest.json`, its first member.
package struct BackupManifest: Equatable, Sendable {
    /// The version of laseros that made it.
    package var laseros: String
    /// The id of the shop; see `Shop.backupID`.
    package var shop: String
    /// When the database was copied.
    package var at: Moment
    package var note: String?
    /// The version of the schema.
    package var schema: Int
    /// The number of the last journal entry, and its hash; 0 and empty without one.
    package var entries: Int
    package var head: String
    package var databaseBytes: Int
    package var databaseDigest: String
    package var files: Int
    package var fileBytes: Int
    /// The number of rows by table.
    package var rows: [String: Int]

    static let name = "manifest.json"
    /// The version of the form of archives.
    private static let form = 1
    /// The size in bytes up to which a manifest is read.
    static let most = 1 << 20

    /// JSON, one line a value.
    func json() throws -> String {
        let data = try Database(":memory:", .creating)
        func quoted(_ text: String?) throws -> String {
            guard let text else { return "null" }
            return try data.one("SELECT json_quote(\(text))") { $0.text(0) } ?? "null"
        }
        let counts = try rows.sorted { $0.key < $1.key }.map { "    \(try quoted($0.key)): \($0.value)" }
        return """
            {
              "format": \(BackupManifest.form),
              "laseros": \(try quoted(laseros)),
              "shop": \(try quoted(shop)),
              "at": \(try quoted(at.description)),
              "note": \(try quoted(note)),
              "schema": \(schema),
              "entries": \(entries),
              "head": \(try quoted(head)),
              "database_bytes": \(databaseBytes),
              "database_sha256": \(try quoted(databaseDigest)),
              "files": \(files),
              "file_bytes": \(fileBytes),
              "rows": {
            \(counts.joined(separator: ",\n"))
              }
            }

            """
    }
}

extension BackupManifest {
    /// - Parameter archive: the name of the archive in messages.
    /// - Throws: `input` if it is not valid, or of a later form.
    init(json bytes: [UInt8], in archive: String) throws {
        let wrong = Failure(.input, .backup, "\(archive): its manifest cannot be read: it is damaged, or no backup of laseros")
        guard let text = String(validating: bytes, as: UTF8.self) else { throw wrong }
        let data = try Database(":memory:", .creating)
        guard try data.one("SELECT CASE WHEN json_valid(\(text)) THEN json_type(\(text)) END", { $0.text(0) }) == "object" else {
            throw wrong
        }
        func value<Value: Stored>(_ path: String) throws -> Value {
            guard let cell = try data.one("SELECT \(text) ->> \(path)", { $0.cell(0) }), let value = Value(cell: cell) else { throw wrong }
            return value
        }
        let form: Int = try value("$.format")
        guard form == BackupManifest.form else {
            throw Failure(
                .input, .backup, "\(archive) has the form \(form) of a later laseros; this one reads form \(BackupManifest.form)",
                hint: "install the newer laseros")
        }
        var rows: [String: Int] = [:]
        guard let at = Moment(reading: try value("$.at")) else { throw wrong }
        try data.each("SELECT key, value FROM json_each(\(text), '$.rows')") { rows[$0.text(0)] = $0.int(1) }
        self.init(
            laseros: try value("$.laseros"), shop: try value("$.shop"), at: at, note: try value("$.note"), schema: try value("$.schema"),
            entries: try value("$.entries"), head: try value("$.head"), databaseBytes: try value("$.database_bytes"),
            databaseDigest: try value("$.database_sha256"), files: try value("$.files"), fileBytes: try value("$.file_bytes"), rows: rows)
        guard databaseBytes >= 0, files >= 0, fileBytes >= 0 else { throw wrong }
    }
}
