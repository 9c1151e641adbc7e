import Console
import Glibc
import Testing
import Values

@Suite struct CompletionTests {
    private func words(_ line: String) -> [String] {
        Bench.program.complete(line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)) { noun in
            noun == "client" ? [("CL-0001", "Karoo Steel"), ("CL-0002", "Naïve Iron")] : []
        }.map(\.word)
    }

    @Test(arguments: [
        ("", "client pay help completion"), ("c", "client completion"), ("client ", "list add show remove report"),
        ("client re", "remove report"),
        (
            "client list -",
            "--due --colour --format --json --csv --fields --no-header --excel --wide --codes --output --shop --no-pager --help"
        ),
        ("client list --co", "--colour --codes"), ("client list --colour red --co", "--codes"), ("client list --colour ", "red green blue"),
        ("client list --colour=g", "--colour=green"), ("client list --colour = g", "green"), ("client list --colour =", "red green blue"),
        ("client list -wf n", "ndjson"), ("-f t", "table tsv"), ("--f", "--format --fields"), ("client show cl", "CL-0001 CL-0002"),
        ("client show CL-0001 ", "--format --json --csv --fields --no-header --excel --wide --codes --output --shop --no-pager --help"),
        ("client remove CL-0001 CL-0002 CL", "CL-0001 CL-0002"), ("client list -o ", "<files>"), ("client list --output=x", "<files>"),
        ("-C /shop client s", "show"), ("-C ", "<files>"), ("help client r", "remove report"), ("help ", "client pay help completion"),
        ("pay 5 -- -", ""), ("pay p", "pdf"), ("pay ", "pdf fail crash"), ("pay --client ", "CL-0001 CL-0002"),
        ("completion ", "bash zsh fish"), ("zebra ", ""),
    ])
    func completes(_ line: String, _ wanted: String) {
        #expect(words(line).joined(separator: " ") == wanted)
    }

    @Test func commandPrintsWordsAndWhatTheyMean() throws {
        #expect(try Bench.run(["complete", "--", "client", "show", ""]).out == "CL-0001\tKaroo Steel\nCL-0002\tNaïve Iron\n")
        #expect(
            try Bench.run(["complete", "--", "client", "show", "", "--fo"]).out
                == "--format\tprint the answer as table, csv, tsv, json, ndjson or markdown\n")
        #expect(try Bench.run(["completion", "zsh"]).out == Bench.program.script(.zsh))
        #expect(try Bench.run("completion tcsh").code == 2)
    }

    /// Types into a real shell on a pseudo-terminal. `laseros` stands for the program: it writes down how it is called, and
    /// answers a completion with what the real one would.
    private func typed(_ keys: [(keys: String, seen: String)], in shell: Shell, _ folder: String) throws -> String {
        let stand = """
            #!/bin/sh
            if [ "$1" = complete ]; then
                shift 2
                case "$*" in
                    "cli") printf 'client\\tWhom the shop works for\\n' ;;
                    "client sh") printf 'show\\tShow: a client\\n' ;;
                    "client show ") printf 'CL-0001\\tKaroo: Steel\\nCL-0002\\tIron\\n' ;;
                    "client show CL-0001 --out") printf -- '--output\\twrite\\n' ;;
                    "client show CL-0001 --output "*) echo '<files>' ;;
                    *) printf '%s|' "$@" >> \(folder)/asked ;;
                esac
            else
                printf '%s|' "$@" > \(folder)/called; echo do""ne
            fi
            """
        try File.write(Array(stand.utf8), to: "\(folder)/laseros")
        try File.write(Array(Bench.program.script(shell).utf8), to: "\(folder)/script")
        try File.write([], to: "\(folder)/drawing.dxf")
        chmod("\(folder)/laseros", 0o700)
        let setup =
            "PATH=\(folder):$PATH; cd \(folder); \(shell == .bash ? "" : "autoload -U compinit; compinit -D -u; ")source ./script; echo rea''dy\\r"
        let all = [(keys: setup, seen: "ready\\r")] + keys
        let driver = """
            import os, pty, select, sys, time
            pid, fd = pty.fork()
            if pid == 0:
                os.environ["TERM"] = "dumb"
                os.execvp("\(shell.rawValue)", \(shell == .bash ? #"["bash", "--norc", "--noprofile", "-i"]"# : #"["zsh", "-f", "-i"]"#))
            def wait(seen):
                out, end = b"", time.time() + 10
                while seen.encode() not in out and time.time() < end:
                    if select.select([fd], [], [], 0.1)[0]: out += os.read(fd, 65536)
                if seen.encode() not in out: sys.exit(f"no {seen!r} in {out!r}")
            for keys, seen in [\(all.map { #"("\#($0.keys)", "\#($0.seen)")"# }.joined(separator: ", "))]:
                os.write(fd, keys.encode())
                wait(seen)
            os.write(fd, b"exit\\r")
            sys.stdout.write(open("\(folder)/called").read())
            """
        try File.write(Array(driver.utf8), to: "\(folder)/driver.py")
        return String(decoding: try Hostile.shell("python3 \(folder)/driver.py 2>&1"), as: UTF8.self)
    }

    @Test(arguments: [Shell.bash, .zsh])
    func realShellsComplete(_ shell: Shell) throws {
        let keys = [
            ("laseros cli\\t", "client "), ("sh\\t", "show "), ("\\t", "CL-000"), ("1 --out\\t", "--output "), ("dra\\t", "drawing.dxf "),
            ("\\r", "done"),
        ]
        #expect(try Hostile.inFolder { try typed(keys, in: shell, $0) } == "client|show|CL-0001|--output|drawing.dxf|")
    }

    @Test func fishCompletes() throws {
        try Hostile.inFolder { (folder: String) throws in
            let stand =
                "#!/bin/sh\nshift 2\ncase \"$*\" in 'client show ') printf 'CL-0001\\tKaroo: Steel\\nCL-0002\\tIron\\n' ;; *'-o dra') echo '<files>' ;; esac\n"
            try File.write(Array(stand.utf8), to: "\(folder)/laseros")
            try File.write(Array(Bench.program.script(.fish).utf8), to: "\(folder)/script.fish")
            try File.write([], to: "\(folder)/drawing.dxf")
            chmod("\(folder)/laseros", 0o700)
            func offered(_ line: String) throws -> String {
                let command = "cd \(folder); HOME=\(folder) PATH=\(folder):$PATH fish -N -c 'source script.fish; complete -C \"\(line)\"'"
                return String(decoding: try Hostile.shell(command), as: UTF8.self)
            }
            #expect(try offered("laseros client show ") == "CL-0001\tKaroo: Steel\nCL-0002\tIron\n")
            #expect(try offered("laseros client show x -o dra").hasPrefix("drawing.dxf"))
        }
    }

    @Test func scriptsAreSound() throws {
        try Hostile.inFolder { (folder: String) throws in
            for (shell, check) in [(Shell.bash, "bash -n"), (.zsh, "zsh -n"), (.fish, "fish -n")] {
                let path = "\(folder)/\(shell.rawValue)"
                try File.write(Array(Bench.program.script(shell).utf8), to: path)
                let said = try Hostile.shell("\(check) \(path) 2>&1")
                #expect(said.isEmpty)
            }
        }
    }
}
