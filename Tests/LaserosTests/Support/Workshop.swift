import Glibc
import Synchronization
import Values

@testable import Console
@testable import Commands

/// A temporary folder with a shop and a copy of `examples/`, removed on deinit.
final class Workshop: Sendable {
    let root: String
    var shop: String { root + "/shop" }
    /// The working directory.
    var work: String { root + "/work" }
    var data: String { shop + "/laseros.db" }

    /// The fixed time of all runs: Sunday, 23 August 2026, 10:00 in Johannesburg.
    static let clock = "2026-08-23T08:00:00Z"
    static let user = "thandi"

    /// A new shop, or a copy of another one.
    init(like other: Workshop? = nil) throws {
        var name = Array((Paths.temporary + "/laseros-test-XXXXXX").utf8CString)
        guard name.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) != nil else {
            throw Failure(.outside, .file, "cannot make a folder in \(Paths.temporary)")
        }
        _ = Workshop.sweeping
        root = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        Workshop.standing.withLock { _ = $0.insert(root) }
        if let other {
            try Subprocess.demand(["cp", "-R", other.shop, other.work, root])
        } else {
            mkdir(work, 0o755)
            if access(Paths.examples, R_OK) == 0 { try Subprocess.demand(["cp", "-R", Paths.examples + "/.", work]) }
            try demand("laseros init")
        }
    }

    deinit {
        try? Subprocess.demand(["rm", "-rf", root])
        Workshop.standing.withLock { _ = $0.remove(root) }
    }

    private static let standing = Mutex<Set<String>>([])
    /// Shared shops are removed at the end of the process.
    private static let sweeping: Void = {
        atexit { for root in Workshop.standing.withLock({ $0 }) { try? Subprocess.demand(["rm", "-rf", root]) } }
    }()

    /// An editor that changes one setting.
    private static let editor = "sed -i 's/^# quote_valid_days = .*/quote_valid_days = 14/'"
    private var variables: [String: String] {
        ["LASEROS_SHOP": shop, "HOME": root, "TMPDIR": Paths.temporary, "EDITOR": Workshop.editor]
    }

    /// Runs the words of a command in this process.
    func run(
        _ words: [String], of program: Program = Commands.program, at clock: String = Workshop.clock, by user: String = Workshop.user,
        width: Int? = nil, input: [UInt8] = [], by session: (Environment) -> ShopSession = { ShopSession($0) }
    ) throws -> Answered {
        let talk = Mutex(""), left = Mutex(input[...])
        let environment = Environment(
            clock: Moment(reading: clock)!, variables: variables, directory: work, user: user, width: width,
            preferences: Preferences(of: variables),
            input: { buffer in
                left.withLock { left in
                    let piece = left.prefix(buffer.count)
                    buffer.copyBytes(from: piece)
                    left = left.dropFirst(piece.count)
                    return piece.count
                }
            }, say: { text in talk.withLock { $0 += text } })
        let outcome = program.run(words, in: session(environment))
        return Answered(out: try outcome.spool.text(), said: talk.withLock { $0 } + (try outcome.said.text()), code: outcome.code)
    }

    /// Runs a line as it would be typed: in this process, or through `sh` with the built binary first on PATH if it needs a shell. The
    /// binary gets the user's name from the system, so the output of such a line should not contain it.
    func run(_ line: String) throws -> Answered {
        if let words = ShellWords.laseros(line) { return try run(words) }
        var settings = variables
        settings["PATH"] = Paths.binaries + ":" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")
        settings["LASEROS_NOW"] = Workshop.clock
        // A crash must end the program, not start a debugger that keeps the pipe open.
        settings["SWIFT_BACKTRACE"] = "enable=no"
        return try Subprocess.run(["sh", "-c", line], in: work, environment: settings)
    }

    /// Runs a line that must succeed.
    @discardableResult func demand(_ line: String) throws -> String {
        let answered = try run(line)
        guard answered.code == 0 else { throw Failure(.refused, .file, "'\(line)' exits \(answered.code): \(answered.said)") }
        return answered.out
    }
}
