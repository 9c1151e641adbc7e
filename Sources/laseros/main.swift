import CArguments
import Commands
import Console
import Glibc
import Store
import Values

// Only this file accesses the process: its arguments, clock, environment, streams and signals.
signal(SIGXFSZ, SIG_IGN)
// A closed pipe is noticed where it is written to, so that such a run is logged, too.
let inheritedPipe = signal(SIGPIPE, SIG_IGN)

let words = typedWords()
Interrupt.listen { failure in
    var bytes: [UInt8] = []
    try? Outcome(failure, for: words).said.copyOut { bytes += $0 }
    return bytes
}
let environment = processEnvironment(words)
if environment.variables["LASEROS_TRACE"] == "1" { Trace.listen { said($0) } }
for fault in environment.preferences.faults {
    said("warning: \(fault.file):\(fault.line ?? 1): \(fault.column.map { $0 + ": " } ?? "")\(fault.message)\n")
}
// The shop is not closed: the end of the process releases everything.
var outcome = program.run(words, in: session(in: environment))
if let (path, rest, shop) = outcome.replacement { outcome = Outcome(replace(by: path, rest, shop: shop, pipe: inheritedPipe)) }
let code = outcome.send(to: STDOUT_FILENO) { said($0) }
RunLog(environment.variables)?.keep(words, at: environment.clock, code: code, id: outcome.failureID)
exit(code)

/// The arguments after the program's name. One that is not valid UTF-8 is refused, because it would be stored as different text.
func typedWords() -> [String] {
    func refuse(_ message: String) -> Never {
        let outcome = Outcome(Failure(.usage, .main, message))
        try? outcome.said.copyOut { said($0) }
        exit(outcome.code)
    }
    let words = UnsafeBufferPointer(start: laseros_arguments(), count: Int(laseros_argument_count())).compactMap { $0 }
    // Since Linux 5.18 a program that is started without any argument gets an empty one.
    guard words.count > 1 || words.first.map({ $0.pointee != 0 }) == true else {
        refuse("there are no words, not even the program's name: whatever started it left them out")
    }
    return words.dropFirst().map { pointer in
        guard let word = String(validatingCString: pointer) else { refuse("'\(String(cString: pointer))' is not UTF-8 text") }
        return word
    }
}

func said(_ text: String) {
    var text = text
    text.withUTF8 { said(UnsafeRawBufferPointer($0)) }
}

func said(_ bytes: UnsafeRawBufferPointer) { try? File.write(bytes, to: STDERR_FILENO, name: "standard error") }

func processEnvironment(_ words: [String]) -> Environment {
    var variables: [String: String] = [:]
    for name in [
        "LASEROS_SHOP", "LASEROS_NOW", "LASEROS_PAGER", "LASEROS_TRACE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME",
        "SUDO_UID", "NO_COLOR", "TERM", "TMPDIR", "USER", "LOGNAME", "PATH", "PAGER", "VISUAL", "EDITOR",
    ] {
        variables[name] = getenv(name).map { String(cString: $0) }
    }
    var clock = currentTime(), isFixed = false
    if let fixed = variables["LASEROS_NOW"], !fixed.isEmpty {
        guard let moment = Moment(reading: fixed) else {
            let outcome = Outcome(Failure(.usage, .main, "LASEROS_NOW is '\(fixed)', which is not \(Moment.expected)"))
            try? outcome.said.copyOut { said($0) }
            RunLog(variables)?.keep(words, at: clock, code: outcome.code, id: outcome.failureID)
            exit(outcome.code)
        }
        (clock, isFixed) = (moment, true)
    }
    var directory = [CChar](repeating: 0, count: Int(PATH_MAX))
    let found = getcwd(&directory, directory.count) != nil
    var size = winsize()
    let terminal = isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid:\(geteuid())"
    var environment = Environment(
        clock: clock, variables: variables,
        directory: found ? directory.withUnsafeBufferPointer { String(cString: $0.baseAddress!) } : "/",
        user: user, width: terminal ? (size.ws_col == 0 ? 80 : max(Int(size.ws_col), 20)) : nil,
        height: terminal && size.ws_row > 0 ? Int(size.ws_row) : nil, talksToPerson: isatty(STDERR_FILENO) == 1,
        preferences: Preferences(of: variables),
        input: { try File.read(STDIN_FILENO, into: $0, name: "standard input") }, say: { said($0) })
    if !isFixed { environment.now = { currentTime() } }
    environment.send = { try File.write($0, to: STDOUT_FILENO, name: "standard output") }
    return environment
}

func currentTime() -> Moment {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Moment(ms: now.tv_sec * 1000 + now.tv_nsec / 1_000_000)
}
