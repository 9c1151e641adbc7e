import Glibc
import Testing
import Values

@testable import Commands
@testable import Shop

/// Files of all nouns, and the folders that they come from.
@Suite struct RecordFileTests {
    private static let nounsWithFiles = nouns.filter(\.hasFiles)

    @Test func theseHaveFiles() {
        let named = Set(Self.nounsWithFiles.map(\.name))
        #expect(named.isSuperset(of: ["client", "project", "quote", "invoice", "delivery", "material", "machine"]))
    }

    /// A file of the last record of each noun goes with it and comes back, and its bytes are not pruned while it is there. A lot that has
    /// moved is never removed.
    @Test(arguments: nounsWithFiles.map(\.name).filter { $0 != "lot" }) func aRecordTakesItsFilesAlong(_ noun: String) throws {
        let workshop = try ExampleShop.copy()
        try workshop.demand("printf '\(noun)' > own.txt && laseros \(noun) list --all --codes > codes.txt")
        try workshop.demand("laseros \(noun) attach last own.txt")
        try workshop.ageFiles()
        #expect(try workshop.demand("laseros files prune --older-than 0 --dry-run --csv --no-header --fields sha256").isEmpty)
        let before = try workshop.demand("laseros \(noun) show last --json")
        #expect(before.contains("own.txt"))
        let removed = try workshop.run("laseros \(noun) remove last")
        #expect(removed.code == 0, "\(removed.said)")
        #expect(try workshop.demand("sqlite3 \(workshop.data) \"SELECT count(*) FROM file WHERE name = 'own.txt'\"") == "0\n")
        try workshop.ageFiles()
        #expect(!(try workshop.demand("laseros files prune --older-than 0 --dry-run --csv --no-header --fields sha256").isEmpty))
        try workshop.demand("laseros undo")
        let code = try #require(before.split(separator: "\"").dropFirst(3).first)
        #expect(try workshop.demand("laseros \(noun) show \(code) --json") == before)
        #expect(try workshop.demand("laseros \(noun) extract \(code) own.txt --to out && cat out/own.txt").hasSuffix(noun))
        try workshop.demand("laseros log verify")
    }

    @Test(arguments: [
        ("POP Karoo.pdf", FileKind.payment), ("proof-of-payment.jpg", .payment), ("waterproof.pdf", .other), ("Quotation_12.docx", .quote),
        ("Quo1234.pdf", .quote), ("QT-2026-0001.pdf", .quote), ("INV-2025-0012.pdf", .invoice), ("Proof of payment INV-12.pdf", .payment),
        ("Delivery note for order 12.pdf", .delivery), ("PO 4711.pdf", .order), ("Order 3.xlsx", .order),
        ("material cert.pdf", .certificate),
        ("photo.JPG", .image), ("notes.txt", .other), ("invoice holder.dxf", .drawing), ("Lieferschein.pdf", .delivery),
        ("Flange DN50.pdf", .other), ("DN50 flange.pdf", .other), ("DN-2026-0001.pdf", .delivery), ("Logo proof.png", .image),
        ("Proof 12.pdf", .payment), ("Made in PO box.pdf", .other),
    ]) func kindsAreGuessed(_ name: String, _ kind: FileKind) { #expect(FileKind(ofName: name) == kind, "\(name)") }

    /// A name whose accents are apart is the same as the one in which they are not.
    @Test func accentsApartAreTheSameName() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros client add Müller")
        try workshop.demand("mkdir apart && printf a > $(printf 'B\\303\\274gel.txt') && printf a > $(printf 'apart/Bu\\314\\210gel.txt')")
        try workshop.demand("laseros client attach CL-0001 B*.txt")
        #expect(try workshop.demand("laseros client attach CL-0001 apart").contains("attached already"))
        #expect(try workshop.demand("laseros client files CL-0001 --csv --no-header | wc -l") == "1\n")
    }

    /// The names of folders tell what a file's own name does not.
    @Test func foldersTellTheMaterial() throws {
        let workshop = try Workshop()
        for line in [
            "laseros client add Karoo", "laseros material add MS 'Mild Steel' --density 7.85", "laseros project add Gate -c karoo",
            "mkdir -p 'job/MS 3mm' && cp 0004-Panel-AL-2mm-x6.dxf 'job/MS 3mm/Plate x12.dxf'", "laseros project attach gate job",
        ] { try workshop.demand(line) }
        let parts = try workshop.demand("laseros project part list gate --csv --no-header --fields title,material,thickness_mm,ordered")
        #expect(parts == "Plate,MS,3,12\n")
    }

    /// Of two files with one name none is attached, unless they are the same.
    @Test func aNameIsThatOfOneFile() throws {
        let workshop = try Workshop()
        for line in ["laseros client add Karoo", "mkdir -p job/a job/b", "echo 1 | tee job/a/x.txt > job/b/x.txt"] {
            try workshop.demand(line)
        }
        try workshop.demand("laseros client attach karoo job")
        try workshop.demand("laseros client detach CL-0001 x.txt && echo 2 > job/b/x.txt")
        let refused = try workshop.run("laseros client attach karoo job")
        #expect(refused.code == 4 && refused.said.contains("job/b/x.txt: job/a/x.txt is another file of that name"), "\(refused.said)")
        #expect(try workshop.demand("laseros client files karoo --codes").isEmpty)
    }

