@preconcurrency import Glibc
import Values

/// Runs another program in the same terminal: an editor or a pager.
enum ChildProcess {
    /// Runs a command line with `sh`, appends the arguments, and waits for it to exit.
    /// - Parameters:
    ///   - streams: its descriptors, by number: `[0: pipe]`.
    ///   - body: runs as soon as the child has started.
    /// - Returns: its exit code, or 128 plus the signal that killed it.
    static func run(
        _ command: String, _ arguments: [String] = [], streams: [Int32: Int32] = [:], while body: () -> Void = {}
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t(), attributes = posix_spawnattr_t(), signals = sigset_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (own, given) in streams { posix_spawn_file_actions_adddup2(&actions, given, own) }
        // Ctrl-C is meant for the child: like system(3), this process ignores the signal and waits.
        sigemptyset(&signals)
        let ignored = [SIGINT, SIGQUIT, SIGPIPE], before = ignored.map { signal($0, SIG_IGN) }
        defer { for (number, old) in zip(ignored, before) { signal(number, old) } }
        for (number, old) in zip(ignored, before) where number == SIGPIPE || !ChildProcess.isIgnored(old) { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        let words = ["sh", "-c", arguments.isEmpty ? command : command + " \"$@\"", "sh"] + arguments
        let pointers = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var child = pid_t()
        let failure = posix_spawn(&child, "/bin/sh", &actions, &attributes, pointers, environ)
        guard failure == 0 else { throw Failure(.outside, .child, "cannot run \(command): \(String(cString: strerror(failure)))") }
        body()
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure(.outside, .child, "cannot wait for \(command): \(String(cString: strerror(errno)))") }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// Whether the parent process set the signal to be ignored, as shells do for background jobs.
    private static func isIgnored(_ handler: __sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Whether a program is on the PATH.
    static func exists(_ name: String, in environment: Environment) -> Bool {
        (environment.variables["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }
}
