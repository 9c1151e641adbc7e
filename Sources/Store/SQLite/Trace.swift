import CSQLite
import Values

/// Reports each statement after it has run: its milliseconds, its rows, and its text without values.
package final class Trace {
    nonisolated(unsafe) private static var say: (@Sendable (String) -> Void)?

    /// The running statements: the start time, from a clock with a finer resolution than SQLite's, the change counter at the start, and the
    /// rows so far.
    private var running: [OpaquePointer: (began: Int, changes: Int32, rows: Int)] = [:]

    /// Sets the function that receives the reports. `main` calls it before the first connection is opened.
    package static func listen(_ say: @escaping @Sendable (String) -> Void) { self.say = say }

    /// - Returns: an object that must live as long as the connection; nil if nobody listens.
    static func watch(_ handle: OpaquePointer) -> Trace? {
        guard say != nil else { return nil }
        let trace = Trace()
        let events = UInt32(SQLITE_TRACE_STMT | SQLITE_TRACE_ROW | SQLITE_TRACE_PROFILE)
        let hear: @convention(c) (UInt32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Int32 = {
            event, context, statement, _ in
            guard let context, let statement else { return 0 }
            Unmanaged<Trace>.fromOpaque(context).takeUnretainedValue().hear(Int32(event), OpaquePointer(statement))
            return 0
        }
        sqlite3_trace_v2(handle, events, hear, Unmanaged.passUnretained(trace).toOpaque())
        return trace
    }

    private func hear(_ event: Int32, _ statement: OpaquePointer) {
        let changes = sqlite3_total_changes(sqlite3_db_handle(statement))
        switch event {
        case SQLITE_TRACE_STMT where running[statement] == nil: running[statement] = (Clock.microseconds, changes, 0)
        case SQLITE_TRACE_ROW: running[statement]?.rows += 1
        case SQLITE_TRACE_PROFILE:
            guard let (began, before, rows) = running.removeValue(forKey: statement) else { return }
            let text = sqlite3_sql(statement).map { String(cString: $0) } ?? ""
            let line = text.split { $0 == " " || $0 == "\n" }.joined(separator: " "), taken = Clock.microseconds - began
            let part = "\(taken % 1000)".padded(to: 3, with: "0")
            Trace.say?("trace: \(taken / 1000).\(part) ms, \(max(rows, Int(changes - before))) rows: \(line)\n")
        default: break
        }
    }
}
