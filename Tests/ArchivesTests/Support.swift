import Glibc
import Testing
import Values

/// The folder `Tests`.
let tests = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")

/// A folder that is removed at the end.
final class Place: Sendable {
    let path: String

    init() throws {
        var name = Array("/tmp/laseros-archives-XXXXXX".utf8CString)
        try #require(mkdtemp(&name) != nil)
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = try? shell("rm -rf '\(path)'") }

    /// What a shell prints for a line that is run in the folder, which has to succeed.
    @discardableResult
    func shell(_ line: String) throws -> String {
        let pipe = try #require(popen("cd '\(path)' && export LC_ALL=C.UTF-8 && { \(line); } 2>&1", "r"))
        var text: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { text += buffer[..<count] }
        let said = String(decoding: text, as: UTF8.self)
        #expect(pclose(pipe) == 0, "\(line): \(said)")
        return said
    }
}
