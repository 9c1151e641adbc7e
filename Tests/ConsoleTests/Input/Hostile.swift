import Console
import Glibc
import Values

/// SplitMix64 with a fixed seed, so that every run has the same cases.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Text made of characters that break readers and writers.
enum Hostile {
    private static let pieces = [
        "", "a", "steel", "NULL", "null", "\"", "\"\"", "'", "''", ",", ";", "\t", "\n", "\r", "\r\n", "\\", "\\n", "\\t", "|", "=1+1",
        "+27", "-5", "@x",
        " ", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{9b}", "\u{202e}", "\u{2066}", "\u{2028}", "é", "e\u{301}", "漢字", "😀", "👨‍👩‍👧", "＝1", "{",
        "[", "0.10",
        "1e5", "\u{FEFF}",
    ]

    static func text(_ random: inout Seeded) -> String {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    static func rows(_ columns: Int, _ count: Int, _ random: inout Seeded) -> [[String]] {
        (0..<count).map { _ in (0..<columns).map { _ in text(&random) } }
    }

    /// The output of a program that lists these rows.
    static func printed(_ rows: [[String]], _ options: String...) throws -> [UInt8] {
        let headings = (rows.first ?? []).indices.map { Heading("c\($0)", .text) }
        let cells = rows.map { $0.map { DisplayValue.text($0) } }
        let program = Program(
            "x", version: "1", released: Day(number: 0), summary: "",
            [CommandGroup("list", .admin, "") { [.free("list", "List", permission: .view) { _ in .rows(Listing(headings, cells)) }] }])
        return Array(try program.run(["list"] + options, in: Bench.Session(Bench.environment())).spool.text().utf8)
    }

    static func read(_ bytes: [UInt8], _ dialect: RecordReader.Dialect? = nil, guarded: Bool = false) throws -> (
        columns: [String], rows: [[String]]
    ) {
        let reader = try RecordReader(InputFile(bytes, name: "x.csv"), dialect: dialect, guarded: guarded)
        var rows: [[String]] = []
        while try reader.next() { rows.append(reader.columns.indices.map(reader.text)) }
        return (reader.columns, rows)
    }

    /// Passes a temporary folder to `body`, and removes it afterwards.
    static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = "/tmp/console-tests-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        guard mkdir(folder, 0o700) == 0 else { throw File.failure("make", folder) }
        defer { _ = try? shell("rm -r \(folder)") }
        return try body(folder)
    }

    /// The output of a Python script for this standard input.
    static func python(_ script: String, _ input: [UInt8]) throws -> [UInt8] {
        try inFolder { folder in
            try File.write(input, to: "\(folder)/input")
            return try shell("python3 -c '\(script)' < \(folder)/input")
        }
    }

    static func shell(_ command: String) throws -> [UInt8] {
        guard let pipe = popen(command, "r") else { throw File.failure("run", command) }
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard pclose(pipe) == 0 else { throw Failure(.outside, .file, "\(command) failed: \(String(decoding: bytes, as: UTF8.self))") }
        return bytes
    }
}
