import CSQLite
import Glibc
import Values

/// Handles INT, TERM and HUP. Outside a transaction the process exits at once. Within one the handler interrupts the statement and the
/// transaction is rolled back; if that does not happen within 100 ms, the process exits and the next one to open the shop rolls back. A
/// COMMIT is not interrupted, and a process that has committed says so before it exits.
package enum Interrupt {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// The connection of the current transaction.
    nonisolated(unsafe) private static var connection: OpaquePointer?

    /// 128 plus the signal's number, as in a shell; nil until a signal arrives.
    nonisolated(unsafe) package private(set) static var exitCode: Int32?

    /// The messages for signals after a commit, one per exit code. They are rendered in advance, because a signal handler may only write
    /// them.
    nonisolated(unsafe) private static var farewells: UnsafeMutablePointer<Farewell>?
    nonisolated(unsafe) private static var render: ((Failure) -> [UInt8])?

    /// Whether commits are not to be reported: see `unsaid`.
    nonisolated(unsafe) private static var isUnsaid = false

    private struct Farewell {
        var code: Int32
        var text: UnsafeMutableBufferPointer<UInt8>
    }

    /// Installs the handlers. Only `main` calls it, so that tests can be interrupted as usual. Signals that the parent ignores stay
    /// ignored, as `nohup` requires.
    /// - Parameter render: formats a failure for standard error.
    package static func listen(_ render: @escaping (Failure) -> [UInt8]) {
        self.render = render
        for number in signals {
            var before = sigaction()
            sigaction(number, nil, &before)
            let isIgnored = unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
            if !isIgnored { signal(number, heard) }
        }
        signal(SIGALRM) { _ in Interrupt.end(Interrupt.exitCode ?? 128 + SIGALRM) }
    }

    private static let heard: @convention(c) (Int32) -> Void = { number in
        guard let connection = Interrupt.connection, Interrupt.exitCode == nil else { Interrupt.end(128 + number) }
        Interrupt.exitCode = 128 + number
        sqlite3_interrupt(connection)
        Interrupt.alarm(microseconds: 100_000)
    }

    private static func alarm(microseconds: Int) {
        var timer = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: 0, tv_usec: microseconds))
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }

    private static func end(_ code: Int32) -> Never {
        if let farewells {
            for i in signals.indices where farewells[i].code == code {
                _ = write(STDERR_FILENO, farewells[i].text.baseAddress, farewells[i].text.count)
            }
        }
        _exit(code)
    }

    /// Runs a transaction that a signal may interrupt.
    static func guarding<Value>(_ handle: OpaquePointer, _ body: () throws -> Value) throws -> Value {
        connection = handle
        defer { connection = nil }
        return try body()
    }

    /// Blocks the signals while `body` commits. A signal that arrives meanwhile ends the process afterwards.
    /// - Parameter body: returns the text for the message of later signals: `stored as entry 412`.
    package static func holding(_ body: () throws -> String?) throws {
        var held = sigset_t(), before = sigset_t()
        sigemptyset(&held)
        for number in signals + [SIGALRM] { sigaddset(&held, number) }
        pthread_sigmask(SIG_BLOCK, &held, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        // A signal that arrived before the block still stops the commit.
        try check()
        let stored = try body()
        connection = nil
        if let stored, !isUnsaid { say(stored) }
    }

    /// Forgets the last commit, because its answer was written while the command goes on.
    package static func answered() { farewells = nil }

    /// Runs a body whose commits are not reported when a signal arrives, because they go to a file that is not yet in place.
    package static func unsaid(_ body: () throws -> Void) rethrows {
        isUnsaid = true
        defer { isUnsaid = false }
        try body()
    }

    private static func say(_ stored: String) {
        guard let render else { return }
        let texts = UnsafeMutablePointer<Farewell>.allocate(capacity: signals.count)
        for (i, number) in signals.enumerated() {
            let bytes = render(failure("interrupted, but \(stored)", 128 + number))
            let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = text.initialize(from: bytes)
            (texts + i).initialize(to: Farewell(code: 128 + number, text: text))
        }
        farewells = texts
    }

    private static func failure(_ message: String, _ code: Int32?) -> Failure {
        var failure = Failure(.outside, .interrupt, message)
        failure.ending = code
        return failure
    }

    /// The failure of an interrupted transaction. It also stops the 100 ms timer, because the transaction now rolls back.
    static func noticed() -> Failure {
        alarm(microseconds: 0)
        return failure("interrupted: nothing was changed", exitCode)
    }

    /// Throws if a signal has arrived. Long loops call it, because SQLite forgets an interrupt that arrives between two statements.
    package static func check() throws {
        if exitCode != nil { throw noticed() }
    }
}
