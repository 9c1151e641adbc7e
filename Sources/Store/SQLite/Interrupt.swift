import CSQLite
import Glibc
import Values

/// What INT, TERM and HUP do. Outside a transaction the process ends at once. Within one they stop the statement, and all is rolled back; what
/// does not notice within 100 ms is ended where it is, and the next to open the shop rolls back. A COMMIT is not interrupted, and a process that
/// has stored something says so before it ends.
package enum Interrupt {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// The connection that is within a transaction.
    nonisolated(unsafe) private static var connection: OpaquePointer?

    /// As shells tell it: 128 and the signal's number; nil while nothing came.
    nonisolated(unsafe) package private(set) static var exitCode: Int32?

    /// What a signal says on standard error once something is stored, by the exit code: made ready, because a handler can only write it.
    nonisolated(unsafe) private static var farewells: UnsafeMutablePointer<Farewell>?
    nonisolated(unsafe) private static var render: ((Failure) -> [UInt8])?

    /// What is stored is of no account yet.
    nonisolated(unsafe) private static var isUnsaid = false

    private struct Farewell {
        var code: Int32
        var text: UnsafeMutableBufferPointer<UInt8>
    }

    /// Only for `main`: tests keep their own way to be interrupted. What the parent has ignored stays so, as `nohup` wants it.
    /// - Parameter render: a failure as it is printed on standard error.
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

    /// Runs a transaction that a signal ends.
    static func guarding<Value>(_ handle: OpaquePointer, _ body: () throws -> Value) throws -> Value {
        connection = handle
        defer { connection = nil }
        return try body()
    }

    /// Holds signals back while the body stores something. One that came meanwhile ends the process behind it.
    /// - Parameter body: returns what a signal says from then on: `stored as entry 412`.
    package static func holding(_ body: () throws -> String?) throws {
        var held = sigset_t(), before = sigset_t()
        sigemptyset(&held)
        for number in signals + [SIGALRM] { sigaddset(&held, number) }
        pthread_sigmask(SIG_BLOCK, &held, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        // A signal that comes too late to stop it is not to be taken for one that did.
        try check()
        let stored = try body()
        connection = nil
        if let stored, !isUnsaid { say(stored) }
    }

    /// Runs what stores something that is of no account before it is put in place: a signal that comes meanwhile says nothing of it.
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

    /// What stops a transaction. It was noticed in time: what is left is to roll back.
    static func noticed() -> Failure {
        alarm(microseconds: 0)
        return failure("interrupted: nothing was changed", exitCode)
    }

    /// For loops that take their time; SQLite itself forgets an interrupt that comes between two statements.
    package static func check() throws {
        if exitCode != nil { throw noticed() }
    }
}
