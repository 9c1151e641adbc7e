@preconcurrency import Glibc
import Values

/// Another program at the same terminal: an editor, a pager.
enum ChildProcess {
    /// Runs a command line of `sh`, which gets the arguments as its last words, and waits for its end.
    /// - Parameters:
    ///   - streams: which descriptors it finds as its own: `[0: pipe]`.
    ///   - body: runs as soon as it has begun.
    /// - Returns: its exit code; 128 and the number of the signal that ended it.
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
        // Ctrl-C is for the program in front: this one waits for it, as system(3) does.
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

    /// Whoever started this program has the signal ignored, as a shell has for what runs in the background.
    private static func isIgnored(_ handler: __sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// A program of this name is on the PATH.
    static func exists(_ name: String, in environment: Environment) -> Bool {
        (environment.variables["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }
}
