import Glibc
import Testing
import Values

@testable import Console
@testable import Commands

/// What only a real terminal shows: the pager, cards, and personal settings.
@Suite struct HabitTests {
    /// The output on a terminal for a line.
    private func seen(_ workshop: Workshop, _ line: String, lines: Int = 24, columns: Int = 80, keys: String = "") throws -> Answered {
        let path = Paths.binaries + ":" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")
        return try Subprocess.run(
            ["python3", Paths.tests + "/terminal.py", "\(lines)", "\(columns)", keys, line], in: workshop.work,
            environment: [
                "LASEROS_SHOP": workshop.shop, "HOME": workshop.root, "PATH": path, "TERM": "xterm", "LASEROS_NOW": Workshop.clock,
                "SWIFT_BACKTRACE": "enable=no",
            ])
    }

    private func stocked() throws -> Workshop {
        let workshop = try Workshop()
        try workshop.demand("laseros client import clients.csv")
        return workshop
    }

    @Test func aLongAnswerIsPaged() throws {
        let workshop = try stocked()
        let list = "laseros client list --codes"
        let whole = "CL-0001\nCL-0002\nCL-0003\nCL-0004\nCL-0005\n"
        #expect(try seen(workshop, list, lines: 6) == Answered(out: whole, said: "", code: 0))
        #expect(try seen(workshop, "LASEROS_PAGER='sed s/^/page:/' \(list)", lines: 5).out.hasPrefix("page:CL-0001\n"))
        #expect(try seen(workshop, "PAGER='sed s/^/page:/' \(list)", lines: 5).out.hasPrefix("page:CL-0001\n"))
        #expect(try seen(workshop, "LASEROS_PAGER= PAGER='sed s/^/page:/' \(list)", lines: 5).out == whole)
        #expect(try seen(workshop, "PAGER='sed s/^/page:/' \(list) --no-pager", lines: 5).out == whole)
        #expect(try seen(workshop, "PAGER='sed s/^/page:/' \(list) | cat", lines: 5).out == whole)
        #expect(try seen(workshop, "PAGER=no-such-pager \(list)", lines: 5).out.hasSuffix(whole))
    }

    @Test func thePagerMayGoAway() throws {
        let workshop = try stocked()
        let names = (0..<20_000).map { "Client \($0)\n" }.joined()
        try File.write(Array(("name\n" + names).utf8), to: workshop.work + "/many.csv")
        try workshop.demand("laseros client import many.csv")
        #expect(
            try seen(workshop, "PAGER='head -n 1' laseros client list --codes; echo $?") == Answered(out: "CL-0001\n0\n", said: "", code: 0)
        )
        let less = try seen(workshop, "laseros client list --codes; echo left with $?", keys: "q")
        #expect(less.out.contains("CL-0010") && !less.out.contains("CL-0050") && less.out.hasSuffix("left with 0\n"))
    }

    @Test func errorsAreNotPaged() throws {
        let answered = try seen(try stocked(), "PAGER='sed s/^/page:/' laseros client show nobody", lines: 1)
        #expect(answered == Answered(out: "error: there is no client 'nobody'\nhint: laseros client list\n", said: "", code: 3))
    }

    @Test func aNarrowTerminalGetsCards() throws {
        let workshop = try stocked()
        let cards = "code     CL-0001\nname     Karoo Signs\ncontact  Anna Botha\nemail    anna@karoosigns.example\n"
        #expect(try seen(workshop, "laseros client list --limit 1", columns: 59).out == cards)
        #expect(try seen(workshop, "laseros client list --limit 1", columns: 60).out.hasPrefix("CODE  "))
        #expect(try seen(workshop, "laseros client list --limit 1 --csv --fields code", columns: 40).out == "code\nCL-0001\n")
        #expect(try seen(workshop, "laseros client list --limit 1 | cat", columns: 40).out.hasPrefix("CODE  "))
    }

    /// Control characters in data do not reach a terminal in any format; a pipe receives them unchanged.
    @Test(arguments: [
        "--csv", "--format tsv", "--json", "--format ndjson", "--format markdown", "--fields name,notes", "--codes", "--csv --excel",
    ])
    func aTerminalIsNotDriven(_ format: String) throws {
        let workshop = try Workshop(), odd = "\u{1b}]0;x\u{7}\u{9b}31m\u{7f}\u{202e}\u{200f}\u{61c}"
        try workshop.tamper(
            "INSERT INTO client (code, name, notes, created_at) VALUES ('A\(odd)', 'B\(odd)', 'C\(odd)', '2026-01-01T00:00:00.000Z')")
        for list in ["laseros client list \(format)", "laseros client show A \(format)", "laseros client export \(format)"] {
            let text = try seen(workshop, "NO_COLOR=1 \(list)", columns: 200).out
            #expect(
                text.contains("31m") && !text.unicodeScalars.contains { TerminalText.isHarmful($0) && $0 != "\n" && $0 != "\t" },
                "\(list): \(text)")
        }
        if format.hasPrefix("--csv") || format.hasSuffix("tsv") {
            #expect(try seen(workshop, "laseros client list \(format) | od -c", columns: 200).out.contains("033   ]   0"))
        }
        let devices = "laseros client list \(format) -o /dev/stdout; laseros client list \(format) -o /dev/tty >/dev/null"
        #expect(try !seen(workshop, devices).out.unicodeScalars.contains("\u{1b}"))
    }

    @Test func personalFormatsApplyOnlyOnATerminal() throws {
        let workshop = try stocked()
        try workshop.demand("laseros config set --personal format csv")
        try workshop.demand("laseros config set --personal shop \(workshop.shop)")
        let list = "laseros client list --limit 1 --fields code"
        #expect(try seen(workshop, list).out == "code\nCL-0001\n")
        #expect(try seen(workshop, list + " --format table").out == "CODE\nCL-0001\n")
        #expect(try seen(workshop, list + " | cat").out == "CODE\nCL-0001\n")
        #expect(try seen(workshop, "cd / && LASEROS_SHOP= \(list)").out == "code\nCL-0001\n")
    }

    @Test func runsWithATerminalAreKeptOnlyWhenTheyFail() throws {
        let workshop = try stocked(), log = workshop.root + "/.local/state/laseros/runs.log"
        _ = try seen(workshop, "laseros client list; laseros client list | head -n 1")
        #expect(access(log, F_OK) != 0)
        _ = try seen(workshop, "laseros client show nobody")
        #expect(try Self.lines(log) == 1)
        // Runs without a controlling terminal, as cron does.
        _ = try workshop.run("setsid -w laseros client list; true")
        #expect(try Self.lines(log) == 2)
        let all = try workshop.demand("laseros log failures --all --json --fields command,exit,id")
        #expect(all.contains(#"{"command": "client list", "exit": 0, "id": null}"#))
        #expect(all.contains(#"{"command": "client show nobody", "exit": 3, "id": "E-CLIENT-03"}"#))
    }

    private static func lines(_ path: String) throws -> Int { try File.read(path).filter { $0 == 10 }.count }
}
