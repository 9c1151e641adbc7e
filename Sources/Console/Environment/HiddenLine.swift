import Glibc
import Values

/// Reads a line at a terminal whose echo is off, and leaves the terminal as it was, also when a signal ends or stops the process: then the
/// signal is sent again once the terminal is restored, so that whoever handled it before still does.
enum HiddenLine {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

    /// The signal that arrived while a line was read; 0 for none.
    nonisolated(unsafe) private static var heard: Int32 = 0

    /// What a terminal and a process have to get back.
    private struct Before {
        var terminal = termios()
        var handlers: [(number: Int32, action: sigaction)] = []
    }

    static func read(_ descriptor: Int32, prompt: String) throws -> [UInt8] {
        while true {
            let before = try hide(descriptor)
            let line = Result { try readLine(descriptor, prompt: prompt) }
            restore(descriptor, before)
            guard heard != 0 else { return try line.get() }
            let number = heard
            raise(number)
            // The process was stopped and goes on: the question is asked again.
            if number == SIGTSTP { continue }
            var failure = Failure(.outside, .interrupt, "interrupted while the passphrase was typed")
            failure.ending = 128 + number
            throw failure
        }
    }

    private static func hide(_ descriptor: Int32) throws -> Before {
        var before = Before()
        guard tcgetattr(descriptor, &before.terminal) == 0 else { throw failure() }
        heard = 0
        for number in signals {
            var action = sigaction(), old = sigaction()
            sigaction(number, nil, &old)
            // What the parent ignores stays ignored, as `nohup` requires.
            if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
            action.__sigaction_handler.sa_handler = { HiddenLine.heard = $0 }
            sigaction(number, &action, nil)
            before.handlers.append((number, old))
        }
        var hidden = before.terminal
        hidden.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
        hidden.c_lflag |= tcflag_t(ICANON | ISIG)
        // What was typed before the question is dropped.
        guard tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0 else {
            let problem = failure()
            restore(descriptor, before)
            throw problem
        }
        return before
    }

    private static func restore(_ descriptor: Int32, _ before: Before) {
        var before = before
        tcsetattr(descriptor, TCSAFLUSH, &before.terminal)
        for i in before.handlers.indices { sigaction(before.handlers[i].number, &before.handlers[i].action, nil) }
    }

    /// Returns when the line has ended or a signal was heard.
    private static func readLine(_ descriptor: Int32, prompt: String) throws -> [UInt8] {
        var line: [UInt8] = [], byte: UInt8 = 0
        // Room for the longest line of a terminal, so that no copy is left behind where the array grows.
        line.reserveCapacity(4_096)
        defer { line.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } } }
        try write(prompt, descriptor)
        while heard == 0 {
            // A signal just before the wait, or in another thread, is noticed at the latest when the wait ends.
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, 200) > 0, heard == 0 else { continue }
            let count = Glibc.read(descriptor, &byte, 1)
            guard count >= 0 || errno == EINTR else { throw failure() }
            if count < 0 { continue }
            if count == 0 || byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        try write("\n", descriptor)
        return line.withUnsafeBytes { Array($0) }
    }

    private static func write(_ text: String, _ descriptor: Int32) throws {
        try Array(text.utf8).withUnsafeBytes { try File.write($0, to: descriptor, name: "the terminal") }
    }

    private static func failure() -> Failure {
        Failure(
            .outside, .passphrase, "cannot ask at the terminal: \(String(cString: strerror(errno)))", hint: "use --passphrase-file FILE")
    }
}
