import Glibc
import Testing
import Values

/// The result of a command: standard output, standard error and the exit code.
struct Answered: Equatable {
    var out: String, said: String, code: Int32
}

enum Subprocess {
    /// Runs a program to its end. Both streams go to files, so that neither can block while the other is read.
    static func run(_ words: [String], in folder: String, environment: [String: String] = [:]) throws -> Answered {
        let out = try scratch(), said = try scratch()
        defer {
            close(out)
            close(said)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, said, STDERR_FILENO)

        // A coverage run passes on where to write profiles, and `make mutants` which mutant is active.
        let names = ["PATH", "LLVM_PROFILE_FILE", "MUTANT"]
        let kept = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
        let settings = Dictionary(uniqueKeysWithValues: kept).merging(environment) { $1 }
        let arguments = cStrings(["env", "-C", folder] + words), variables = cStrings(settings.map { "\($0)=\($1)" })
        defer { (arguments + variables).forEach { free($0) } }
        var child = pid_t()
        let failure = posix_spawnp(&child, "env", &actions, nil, arguments, variables)
        guard failure == 0 else { throw Failure(.outside, .file, "cannot run \(words[0]): \(String(cString: strerror(failure)))") }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { try #require(errno == EINTR) }
        let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return Answered(out: try text(out), said: try text(said), code: code)
    }

    /// The same for a command that must succeed.
    static func demand(_ words: [String], in folder: String = "/") throws {
        let answered = try run(words, in: folder)
        guard answered.code == 0 else { throw Failure(.outside, .file, "\(words.joined(separator: " ")): \(answered.said)") }
    }

    private static func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }

    private static func scratch() throws -> Int32 { try File.scratch(in: Paths.temporary) }

    private static func text(_ descriptor: Int32) throws -> String {
        try #require(lseek(descriptor, 0, SEEK_SET) == 0)
        var bytes: [UInt8] = []
        try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            while case let count = try File.read(descriptor, into: buffer, name: "a scratch file"), count > 0 { bytes += buffer[..<count] }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Paths of the project.
enum Paths {
    static let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    /// The folder that holds `Tests`: this file's own folders below it may change.
    static let package = {
        let parts = #filePath.split(separator: "/")
        return parts.prefix(upTo: parts.lastIndex(of: "Tests") ?? 0).map { "/" + $0 }.joined()
    }()
    static let tests = package + "/Tests"
    static let examples = package + "/examples"

    /// The folder with the binary that was built with the tests.
    static let binaries: String = {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        let own = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        let beside = own.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return access(beside + "/laseros", X_OK) == 0 ? beside : package + "/.build/debug"
    }()

    /// The files in a folder and in those below it, in order.
    static func files(below folder: String) -> [String] {
        names(in: folder).map { "\(folder)/\($0)" }.flatMap { path in
            let inner = names(in: path)
            return inner.isEmpty ? [path] : files(below: path)
        }
    }

    /// The sorted names in a folder.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
