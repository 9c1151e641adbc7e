import Testing
import Values

@testable import Commands
@testable import Console

/// The labels of parts, lots, remnants and deliveries, and the ways to choose them.
@Suite struct LabelCommandTests {
    private static func shop() throws -> Workshop {
        let shop = try Workshop()
        for line in [
            "laseros material add MS 'Mild Steel' --density 7.85",
            "laseros client add 'Karoo Signs' --address '12 Main Road|Worcester'",
            "laseros client edit last --delivery-address 'Gate 3|Rail Road|Worcester'",
            "laseros client add Brass", "laseros project add Counter --client CL-0002",
            "laseros project add 'Gate hinges' --client CL-0001 --material MS --thickness 3 --quantity 4 --due 2026-09-06",
            "laseros project part add last 'Hinge, left' --quantity 3",
            "laseros project part add last Plate --quantity 2 --customer-material yes",
            "laseros project part add last Rod",
        ] { try shop.demand(line) }
        return shop
    }

    private static func addLots(to shop: Workshop) throws {
        for line in [
            "inv add SM-3 'Sheet 3 mm' --material MS --thickness 3 --size 2500x1250 --grade S355",
            "inv receive SM-3 4 --lot --heat H77 --location 'Rack 1'",
            "inv remnant add 800x420.5 --material MS --thickness 10 --heat H77 --location 'Rack 2' --client CL-0001",
            "inv remnant add 1200x800 --corner 500x300 --material MS --thickness 3",
        ] { try shop.demand("laseros \(line)") }
    }

    /// The texts of a label's pages, each in one line.
    private static func pages(_ shop: Workshop, _ words: String, input: [UInt8] = []) throws -> [String] {
        let made = try shop.run(["label"] + words.split(separator: " ").map(String.init) + ["-o", "l.pdf"], input: input)
        #expect(made.code == 0, "\(made.said)")
        let text = try Subprocess.run(["pdftotext", "-raw", "l.pdf", "-"], in: shop.work).out
        return text.split(separator: "\u{c}").map {
            $0.split { $0.isNewline }.joined(separator: "|").split(separator: "\u{A0}").joined(separator: " ")
        }.filter { !$0.isEmpty }
    }

    private static let hinge = "JB-2026-08-|CL0001-001.1|Hinge, left|Mild Steel 3 mm|3 pieces|Karoo Signs|due 6 September 2026"
    private static let plate =
        "JB-2026-08-|CL0001-001.2|Plate|Mild Steel 3 mm|2 pieces, client's material|Karoo Signs|due 6 September 2026"

    @Test func partsAreChosenByPartAndByProject() throws {
        let shop = try Self.shop()
        #expect(try Self.pages(shop, "part last.1") == [Self.hinge])
        #expect(try Self.pages(shop, "part JB-2026-08-CL0001-001.2 hinges.1 last.1") == [Self.plate, Self.hinge])
        #expect(try Self.pages(shop, "part hinges").prefix(2) == [Self.hinge, Self.plate])
        #expect(try Self.pages(shop, "part --all-matching --where client=CL-0001").count == 3)
        #expect(try Self.pages(shop, "part - last.2", input: Array("JB-2026-08-CL0001-001.1\n".utf8)) == [Self.hinge, Self.plate])
        #expect(try Self.pages(shop, "part -", input: Array("code\nJB-2026-08-CL0001-001\n".utf8)).count == 3)
    }

    /// The code of a project may end like that of a part.
    @Test func aProjectsCodeComesFirst() throws {
        let shop = try Self.shop()
        try File.write(
            Array("code,name,client\nJOB,Old,CL-0001\nJOB.1,New,CL-0001\n".utf8), to: "\(shop.work)/jobs.csv", as: .document)
        for line in ["project import jobs.csv", "project part add JOB Arm", "project part add JOB.1 Leg", "project part add JOB.1 Foot"] {
            try shop.demand("laseros \(line)")
        }
        #expect(try Self.pages(shop, "part JOB.1").map { $0.split(separator: "|")[1] } == ["Leg", "Foot"])
        #expect(try Self.pages(shop, "part JOB.1.2").map { $0.split(separator: "|").prefix(2) } == [["JOB.1.2", "Foot"]])
        #expect(try Self.pages(shop, "part JOB").map { $0.split(separator: "|")[1] } == ["Arm"])
    }

    @Test func eachPieceHasItsLabel() throws {
        let shop = try Self.shop()
        try shop.demand("laseros project part edit last 3 --quantity ''")
        let made = try shop.run("laseros label part last --each -o l.pdf")
        #expect(made.out == "wrote 6 labels\n")
        #expect(made.said == "one label for want of a quantity: JB-2026-08-CL0001-001.3\n")
        let pages = try Self.pages(shop, "part last --each --copies 2")
        #expect(pages.count == 12 && pages[3].contains("|piece 2 of 3|") && pages[8].contains("|piece 2 of 2, client's material|"))
        #expect(try Self.pages(shop, "part last.3")[0].contains("piece") == false)
    }

