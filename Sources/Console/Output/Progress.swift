import Glibc
import Values

/// A progress bar on standard error for work of more than a second, only on a terminal. It is erased at the end.
package final class Progress {
    private let environment: Environment
    private let what: String
    private let total: Int
    private let now: () -> Double
    private let started: Double
    private var done = 0
    private var drawn: Double?

    /// - Parameters:
    ///   - what: the activity, such as `importing clients`.
    ///   - total: the number of steps; 0 if unknown.
    ///   - now: a monotonic clock, in seconds.
    package init(_ what: String, of total: Int = 0, in environment: Environment, now: @escaping () -> Double = Progress.monotonic) {
        (self.environment, self.what, self.total, self.now) = (environment, what, total, now)
        started = environment.talksToPerson ? now() : 0
    }

    deinit { finish() }

    package static func monotonic() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    package func step(by count: Int = 1) {
        done += count
        guard environment.talksToPerson else { return }
        let time = now()
        guard time - started > 1, time - (drawn ?? 0) > 0.1, Progress.isHeard else { return }
        drawn = time
        environment.say("\r" + line + "\u{1b}[K")
    }

    /// Whether standard error accepts output now. Waiting for a stopped terminal would keep the data locked.
    private static var isHeard: Bool {
        var place = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&place, 1, 0) > 0
    }

    private var line: String {
        guard total > 0 else { return "\(what): \(done)" }
        let share = min(1, Double(done) / Double(total)), filled = Int(share * 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        return "\(what) [\(bar)] \(Int(share * 100)) %, \(done) of \(total)"
    }

    /// Erases the bar, before anything else is printed.
    package func finish() {
        guard drawn != nil else { return }
        drawn = nil
        guard Progress.isHeard else { return }
        environment.say("\r\u{1b}[K")
    }
}
