import Testing
import Values

@testable import Security

/// Debian's age reads what is written, and what it writes is read.
@Suite struct AgeOracleTests {
    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000]) func ageReadsWhatIsWritten(_ count: Int) throws {
        let place = try Place(), plain = Age.sample(count), other = try AgeIdentity.generate()
        try File.write(Array(Age.identity.file(created: "2026-12-01T02:00:00Z").utf8), to: "\(place.path)/key")
        try File.write(plain, to: "\(place.path)/plain")
        try File.write(try Age.seal(plain, to: [other.recipient, Age.identity.recipient]), to: "\(place.path)/sealed")
        try place.shell("age -d -i key sealed > out && cmp plain out")
        #expect(try place.shell("age-keygen -y key") == "\(Age.identity.recipient.text)\n")
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000]) func whatAgeWritesIsRead(_ count: Int) throws {
        let place = try Place(), plain = Age.sample(count)
        try File.write(plain, to: "\(place.path)/plain")
        try place.shell("age-keygen -o key 2>/dev/null && age -r \(Age.identity.recipient.text) -r $(age-keygen -y key) -o sealed plain")
        let sealed = try File.read("\(place.path)/sealed")
        #expect(try Age.open(sealed) == plain)
        #expect(try Age.open(sealed, key: .identities(AgeIdentity.read("\(place.path)/key", name: "key"))) == plain)
    }

    /// age asks at /dev/tty, so that Python gives it one.
    private static let terminal = """
        import os, pty, sys, time
        child, terminal = pty.fork()
        if child == 0: os.execvp(sys.argv[2], sys.argv[2:])
        seen, answered = b"", 0
        while True:
            try: more = os.read(terminal, 4096)
            except OSError: break
            if not more: break
            seen += more
            while seen.lower().count(b"passphrase") > answered and seen.rstrip().endswith(b":"):
                time.sleep(0.2)
                os.write(terminal, sys.argv[1].encode() + b"\\n")
                answered, seen = 0, b""
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """

    @Test(.timeLimit(.minutes(2))) func passphrasesAreSharedWithAge() throws {
        let place = try Place(), plain = Age.sample(70_000)
        try File.write(Array(Self.terminal.utf8), to: "\(place.path)/terminal.py")
        try File.write(plain, to: "\(place.path)/plain")
        try File.write(try Age.seal(plain, passphrase: "drei Bären", logN: 10), to: "\(place.path)/sealed")
        try place.shell("timeout 60 python3 terminal.py 'drei Bären' age -d -o out sealed && cmp plain out")
        try place.shell("timeout 60 python3 terminal.py 'drei Bären' age -p -o theirs plain")
        let theirs = try File.read("\(place.path)/theirs")
        #expect(try Age.open(theirs, key: Age.passphrase("drei Bären")) == plain)
    }
}
