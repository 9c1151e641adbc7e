import Store
import Values

/// A client or supplier is probably there twice if another has the same name, without regard to case and accents, one of its e-mail
/// addresses or its VAT number.
extension Likeness {
    /// - Parameter table: of a noun with names, e-mail addresses and VAT numbers.
    static func byAddress(of table: String) -> Likeness {
        Likeness(of: { try $0.addressees(like: $1, without: $2) }, among: { try Addressees(shop: $0, table: table).repeated(above: $1) })
    }
}

extension Shop {
    /// Warnings about a record that is probably there twice. An import has its own.
    func likenessWarnings(_ change: Record, _ ids: [Int]) throws -> [String] {
        guard ids.count == 1, let likeness = change.noun.likeness else { return [] }
        return try likeness.of(self, change, ids).map { "warning: \($0.sentence)" }
    }

    fileprivate func addressees(like record: Record, without ids: [Int]) throws -> [Likeness.Alike] {
        let noun = record.noun, table: SQL = "\(name: noun.name)"
        var tests: [SQL] = []
        func search(_ what: String, _ condition: SQL) {
            tests.append(
                "SELECT * FROM (SELECT id, code, \(what) FROM \(table) WHERE \(condition) ORDER BY id LIMIT \(Addressees.mostNamed + ids.count))"
            )
        }
        if let name: String = record.value("name") { search("name", Shop.isCalled("\(table).name", name.searchKey)) }
        if let emails: String = record.value("email") {
            for address in emails.split(separator: ",").map({ String(String($0).trimmed) }) {
                let lower = address.lowercased()
                search("e-mail address", "email = \(address) COLLATE NOCASE")
                search(
                    "e-mail address",
                    "instr(email, ',') > 0 AND instr(',' || replace(lower(email), ' ', '') || ',', \("," + lower + ","))")
            }
        }
        if let number: String = record.value("vat_number") { search("VAT number", "vat_number = \(number) COLLATE NOCASE") }
        guard !tests.isEmpty else { return [] }
        var codes: [Int: String] = [:], equal: [Int: [String]] = [:], order: [Int] = []
        try data.each("\(tests.joined(" UNION ALL "))") { row in
            let id = row.int(0), what = row.text(2)
            guard !ids.contains(id), !(equal[id] ?? []).contains(what) else { return }
            if codes.updateValue(row.text(1), forKey: id) == nil { order.append(id) }
            equal[id, default: []].append(what)
        }
        return order.prefix(Addressees.mostNamed).map { id in
            let code = codes[id] ?? "", what = equal[id] ?? []
            return Likeness.Alike(code: code, sentence: "\(noun.word) \(code) has the same \(what.joined(separator: " and "))")
        }
    }
}

/// The rows of a table with names, e-mail addresses and VAT numbers.
private struct Addressees {
    /// How many records a warning names.
    static let mostNamed = 3

    let shop: Shop
    let noun: Noun
    let table: SQL

    init(shop: Shop, table: String) throws { (self.shop, noun, self.table) = (shop, try shop.noun(table), "\(name: table)") }

    func repeated(above last: Int) throws -> [String] {
        let newest = try shop.data.one("SELECT max(id) FROM \(table)") { $0.int(0) } ?? 0
        guard newest > last else { return [] }
        return try [
            ("the name", "new \(noun.plural) have names", names(above: last)),
            ("an e-mail address", "e-mail addresses of new \(noun.plural) are those", emails(above: last)),
            (
                "the VAT number", "new \(noun.plural) have VAT numbers",
                [groups("\(table) WHERE vat_number IS NOT NULL", by: "vat_number COLLATE NOCASE", above: last)]
            ),
        ].compactMap { what, several, queries in
            var count = 0, named: [(new: Int, first: Int)] = []
            for query in queries {
                try shop.data.each(query) { row in
                    // The first of a group of new rows repeats nobody.
                    let first = row.int(0), isAllNew = first > last
                    count += row.int(3) - (isAllNew ? 1 : 0)
                    named.append((new: row.int(isAllNew ? 2 : 1), first: first))
                    if named.count > 100 { named = Addressees.earliest(named) }
                }
            }
            guard count > 0 else { return nil }
            let pairs = try Addressees.earliest(named).map { new, first in
                "\(try shop.code(of: noun, new) ?? "") (\(try shop.code(of: noun, first) ?? ""))"
            }
            let more = count > pairs.count ? ", ..." : ""
            let those =
                count == 1 ? "1 new \(noun.word) has \(what) of another that is there" : "\(count) \(several) of others that are there"
            return "warning: \(those): \(pairs.joined(separator: ", "))\(more); --strict refuses them"
        }
    }

    private static func earliest(_ named: [(new: Int, first: Int)]) -> [(new: Int, first: Int)] {
        Array(named.sorted { $0.new < $1.new }.prefix(mostNamed))
    }

    /// The groups of equal rows with a new one: the lowest id, the lowest new id, the highest id, and the number of new ones. They are read
    /// in the order of an index, without sorting.
    private func groups(_ rows: SQL, by key: SQL, above last: Int, only condition: SQL = "1") -> SQL {
        """
        SELECT min(id), min(iif(id > \(last), id, NULL)), max(id), sum(id > \(last)) FROM \(rows)
        GROUP BY \(key) HAVING count(*) > 1 AND max(id) > \(last) AND \(condition)
        """
    }

    private func names(above last: Int) -> [SQL] {
        // Names with letters beyond ASCII, and those that are like one of them, are compared by their keys.
        let keyed: SQL = """
            (SELECT aux_name.key AS key, one.id AS id FROM aux_name JOIN \(table) one ON one.name = aux_name.name COLLATE NOCASE
             UNION SELECT aux_name.key, one.id FROM aux_name JOIN \(table) one ON one.name = aux_name.key COLLATE NOCASE)
            """
        let plain: SQL = """
            NOT EXISTS (SELECT 1 FROM aux_name WHERE aux_name.name = \(table).name)
            AND NOT EXISTS (SELECT 1 FROM aux_name WHERE aux_name.key = lower(\(table).name))
            """
        return [
            groups(table, by: "name COLLATE NOCASE", above: last, only: plain), groups(keyed, by: "key", above: last),
        ]
    }

    private func emails(above last: Int) -> [SQL] {
        // Of several addresses each one counts.
        let several: SQL = """
            SELECT trim(address.value) COLLATE NOCASE AS email, own.id AS id
            FROM \(table) own, json_each('[' || replace(json_quote(own.email), ',', '","') || ']') address WHERE instr(own.email, ',') > 0
            """
        let all: SQL = """
            (SELECT email, id FROM (\(several))
             UNION SELECT one.email, one.id FROM (\(several)) some JOIN \(table) one ON one.email = some.email COLLATE NOCASE)
            """
        return [
            groups(
                "\(table) WHERE email IS NOT NULL AND instr(email, ',') = 0", by: "email COLLATE NOCASE", above: last,
                only: "email COLLATE NOCASE NOT IN (SELECT email FROM (\(several)))"),
            groups(all, by: "email COLLATE NOCASE", above: last),
        ]
    }
}
