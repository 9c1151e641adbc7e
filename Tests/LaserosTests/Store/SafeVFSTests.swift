import CSQLite
import Glibc
import Testing
import Values

@testable import Store

/// A planted file next to the data cannot make SQLite delete, read or wait for another file.
@Suite struct SafeVFSTests {
    /// A shop, and a file that a planted journal names as its super-journal.
    private static func attacked() throws -> (workshop: Workshop, victim: String) {
        let workshop = try Workshop(), victim = workshop.root + "/victim"
        try workshop.demand("laseros client add 'Karoo Signs'")
        try File.write(Array("mine".utf8), to: victim)
        try Subprocess.demand(["python3", Paths.tests + "/hotjournal.py", workshop.data, victim])
        return (workshop, victim)
    }

    private static func stands(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Opens the data without the checks of `DataFile`, and reads a row.
    private static func read(_ workshop: Workshop, _ vfs: String?) -> Int32 {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        let opened = sqlite3_open_v2(workshop.data, &handle, SQLITE_OPEN_READWRITE, vfs)
        return opened == SQLITE_OK ? sqlite3_exec(handle, "SELECT * FROM client", nil, nil, nil) : opened
    }

    @Test func aJournalThatNamesAnotherFileIsRefused() throws {
        let (workshop, victim) = try Self.attacked()
        for line in ["laseros client list", "laseros client add Two", "laseros upgrade", "laseros init"] {
            let answered = try workshop.run(line)
            #expect(answered.code == 6 && answered.said.contains("tells SQLite to delete another file"), "\(line): \(answered.said)")
        }
        #expect(Self.stands(victim) && Self.stands(workshop.data + "-journal"))
    }

    /// The VFS protects the file even if the journal appears after the check.
    @Test func whatAJournalNamesIsNotDeleted() throws {
        let (workshop, victim) = try Self.attacked(), (other, lost) = try Self.attacked()
        #expect(Self.read(other, nil) == SQLITE_OK && !Self.stands(lost), "SQLite by itself deletes it")
        _ = SafeVFS.registered
        #expect(Self.read(workshop, SafeVFS.name) != SQLITE_OK)
        #expect(Self.stands(victim))
        // The journal was rolled back all the same, so the next command can read.
        #expect(!Self.stands(workshop.data + "-journal"))
        #expect(Self.read(workshop, SafeVFS.name) == SQLITE_OK)
        #expect(try workshop.demand("laseros client list --codes") == "CL-0001\n")
    }

    @Test func onlyTheJournalOfAnOpenedDatabaseIsDeleted() throws {
        let workshop = try Workshop(), other = try Workshop()
        _ = try Database(workshop.data, .reading)
        let vfs = try #require(sqlite3_vfs_find(SafeVFS.name))
        let refused = ["/victim", "/shop/laseros.db-wal", "/shop/laseros.db", "/shop/laseros.db-journal-journal"].map { workshop.root + $0 }
        for path in refused + [other.root + "/laseros.db-journal"] {
            if path != workshop.data { try File.write([1], to: path) }
            #expect(vfs.pointee.xDelete(vfs, path, 0) & 0xFF == SQLITE_IOERR)
            #expect(Self.stands(path), "\(path)")
        }
        try File.write([1], to: workshop.data + "-journal")
        #expect(vfs.pointee.xDelete(vfs, workshop.data + "-journal", 0) == SQLITE_OK)
        #expect(!Self.stands(workshop.data + "-journal"))
    }

    /// SQLite reads a super-journal before it deletes it, and would wait for a pipe in its place.
    @Test(arguments: [SQLITE_OPEN_SUPER_JOURNAL, SQLITE_OPEN_WAL]) func isNotOpened(_ kind: Int32) throws {
        let workshop = try Workshop()
        _ = SafeVFS.registered
        let vfs = try #require(sqlite3_vfs_find(SafeVFS.name))
        let file = UnsafeMutableRawPointer.allocate(byteCount: Int(vfs.pointee.szOsFile), alignment: 16)
        defer { file.deallocate() }
        let opened = file.assumingMemoryBound(to: sqlite3_file.self)
        #expect(vfs.pointee.xOpen(vfs, workshop.data, opened, SQLITE_OPEN_READONLY | kind, nil) == SQLITE_CANTOPEN)
        #expect(opened.pointee.pMethods == nil)
    }

    @Test(arguments: [Database.Mode.reading, .writing, .creating]) func everyConnectionHasIt(_ mode: Database.Mode) throws {
        let workshop = try Workshop(), data = try Database(workshop.data, mode)
        var name: UnsafeMutablePointer<CChar>?
        #expect(sqlite3_file_control(data.handle, "main", SQLITE_FCNTL_VFSNAME, &name) == SQLITE_OK)
        defer { sqlite3_free(name) }
        #expect(name.map { String(cString: $0) } == SafeVFS.name)
    }

    /// SQLite's temporary files have no path, and disappear when they are closed.
    @Test func aLargeTransactionHasItsFiles() throws {
        let workshop = try Workshop(), data = try Database(workshop.data, .writing)
        try data.script(
            """
            BEGIN; CREATE TABLE own_big (a, b);
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
            INSERT INTO own_big SELECT i, randomblob(4000) FROM n;
            UPDATE own_big SET a = (SELECT count(*) FROM (SELECT b FROM own_big ORDER BY b LIMIT 9000)) WHERE a < 3; ROLLBACK
            """)
        #expect(Paths.names(in: workshop.shop) == ["backups", "files", "laseros.db"])
    }

    @Test(arguments: [
        ("mv laseros.db real && ln -s real laseros.db", "is a symbolic link"),
        ("rm laseros.db && mkfifo laseros.db", "is not a regular file"),
        ("mkfifo laseros.db-journal", "-journal is not a regular file"),
        ("touch x && ln -s x laseros.db-journal", "-journal is not a regular file"),
        ("touch laseros.db-wal", "-wal is there"),
        ("ln -s /dev/null laseros.db-wal", "-wal is there"),
        ("sqlite3 laseros.db 'PRAGMA journal_mode=WAL' >/dev/null", "is in WAL mode"),
    ])
    func isRefusedWithTheReason(_ plant: String, _ reason: String) throws {
        let workshop = try Workshop()
        try Subprocess.demand(["sh", "-c", plant], in: workshop.shop)
        for line in ["laseros client list", "laseros client add Two"] {
            let answered = try workshop.run(line)
            #expect(answered.code == 6 && answered.said.contains(reason), "\(answered.said)")
        }
    }

    /// The command in the hint restores the journal mode.
    @Test func anotherProgramCanLeaveWALMode() throws {
        let workshop = try Workshop()
        try Subprocess.demand(["sqlite3", workshop.data, "PRAGMA journal_mode=WAL"])
        let said = try workshop.run("laseros client list").said
        let hint = try #require(said.split(separator: "\n").last { $0.contains("sqlite3 ") })
        try Subprocess.demand(["sh", "-c", "sqlite3 " + hint.split(separator: "sqlite3 ", maxSplits: 1)[1]])
        try workshop.demand("laseros client add Two")
    }
}
