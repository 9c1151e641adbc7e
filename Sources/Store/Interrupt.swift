import CSQLite
import Glibc
import Values

/// What Ctrl-C does: between transactions the program just ends, within one it is rolled back first. A second one does not wait.
package enum Interrupt {
    nonisolated(unsafe) private static var connection: OpaquePointer?

    /// As shells tell it: 128 and the signal's number; nil while nothing came.
    nonisolated(unsafe) package private(set) static var exitCode: Int32?

    /// Only for `main`: tests keep their own way to be interrupted.
    package static func listen() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                guard let connection = Interrupt.connection, Interrupt.exitCode == nil else { _exit(128 + number) }
                Interrupt.exitCode = 128 + number
                sqlite3_interrupt(connection)
            }
        }
    }

    /// Runs a transaction that an interrupt ends.
    static func guarding<Value>(_ handle: OpaquePointer, _ body: () throws -> Value) throws -> Value {
        connection = handle
        defer { connection = nil }
        return try body()
    }

    static var failure: Failure {
        var failure = Failure(.outside, "interrupted: nothing was changed")
        failure.ending = exitCode
        return failure
    }

    /// SQLite forgets an interrupt that comes between two statements.
    package static func check() throws {
        if exitCode != nil { throw failure }
    }
}
