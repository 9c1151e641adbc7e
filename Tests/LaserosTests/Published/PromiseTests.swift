import Glibc
import Testing
import Values

/// `docs/promises.md` names existing tests for every promise, and every sweep.
@Suite struct PromiseTests {
    /// A row of its tables.
    struct Promise: Sendable {
        let name: String, tests: [String], isToCome: Bool

        init?(_ line: Substring) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
            guard cells.count == 6, let kind = cells[1].first, "RS".contains(kind), Int(cells[1].dropFirst()) != nil else { return nil }
            name = cells[1]
            isToCome = cells[3].hasPrefix("*tocomewith")
            // Every second piece is between backticks.
            let pieces = cells[3].split(separator: "`", omittingEmptySubsequences: false)
            tests = isToCome ? [] : pieces.indices.filter { $0 % 2 == 1 }.map { String(pieces[$0]) }
        }
    }

    private static func promises() throws -> [Promise] {
        String(decoding: try File.read(Paths.package + "/docs/promises.md"), as: UTF8.self).split(separator: "\n").compactMap(Promise.init)
    }

    @Test func everyPromiseHasATestOrWaits() throws {
        let promises = try Self.promises()
        #expect(Set(promises.map(\.name)) == Set((1...16).map { "R\($0)" } + (1...14).map { "S\($0)" }))
        for promise in promises { #expect(promise.isToCome != !promise.tests.isEmpty, "\(promise)") }
    }

    @Test func namedTestsExist() throws {
        let files = Paths.files(below: Paths.tests).filter { $0.hasSuffix("Tests.swift") }
        let sources = try files.map { String(decoding: try File.read($0), as: UTF8.self) }
        for test in try Self.promises().flatMap(\.tests) {
            let names = test.split(separator: ".")
            let isThere =
                test.contains("/")
                ? access("\(Paths.package)/\(test)", R_OK) == 0
                : sources.contains { $0.contains("struct \(names[0]) ") && $0.contains("func \(names[1])(") }
            #expect(isThere, "\(test)")
        }
    }

    /// Every program in `Tests/sweep` is in the table, except their runner and their modules.
    @Test func everySweepKeepsAPromise() throws {
        let folder = Paths.tests + "/sweep", named = Set(try Self.promises().flatMap(\.tests))
        for name in Paths.names(in: folder) where access("\(folder)/\(name)", X_OK) == 0 && name.hasSuffix(".py") {
            let isNamed = named.contains("Tests/sweep/\(name)") || ["run.py", "standin.py"].contains(name)
            #expect(isNamed, "\(name)")
        }
    }
}
