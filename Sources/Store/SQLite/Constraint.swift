import CSQLite
import Glibc
import Values

extension Failure {
    /// Turns an error of SQLite into a message for the user.
    /// - Parameter rules: returns the rule for a name in the schema.
    init(code: Int32, text: String, sql: String, path: String, rules: (String) -> Rule?) {
        switch code & 0xFF {
        case _ where Failure.comesOfTheSearchIndex(code, text, sql) && (try? Interrupt.check()) == nil: self = Interrupt.noticed()
        case _ where Failure.comesOfTheSearchIndex(code, text, sql):
            self.init(.store, .search, "the search index of \(path) is damaged: \(text)", hint: SearchedTable.rebuilding)
        case SQLITE_CONSTRAINT:
            self = Failure.broken(code, text, rules)
            area = Failure.table(in: sql).flatMap(Area.init(table:)) ?? .constraint
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(path)
        // On a full disk SQLite cannot create its rollback journal and reports only that it cannot open a file.
        case SQLITE_CANTOPEN where Failure.isFull(path), SQLITE_FULL:
            self.init(.outside, .constraint, "the disk is full: \(path) could not be written")
        case SQLITE_IOERR: self.init(.outside, .constraint, "\(path) could not be read or written: \(text)")
        case SQLITE_READONLY: self.init(.store, .constraint, "\(path) may not be written")
        case SQLITE_CORRUPT: self.init(.store, .constraint, "\(path) is damaged: \(text)", hint: "restore a backup")
        case SQLITE_NOTADB: self.init(.store, .constraint, "\(path)\(Failure.foreign)")
        case SQLITE_CANTOPEN: self.init(.store, .constraint, "cannot open \(path)")
        case SQLITE_TOOBIG: self.init(.refused, .constraint, "a value is too long to be stored")
        case SQLITE_INTERRUPT: self = Interrupt.noticed()
        case SQLITE_ERROR where Failure.comesOfTheFile.contains(where: { text.contains($0) }):
            self.init(.store, .constraint, "\(path) is damaged: \(text)", hint: "restore a backup")
        default: self.init(.defect, .constraint, "\(text) in: \(sql)")
        }
    }

    /// Whether the contents of the file are wrong, and not its disk or another process.
    var tellsOfDamage: Bool { kind == .store && (message.contains(" is damaged: ") || message.hasSuffix(Failure.foreign)) }
    private static let foreign = " is not the data file of a shop"

    static func busy(_ path: String) -> Failure {
        Failure(.store, .constraint, "\(path) is busy: another program has been writing to it for 30 seconds", hint: "try again")
    }

    /// Whether the disk that holds a file has no blocks or no inodes left.
    private static func isFull(_ path: String) -> Bool {
        var about = statvfs()
        return statvfs(path, &about) == 0 && (about.f_bavail == 0 || about.f_files > 0 && about.f_favail == 0)
    }

    /// Parts of SQLite's messages for valid statements that fail because a table or cell in the file was altered.
    private static let comesOfTheFile = [
        "no such ", "has no column", "cannot modify", "may not be modified", "unsafe use of", "malformed JSON", "integer overflow",
        "already exists",
    ]

    /// Whether the tables of FTS5 do not fit together, or one of its documents is there already.
    private static func comesOfTheSearchIndex(_ code: Int32, _ text: String, _ sql: String) -> Bool {
        let isOfTable =
            code == SQLITE_CORRUPT | 1 << 8 || text.hasPrefix("invalid fts5 file format") || text.hasPrefix("vtable constructor")
        // FTS5 writes to its own tables at savepoints, too: then SQLite names neither the statement nor the column.
        return isOfTable || code & 0xFF == SQLITE_CONSTRAINT && (sql.hasPrefix("INSERT INTO aux_search ") || text == "constraint failed")
    }

    /// Returns the table that a statement writes to.
    private static func table(in sql: String) -> String? {
        let words = sql.split(maxSplits: 4) { " \n(".utf8.contains($0.utf8.first ?? 0) }
        let name = words.first == "UPDATE" ? words.dropFirst().first : words.dropFirst(2).first
        return name.map { String($0.filter { $0 != "\"" }) }
    }

    /// Describes a violated constraint. CHECKs and triggers have their own messages, found by name; the other kinds get theirs here.
    private static func broken(_ code: Int32, _ text: String, _ rules: (String) -> Rule?) -> Failure {
        let detail = text.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? text
        let first = detail.split(separator: ",").first.map(String.init) ?? detail
        let parts = first.split(separator: ".").map { String($0).split(separator: "_").joined(separator: " ") }
        let noun = parts.first ?? "row", field = parts.last ?? "value"
        if let rule = rules(detail) { return Failure(rule.kind, .constraint, rule.sentence, hint: rule.hint, reason: .rule(detail)) }
        // Swift cannot see the macros of the extended codes (SQLITE_CONSTRAINT_CHECK and the like).
        switch code >> 8 {
        case 6, 8: return Failure(.refused, .constraint, "there is already a \(noun) with this \(field)")
        case 5: return Failure(.refused, .constraint, "a \(noun) needs a \(field)")
        case 12:
            return Failure(
                .store, .constraint, "the data file holds a number that cannot be counted on from: \(text)", hint: "laseros log verify")
        case 3: return Failure(.refused, .constraint, "something else in the shop still refers to it", reason: .isReferredTo)
        // The CHECK or trigger is not one of this program's.
        case 1: return Failure(.refused, .constraint, detail)
        default: return Failure(.refused, .constraint, text)
        }
    }
}