    @Test func tooManyLabelsAreRefused() throws {
        let shop = try Self.shop()
        for words in ["last.1 --copies 5001", "last.1 --copies 1000000000", "hinges --copies 1667", "last.1 --each --copies 1667"] {
            let made = try shop.run("laseros label part \(words) -o l.pdf")
            #expect(made.code == 4 && made.said.contains("more than one file holds"), "\(made.said)")
        }
        try shop.demand("laseros project part edit last 1 --quantity 1000000000")
        #expect(try shop.run("laseros label part last --each -o l.pdf").code == 4)
    }

    @Test func sheetsStartWhereTheyAreTold() throws {
        let shop = try Self.shop()
        #expect(try Self.pages(shop, "part last --copies 3 --sheet 2x4 --start 8").count == 2)
        #expect(try Self.pages(shop, "part last --copies 3 --sheet 2x4 --start 1").count == 2)
        #expect(try Self.pages(shop, "part last.1 --copies 8 --sheet 2x4").count == 1)
        #expect(try Self.pages(shop, "part last.1 --copies 27 --sheet a4").count == 1)
        try shop.demand("laseros config set label_size 100x50")
        #expect(try Self.pages(shop, "part last.1 --copies 6 --sheet A4").count == 2)
        #expect(try Subprocess.run(["pdfinfo", "l.pdf"], in: shop.work).out.contains("(A4)"))
        #expect(try Self.pages(shop, "part last.1").count == 1)
        #expect(try Subprocess.run(["pdfinfo", "l.pdf"], in: shop.work).out.contains("283.465 x 141.732 pts"))
    }

    @Test func lotsAndRemnantsHaveTheirFacts() throws {
        let shop = try Self.shop()
        try Self.addLots(to: shop)
        let remnant = "RE-0001|800 x 420.5 mm|Mild Steel 10 mm|heat H77|location Rack 2|of Karoo Signs"
        #expect(
            try Self.pages(shop, "lot LOT-0001 RE-0001") == [
                "LOT-0001|Sheet 3 mm|2500 x 1250 mm|Mild Steel 3 mm, S355|heat H77|received 23 August 2026|location Rack 1", remnant,
            ])
        #expect(try Self.pages(shop, "remnant RE-0001 last") == [remnant, "RE-0002|1200 x 800 mm,|not a rectangle|Mild Steel 3 mm"])
        #expect(try Self.pages(shop, "lot --all-matching --where heat=H77").count == 2)
        #expect(try Self.pages(shop, "remnant --all-matching --where heat=H77") == [remnant])
        let refused = try shop.run("laseros label remnant RE-0001 LOT-0001 -o l.pdf")
        #expect(refused.code == 4 && refused.said.contains("LOT-0001 is no remnant"))
    }

    @Test func deliveriesHaveTheirAddress() throws {
        let shop = try Self.shop()
        try shop.demand("laseros project edit last --cut-time 40m")
        for verb in ["offer last --force sketch", "pop last", "queue last", "start last", "deliver last 1:2 2"] {
            try shop.demand("laseros project \(verb)")
        }
        let pages = try Self.pages(shop, "delivery last")
        #expect(
            pages == [
                "DN-2026-0001|Karoo Signs|Gate 3, Rail Road,|Worcester|JB-2026-08-CL0001-001|Gate hinges|23 August 2026, 4 pieces"
            ], "\(pages)")
    }

    @Test(arguments: [
        ("part counter", 3, "JB-2026-08-CL0002-001 has no parts"), ("part last.4", 3, "JB-2026-08-CL0001-001 has no part 4"),
        ("part nix.1 last.9", 3, "there is no project 'nix'; JB-2026-08-CL0001-001 has no part 9"),
        ("part --all-matching --where client=CL-0002", 3, "no project matches"), ("lot LOT-0007", 3, "there is no lot 'LOT-0007'"),
        ("part last --start 2", 2, "--start needs --sheet"), ("part last --gap 2", 2, "--gap needs --sheet"),
        ("part last --sheet 2x4 --start 9", 2, "there is no label 9 on a sheet of 8"),
        ("part last --sheet 3", 2, "is not A4, or columns x rows"),
        ("part last --size 400x20", 2, "cannot be printed"), ("part last --sheet 3x8 --size 80x30", 4, "do not fit on A4"),
        ("part last --size 20x10", 4, "it needs 24 x 11 mm"),
    ]) func refusals(_ words: String, _ code: Int32, _ message: String) throws {
        let shop = try Self.shop(), made = try shop.run("laseros label \(words) -o l.pdf")
        #expect(made.code == code && made.said.contains(message), "\(made.said)")
        #expect(try shop.run("test -e l.pdf").code == 1)
    }

    /// Without a file, the PDF is the answer, as long as that is not for a terminal.
    @Test func labelsAreTheAnswer() throws {
        let shop = try Self.shop()
        let made = try shop.run("laseros label part hinges.1 | head -c 5")
        #expect(made.code == 0 && made.out == "%PDF-")
        #expect(try shop.run(["label", "part", "last.1"], width: 80).said.contains("a document is not for the terminal"))
    }

    /// The same labels are the same bytes, in different processes.
    @Test func labelsRepeat() throws {
        let shop = try Self.shop()
        #expect(try shop.run("laseros label part hinges -o a.pdf && laseros label part hinges -o b.pdf && cmp a.pdf b.pdf").code == 0)
    }
}
