import Console
import Glibc
import Shop
import Values

/// Replaces this process by another program.
/// - Parameter pipe: the action for SIGPIPE when this program was started.
/// - Returns: the reason why it could not be run.
package func replace(by path: String, _ words: [String], shop: String?, pipe: __sighandler_t?) -> Failure {
    if let shop { setenv("LASEROS_SHOP", shop, 1) }
    signal(SIGPIPE, pipe)
    let pointers = ([path] + words).map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    execv(path, pointers)
    return File.failure("run", path)
}

private let allRuns = Flag("-a, --all", "include runs without a terminal that succeeded")

let failureCommands: [Command] = [
    .free(
        "log failures", "List the runs that failed, newest first", [allRuns, CommonParameters.limit], permission: .open,
        about: """
            Every run that fails is recorded in `$XDG_STATE_HOME/laseros/runs.log` of its user, and every run without a
            terminal, such as from cron: time, command line (without secrets), exit code, and the id of the failure, which stays
            the same when its wording changes. A full log is renamed, and the one before it removed.
            """,
        examples: ["laseros log failures --limit 10"], answer: RunLog.headings
    ) { call in
        guard let log = RunLog(call.environment.variables) else {
            throw Failure(.outside, .preferences, "there is no folder for the log", hint: "set HOME or XDG_STATE_HOME")
        }
        // Times are in the shop's time zone, or in UTC without a shop.
        let all = call[allRuns], limit = call[CommonParameters.limit]?.value
        let local = try? withShop(call) { shop in try log.runs(all: all, limit: limit) { (try? shop.offset(at: $0)) ?? 0 } }
        return .rows(try local ?? log.runs(all: all, limit: limit) { _ in 0 })
    }
]
