import Console
import Glibc
import Testing
import Values

@Suite struct SpoolTests {
    @Test(arguments: [0, 1, 300_000, 40 << 20])
    func givesBackWhatWasWritten(_ size: Int) throws {
        let spool = Spool()
        var written = 0, random = Seeded(state: 7), sum = 0
        while written < size {
            let piece = [UInt8](
                repeating: UInt8.random(in: 0...255, using: &random),
                count: min(size - written, Int.random(in: 1...100_000, using: &random)))
            spool.bytes += piece
            try spool.settle()
            written += piece.count
            sum &+= piece.count * Int(piece.first ?? 0)
        }
        #expect(spool.count == size)
        for _ in 0..<2 {
            var count = 0, found = 0
            try spool.copyOut { bytes in
                count += bytes.count
                for byte in bytes { found &+= Int(byte) }
            }
            #expect(count == size && found == sum)
        }
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let spool = Spool(folder: "/none")
        let failure = #expect(throws: Failure.self) {
            for _ in 0..<200 {
                spool.bytes += [UInt8](repeating: 0, count: 300_000)
                try spool.settle()
            }
        }
        #expect(failure?.message == "cannot write a temporary file in /none: no such file or directory")
    }

    @Test func outputThatCannotBeWrittenIsSaid() throws {
        nonisolated(unsafe) var said = ""
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        var outcome = Bench.program.run(["help"], in: Bench.Session(Bench.environment()))
        #expect(outcome.send(to: full) { said += String(decoding: $0, as: UTF8.self) } == 7 && outcome.failureID != nil)
        outcome.stored = "stored as entry 412"
        #expect(outcome.send(to: full) { said += String(decoding: $0, as: UTF8.self) } == 7)
        #expect(
            said == "error: cannot write standard output: no space left on device\n"
                + "error: stored as entry 412, but the answer could not be written: cannot write standard output: no space left on device\n"
        )
    }

    @Test func aReaderThatWentAwayIsNoError() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        nonisolated(unsafe) var said = ""
        var outcome = Bench.program.run(["help"], in: Bench.Session(Bench.environment()))
        #expect(outcome.send(to: ends[1]) { said += String(decoding: $0, as: UTF8.self) } == 141)
        #expect(said.isEmpty)
    }
}

@Suite struct FileTests {
    private func mode(_ path: String) -> mode_t {
        var about = stat()
        return lstat(path, &about) == 0 ? about.st_mode : 0
    }

    @Test func modesLinksAndFailures() throws {
        try Hostile.inFolder { (folder: String) throws in
            let path = "\(folder)/a"
            try File.write([1, 2], to: path)
            #expect(try File.read(path) == [1, 2] && mode(path) & 0o777 == 0o600)
            let mask = umask(0o022)
            defer { umask(mask) }
            try File.write([3], to: path, as: .document)
            #expect(try File.read(path) == [3] && mode(path) & 0o777 == 0o644)
            symlink("a", "\(folder)/link")
            try File.write([4], to: "\(folder)/link", as: .document)
            #expect(try File.read(path) == [4] && mode("\(folder)/link") & S_IFMT == S_IFLNK)
            #expect(throws: Failure.self) { try File.write(to: path) { sink in throw Failure(.refused, .file, "no") } }
            #expect(throws: Failure.self) { try File.write([], to: folder, as: .document) }
            #expect(throws: Failure.self) { try File.write([], to: folder) }
            #expect(throws: Failure.self) { try File.read(folder) }
            #expect(try File.read(path) == [4])
            #expect(try Hostile.shell("ls -A \(folder)") == Array("a\nlink\n".utf8))
        }
    }

    private static let strays = """
        cd $0 && mkdir -p .laseros-folder.tmp/a/b && echo x >.laseros-folder.tmp/a/b/c && ln -s /etc .laseros-folder.tmp/a/etc &&
        touch .laseros-1.tmp .laseros-2.tmp .laseros-3 x.tmp a && ln -s a .laseros-link.tmp && mkfifo .laseros-pipe.tmp
        """

    /// Removes files and folders that nobody has locked, with their contents. Does not follow links, and keeps files of others.
    @Test(arguments: [true, false]) func whatAKilledProcessLeftIsSweptAway(_ ofOthers: Bool) throws {
        try Hostile.inFolder { (folder: String) throws in
            _ = try Hostile.shell("sh -c '\(Self.strays)' \(folder)")
            let held = open("\(folder)/.laseros-2.tmp", O_RDONLY)
            defer { close(held) }
            #expect(flock(held, LOCK_EX) == 0)
            if ofOthers { File.sweep(folder) } else { File.sweep(beside: "\(folder)/a") }
            let left = try String(decoding: Hostile.shell("ls -A \(folder) | LC_ALL=C sort | paste -s -d ' '"), as: UTF8.self)
            let stays = ".laseros-2.tmp .laseros-3 .laseros-link.tmp .laseros-pipe.tmp a x.tmp\n"
            #expect(left == stays)
            #expect(try !File.read("/etc/passwd").isEmpty)
        }
    }

    /// A sweep skips a file that is being written. If it removes one before it is locked, another is created.
    @Test func filesBeingWrittenAreNotSwept() throws {
        try Hostile.inFolder { (folder: String) throws in
            try File.make("\(folder)/a", as: .own, naming: "a") { temporary, _ in
                File.sweep(folder)
                #expect(access(temporary, F_OK) == 0)
            }
            try File.withTemporaryFolder(in: folder) { temporary in
                File.sweep(folder)
                #expect(access(temporary, F_OK) == 0)
            }
            #expect(throws: Failure.self) {
                try File.make("\(folder)/b", as: .own, naming: "b") { _, _ in throw Failure(.outside, .file, "no") }
            }
            #expect(try Hostile.shell("ls -A \(folder)") == Array("a\n".utf8))
        }
    }

    @Test func manyMakersAndSweepersDoNotMeet() throws {
        try Hostile.inFolder { (folder: String) throws in
            let failures = Parallel.map(Array(0..<400)) { i -> String? in
                if i % 2 == 0 {
                    File.sweep(folder)
                    return nil
                }
                do { try File.write([1], to: "\(folder)/\(i)") } catch { return "\(error)" }
                return nil
            }
            #expect(failures.compactMap(\.self).isEmpty)
            #expect(try File.names(in: folder).count == 200)
        }
    }

    @Test func aFileThatIsTooLargeIsNamedAndLeavesNothing() throws {
        try Hostile.inFolder { (folder: String) throws in
            var old = rlimit()
            getrlimit(__rlimit_resource_t(1), &old)
            signal(SIGXFSZ, SIG_IGN)
            var small = rlimit(rlim_cur: 1 << 26, rlim_max: old.rlim_max)
            setrlimit(__rlimit_resource_t(1), &small)
            defer { setrlimit(__rlimit_resource_t(1), &old) }
            let failure = #expect(throws: Failure.self) {
                let piece = [UInt8](repeating: 0, count: 1 << 20)
                try File.write(to: "\(folder)/big") { sink in for _ in 0..<65 { try piece.withUnsafeBytes(sink) } }
            }
            #expect(failure?.message == "cannot write \(folder)/big: file too large" && failure?.kind == .outside)
            let left = try Hostile.shell("ls -A \(folder)")
            #expect(left.isEmpty)
        }
    }
}
