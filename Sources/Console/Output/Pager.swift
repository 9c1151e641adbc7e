import Glibc
import Values

/// The program that shows a long answer.
struct Pager {
    let command: String
    private let width: Int
    private let height: Int

    /// The default.
    static let usual = "less -FRX"

    /// - Returns: nil if answers are not paged: there is no terminal or no pager, or it is switched off.
    init?(_ environment: Environment) {
        guard let width = environment.width, let height = environment.height, (environment.variables["TERM"] ?? "dumb") != "dumb" else {
            return nil
        }
        (self.width, self.height) = (width, height)
        if let said = environment.variables["LASEROS_PAGER"] ?? environment.preferences["pager"] ?? environment.variables["PAGER"] {
            command = said
        } else {
            command = ChildProcess.exists("less", in: environment) ? Pager.usual : ""
        }
        guard !command.isEmpty, command != "cat" else { return nil }
    }

    /// Whether the answer is longer than the screen, minus the line of the next prompt.
    func isNeeded(for spool: Spool) throws -> Bool {
        if spool.count > width * height * 8 { return true }
        let lines = try spool.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return lines.reduce(0) { $0 + max(1, (TerminalText.width(String($1)) + width - 1) / width) } > height - 1
    }

    /// Shows the answer. It is not an error if the user quits the pager early.
    /// - Returns: false if the pager could not be started, and nothing was shown.
    func show(_ spool: Spool) throws -> Bool {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        setenv("LESS", "FRX", 0)
        let code = try ChildProcess.run(command, streams: [STDIN_FILENO: ends[0]]) {
            // Closes this process's copy of the read end, so that writing fails with EPIPE when the pager exits.
            close(ends[0])
            try? spool.copyOut { try File.write($0, to: ends[1], name: "the pager") }
            close(ends[1])
        }
        return code != 126 && code != 127
    }
}
