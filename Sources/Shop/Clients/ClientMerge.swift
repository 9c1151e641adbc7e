import Store
import Values

extension Shop {
    /// Moves all that refers to clients to another one, and removes them. Their codes still find that one.
    /// - Returns: notes on what was moved and filled in.
    package func merge(_ clients: [RecordID], into target: RecordID) throws -> [String] {
        if clients.contains(where: { $0.id == target.id }) {
            throw Failure(.refused, .client, "client \(target.code) cannot be merged into itself")
        }
        let keys = try data.all(
            """
            SELECT t.name, k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
            WHERE t.type = 'table' AND k."table" = 'client' ORDER BY t.rowid
            """
        ) { (table: $0.text(0), column: $0.text(1)) }
        var moved: [String: Int] = [:], notes: [String] = []
        if try data.one("SELECT 1 FROM client WHERE id = \(target.id) AND archived_on IS NOT NULL", { _ in true }) != nil {
            notes.append("warning: client \(target.code) is archived: laseros client unarchive \(target.code)")
        }
        for client in clients {
            try partFileNames(of: client, and: target)
            for (table, column) in keys {
                try data.run("UPDATE \(name: table) SET \(name: column) = \(target.id) WHERE \(name: column) = \(client.id)")
                moved[table, default: 0] += data.changed
            }
            notes += try takeOver(client, by: target)
            try data.run("DELETE FROM client WHERE id = \(client.id)")
            try data.run("INSERT INTO client_code (client_id, code) VALUES (\(target.id), \(client.code))")
        }
        statements(of: .client).forgetMerged()
        let counts = keys.map(\.table).filter { $0 != "client_code" && moved[$0] ?? 0 > 0 }.map { table in
            let noun = nouns.first { $0.name == table }
            return counted(moved[table] ?? 0, noun?.word ?? History.words(table), noun?.plural)
        }
        return (counts.isEmpty ? [] : ["moved to \(target.code): " + counts.joined(separator: ", ")]) + notes
    }

    /// Makes the names of the files of both clients differ: the same file is kept once, another gets the code of its client.
    private func partFileNames(of client: RecordID, and target: RecordID) throws {
        let taken = Dictionary(try files(of: .client, target.id).map { ($0.name, $0.sha256) }) { first, _ in first }
        let files = try files(of: .client, client.id)
        var names = Set(taken.keys).union(files.map(\.name))
        for file in files {
            guard let sha256 = taken[file.name] else { continue }
            guard sha256 != file.sha256 else {
                try data.run("DELETE FROM file WHERE id = \(file.id)")
                continue
            }
            let ending = File.ending(of: file.name), stem = ending.isEmpty ? file.name : String(file.name.dropLast(ending.count + 1))
            var name = file.name, number = 0
            while names.contains(name) {
                number += 1
                name = "\(stem) (\(client.code)\(number == 1 ? "" : " \(number)"))" + (ending.isEmpty ? "" : "." + ending)
            }
            names.insert(name)
            try data.run("UPDATE file SET name = \(name) WHERE id = \(file.id)")
        }
    }

    /// The fields that the client takes from one that is merged into it, where it has nothing. What decides prices or how drawings are read
    /// is not among them: the work of the client that stays would come out otherwise.
    private static let filled = ["contact", "email", "phone", "address", "delivery_address", "vat_number"]
    private static let noted = filled + ["due_days", "discount", "drawing_processes", "drawing_unit", "file_pattern"]

    /// Fills the empty fields of a client from another. What it has already stays, and goes into the notes where it differs.
    private func takeOver(_ client: RecordID, by target: RecordID) throws -> [String] {
        let noun = Noun.client, fields = noun.fields.filter { Shop.noted.contains($0.name) }
        let columns = (["name", "notes", "terms"] + fields.map(\.column)).map { "\(name: $0)" as SQL }.joined(", ")
        func row(_ id: Int) throws -> [Cell] {
            try data.one("SELECT \(columns) FROM client WHERE id = \(id)") { row in (0..<fields.count + 3).map { row.cell($0) } } ?? []
        }
        let theirs = try row(client.id), ours = try row(target.id)
        var record = Record(noun, id: target.id), taken: [String] = [], other: [String] = []
        for (i, field) in fields.enumerated() {
            let (old, new) = (ours[i + 3], theirs[i + 3])
            guard !new.isNull, new != old else { continue }
            if old.isNull, Shop.filled.contains(field.name) {
                record[field.name] = new
                taken.append(History.words(field.name))
            } else {
                other.append("\(History.words(field.name)) \(try RowWords.text(new, field.present, whole: true))")
            }
        }
        let name = theirs.first.flatMap { String(cell: $0) } ?? "", former = (["\(client.code) \(name)"] + other).joined(separator: "; ")
        let notes = [ours[1], theirs[1]].compactMap { String(cell: $0) } + ["merged: \(former)"]
        record["notes"] = notes.joined(separator: "\n").cell
        _ = try edit(record)
        let isOnAccount = theirs[2] == PaymentTerms.account.cell && ours[2].isNull
        return (taken.isEmpty ? [] : ["taken from \(client.code): " + taken.joined(separator: ", ")])
            + (isOnAccount ? ["warning: \(client.code) was on account, \(target.code) pays in advance"] : [])
    }
}
