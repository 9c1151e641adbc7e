import Glibc
import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// Writers take the lock one at a time, and what each has committed stays.
@Suite struct LockTests {
    /// Opens the lock file of a shop, as each writer does.
    private static func opened(_ workshop: Workshop) throws -> Int32 {
        let lock = open(workshop.data + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(lock >= 0)
        return lock
    }

    private static var milliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    @Test func oneWriterHasIt() throws {
        let workshop = try Workshop(), first = try Self.opened(workshop), second = try Self.opened(workshop)
        defer { for lock in [first, second] { close(lock) } }
        #expect(FileLock.acquire(first, limit: 0) == 0)
        #expect(flock(second, LOCK_SH | LOCK_NB) == -1 && errno == EWOULDBLOCK)
    }

    /// A writer that times out reports it and does not continue.
    @Test func waitingEnds() throws {
        let workshop = try Workshop(), first = try Self.opened(workshop), second = try Self.opened(workshop)
        defer { for lock in [first, second] { close(lock) } }
        try #require(flock(first, LOCK_EX) == 0)
        let start = Self.milliseconds
        #expect(FileLock.acquire(second, limit: 150) == ETIMEDOUT)
        #expect(Self.milliseconds - start >= 150)
    }

    @Test func aWaitingWriterIsNext() throws {
        let workshop = try Workshop(), first = try Self.opened(workshop), second = try Self.opened(workshop)
        defer { close(second) }
        try #require(flock(first, LOCK_EX) == 0)
        let start = Self.milliseconds
        // Needs its own thread, because all threads of Swift tasks may be busy with other tests.
        var thread = pthread_t()
        let release: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { lock in
            usleep(200_000)
            close(Int32(Int(bitPattern: lock)))
            return nil
        }
        try #require(pthread_create(&thread, nil, release, UnsafeMutableRawPointer(bitPattern: Int(first))) == 0)
        defer { pthread_join(thread, nil) }
        #expect(FileLock.acquire(second, limit: 20_000) == 0)
        #expect(Self.milliseconds - start >= 200)
        let third = try Self.opened(workshop)
        defer { close(third) }
        #expect(flock(third, LOCK_SH | LOCK_NB) == -1)
    }

    /// While another program holds the lock, the binary stores nothing.
    @Test func aCommandWaits() throws {
        let workshop = try Workshop()
        let line = """
            flock "$LASEROS_SHOP/laseros.db.lock" sh -c 'echo locked; touch held; sleep 1; echo freed' &
            while ! test -e held; do sleep 0.01; done
            laseros client add Karoo
            wait
            """
        #expect(try workshop.demand(line) == "locked\nfreed\nclient CL-0001 added\n")
    }

    /// A change survives a power failure after exit 0: with PRAGMA synchronous=EXTRA (3) SQLite also syncs the folder of its journal.
    @Test func aCommitIsDurable() throws {
        let workshop = try Workshop(), shop = try workshop.opened(.writing)
        var level: Int?
        try withExtendedLifetime(workshop) {
            _ = try shop.change(ChangeRequest(words: ["worker"])) {
                level = try shop.data.one("PRAGMA synchronous") { $0.int(0) }
                return ChangeStep("", "nothing changed")
            }
        }
        #expect(level == 3)
    }
}
