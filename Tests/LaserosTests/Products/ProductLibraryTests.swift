import Testing
import Values

@testable import Shop
@testable import Commands

/// A folder of drawings with an index becomes products.
@Suite struct ProductLibraryTests {
    private static let header = "industry,item,file,size,thickness,notes\n"

    /// A shop, and a folder with the drawings `a.dxf`, `b.dxf` and `sub/c.dxf`.
    private static func workshop(_ rows: String) throws -> Workshop {
        let workshop = try Workshop(), folder = "\(workshop.work)/lib"
        try workshop.demand("laseros material import materials.csv")
        try Subprocess.demand(["mkdir", "-p", "\(folder)/sub"])
        for (name, drawing) in [
            ("a", "0001-Flange-MS-10mm-x4"), ("b", "0002-Bracket-MS-5mm-x10"), ("sub/c", "0007-Link-MS-8mm-x12"),
        ] { try Subprocess.demand(["cp", "\(workshop.work)/\(drawing).dxf", "\(folder)/\(name).dxf"]) }
        try write(rows, workshop)
        return workshop
    }

    private static func write(_ rows: String, _ workshop: Workshop) throws {
        try File.write(Array((header + rows).utf8), to: "\(workshop.work)/lib/index.csv")
    }

    private static func taken(_ workshop: Workshop, _ fields: String) throws -> [String] {
        let text = try workshop.demand("laseros product import-library lib --csv --no-header --fields \(fields)")
        return text.split(separator: "\n").map(String.init)
    }

    @Test func eachRowIsAProduct() throws {
        let workshop = try Self.workshop(
            """
            Construction,Flange Ø 80,a.dxf,,10,mild steel
            Construction,Flange Ø 80,b.dxf,120x90,,
            ,Last,sub\\c.dxf,,8mm,brass or steel
            Brass works,Ring,./sub/c.dxf,,0.47,
            Bau,"Träger, lang und noch viel länger als alle anderen",a.dxf,,,Titan

            """)
        let fields = "code,name,category,material,thickness_mm,file,width_mm"
        #expect(
            try Self.taken(workshop, fields) == [
                "CON-FLANGE-O-80,Flange Ø 80,Construction,MS,10,a.dxf,200", "CON-FLANGE-O-80-2,Flange Ø 80,Construction,,,b.dxf,120",
                "LIB-LAST,Last,,,8,c.dxf,170", "BRA-RING,Ring,Brass works,BR,0.47,c.dxf,170",
                "BAU-TRAGER-LANG-UND-NOCH-VIEL-LANG,\"Träger, lang und noch viel länger als alle anderen\",Bau,,,a.dxf,200",
            ])
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros product list --codes").isEmpty)
        #expect(try workshop.reading { try $0.one("SELECT count(*) FROM file") { $0.int(0) } } == 0)
    }

    /// What was made from it and edited since is recognised, and stays as it is.
    @Test func theSameLibraryChangesNothing() throws {
        let workshop = try Self.workshop("Construction,Flange,a.dxf,,10,MS\nConstruction,Flange,b.dxf,,5,\n")
        _ = try Self.taken(workshop, "code")
        try workshop.demand("laseros product edit CON-FLANGE --code F1 --material SS --price 12")
        try workshop.demand("laseros product edit CON-FLANGE-2 --name 'Another name' --code CON-FLANGE")
        let last = try workshop.lastEntry()
        #expect(try Self.taken(workshop, "code,result,material") == ["F1,same,SS", "CON-FLANGE,same,"])
        #expect(try workshop.lastEntry() == last)
        // A row more is one product more.
        try Self.write("Construction,Flange,a.dxf,,10,MS\nConstruction,Flange,sub/c.dxf,,8,\n", workshop)
        #expect(try Self.taken(workshop, "code,result") == ["F1,same", "CON-FLANGE-2,added"])
    }

    @Test(arguments: [
        ("A,B,../0001-Flange-MS-10mm-x4.dxf,,,", "does not lie in the folder"), ("A,B,sub/../../x.dxf,,,", "does not lie in the folder"),
        ("A,B,/etc/passwd,,,", "does not lie in the folder"), ("A,B,..\\0001-Flange-MS-10mm-x4.dxf,,,", "does not lie in the folder"),
        ("A,B,C:\\a.dxf,,,", "does not lie in the folder"), ("A,B,link.dxf,,,", "is a link"),
        ("A,B,away/0001-Flange-MS-10mm-x4.dxf,,,", "is a link"),
        ("A,B,sub,,,", "is not a regular file"), ("A,B,none.dxf,,,", "is not in the folder"), ("A,B,index.csv,,,", "is no drawing"),
        ("A,B,pipe.dxf,,,", "is not a regular file"), ("A,B,a.dxf,,0,", "a thickness is above 0"), ("A,B,,,,", "file: ''"),
        ("A,A,a.dxf,,,\nA,A,a.dxf,,,", "it stands on line 3, too"),
    ])
    func aWrongRowIsRefused(_ row: String, _ reason: String) throws {
        let workshop = try Self.workshop("Good,One,a.dxf,,,\n\(row)\n"), folder = "\(workshop.work)/lib"
        try Subprocess.demand(["ln", "-s", "\(workshop.work)/0001-Flange-MS-10mm-x4.dxf", "\(folder)/link.dxf"])
        try Subprocess.demand(["ln", "-s", workshop.work, "\(folder)/away"])
        try Subprocess.demand(["mkfifo", "\(folder)/pipe.dxf"])
        let state = try ShopState(workshop), answered = try workshop.run("laseros product import-library lib")
        #expect(answered.code == 8 && answered.said.contains("lib/index.csv:") && answered.said.contains(reason), "\(answered)")
        #expect(!answered.said.contains(workshop.root))
        #expect(try ShopState(workshop) == state)
    }

    @Test func anIndexIsNoLink() throws {
        let workshop = try Self.workshop("")
        try Subprocess.demand(["rm", "\(workshop.work)/lib/index.csv"])
        try Subprocess.demand(["ln", "-s", "/etc/passwd", "\(workshop.work)/lib/index.csv"])
        let answered = try workshop.run("laseros product import-library lib/")
        #expect(answered.code == 7 && answered.said.contains("lib is no library"), "\(answered)")
    }

    /// The number of statements that are prepared does not depend on the number of rows.
    @Test func aLibraryOfAnySize() throws {
        func statements(_ count: Int) throws -> Int {
            let rows = (0..<count).map { "Construction,Part \($0 % 3),a.dxf,\($0),,MS\n" }.enumerated().map { "\($0)" + $1 }.joined()
            let workshop = try Self.workshop(rows)
            return try Set(SQLWatch.statements(of: workshop) { _ = try Self.taken(workshop, "code") }.map { $0.prefix(40) }).count
        }
        #expect(try statements(3) == statements(40))
    }
}
