import Glibc
import Testing
import Values

@testable import Console

/// Documents may be larger than memory, so they are written piece by piece. The file is complete or does not exist.
@Suite struct DocumentTests {
    private static let size = 200 << 20
    private static let piece = [UInt8](repeating: 0x2E, count: 1 << 20)

    /// - Parameter most: the size at which writing fails.
    private static func program(failingAt most: Int = .max) -> Program {
        Program(
            "laseros", version: "0.1.0", released: Day(number: 20_787), summary: "run a laser-cutting job shop",
            [
                CommandGroup("backup", .admin, "Copy everything") {
                    [
                        .free("backup", "Copy everything", permission: .view) { _ in
                            Output(
                                .document(
                                    Document { sink in
                                        for written in stride(from: 0, to: size, by: piece.count) {
                                            guard written < most else { throw Failure(.outside, .file, "the disk was pulled out") }
                                            try piece.withUnsafeBytes { try sink($0) }
                                        }
                                    }, "the backup is written"))
                        }
                    ]
                }
            ])
    }

    private static func run(_ words: String, in folder: String, failingAt most: Int = .max) -> Outcome {
        program(failingAt: most).run(words.split(separator: " ").map(String.init), in: Bench.Session(Bench.environment(directory: folder)))
    }

    /// `littleMemoryIsEnough` runs this test in a process of its own.
    @Test func isWholeInItsFile() throws {
        try Hostile.inFolder { (folder: String) throws in
            let outcome = Self.run("backup -o all.tar", in: folder)
            #expect(try outcome.code == 0 && outcome.spool.text() == "the backup is written\n")
            #expect(File.size(of: folder + "/all.tar") == Self.size)
            #expect(try File.names(in: folder) == ["all.tar"])
            unlink(folder + "/all.tar")
            let piped = Self.run("backup", in: folder)
            var count = 0
            try piped.spool.copyOut { count += $0.count }
            #expect(piped.code == 0 && count == Self.size)
        }
    }

    /// The process needs about 75 MB, mostly for the tests themselves and for the part of a pipe that is buffered before it goes to a file.
    @Test func littleMemoryIsEnough() throws {
        guard getenv("LITTLE_MEMORY") == nil else { return }
        let own = try #require(realpath("/proc/self/exe", nil))
        defer { free(own) }
        let run = "'\(String(cString: own))' --testing-library swift-testing --filter isWholeInItsFile 2>&1"
        let limited = "ulimit -c 0 -d 160000; LITTLE_MEMORY=1 SWIFT_BACKTRACE=enable=no \(run); true"
        let said = try String(decoding: Hostile.shell("bash -c \"\(limited)\""), as: UTF8.self)
        #expect(said.contains("with 1 test in 1 suite passed"), "\(said)")
    }

    @Test func aFailedDocumentLeavesTheOldFile() throws {
        try Hostile.inFolder { (folder: String) throws in
            try File.write([1], to: folder + "/all.tar")
            let outcome = Self.run("backup -o all.tar", in: folder, failingAt: 5 << 20)
            #expect(try outcome.code == 7 && outcome.said.text() == "error: the disk was pulled out\n")
            #expect(try File.read(folder + "/all.tar") == [1])
            #expect(try Hostile.shell("ls -A \(folder)") == Array("all.tar\n".utf8))
        }
    }

    @Test func devicesAreWrittenTo() throws {
        #expect(Self.run("backup -o /dev/null", in: "/tmp").code == 0)
        #expect(File.kind(of: "/dev/null") == S_IFCHR)
        let full = Self.run("backup -o /dev/full", in: "/tmp")
        #expect(try full.code == 7 && full.said.text() == "error: cannot write /dev/full: no space left on device\n")
        #expect(Self.run("backup -o /", in: "/tmp").code == 7)
    }
}
