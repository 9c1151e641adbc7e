import Console
import Testing
import Values

@Suite struct ReadingTests {
    /// The error for an invalid command line.
    private func said(_ line: String) throws -> String {
        let result = try Bench.run(line)
        #expect(result.code == 2, "\(line)")
        #expect(result.out.isEmpty)
        return result.said
    }

    @Test(arguments: [
        ("pay 12.50 -c CL-0001", "12.50 - CL-0001 -\n"),
        ("pay --client=CL-0001 12.50 rent", "12.50 rent CL-0001 -\n"),
        ("pay -c CL-0001 -5", "-5.00 - CL-0001 -\n"),
        ("pay -c CL-0001 -- -12.50 --rent", "-12.50 --rent CL-0001 -\n"),
        ("pay 1 - -c -x", "1.00 - -x -\n"),
        ("pay 1 -c x --due -2w", "1.00 - x 2026-11-08\n"),
        ("pay 1 -c x -d fri", "1.00 - x 2026-11-27\n"),
        ("-C /shop pay 1 -c x", "1.00 - x -\n"),
        ("--json client add Karoo -n", #"{"code": "CL-0004", "name": "Karoo", "owed": null, "since": null}"# + "\n"),
        ("client --csv --no-header list --fields code", "CL-0001\nCL-0002\nCL-0003\n"),
        ("client list -wqw --no-header", "CL-0001\nCL-0002\nCL-0003\n"),
        ("client remove a b -a c", "[\"a\", \"b\", \"c\"] removed\n"),
    ])
    func reads(_ line: String, _ out: String) throws {
        #expect(try Bench.run(line) == .init(out: out, said: "", code: 0))
    }

    @Test(arguments: [
        (
            "pay 1 -c x -d 31.11.2026",
            "error: '31.11.2026' is not a day (2026-11-30, 30.11.2026, 30 Nov 2026, today, +3d, -2w, fri, next fri, eom): --due DAY\n"
        ),
        ("pay eleven -c x", "error: 'eleven' is not an amount (1234.50): AMOUNT\n"),
        ("pay 1 -c x --deu fri", "error: 'pay' has no option --deu\nhint: did you mean --due?\n"),
        ("pay 1 -cx -cy", "error: --client is given twice\n"),
        ("pay 1 -c", "error: --client requires a value: --client CODE\n"),
        ("pay 1 -x", "error: 'pay' has no option -x\n"),
        ("pay 1 -c x -c y", "error: --client is given twice\n"),
        ("pay 1", "error: 'pay' requires --client CODE: whose it is\n"),
        ("pay -c x", "error: 'pay' requires AMOUNT: how much\n"),
        ("pay 1 b c -c x", "error: unexpected argument 'c' for 'pay'\n"),
        ("client remove", "error: 'client remove' requires CODE...: the clients\n"),
        ("client add x --dry-run=yes", "error: --dry-run takes no value, but has 'yes'\n"),
        (
            "client list --format jsn",
            "error: 'jsn' is not one of table, csv, tsv, json, ndjson, markdown: --format FORMAT\nhint: did you mean json?\n"
        ),
        (
            "client list --json --csv",
            #"{"error": "--json and --csv cannot be given together", "kind": "usage", "code": 2, "id": "E-RELATION-02", "hint": null, "faults": []}"#
                + "\n"
        ),
        ("client report --until fri --all", "error: --until needs --from\n"),
        ("client report --from fri --all", "error: --from and --all cannot be given together\n"),
        ("client report", "error: 'client report' requires --from or --all\n"),
        ("clint list", "error: there is no command 'clint'\nhint: did you mean 'laseros client'?\n"),
        ("client lst", "error: there is no command 'client lst'\nhint: did you mean 'laseros client list'?\n"),
        ("client zzzzzz", "error: there is no command 'client zzzzzz'\nhint: 'laseros help client' lists the commands\n"),
        ("--bogus", "error: '--bogus' comes without a command\nhint: 'laseros help' lists the commands\n"),
        ("client list --fields cod", "error: there is no column 'cod'\nhint: did you mean code?\n"),
    ])
    func refuses(_ line: String, _ text: String) throws {
        #expect(try said(line) == text)
    }

    @Test func dayIsFoundOnlyWhenAValueNeedsIt() throws {
        #expect(try Bench.run("pay 1 -c x -C /nowhere -d 2026-01-02").code == 0)
        #expect(try Bench.run("pay 1 -c x -d 31.11.2026 -C /nowhere").code == 2)
        #expect(try Bench.run("pay 1 -c x -d fri -C /nowhere") == .init(out: "", said: "error: there is no shop in /nowhere\n", code: 6))
    }

    @Test func failuresAreTold() throws {
        #expect(
            try Bench.run("pay fail")
                == .init(
                    out: "",
                    said: "a.csv:3: email: 'x\\x1b' is bad\nb.csv: is empty\nerror: 2 faults in a.csv\nhint: nothing was written\n", code: 8
                ))
        #expect(
            try Bench.run("pay fail -f json").said
                == #"{"error": "2 faults in a.csv", "kind": "input", "code": 8, "id": "E-FILE-08", "hint": "nothing was written", "faults": [{"file": "a.csv", "line": 3, "column": "email", "message": "'x\u001b' is bad"}, {"file": "b.csv", "line": null, "column": null, "message": "is empty"}]}"#
                + "\n")
        for line in ["clint --json", "clint -wf json", "clint --format=ndjson", "client list --bogus -f json"] {
            #expect(try Bench.run(line).said.hasPrefix("{\"error\": "))
        }
        #expect(try Bench.run("clint -- --json").said.hasPrefix("error: "))
        #expect(try Bench.run("pay crash").code == 70)
        #expect(try Bench.run("client report --all") == .init(out: "fine\n", said: "a note\n", code: 1))
    }

    @Test func helpIsEverywhere() throws {
        for line in ["", "help", "--help", "-h"] {
            #expect(try Bench.run(line).out.hasPrefix("laseros 0.1.0: run a laser-cutting job shop\n"))
        }
        for line in ["client", "help client", "client --help"] {
            #expect(try Bench.run(line).out.hasPrefix("laseros client: Whom the shop works for\n"))
        }
        for line in ["help client add", "client add --help", "client add --bogus -h"] {
            #expect(try Bench.run(line).out.hasPrefix("Add a client\n"))
        }
        #expect(try Bench.run("--version").out == "laseros 0.1.0\n")
        #expect(try Bench.run("help --json").out.contains(#""name": "pay pdf""#))
        #expect(try Bench.run("help clint").code == 2)
    }
}