    @Test func aFileCanBeGivenToAPart() throws {
        let workshop = try Workshop()
        for line in [
            "laseros client add Karoo", "laseros project add Gate -c karoo", "laseros project part add gate Cover", "echo 1 > note.txt",
            "laseros project attach gate note.txt", "laseros project attach gate --part 1 note.txt",
        ] { try workshop.demand(line) }
        #expect(try workshop.demand("laseros project files gate --csv --no-header --fields part") == "1\n")
        try workshop.demand("laseros project part remove gate 1")
        #expect(try workshop.demand("laseros project files gate --codes").isEmpty)
    }

    /// A part's own file is replaced without making another part.
    @Test func aPartsFileIsReplaced() throws {
        let workshop = try Workshop()
        for line in [
            "laseros client add Karoo", "laseros project add Gate -c karoo", "laseros project attach gate 0001-Flange-MS-10mm-x4.dxf",
            "cp 0002-Bracket-MS-5mm-x10.dxf alt.dxf", "laseros project attach gate alt.dxf --part 1",
            "cp 0003-Gasket-SS-1mm-x25.dxf alt.dxf",
            "laseros project attach gate alt.dxf --replace",
        ] { try workshop.demand(line) }
        #expect(try workshop.demand("laseros project part list gate --csv --no-header --fields part") == "1\n")
        #expect(try workshop.demand("laseros project files gate --csv --no-header --fields name,part").hasSuffix(",\nalt.dxf,1\n"))
    }

    /// A file of a part stays when the part goes and another is cut from it.
    @Test func anotherPartKeepsItsDrawing() throws {
        let workshop = try Workshop()
        for line in [
            "laseros client add Karoo", "laseros project add Gate -c karoo", "laseros project part add gate One",
            "cp 0002-Bracket-MS-5mm-x10.dxf alt.dxf && echo 1 > own.txt", "laseros project attach gate alt.dxf own.txt --part 1",
            "laseros project part add gate Two --drawing alt.dxf", "laseros project part remove gate 1",
        ] { try workshop.demand(line) }
        #expect(try workshop.demand("laseros project part list gate --csv --no-header --fields title,file") == "Two,alt.dxf\n")
        #expect(try workshop.demand("laseros project files gate --codes") == "alt.dxf\n")
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros project files gate --csv --no-header --fields part") == "1\n1\n")
    }

    /// What no archive takes is not attached, and what was attached before is written under another name.
    @Test func whatIsAttachedCanBeZipped() throws {
        let workshop = try Workshop()
        for line in [
            "laseros client add Karoo", "laseros project add Gate -c karoo", "echo 1 > a.txt && echo 2 > A.txt && echo 3 > C:b.txt",
        ] {
            try workshop.demand(line)
        }
        #expect(try workshop.run("laseros project attach gate C:b.txt").code == 4)
        try workshop.demand("echo 4 > $(printf 'b\\342\\200\\256c.txt')")
        #expect(try workshop.run("laseros project attach gate b*.txt").code == 4)
        try workshop.demand("laseros project attach gate a.txt A.txt")
        try workshop.demand("echo 5 > d.txt && laseros project attach gate d.txt")
        try workshop.tamper("UPDATE file SET name = 'C:d.txt' WHERE name = 'd.txt'")
        try workshop.demand("laseros project zip gate -o all.zip && laseros project extract gate --to out")
        #expect(try workshop.demand("unzip -Z1 all.zip | sort") == "A.txt\nC-d.txt\na-2.txt\n")
        #expect(try workshop.demand("ls out | LC_ALL=C sort") == "A.txt\nC-d.txt\na-2.txt\n")
    }

    @Test func aPartsDrawingMakesNoOther() throws {
        let workshop = try Workshop()
        for line in [
            "laseros client add Karoo", "laseros project add Gate -c karoo", "laseros project part add gate Cover --quantity 2",
            "laseros project attach gate --part 1 0001-Flange-MS-10mm-x4.dxf 0002-Bracket-MS-5mm-x10.dxf", "laseros project repeat gate",
        ] { try workshop.demand(line) }
        for project in ["JB-2026-08-CL0001-001", "JB-2026-08-CL0001-002"] {
            let parts = try workshop.demand("laseros project part list \(project) --csv --no-header --fields part,title,ordered,file")
            #expect(parts == "1,Cover,2,0001-Flange-MS-10mm-x4.dxf\n")
            let files = try workshop.demand("laseros project files \(project) --csv --no-header --fields part")
            #expect(files.hasPrefix("1\n"), "\(project): \(files)")
        }
    }
}
