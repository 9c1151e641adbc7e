import Glibc
import Testing
import Values

@testable import Console
@testable import Commands

/// Completion in real shells: they insert exactly the code, and execute no part of it.
@Suite struct ShellTests {
    /// Hostile codes, written directly into the data of a shop. Each begins with different letters.
    private static let hostile = [
        "QA$(touch${IFS}ran)", "QB`touch ran`", "QC'a\"b", "QD two words;touch ran", "QE\ntouch ran\n", "QF&touch ran", "QG!x!!", "QH\\y\\",
        "QI~#*?[z]{a,b}", "QJ<x>|y", "QKé\u{1b}[31m\u{a0}\u{202e}x", "QL=x@y", "QM:n:o", "QN\"", "QO'", "QP$x",
    ]

    /// The typed beginnings, each with the index of its code.
    private static let typed: [(word: String, code: Int)] =
        hostile.indices.map { (String(hostile[$0].prefix(2)), $0) } + [
            ("QM:", 12), ("QM:n", 12), ("QL=", 11), ("QL=x@", 11), ("QL=x@y", 11), ("'QA", 0), ("\"QA", 0), ("'QC", 2), ("\"QC", 2),
            ("\"QG", 6), ("'QN", 13),
            ("\"QN", 13), ("'QO", 14), ("\"QO", 14), ("'QM:n", 12), ("QP\\$", 15), ("QH\\\\", 7),
        ]

    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        let rows = hostile.enumerated().map { i, code in
            "('\(code.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))', 'Client \(i): a\\b', '2026-01-01T00:00:00.000Z')"
        }
        try workshop.tamper("INSERT INTO client (code, name, created_at) VALUES \(rows.joined(separator: ", "))")
        return workshop
    }

    /// The arguments that a command received for each of the lines.
    private func got(_ shell: Shell, _ workshop: Workshop, _ lines: [String]) throws -> [[String]] {
        let folder = workshop.root + "/" + shell.rawValue
        mkdir(folder, 0o700)
        try File.write(Array(program.script(shell).utf8), to: folder + "/script")
        try File.write([], to: folder + "/drawing.dxf")
        let path = Paths.binaries + ":" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")
        let answered = try Subprocess.run(
            ["python3", Paths.tests + "/complete.py", shell.rawValue, "."] + lines, in: folder,
            environment: ["LASEROS_SHOP": workshop.shop, "PATH": path, "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"])
        #expect(answered.code == 0, "\(answered.said)")
        #expect(Set(Paths.names(in: folder)).isSuperset(of: ["args", "script", "drawing.dxf"]) && !Paths.names(in: folder).contains("ran"))
        return answered.out.split(separator: "\u{1e}").map { line in line.split(separator: "\u{1f}").map(String.init) }
    }

    @Test(arguments: [Shell.bash, .zsh, .fish])
    func theCodeIsOneWordAndNothingRuns(_ shell: Shell) throws {
        let workshop = try Self.shop()
        let found = try got(shell, workshop, Self.typed.map { "args client show \($0.word)<TAB>" })
        #expect(found == Self.typed.map { ["client", "show", Self.hostile[$0.code]] })
    }

    @Test(arguments: [Shell.bash, .zsh, .fish])
    func commandsOptionsAndFilesAreCompleted(_ shell: Shell) throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add 'Karoo: Steel'")
        let lines = [
            "args cli<TAB>sh<TAB>CL-<TAB>--out<TAB>dra<TAB>", "args dxf info --format=nd<TAB>", "args project add --client=CL-<TAB>",
            "args quo<TAB>lin<TAB>li<TAB>",
        ]
        #expect(
            try got(shell, workshop, lines) == [
                ["client", "show", "CL-0001", "--output", "drawing.dxf"], ["dxf", "info", "--format=ndjson"],
                ["project", "add", "--client=CL-0001"], ["quote", "line", "list"],
            ])
    }
}
