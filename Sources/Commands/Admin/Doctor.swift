import Console
import Glibc
import Shop
import Store
import Values

private let all = Flag("-a, --all", "also what is well")

private let columns: [Column<Finding>] = [
    Column("area") { $0.area }, Column("state", .status) { .status($0.state.rawValue, $0.state == .well ? .good : .bad) },
    Column("finding") { $0.text }, Column("command") { $0.mend },
]

let doctorCommand = Command(
    "doctor", "Tell what a shop still lacks, and which command mends it", kind: .reads, permission: .view, [all],
    about: """
        Looks at what papers and prices need (letterhead, VAT number, bank, time zone, machines, presets, prices), who else can read the shop, \
        how old the newest backup is, and whether a job of cron makes them. Beside each finding stands the command that mends it; words in \
        capitals stand for what only you know. The exit code is 1 if something is lacking.
        """,
    examples: ["laseros doctor", "laseros doctor --all"], answer: columns.map(\.heading)
) { call, answer in
    let shop = try call.shopSession.shop(call.shopName, .reading, older: true)
    let program = cronProgram(in: call.environment)
    let surroundings = Surroundings(shopName: call.shopName, hasCron: program != nil, jobs: jobs(of: program))
    let found = try shop.data.reading { try shop.examine(surroundings) }
    let lacking = found.filter { $0.state == .lacking }, listing = Listing(call[all] ? found : lacking, columns)
    guard !lacking.isEmpty else { return try answer.put(call[all] ? .rows(listing) : .done("nothing is lacking", all: listing)) }
    try answer.put(Output(.rows(listing), code: 1))
}

private func cronProgram(in environment: Environment) -> String? {
    (environment.variables["PATH"] ?? "").split(separator: ":").map { "\($0)/crontab" }.first { access($0, X_OK) == 0 }
}

/// The lines of the user's crontab and of the machine's.
private func jobs(of program: String?) -> [String] {
    let folders = ["/etc/cron.d", "/etc/systemd/system"]
    let paths = ["/etc/crontab"] + folders.flatMap { folder in ((try? File.names(in: folder)) ?? []).map { "\(folder)/\($0)" } }
    let texts = paths.filter { File.kind(of: $0) == S_IFREG }.compactMap { path in try? File.read(path) }
    return ((program.map { output(of: "\(ShellLine.quoted($0)) -l 2>/dev/null") }.map { [$0] } ?? []) + texts).flatMap { bytes in
        bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// What a command line of a shell prints.
private func output(of line: String) -> [UInt8] {
    guard let pipe = popen(line, "re") else { return [] }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
        while case let count = fread(buffer.baseAddress, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
    }
    return bytes
}
