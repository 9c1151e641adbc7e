import Glibc
import Testing
import Values

@testable import Console
@testable import Commands

/// A Markdown file split at its code fences.
private struct Page {
    enum Part {
        /// A line of prose, or of a fence.
        case line(String)
        case code(Code)
    }

    struct Code {
        /// The word after the fence: `sh`, `console`.
        var language: String
        var lines: [String]
        var isTranscript: Bool { lines.first?.hasPrefix("$ ") == true }
        var makesTheShop: Bool { language == "sh" && lines.contains("laseros init") }
    }

    private static let fence = "```"
    var parts: [Part] = []

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        if lines.last == "" { lines.removeLast() }
        while let line = lines.popFirst() {
            parts.append(.line(line))
            guard line.hasPrefix(Page.fence) else { continue }
            let code = Array(lines.prefix { !$0.hasPrefix(Page.fence) })
            parts.append(.code(Code(language: String(line.dropFirst(Page.fence.count)), lines: code)))
            lines = lines.dropFirst(code.count)
            lines.popFirst().map { parts.append(.line($0)) }
        }
    }

    var codes: [Code] { parts.compactMap { if case .code(let code) = $0 { code } else { nil } } }

    var text: String {
        parts.map { part in
            switch part {
            case .line(let line): line + "\n"
            case .code(let code): code.lines.map { $0 + "\n" }.joined()
            }
        }.joined()
    }

    /// The same page with the current answers of its commands: first the block that creates the shop, then all others in order.
    func replayed(in workshop: Workshop) throws -> Page {
        for code in codes where code.makesTheShop { try Page.run(code, workshop) }
        var page = self
        page.parts = try parts.map { part in
            guard case .code(var code) = part, !code.makesTheShop else { return part }
            if code.isTranscript { try Page.replay(&code, workshop) } else if code.language == "sh" { try Page.run(code, workshop) }
            return .code(code)
        }
        return page
    }

    private static func replay(_ code: inout Code, _ workshop: Workshop) throws {
        let margin = "    "
        let text = code.lines.map { $0.isEmpty ? "\n" : margin + $0 + "\n" }.joined()
        let lines = try Transcript(text).replayed(in: workshop).text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        code.lines = lines.map { String($0.dropFirst($0.isEmpty ? 0 : margin.count)) }
    }

    private static func run(_ code: Code, _ workshop: Workshop) throws {
        let answered = try workshop.run("set -eu\n" + code.lines.joined(separator: "\n") + "\n")
        #expect(answered.code == 0, "\(code.lines.joined(separator: "\n")):\n\(answered.out)\(answered.said)")
    }
}

/// The commands in the README and the scripts in `examples/` work as described.
@Suite struct ReadmeTests {
    private static let readme = Paths.package + "/README.md"

    private static func read(_ path: String) throws -> String { String(decoding: try File.read(path), as: UTF8.self) }

    /// A workshop without a shop, whose home folder contains the parts of the repository that examples need, as `laseros`.
    private static func home() throws -> Workshop {
        let workshop = try Workshop()
        try Subprocess.demand(["rm", "-r", workshop.shop])
        try Subprocess.demand(["mkdir", workshop.root + "/laseros"])
        try Subprocess.demand(["ln", "-s", workshop.work, workshop.root + "/laseros/examples"])
        try Subprocess.demand(["ln", "-s", ".", workshop.work + "/examples"])
        return workshop
    }

    /// A workshop whose shop contains the lists of `examples/`.
    private static func stocked() throws -> Workshop {
        let workshop = try Workshop()
        for noun in ["material", "machine", "preset", "price", "client"] { try workshop.demand("laseros \(noun) import \(noun)s.csv") }
        return workshop
    }

    @Test func readmeRunsAsItIsWritten() throws {
        let text = try Self.read(Self.readme)
        let replayed = try Page(text).replayed(in: Self.home()).text
        if getenv("UPDATE") != nil {
            try File.write(Array(replayed.utf8), to: Self.readme, as: .document)
        } else {
            #expect(replayed == text, "README.md:\n\(difference(text, replayed))")
        }
        let isAnyRefused = replayed.contains("\nerror: ")
        #expect(!isAnyRefused, "a transcript of the README fails")
    }

    @Test func readmeNamesEveryExitCode() throws {
        let named = try Self.read(Self.readme).split(separator: "\n").compactMap { line in
            line.hasPrefix("| ") ? Int32(line.dropFirst(2).prefix { $0 != " " }) : nil
        }
        #expect(named == [0] + Failure.Kind.allCases.map(\.rawValue) + Failure.endings.map(\.code))
    }

    @Test func readmeNamesEveryNounAndScript() throws {
        let text = try Self.read(Self.readme)
        let nouns = program.groups.filter { !$0.isHidden }.map { "`\($0.name)`" }
        for name in nouns + Paths.names(in: Paths.examples).filter({ $0.hasSuffix(".sh") }) {
            let isNamed = text.contains(name)
            #expect(isNamed, "\(name)")
        }
    }

