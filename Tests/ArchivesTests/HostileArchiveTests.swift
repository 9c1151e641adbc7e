import Glibc
import Testing
import Values

@testable import Archives

/// Archives that are damaged, or made to do damage, are refused with the reason, and nothing of them is written.
@Suite struct HostileArchiveTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String, kind: String, says: String
        var testDescription: String { name }
    }

    private static let place = Result { try Place() }
    static let cases: [Case] = {
        guard let place = try? place.get(), let listed = try? place.shell("python3 '\(tests)/archives.py' .") else { return [] }
        return listed.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Case(name: fields[0], kind: fields[1], says: fields[2])
        }
    }()

    @Test func thereAreEnough() { #expect(Self.cases.count >= 100) }

    @Test(arguments: cases) func isRefused(_ hostile: Case) throws {
        let place = try Place(), path = "\(try Self.place.get().path)/\(hostile.name)"
        var limits = ArchiveLimits()
        limits.entries = 1000
        do {
            let entries = try ArchiveReader.unpack(path, named: hostile.name, into: "\(place.path)/out", limits: limits)
            Issue.record("\(hostile.name) was unpacked: \(entries)")
        } catch let failure as Failure {
            #expect("\(failure.kind)" == hostile.kind, "\(failure.message)")
            #expect(failure.message.hasPrefix(hostile.name), "\(failure.message)")
            #expect(failure.message.contains(hostile.says), "\(failure.message)")
        }
        #expect(try place.shell("ls -A") == "")
    }

    private func refusal(_ path: String, _ change: (inout ArchiveLimits) -> Void) throws -> String? {
        var limits = ArchiveLimits()
        change(&limits)
        do {
            let reader = try ArchiveReader(path, named: "a", limits: limits)
            while try reader.next() != nil { try reader.read { _ in } }
            return nil
        } catch let failure as Failure {
            #expect(failure.kind == .refused)
            return failure.message
        }
    }

    /// What is at the limit is taken, one more is not.
    @Test(arguments: ArchiveFormat.allCases) func limitsAreExact(_ format: ArchiveFormat) throws {
        let place = try Place(), path = "\(place.path)/a"
        try File.write(to: path) { sink in
            try ArchiveWriter.write(format, named: "a", to: sink) { archive in
                for name in ["b/c/d.txt", "b/e.txt"] { try archive.add(name, [UInt8](repeating: 1, count: 1000), modified: Moment(ms: 0)) }
            }
        }
        let limits: [(WritableKeyPath<ArchiveLimits, Int> & Sendable, Int, String)] = [
            (\.entries, 4, "a has more than 3 files and folders"), (\.file, 1000, "a: 'b/c/d.txt' has 1000 bytes, more than 999"),
            (\.total, 2000, "a holds files of more than 1999 bytes"), (\.depth, 2, "a: 'b/c/d.txt' is more than 1 folders deep"),
            (\.name, 5, "a: 'b/c/d.txt' has a name of more than 4 bytes"), (\.path, 9, "a: 'b/c/d.txt' has a path of more than 8 bytes"),
        ]
        for (limit, most, says) in limits {
            #expect(try refusal(path) { $0[keyPath: limit] = most } == nil)
            #expect(try refusal(path) { $0[keyPath: limit] = most - 1 } == says)
        }
    }

    /// Each byte of a small archive that is changed makes a refusal or the same files; it never ends the process.
    @Test(arguments: ArchiveFormat.allCases) func changedBytesAreHarmless(_ format: ArchiveFormat) throws {
        let place = try Place(), path = "\(place.path)/a"
        try File.write(to: path) { sink in
            try ArchiveWriter.write(format, named: "a", to: sink) { try $0.add("b/c.txt", Array("text".utf8), modified: Moment(ms: 0)) }
        }
        let bytes = try File.read(path)
        for i in bytes.indices {
            var other = bytes
            other[i] ^= UInt8(1 << (i % 8))
            try File.write(other, to: path)
            do {
                let reader = try ArchiveReader(path, named: "a")
                while try reader.next() != nil { try reader.read { _ in } }
            } catch { #expect(error is Failure) }
        }
        for count in stride(from: 0, to: bytes.count, by: 7) {
            try File.write(Array(bytes[..<count]), to: path)
            #expect(throws: Failure.self) {
                let reader = try ArchiveReader(path, named: "a")
                while try reader.next() != nil { try reader.read { _ in } }
            }
        }
    }

    @Test func onlyRegularFilesAreRead() throws {
        let place = try Place()
        try place.shell("mkfifo pipe && mkdir folder")
        for name in ["pipe", "folder", "/dev/zero", "none"] {
            let path = name.hasPrefix("/") ? name : "\(place.path)/\(name)"
            #expect { try ArchiveReader(path, named: name) } throws: { ($0 as? Failure)?.kind == .outside }
        }
    }
}
