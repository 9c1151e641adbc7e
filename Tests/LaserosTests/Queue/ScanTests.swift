import Synchronization
import Testing
import Values

@testable import Commands
@testable import Console
@testable import Shop
@testable import Store

/// Lines of a scanner: each is a change of its own, stored and answered before the next is read.
@Suite struct ScanTests {
    /// A shop with two operators and projects of one entry each.
    private static func shop(jobs: Int = 2) throws -> Workshop {
        let shop = try Workshop()
        for line in [
            "machine add LASER1 'Fibre laser'", "machine add LASER2 'Old laser'", "material add MS 'Mild Steel' --density 7.85",
            "operator add 'Thandi Nkosi'", "operator add 'Sipho Dube'", "client add Karoo --terms account",
        ] { try shop.demand("laseros \(line)") }
        for i in 1...jobs {
            try shop.demand("laseros project add 'Job \(i)' --client CL-0001 --material MS --thickness 3 --quantity 10 --cut-time 40m")
        }
        for verb in ["offer", "approve"] { try shop.demand("laseros project \(verb) --all-matching --where client=CL-0001 --force sketch") }
        return shop
    }

    private static func project(_ number: Int) -> String { "JB-2026-08-CL0001-" + "\(number)".padded(to: 3, with: "0") }
    private static func code(_ number: Int) -> String { project(number) + "/10" }

    /// Scans lines at a time of the day, in UTC.
    private static func scan(_ lines: [String], _ shop: Workshop, at time: String = "08:00:00", _ options: String...) throws -> Answered {
        try shop.run(
            ["queue", "scan"] + options, at: "2026-08-23T\(time)Z", input: Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    private static func run(_ shop: Workshop, _ fields: String) throws -> String {
        try shop.demand("laseros queue runs --csv --no-header --fields \(fields)")
    }

    @Test func aCardStartsAndThenFinishes() throws {
        let shop = try Self.shop()
        #expect(try Self.scan(["OP-0002", Self.code(1)], shop, "--machine", "LASER2").code == 0)
        #expect(
            try Self.run(shop, "operator,machine,started_at,time_s,good,status") == "OP-0002,LASER2,2026-08-23T08:00:00.000Z,,,running\n")
        let done = try Self.scan(["op-0001", Self.code(1).lowercased()], shop, at: "08:42:00", "--machine", "LASER1")
        #expect(done.out.contains("\(Self.code(1)) finished: run RN-0001, 10 good, 42m 0s"), "\(done.out)")
        // Who started it has done it, and where it was started.
        #expect(try Self.run(shop, "operator,machine,time_s,good,status") == "OP-0002,LASER2,2520,10,done\n")
        let more = try Self.scan([Self.code(1)], shop, at: "09:00:00")
        #expect(more.code == 1 && more.out.hasPrefix("error: entry \(Self.code(1)) is done"), "\(more.out)")
    }

    @Test func thePauseDoesNotCount() throws {
        let shop = try Self.shop()
        _ = try Self.scan(["OP-0001", Self.project(1)], shop)
        let words = ["queue", "pause", Self.code(1)]
        #expect(try shop.run(words, at: "2026-08-23T08:10:00Z").code == 0)
        let on = try Self.scan(["OP-0002", Self.project(1)], shop, at: "08:40:00")
        #expect(on.out.contains("\(Self.code(1)) goes on: run RN-0001"), "\(on.out)")
        #expect(try Self.scan([Self.project(1)], shop, at: "08:50:00").code == 0)
        #expect(try Self.run(shop, "operator,time_s,good") == "OP-0002,1200,10\n")
    }

    @Test func aQuantityFinishes() throws {
        let shop = try Self.shop()
        _ = try Self.scan([Self.code(1)], shop)
        let part = try Self.scan(["\(Self.code(1)) 4", "OP-0001", "\(Self.code(2)) 3"], shop, at: "08:30:00", "--machine", "LASER2")
        #expect(part.code == 0 && part.out.contains("6 left of \(Self.code(1))") && part.out.contains("7 left of \(Self.code(2))"))
        // Nobody started the second, so that its time is not known.
        let runs = try Self.run(shop, "code,operator,machine,time_s,good")
        #expect(runs == "RN-0001,,LASER2,1800,4\nRN-0002,OP-0001,LASER2,,3\n")
        let wrong = try Self.scan(["\(Self.code(1)) four", "OP-0001 4", "\(Self.code(1)) 7:1"], shop, at: "09:00:00")
        #expect(wrong.code == 1 && wrong.out.split(separator: "\n").filter { $0.hasPrefix("error: ") }.count == 3, "\(wrong.out)")
    }

    /// A stutter is the same code within three seconds of the scan that counted.
    @Test(arguments: [("08:00:02", true), ("08:00:03", false)]) func scannersStutter(_ time: String, _ isOnce: Bool) throws {
        let shop = try Self.shop(), clock = Mutex(["08:00:00", time][...])
        let answered = try shop.run(["queue", "scan"], input: Array("\(Self.code(1))\n\(Self.code(1))\n".utf8)) { environment in
            var environment = environment
            environment.now = { Moment(reading: "2026-08-23T" + clock.withLock { $0.popFirst() ?? time } + "Z")! }
            return ShopSession(environment)
        }
        #expect(answered.code == 0)
        #expect(answered.out.contains("\(Self.code(1)) again within 3s: it counts once") == isOnce, "\(answered.out)")
        #expect(try Self.run(shop, "status") == (isOnce ? "running\n" : "done\n"))
    }

    /// The code of another job in between ends a stutter, and --again 0 takes every line.
    @Test func whatIsNoStutter() throws {
        let shop = try Self.shop()
        let every = try Self.scan([Self.code(1), Self.code(1)], shop, "--again", "0")
        #expect(every.out.contains("finished: run RN-0001"))
        // Another scanner started it a second ago.
        _ = try Self.scan([Self.code(2)], shop, at: "08:10:00")
        #expect(try Self.scan([Self.code(2)], shop, at: "08:10:01").out.contains("it counts once"))
        #expect(try Self.scan(["\(Self.code(2)) 10"], shop, at: "08:10:02").out.contains("finished"))
    }

    /// The answer to a line is written, and its entry stored, before the next line is read.
    @Test func everyLineIsAnsweredAtOnce() throws {
        let shop = try Self.shop(), heard = Mutex<[String]>([]),
            lines = Mutex(["OP-0001\n", "\n", "nonsense\n", "\(Self.code(1))\r\n"][...])
        let before = try shop.lastEntry()
        let answered = try shop.run(["queue", "scan"]) { environment in
            var environment = environment
            environment.input = { buffer in
                let line = lines.withLock { $0.popFirst() } ?? "", entries = (try? shop.lastEntry()) ?? 0
                heard.withLock { $0.append("read after \(entries - before)") }
                buffer.copyBytes(from: line.utf8)
                return line.utf8.count
            }
            environment.send = { bytes in
                let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n")[0].prefix(15)
                heard.withLock { $0.append(String(text)) }
            }
            return ShopSession(environment)
        }
        #expect(answered.code == 1 && answered.out == "")
        #expect(
            heard.withLock { $0 }
                == [
                    "read after 0", "operator OP-000", "read after 0", "read after 0", "error: 'nonsens", "read after 0",
                    "JB-2026-08-CL000",
                    "read after 1",
                ].map { String($0.prefix(15)) })
    }