    @Test func scriptsAreClean() throws {
        let scripts = Paths.names(in: Paths.examples).filter { $0.hasSuffix(".sh") }
        let answered = try Subprocess.run(["shellcheck"] + scripts, in: Paths.examples)
        #expect(answered.code == 0, "\(answered.out)\(answered.said)")
    }

    @Test func demoEndsWithPapersThatAgree() throws {
        let workshop = try Workshop()
        let answered = try workshop.run("TMPDIR=$HOME ./demo.sh")
        #expect(answered.code == 0, "\(answered.out)\(answered.said)")
        let folder = try #require(Paths.names(in: workshop.root).first { $0.hasPrefix("laseros-demo-") })
        let total = "3 200.47"
        #expect(answered.out.contains(total))
        for paper in ["quote", "invoice"] {
            let text = try Subprocess.run(["pdftotext", "-layout", "\(folder)/\(paper).pdf", "-"], in: workshop.root)
            #expect(text.out.split(separator: " ").joined(separator: " ").contains("R \(total)"), "\(paper): \(text.out)")
        }
    }

    @Test func priceListIsTakenOnce() throws {
        let workshop = try Self.stocked()
        let first = try workshop.run("./import-prices.sh supplier-prices.csv")
        #expect(first.code == 0, "\(first.said)")
        #expect(first.out.contains("27.40"))
        #expect(try workshop.run("./import-prices.sh supplier-prices.csv") == Answered(out: "", said: "", code: 0))
        #expect(try workshop.demand("laseros price list --key MS --all --codes") == "PR-0001\nPR-0006\nPR-0012\n")
    }

    @Test func faultyPriceListChangesNothing() throws {
        let workshop = try Self.stocked()
        let before = try workshop.demand("laseros price export")
        let answered = try workshop.run("./import-prices.sh clients.csv")
        #expect(answered.code == Failure.Kind.input.rawValue)
        #expect(answered.said.contains("clients.csv:1: contact: prices have no such column"))
        #expect(try workshop.demand("laseros price export") == before)
    }

    @Test func monthAndDebtorsAndExpiredQuotes() throws {
        let workshop = try Self.stocked()
        try workshop.demand("laseros quote add -c karoo 0001-Flange-MS-10mm-x4.dxf")
        try workshop.demand("laseros quote add -c overberg 0002-Bracket-MS-5mm-x10.dxf")
        try workshop.demand("laseros quote send 1 2")
        try workshop.demand("laseros quote accept 1")
        try workshop.demand("laseros invoice add 1")
        #expect(try workshop.run("./debtors.sh") == Answered(out: "", said: "", code: 0))
        try workshop.demand("laseros invoice issue last")
        try workshop.demand("laseros invoice pay last --amount 42.36")

        #expect(try workshop.demand("./debtors.sh") == "CL-0001\tKaroo Signs\tanna@karoosigns.example\t900.00\t2026-09-22\n")

        try workshop.demand("./export-month.sh out 2026-08")
        try workshop.demand("./export-month.sh out 2026-07")
        #expect(Paths.names(in: workshop.work + "/out") == ["clients.csv", "invoices-2026-07.csv", "invoices-2026-08.csv"])
        let header = "\u{FEFF}code;client;issued_on;due;subtotal;vat;total;paid;balance\n"
        #expect(try Self.read(workshop.work + "/out/invoices-2026-07.csv") == header)
        #expect(
            try Self.read(workshop.work + "/out/invoices-2026-08.csv")
                == header + "INV-2026-0001;CL-0001;2026-08-23;2026-09-22;819,44;122,92;942,36;42,36;900,00\n")
        #expect(try workshop.demand("laseros client import out/clients.csv --excel --json").contains("\"result\": \"same\""))

        #expect(try workshop.demand("laseros quote list --codes --status accepted") == "QT-2026-0001\n")
    }

    /// Each line has five time fields and a command that runs from the home folder.
    @Test func crontabRuns() throws {
        let workshop = try Self.home()
        try workshop.demand("laseros init")
        for noun in ["material", "machine", "price"] { try workshop.demand("laseros \(noun) import \(noun)s.csv") }
        try workshop.demand("cp supplier-prices.csv ..")
        var ran = 0
        for line in try Self.read(Paths.examples + "/crontab").split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ", maxSplits: 5)
            guard words.count == 6 else {
                #expect(line.prefix { $0 != "=" }.allSatisfy { $0.isUppercase || $0 == "_" }, "\(line)")
                continue
            }
            #expect(words.prefix(5).allSatisfy { $0 == "*" || Int($0) != nil } && !words[5].contains("%"), "\(line)")
            try workshop.demand("cd && \(words[5])")
            ran += 1
        }
        #expect(ran == 9)
        // One row with the number of all entries, whose hash is in the log of this shop.
        let noted = try Self.read(workshop.root + "/log-heads.csv").split { $0 == "," || $0 == "\n" }.map(String.init)
        #expect(try noted.count == 2 && Int(noted[0]) == workshop.lastEntry())
        try workshop.demand("laseros log verify --head \(noted.last ?? "")")
    }
}
