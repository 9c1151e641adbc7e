import Glibc
import Values

/// The log of failed runs, and of unattended ones: one JSON line per run in `$XDG_STATE_HOME/laseros/runs.log`. Only its owner can read it,
/// and it is rotated so that it stays below twice its size. If it cannot be written, commands still work.
package struct RunLog {
    package static let headings = [
        Heading("at", .moment), Heading("run", .text, wide: true), Heading("command", .text), Heading("exit", .int), Heading("id", .text),
    ]
    /// The size in bytes at which the log is rotated. Only one older log is kept.
    static let size = 256 << 10
    /// The longest command line that is logged; one may contain thousands of codes.
    private static let longest = 2000

    private let folder: String
    private var path: String { folder + "/runs.log" }
    private var older: String { path + ".1" }

    /// - Returns: nil without a home folder.
    package init?(_ environment: [String: String]) {
        guard let folder = Preferences.folder("XDG_STATE_HOME", ".local/state", environment) else { return nil }
        self.folder = folder
    }

    /// Whether no terminal is attached: a run from cron, a timer or another machine.
    package static var isUnattended: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return true }
        close(terminal)
        return false
    }

    /// Logs a run that failed or was unattended. A closed pipe is not a failure.
    package func keep(_ words: [String], at clock: Moment, code: Int32, id: String?, unattended: @autoclosure () -> Bool = isUnattended) {
        guard !words.isEmpty, code != 0 && code != 141 || unattended() else { return }
        let run = String(UInt32.random(in: .min ... .max), radix: 16).padded(to: 8, with: "0")
        let fault = id ?? (code == 1 ? "E-ANSWER-01" : nil)
        let entry = Nested.object([
            .init("at", clock), .init("run", run), .init("command", RunLog.command(words)), .init("code", Int(code)),
            .init("id", fault),
        ])
        append(JSON.text(entry) + "\n")
    }

    private func append(_ line: String) {
        var line = line
        guard let descriptor = opened() else { return }
        defer { close(descriptor) }
        line.withUTF8 { bytes in _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    }

    /// Opens the log for appending. The process that gets the lock rotates a full one first.
    private func opened() -> Int32? {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        var descriptor = open(path, flags, 0o600)
        if descriptor < 0, errno == ENOENT {
            RunLog.make(folder)
            descriptor = open(path, flags, 0o600)
        }
        guard descriptor >= 0 else { return nil }
        var about = stat(), named = stat()
        guard fstat(descriptor, &about) == 0, about.st_size >= RunLog.size, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            return descriptor
        }
        // Another process may have rotated it before this one got the lock.
        guard stat(path, &named) == 0, named.st_ino == about.st_ino, rename(path, older) == 0 else { return descriptor }
        let fresh = open(path, flags, 0o600)
        guard fresh >= 0 else { return descriptor }
        close(descriptor)
        let failures = failures(in: older)
        _ = failures.withUnsafeBytes { Glibc.write(fresh, $0.baseAddress, $0.count) }
        return fresh
    }

    /// The last failures in a rotated log. They are copied to the new one, so that a thousand successful runs do not push them out.
    private func failures(in path: String) -> [UInt8] {
        let lines = ((try? File.read(path)) ?? []).split(separator: UInt8(ascii: "\n"))
        var kept: [ArraySlice<UInt8>] = [], count = 0
        for line in lines.reversed() where RunLog.isFailure(line) {
            count += line.count + 1
            guard count <= RunLog.size / 4 else { break }
            kept.append(line)
        }
        return kept.reversed().flatMap { $0 + [UInt8(ascii: "\n")] }
    }

    private static func isFailure(_ line: ArraySlice<UInt8>) -> Bool {
        (try? row(Array(line)) { _ in 0 }).map { $0[3] != .int(0) } ?? false
    }

    /// Creates a folder and its parents, accessible only to the owner.
    package static func make(_ folder: String) {
        guard mkdir(folder, 0o700) != 0, errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { return }
        make(String(folder[..<slash]))
        mkdir(folder, 0o700)
    }

    /// Replaces secrets in the words by stars.
    static func withoutSecrets(_ words: [String]) -> [String] {
        var hides = false
        return words.map { word in
            defer { hides = !hides && isSecret(word) && !word.contains("=") }
            if hides { return "***" }
            guard isSecret(word), let equals = word.firstIndex(of: "=") else { return withoutPassword(word) }
            return word[...equals] + "***"
        }
    }

    /// `smtp://anna:***@mail.example`
    private static func withoutPassword(_ word: String) -> String {
        guard let scheme = word.firstIndex(of: ":"), word[scheme...].hasPrefix("://") else { return word }
        let host = word[scheme...].dropFirst(3).prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@"), let colon = host[..<at].firstIndex(of: ":") else { return word }
        return word[...colon] + "***" + word[at...]
    }

    /// Whether the name of an option or setting is that of a secret.
    private static func isSecret(_ word: String) -> Bool {
        // Compares bytes, because a command line may have thousands of words and searching a `String` is slow.
        let name = word.utf8.prefix { $0 != UInt8(ascii: "=") }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return secrets.contains { secret in
            name.count >= secret.count && (0...name.count - secret.count).contains { name[$0...].starts(with: secret) }
        } && !name.contains(UInt8(ascii: " "))
    }

    private static let secrets = ["password", "passphrase", "secret", "token", "api-key", "api_key"].map { Array($0.utf8) }

    private static func command(_ words: [String]) -> String {
        let line = ShellLine.text(withoutSecrets(Array(words.prefix(longest / 2))))
        return line.utf8.count <= longest && words.count <= longest / 2 ? line : line.prefix(longest) + "…"
    }

    /// The logged runs, newest first.
    /// - Parameter all: whether to include successful runs.
    package func runs(all: Bool, limit: Int?, offset: (Moment) -> Int) throws -> Listing {
        var rows: [[DisplayValue]] = [], known: Set<String> = []
        for file in [older, path] where access(file, F_OK) == 0 {
            let bytes = try File.read(file)
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                // On a full disk the last line may be incomplete.
                guard let row = try? RunLog.row(Array(line), offset), all || row[3] != .int(0) else { continue }
                // A failure may also have been copied from the rotated log.
                if known.insert("\(row[0]) \(row[1])").inserted { rows.append(row) }
            }
        }
        return Listing(RunLog.headings, Array(rows.reversed().prefix(limit ?? rows.count)))
    }

    private static func row(_ line: [UInt8], _ offset: (Moment) -> Int) throws -> [DisplayValue]? {
        let reader = try RecordReader(InputFile(line, name: "the log"))
        guard try reader.next() else { return nil }
        func text(_ name: String) -> String? {
            reader.columns.firstIndex(of: name).flatMap { reader.isAbsent($0) || reader.isNull($0) ? nil : reader.text($0) }
        }
        guard let at = text("at").flatMap({ Moment(reading: $0) }), let code = text("code").flatMap({ Int($0) }) else { return nil }
        return [.moment(at, offset: offset(at)), .text(text("run") ?? ""), .text(text("command") ?? ""), .int(code), text("id").shown]
    }
}
