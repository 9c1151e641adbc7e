import Glibc
import Testing
import Values

@testable import Console

/// A document contains everything that it should; what does not fit is reported.
@Suite struct PaperLossTests {
    private static func invoiced(_ workshop: Workshop, _ client: String, _ more: String = "") throws {
        #expect(try workshop.run(["client", "add", client, "--address", "Unit 7|Caledon|7230"]).code == 0)
        for line in ["quote add -c last 0002-Bracket-MS-5mm-x10.dxf\(more)", "quote send last", "quote accept last", "invoice add last"] {
            try workshop.demand("laseros \(line)")
        }
    }

    private static func text(_ workshop: Workshop, _ file: String) throws -> String {
        try Subprocess.run(["pdftotext", "-layout", "\(workshop.work)/\(file)", "-"], in: "/").out
    }

    private static func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    @Test func longTextsAreNotCut() throws {
        let workshop = try ExampleShop.copy()
        let address = "Corner of Bosmansdam Road and Koeberg Road, Montague Gardens, behind the old power station|Cape Town|7441"
        let client =
            "Overberg Agricultural Co-operative Engineering and Irrigation Supplies (Pty) Ltd trading as Overberg Pumps and Valves of the Southern Cape"
        for (name, value) in [
            ("company_address", address), ("company_email", "accounts.receivable.and.payable@karoolaserworks-precision.example"),
        ] {
            #expect(try workshop.run(["config", "set", name, value]).code == 0)
        }
        try Self.invoiced(workshop, client, " --reference PO-2026/004711-REV-C/Plant-Upgrade-Phase-2/Line-14/Gate-7/Section-3/East")
        for noun in ["quote", "invoice"] {
            let made = try workshop.run("laseros \(noun) pdf last -o \(noun).pdf"), text = try Self.text(workshop, "\(noun).pdf")
            #expect(made.code == 0 && !text.contains("…"), "\(text)")
            #expect(!made.said.contains("cut on the paper") && !made.said.contains("left out"), "\(made.said)")
            let words = Set(Self.words(text))
            for word in Self.words(client) + Self.words(address.split(separator: "|").joined(separator: " ")) {
                #expect(words.contains(word), "\(word)")
            }
            #expect(text.contains("precision.example") && text.contains("East"))
        }
    }

    @Test func whatIsLeftOutIsTold() throws {
        let workshop = try ExampleShop.copy(), lines = (1...30).map { "Line \($0)" }.joined(separator: "|")
        #expect(try workshop.run(["config", "set", "company_address", lines]).code == 0)
        try Self.invoiced(workshop, "Karoo Pumps")
        let made = try workshop.run("laseros invoice pdf last -o invoice.pdf")
        #expect(made.code == 0 && made.said.contains("left out on the paper, for want of room: Line 17, Line 18"), "\(made.said)")
    }

    @Test func lettersThatNoFontHasAreNamed() throws {
        let workshop = try ExampleShop.copy()
        try Self.invoiced(workshop, "𓀀𓁐 Works")
        let made = try workshop.run("laseros quote pdf last -o quote.pdf")
        #expect(made.code == 0 && made.said.contains("no font here has 𓀀 𓁐: boxes stand in their place"), "\(made.said)")
        #expect(try workshop.run("laseros quote pdf QT-2026-0001 -o quote.pdf").said.contains("no font") == false)
    }

    /// A home folder that does not exist means that there is none, so nothing is created there.
    @Test func noHomeNoLog() throws {
        let workshop = try ExampleShop.copy(), home = workshop.root + "/nonexistent"
        let failed = try workshop.run("env -i HOME=\(home) PATH=\(Paths.binaries):/usr/bin:/bin laseros client list | cat")
        #expect(failed.said.contains("there is no shop here"), "\(failed.said)")
        let personal = try workshop.run(
            "env -i HOME=\(home) PATH=\(Paths.binaries):/usr/bin:/bin laseros config set --personal format csv | cat")
        #expect(personal.said.contains("there is no place for a personal file"), "\(personal.said)")
        #expect(access(home, F_OK) != 0)
    }

    @Test func paymentsToComeAreRefused() throws {
        let workshop = try ExampleShop.copy()
        try Self.invoiced(workshop, "Karoo Pumps")
        try workshop.demand("laseros invoice issue last")
        for day in ["2099-12-31", "tomorrow", "+1d"] {
            let refused = try workshop.run("laseros invoice pay last --amount 1 --on \(day)")
            #expect(refused.code == 4 && refused.said.contains("is still to come: today is 2026-08-23"), "\(refused.said)")
        }
        for day in ["today", "yesterday"] { try workshop.demand("laseros invoice pay last --amount 1 --on \(day)") }
    }
}
