import Dispatch
import Glibc
import Testing
import Values

@testable import Console

/// The suite is serialised, because signals belong to the whole process.
@Suite(.serialized) final class PassphraseTests {
    private let master: Int32
    private let terminal: String
    /// Kept open, because a terminal forgets its settings when nobody has it.
    private let held: Int32

    init() throws {
        // The calls TIOCSPTLCK and TIOCGPTN, whose names and functions Swift does not see.
        var lock: Int32 = 0, number: Int32 = 0
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
        terminal = "/dev/pts/\(number)"
        held = open(terminal, O_RDWR | O_NOCTTY)
    }

    deinit {
        close(held)
        close(master)
    }

    private var echoes: Bool {
        var now = termios()
        tcgetattr(held, &now)
        return now.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Waits until the echo is off, that is, until a question is asked.
    private func type(_ text: String, after question: String) {
        var seen = ""
        while !seen.hasSuffix(question) || echoes { seen += shown(1) }
        _ = text.withCString { write(master, $0, strlen($0)) }
    }

    private func shown(_ limit: Int = 4_096) -> String {
        var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0), bytes = [UInt8](repeating: 0, count: limit)
        guard poll(&wait, 1, 50) > 0 else { return "" }
        return String(decoding: bytes[..<max(0, read(master, &bytes, limit))], as: UTF8.self)
    }

    /// Asks in another thread while `person` types.
    private func ask(twice: Bool = false, _ person: () -> Void) throws -> [UInt8] {
        final class Answer: @unchecked Sendable { var result: Result<[UInt8], any Error>? }
        let answer = Answer(), group = DispatchGroup(), terminal = terminal
        DispatchQueue.global().async(group: group) {
            answer.result = Result { try Passphrase.ask("Passphrase", twice: twice, terminal: terminal) }
        }
        person()
        #expect(group.wait(timeout: .now() + 10) == .success)
        return try #require(answer.result).get()
    }

    @Test(.timeLimit(.minutes(1))) func whatIsTypedIsNotShown() throws {
        #expect(try ask { type("drei Bären\n", after: "Passphrase: ") } == Array("drei Bären".utf8))
        #expect(!shown().contains("drei") && echoes)
    }

    @Test(.timeLimit(.minutes(1))) func aNewPassphraseIsAskedTwice() throws {
        let same = try ask(twice: true) {
            type("abc\n", after: "Passphrase: ")
            type("abc\n", after: "Passphrase (again): ")
        }
        #expect(same == Array("abc".utf8))
        let failure = #expect(throws: Failure.self) {
            try ask(twice: true) {
                type("abc\n", after: "Passphrase: ")
                type("abd\n", after: "Passphrase (again): ")
            }
        }
        #expect(failure?.message == "the two passphrases differ" && echoes)
        #expect(throws: Failure.self) { try ask { type("\n", after: "Passphrase: ") } }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [SIGINT, SIGTERM, SIGHUP]) func aSignalRestoresTheTerminal(_ number: Int32) throws {
        let before = signal(number) { _ in }
        defer { signal(number, before) }
        let failure = #expect(throws: Failure.self) {
            try ask {
                type("half", after: "Passphrase: ")
                kill(getpid(), number)
            }
        }
        #expect(failure?.ending == 128 + number && echoes)
    }

    @Test(.timeLimit(.minutes(1))) func aStoppedQuestionIsAskedAgain() throws {
        let before = signal(SIGTSTP) { _ in }
        defer { signal(SIGTSTP, before) }
        let line = try ask {
            type("half", after: "Passphrase: ")
            kill(getpid(), SIGTSTP)
            type("whole\n", after: "Passphrase: ")
        }
        #expect(line == Array("whole".utf8) && echoes)
    }

    @Test func withoutATerminalNothingIsAsked() {
        let failure = #expect(throws: Failure.self) { try Passphrase.ask("Passphrase", terminal: "/dev/null") }
        #expect(failure?.kind == .usage && failure?.hint == "use --passphrase-file FILE")
    }

    @Test func aFileLosesOneNewline() throws {
        let path = "/tmp/laseros-passphrase-\(getpid())"
        defer { unlink(path) }
        func read(_ text: String) throws -> String {
            try File.write(Array(text.utf8), to: path)
            return String(decoding: try Passphrase.read(path, name: "p"), as: UTF8.self)
        }
        #expect(try read("drei Bären\n") == "drei Bären" && read("a\n\n") == "a\n" && read(" a ") == " a ")
        for wrong in ["", "\n", String(repeating: "a", count: 4_097)] { #expect(throws: Failure.self) { try read(wrong) } }
        #expect(try read(String(repeating: "a", count: 4_096) + "\n").count == 4_096)
        for mode: mode_t in [0o640, 0o604, 0o620] {
            chmod(path, mode)
            let failure = #expect(throws: Failure.self) { try Passphrase.read(path, name: "p") }
            #expect(failure?.kind == .refused && failure?.hint == "chmod 600 p")
        }
    }
}
