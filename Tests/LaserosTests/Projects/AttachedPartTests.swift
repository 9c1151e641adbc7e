import Testing
import Values

@testable import Shop
@testable import Store
@testable import Commands

/// The parts of a project when its drawings come, change and go.
@Suite struct AttachedPartTests {
    private static let flange = "0001-Flange-MS-10mm-x4.dxf"
    private let workshop: Workshop

    init() throws {
        workshop = try ExampleShop.copy()
        try workshop.demand("laseros project add Gate -c CL-0001")
    }

    private func parts(_ fields: String = "part,title,file", _ project: String = "Gate") throws -> [String] {
        let text = try workshop.demand("laseros project part list \(project) --csv --no-header --fields \(fields)")
        return text.split(separator: "\n").map(String.init)
    }

    private func copy(_ file: String, _ name: String) throws {
        try File.write(File.read("\(workshop.work)/\(file)"), to: "\(workshop.work)/\(name)", as: .document)
    }

    /// A part keeps its drawing when another file with the same contents is replaced, and follows its own.
    @Test func onlyTheReplacedDrawingChanges() throws {
        for name in ["copy-a.dxf", "copy-b.dxf"] { try copy(Self.flange, name) }
        try workshop.demand("laseros project attach Gate copy-a.dxf copy-b.dxf")
        #expect(try parts("part,title") == ["1,copy a"])
        try copy("0002-Bracket-MS-5mm-x10.dxf", "copy-b.dxf")
        try workshop.demand("laseros project attach Gate copy-b.dxf --replace")
        #expect(try parts() == ["1,copy a,copy-a.dxf", "2,copy b,copy-b.dxf"])
        try workshop.demand("laseros undo")
        // The title of a part need not be that of a file.
        try workshop.demand("laseros project part edit Gate 1 --title Left")
        try workshop.demand("laseros project attach Gate copy-b.dxf --replace")
        #expect(try parts() == ["1,Left,copy-a.dxf", "3,copy b,copy-b.dxf"])
        for _ in 0..<2 { try workshop.demand("laseros undo") }
        try copy("0007-Link-MS-8mm-x12.dxf", "copy-a.dxf")
        try workshop.demand("laseros project attach Gate copy-a.dxf --replace")
        #expect(try parts() == ["1,copy a,copy-a.dxf"])
        // A part with a title of its own follows where no other file has the old drawing.
        try workshop.demand("laseros project part edit Gate 1 --title Left")
        try copy(Self.flange, "copy-a.dxf")
        try workshop.demand("laseros project detach Gate copy-b.dxf")
        try workshop.demand("laseros project attach Gate copy-a.dxf --replace")
        #expect(try parts() == ["1,Left,copy-a.dxf"])
    }

    /// Parts of other projects keep their drawings, even those whose files are not there.
    @Test func otherProjectsKeepTheirDrawings() throws {
        try workshop.demand("laseros project attach Gate \(Self.flange)")
        let hash = try parts("drawing")[0]
        let rows = #"{"code": "X-1", "name": "Other", "client": "CL-0001", "parts": [{"title": "A", "drawing": "\#(hash)"}]}"#
        #expect(try workshop.run(["project", "import", "-"], input: Array(rows.utf8)).code == 0)
        let answered = try workshop.run("laseros project detach Gate \(Self.flange)")
        #expect(!answered.said.contains("X-1"), "\(answered)")
        #expect(try parts("title,drawing", "X-1") == ["A,\(hash)"])
        #expect(try parts("title,drawing") == ["Flange,"])
    }

    /// What is attached already makes no part.
    @Test func attachingAgainChangesNothing() throws {
        try workshop.demand("laseros project attach Gate \(Self.flange)")
        try workshop.demand("laseros project part remove Gate 1")
        let state = try ShopState(workshop)
        #expect(try workshop.demand("laseros project attach Gate \(Self.flange)").hasSuffix("\(Self.flange) is attached already\n"))
        #expect(try ShopState(workshop).rows.filter { !$0.hasPrefix("journal") } == state.rows.filter { !$0.hasPrefix("journal") })
        try workshop.demand("laseros project detach Gate \(Self.flange)")
        try workshop.demand("laseros project attach Gate \(Self.flange) --kind other")
        #expect(try workshop.demand("laseros project attach Gate \(Self.flange) --kind drawing --replace").hasSuffix("1 part added\n"))
    }

    /// A drawing comes back to its part, or to one that was added before it; not to one of another material.
    @Test func aDrawingComesBackToItsPart() throws {
        try workshop.demand("laseros project attach Gate \(Self.flange)")
        try workshop.demand("laseros project part edit Gate 1 --quantity 9 --operations cut,tap")
        let before = try parts("part,title,ordered,material,thickness_mm,operations,file")
        try workshop.demand("laseros project detach Gate \(Self.flange)")
        #expect(try workshop.demand("laseros project attach Gate \(Self.flange)").hasSuffix("\(Self.flange) attached\n"))
        #expect(try parts("part,title,ordered,material,thickness_mm,operations,file") == before)
        for words in ["Bracket", "Link -m SS", "Lid -t 3", "Cap --of 1"] { try workshop.demand("laseros project part add Gate \(words)") }
        try copy("0007-Link-MS-8mm-x12.dxf", "Link-MS-8mm.dxf")
        try copy("0005-Cover-SS-3mm-x2.dxf", "Lid-5mm.dxf")
        try copy("0003-Gasket-SS-1mm-x25.dxf", "Cap.dxf")
        try workshop.demand("laseros project attach Gate 0002-Bracket-MS-5mm-x10.dxf Link-MS-8mm.dxf Lid-5mm.dxf Cap.dxf")
        #expect(
            try parts("part,title,ordered,material,thickness_mm,file") == [
                "1,Flange,9,MS,10,\(Self.flange)", "2,Bracket,10,MS,5,0002-Bracket-MS-5mm-x10.dxf", "3,Link,,SS,,", "4,Lid,,,3,",
                "5,Cap,,,,", "6,Link,,MS,8,Link-MS-8mm.dxf", "7,Lid,,,5,Lid-5mm.dxf", "8,Cap,,,,Cap.dxf",
            ])
    }

    /// A command names drawings that are there; an import may come before them.
    @Test func aCommandNamesADrawingThatIsThere() throws {
        let none = String(repeating: "ab", count: 32)
        for line in ["add Gate Any --drawing \(none)", "add Gate --drawing \(none)"] {
            let refused = try workshop.run("laseros project part \(line)")
            #expect(refused.code == 3 && refused.said.contains("has no file '\(none)'"), "\(refused)")
        }
        try workshop.demand("laseros project attach Gate \(Self.flange)")
        #expect(try workshop.run("laseros project part edit Gate 1 --drawing \(none)").code == 3)
        let hash = try parts("drawing")[0]
        try workshop.demand("laseros project part add Gate --drawing \(hash)")
        #expect(try parts() == ["1,Flange,\(Self.flange)", "2,Flange,\(Self.flange)"])
        let rows = #"{"code": "X-1", "name": "Other", "client": "CL-0001", "parts": [{"title": "A", "drawing": "\#(none)"}]}"#
        #expect(try workshop.run(["project", "import", "-"], input: Array(rows.utf8)).code == 0)
        #expect(try parts("drawing", "X-1") == [none])
    }
}
