import Testing

/// The built binary at a pipe, as a kiosk uses it.
@Suite struct ScanProcessTests {
    private static func shop(jobs: Int) throws -> Workshop {
        let shop = try Workshop()
        for line in [
            "machine add LASER1 'Fibre laser'", "material add MS 'Mild Steel' --density 7.85", "operator add 'Thandi Nkosi'",
            "inv add SM-3 'Sheet 3 mm' --material MS --thickness 3 --size 3000x1500 --unit sheets", "inv receive SM-3 \(jobs) --cost 900",
            "client add Karoo --terms account",
        ] { try shop.demand("laseros \(line)") }
        for i in 1...jobs {
            try shop.demand(
                "laseros project add 'Job \(i)' --client CL-0001 --material MS --thickness 3 --quantity 10 --sheets 1 --cut-time 40m")
        }
        for verb in ["offer", "approve"] { try shop.demand("laseros project \(verb) --all-matching --where client=CL-0001 --force sketch") }
        try shop.demand("laseros queue list --codes > codes")
        return shop
    }

    /// Waits until the answers contain a text, while the input stays open.
    private static let wait = """
        await() { for i in $(seq 100); do grep -q "$1" out && return; sleep 0.1; done; echo "no $1"; cat out; }

        """

    /// Each line is answered before the input ends, and a kill between two lines loses nothing.
    @Test func answersComeLineByLine() throws {
        let shop = try Self.shop(jobs: 2)
        let answered = try shop.run(
            Self.wait + """
                mkfifo in
                laseros queue scan in >out 2>&1 & pid=$!
                exec 9>in
                echo OP-0001 >&9 && await 'OP-0001: Thandi'
                head -1 codes >&9 && await 'started: run RN-0001'
                kill -9 $pid
                laseros queue runs --csv --no-header --fields code,operator,status
                sed -n 2p codes | laseros queue scan | head -1 | cut -c23-
                laseros log verify >/dev/null && echo sound
                """)
        #expect(answered.out == "RN-0001,OP-0001,running\n10 started: run RN-0002\nsound\n", "\(answered)")
    }

    /// Two scanners read the same cards at once: each is started once, and finished once. They are a pipeline, because `wait` of a shell never
    /// ends if the thread that starts it blocks SIGCHLD.
    @Test func twoScannersAtOnce() throws {
        let shop = try Self.shop(jobs: 8)
        let started = try shop.run(
            """
            laseros queue scan <codes >a | laseros queue scan <codes >b
            cat a b | grep -c 'started: run'; cat a b | grep -c 'it counts once'
            """)
        #expect(started.out == "8\n8\n", "\(started)")
        let finished = try shop.run(
            """
            laseros queue scan --again 0 <codes >a; echo $?
            laseros queue scan --again 0 <codes >b | laseros queue scan --again 0 <codes >c
            cat a | grep -c 'finished: run'; cat b c | grep -c '^error: '
            laseros queue runs --csv --no-header --fields good,sheets | sort | uniq -c | tr -s ' '
            laseros inv show SM-3 --csv --no-header --fields on_hand; laseros log verify >/dev/null && echo sound
            """)
        #expect(finished.out == "0\n8\n16\n 8 10,1\n0\nsound\n", "\(finished)")
    }

    /// Two processes finish the same cards at once.
    @Test func twoFinishAtOnce() throws {
        let shop = try Self.shop(jobs: 8)
        let answered = try shop.run(
            """
            laseros queue scan <codes >a
            laseros queue scan --again 0 <codes >b | laseros queue scan --again 0 <codes >c
            cat b c | grep -c 'finished: run'; cat b c | grep -c '^error: '
            laseros queue runs --csv --no-header --fields good,sheets | sort | uniq -c | tr -s ' '
            laseros inv show SM-3 --csv --no-header --fields on_hand
            """)
        #expect(answered.out == "8\n8\n 8 10,1\n0\n", "\(answered)")
    }
}
