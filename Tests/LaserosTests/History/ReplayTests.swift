import Glibc
import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Every change made by another program is reported.
@Suite struct ReplayTests {
    @Test func anHonestShopHasNoFaults() throws {
        let workshop = try ExampleShop.copy()
        #expect(try workshop.faults() == [])
        #expect(try workshop.run("laseros log verify").out.hasSuffix(" entries verified; head \(try workshop.head())\n"))
    }

    @Test(arguments: [
        ("UPDATE client SET name = 'Karoo' WHERE id = 1", ["client CL-0001: name is 'Karoo', the journal says 'Karoo Signs'"]),
        ("UPDATE client SET email = NULL WHERE id = 1", ["client CL-0001: email is nothing, the journal says 'anna@karoo.example'"]),
        ("UPDATE client SET vat_number = 'x' WHERE id = 1", ["client CL-0001: vat_number is 'x', the journal says nothing"]),
        (
            "UPDATE client SET contact = email, email = contact WHERE id = 1",
            [
                "client CL-0001: contact is 'anna@karoo.example', the journal says 'Anna Botha'",
                "client CL-0001: email is 'Anna Botha', the journal says 'anna@karoo.example'",
            ]
        ),
        ("UPDATE preset SET thickness_um = 4000 WHERE id = 1", ["preset PS-0001: thickness is 4 mm, the journal says 3 mm"]),
        (
            "UPDATE project SET client_id = 2 WHERE id = 1",
            ["project JB-2026-08-CL0001-001: client is 'CL-0002', the journal says 'CL-0001'"]
        ),
        (
            "UPDATE setting SET value = 'x' WHERE name = 'company_name'",
            ["setting company_name: value is 'x', the journal says 'Karoo Laser Works'"]
        ),
        ("UPDATE client SET id = 99 WHERE id = 4", ["client CL-0004 is missing: entry 6 added it", "client CL-0004 is in no entry"]),
        ("DELETE FROM contact WHERE id = 1", ["contact CT-0001 is missing: entry 7 added it"]),
        ("DELETE FROM quote_term WHERE id = 1", ["quote term QT-2026-0001/1/1/1 is missing: entry 71 added it"]),
        (
            "INSERT INTO client (code, name, created_at) VALUES ('CL-0700', 'Nobody', '2026-08-23T08:00:00.000Z')",
            ["client CL-0700 is in no entry"]
        ),
        (
            "UPDATE price SET amount_micros = 9223372036854775807 WHERE id = 1",
            ["price PR-0001: amount is 9223372036854775807, the journal says 32.50"]
        ),
        ("DROP TRIGGER invoice_keep", ["the trigger invoice_keep is gone"]),
        (
            "DROP TRIGGER invoice_keep; CREATE TRIGGER invoice_keep AFTER INSERT ON client BEGIN SELECT 1; END",
            ["the trigger invoice_keep was altered"]
        ),
        ("CREATE TRIGGER own_thief AFTER INSERT ON client BEGIN SELECT 1; END", ["the trigger own_thief was not made by laseros"]),
        ("DROP INDEX client_name", ["the index client_name is gone"]),
        ("CREATE TABLE note (a); INSERT INTO note VALUES (1)", ["the table note was not made by laseros"]),
        ("CREATE TABLE own_note (a); CREATE INDEX own_a ON client (notes); CREATE VIEW late AS SELECT * FROM invoice; ANALYZE", []),
        ("UPDATE aux_counter SET value = 3 WHERE series = 'CL-'", ["the counter of CL- stands at 3, but 4 was given"]),
        ("DELETE FROM aux_counter WHERE series LIKE 'INV-%'", ["the counter of INV-2026- is gone, but 1 was given"]),
        ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'client'", ["the ids of client go on behind 1, but 4 was given"]),
        ("DELETE FROM journal_table WHERE entry = 3", ["journal_table does not tell what entry 3 changed"]),
        ("UPDATE journal_table SET changes = 2 WHERE entry = 3", ["journal_table does not tell what entry 3 changed"]),
        (
            "INSERT INTO journal_table (entry, name, lowest, highest, changes) SELECT entry, name, lowest, highest, changes FROM journal_table WHERE entry = 3",
            ["journal_table does not tell what entry 3 changed"]
        ),
        (
            "INSERT INTO journal_table (entry, name, lowest, highest, changes) VALUES (900, 'client', 1, 1, 1)",
            ["journal_table tells of entry 900, but there is no such entry"]
        ),
        (
            "INSERT INTO journal_part (entry, part, bytes) VALUES (-3, 0, x'00')",
            ["there are changes of entry -3, but there is no such entry"]
        ),
        (
            "UPDATE journal_schema SET columns = '[\"id\"]' WHERE name = 'client' AND version = 1",
            ["journal_schema is wrong about the columns of client in version 1"]
        ),
        (
            "UPDATE journal_schema SET columns = 'x' WHERE name = 'client' AND version = 1",
            ["journal_schema is wrong about the columns of client in version 1"]
        ),
    ])
    func isNamed(_ sql: String, _ faults: [String]) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper(sql)
        #expect(try workshop.faults() == faults)
    }

    @Test(arguments: [
        ("UPDATE aux_invoice SET paid_cents = 5", "invoice INV-2026-0001: 0.05 is kept as paid, its payments come to 0.00"),
        ("UPDATE aux_invoice SET total_cents = 9999", "invoice INV-2026-0001: another total is kept than "),
        ("DELETE FROM aux_invoice", "invoice INV-2026-0001: nothing is kept of what is paid"),
        (
            "INSERT INTO aux_invoice (invoice_id, total_cents) VALUES (2, 5)",
            "invoice DI-0002: something is kept as paid, but it is not issued"
        ),
    ])
    func aWrongSumIsNamed(_ sql: String, _ fault: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper(sql)
        let faults = try workshop.faults()
        #expect(faults.count == 1 && faults[0].hasPrefix(fault), "\(faults)")
    }

    /// A row that is missing from an index is missing from lists.
    @Test func aHiddenRowIsNamed() throws {
        let workshop = try ExampleShop.copy()
        try Subprocess.demand([
            "sqlite3", workshop.data,
            """
            PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = sql || ' WHERE id <> 2' WHERE name = 'client_name';
            """,
        ])
        try Subprocess.demand(["sqlite3", workshop.data, "REINDEX client_name"])
        try Subprocess.demand([
            "sqlite3", workshop.data, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, ' WHERE id <> 2', '')",
        ])
        let faults = try workshop.faults()
        #expect(faults.contains("the data file is damaged: row 2 missing from index client_name"), "\(faults)")
    }

    /// Only the first of many faults are listed, the others counted.
    @Test func manyAreCounted() throws {
        let workshop = try Workshop()
        let lines = (1...500).map { "client add 'Client \($0)'\n" }.joined()
        #expect(try workshop.run(["batch"], input: Array(lines.utf8)).code == 0)
        #expect(try workshop.faults() == [])
        try workshop.tamper("UPDATE client SET notes = 'x'")
        let faults = try workshop.faults()
        #expect(faults.count == 21)
        #expect(faults.dropLast().allSatisfy { $0.hasSuffix(": notes is 'x', the journal says nothing") })
        #expect(faults.last == "and at least 480 more rows")
    }

    /// A number counts as assigned even if that was undone.
    @Test func anUndoneNumberCounts() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client add Karoo")
        try workshop.demand("laseros undo")
        #expect(try workshop.faults() == [])
        try workshop.tamper("UPDATE aux_counter SET value = 4 WHERE series = 'CL-'")
        try workshop.tamper("UPDATE sqlite_sequence SET seq = 4 WHERE name = 'client'")
        #expect(
            try workshop.faults() == [
                "the ids of client go on behind 4, but 5 was given", "the counter of CL- stands at 4, but 5 was given",
            ])
    }

    /// A rewritten history with valid hashes does not match the rows.
    @Test func aForgedHistoryIsSeen() throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("laseros client edit 1 --notes second")
        try workshop.demand("laseros client edit 1 --notes third")
        let last = try workshop.lastEntry()
        try workshop.tamper(
            "UPDATE journal_part SET bytes = CAST(replace(CAST(bytes AS TEXT), 'second', 'SECOND') AS BLOB) WHERE entry = \(last - 1)")
        try workshop.forgeHashes()
        #expect(try workshop.faults() == ["entry \(last) does not follow from those before: client CL-0001 was not so"])
    }

    @Test func filesAreRead() throws {
        let original = try ExampleShop.copy()
        let sha256 = try original.reading { try $0.one("SELECT sha256 FROM file WHERE id = 1") { $0.text(0) } } ?? ""
        let folder = "files/\(sha256.prefix(2))/", name = "file JB-2026-08-CL0002-002/0007-Link-MS-8mm-x12.dxf"
        for (act, fault) in [
            ("rm $1", "gone"), ("truncate -s -1 $1", "not what they were"), ("ln -sf /dev/zero $1", "not what they were"),
            ("rm $1; mkdir $1", "not what they were"), ("rm $1; mkfifo $1", "not what they were"),
            ("printf x | dd of=$1 bs=1 seek=20 conv=notrunc 2>/dev/null", "not what they were"),
        ] {
            let workshop = try Workshop(like: original)
            try Subprocess.demand(["sh", "-c", act, "sh", "\(workshop.shop)/\(folder)\(sha256)"])
            let faults = try workshop.faults()
            #expect(faults == ["\(name): its bytes are \(fault) (\(folder)\(sha256))"], "\(act)")
        }
    }

    /// `log verify` is not allowed in a batch, because nothing of it is committed yet.
    @Test func itIsNoLineOfABatch() throws {
        let workshop = try Workshop()
        #expect(try workshop.run(["batch"], input: Array("client add Karoo\nlog verify\n".utf8)).code != 0)
    }

    @Test func severalFaultsAreAnArray() throws {
        let workshop = try ExampleShop.copy()
        try workshop.tamper("DROP TRIGGER invoice_keep")
        #expect(try workshop.run("laseros log verify --json").out.hasPrefix("{\"entries\": "))
        try workshop.tamper("DROP TRIGGER invoice_stay")
        let answered = try workshop.run("laseros log verify --json --fields fault")
        #expect(answered.code == 1)
        #expect(
            answered.out
                == "[\n  {\"fault\": \"the trigger invoice_keep is gone\"},\n  {\"fault\": \"the trigger invoice_stay is gone\"}\n]\n")
        #expect(
            try workshop.run("laseros log verify").out
                == "not verified:\nthe trigger invoice_keep is gone\nthe trigger invoice_stay is gone\n")
    }
}

extension Workshop {
    func head() throws -> String { try reading { try $0.one("SELECT hash FROM journal ORDER BY id DESC LIMIT 1") { $0.text(0) } } ?? "" }
}