    /// Nobody reads the answers any more: what was stored stays, and nothing more is taken.
    @Test func aGoneReaderEndsIt() throws {
        let shop = try Self.shop()
        let answered = try shop.run(["queue", "scan"], input: Array("\(Self.code(1))\n\(Self.code(2))\n".utf8)) { environment in
            var environment = environment
            environment.send = { _ in throw Failure(.outside, .file, "cannot write standard output: no space left on device") }
            return ShopSession(environment)
        }
        #expect(answered.code == 7 && answered.said.contains("stored as entry"), "\(answered.said)")
        #expect(try Self.run(shop, "entries") == "\(Self.code(1))\n")
    }

    @Test func programsGetRows() throws {
        let shop = try Self.shop()
        let csv = try Self.scan(["OP-0001", "nonsense", Self.code(1)], shop, "--csv", "--fields", "code,action,run")
        #expect(csv.out == "code,action,run\nOP-0001,operator,\nnonsense,failed,\n\(Self.code(1)),started,RN-0001\n" && csv.code == 1)
        let lines = try Self.scan([Self.code(1)], shop, at: "09:00:00", "--format", "ndjson")
        #expect(lines.out.hasPrefix(#"{"code": "\#(Self.code(1))", "action": "finished", "run": "RN-0001", "message""#), "\(lines.out)")
    }

    @Test func aDryRunStoresNothing() throws {
        let shop = try Self.shop(), last = try shop.lastEntry()
        let dry = try Self.scan(["OP-0001", Self.code(1), Self.code(1)], shop, "--dry-run", "--again", "0")
        #expect(dry.code == 0 && dry.said.hasSuffix("dry run: nothing was stored\n"))
        #expect(dry.out.split(separator: "\n").filter { $0.contains("started: run RN-0001") }.count == 2, "\(dry.out)")
        #expect(try shop.lastEntry() == last)
    }

    @Test func wrongOptionsEndItBeforeALineIsRead() throws {
        let shop = try Self.shop()
        #expect(try Self.scan([Self.code(1)], shop, "--operator", "nobody").code == 3)
        #expect(try Self.scan([Self.code(1)], shop, "--machine", "nowhere").code == 3)
        #expect(try Self.run(shop, "code") == "")
    }

    @Test func whoIsGoneDoesNotScan() throws {
        let shop = try Self.shop()
        try shop.demand("laseros operator edit OP-0002 --active no")
        let answered = try Self.scan(["OP-0001", "OP-0002", Self.code(1)], shop)
        #expect(answered.code == 1 && answered.out.contains("error: operator OP-0002, Sipho Dube, does not work here any more"))
        #expect(try Self.run(shop, "operator") == "OP-0001\n")
        #expect(try Self.scan([Self.code(2)], shop).out.contains("nobody is named"))
    }

    @Test func linesOfAnyFormAreRead() throws {
        let shop = try Self.shop(), long = String(repeating: "x", count: 9000)
        let bytes: [UInt8] = [0xFF, 0x0A] + Array("\(long)\r\n  \(Self.code(1))\t\r\n\(Self.code(2))".utf8)
        let answered = try shop.run(["queue", "scan"], input: bytes)
        let lines = answered.out.split(separator: "\n").filter { !$0.hasPrefix("  ") }
        #expect(lines.count == 4 && lines.prefix(2).allSatisfy { $0.hasPrefix("error: ") && $0.utf8.count < 200 })
        #expect(lines.suffix(2).allSatisfy { $0.contains("started: run") })
    }
}
