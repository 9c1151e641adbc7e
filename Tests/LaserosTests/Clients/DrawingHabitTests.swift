import Testing
import Values

/// How the drawings of a client are read: by its own rules and its own unit.
@Suite struct DrawingHabitTests {
    /// A square of 10 units, which names none, and a red one in it.
    private static let square = """
        0\nSECTION\n2\nENTITIES
        0\nLWPOLYLINE\n70\n1\n10\n0\n20\n0\n10\n10\n20\n0\n10\n10\n20\n10\n10\n0\n20\n10
        0\nLWPOLYLINE\n62\n1\n70\n1\n10\n4\n20\n4\n10\n6\n20\n4\n10\n6\n20\n6\n10\n4\n20\n6
        0\nENDSEC\n0\nEOF\n
        """

    private static func workshop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        try File.write(Array(square.utf8), to: workshop.work + "/square.dxf", as: .document)
        try workshop.demand("laseros client add Inch --drawing-unit inch")
        try workshop.demand("laseros client add Red --drawing-processes colour:1=engrave")
        return workshop
    }

    private static func figures(_ workshop: Workshop, _ line: String, _ fields: String) throws -> String {
        try workshop.demand("laseros \(line) --csv --no-header --fields \(fields)")
    }

    @Test func aDrawingWithoutAUnitHasTheClients() throws {
        let workshop = try Self.workshop()
        #expect(try Self.figures(workshop, "dxf info square.dxf", "width_mm,cut_length_mm") == "10,48\n")
        #expect(try Self.figures(workshop, "dxf info square.dxf --client Inch", "width_mm,cut_length_mm") == "254,1219.2\n")
        #expect(try Self.figures(workshop, "dxf info square.dxf --client Inch --units mm", "width_mm") == "10\n")
        // One that states its unit keeps it.
        let plain = try Self.figures(workshop, "dxf info 0001-Flange-MS-10mm-x4.dxf", "width_mm")
        #expect(try Self.figures(workshop, "dxf info 0001-Flange-MS-10mm-x4.dxf --client Inch", "width_mm") == plain)
    }

    @Test func theRulesOfTheClientComeFirst() throws {
        let workshop = try Self.workshop()
        #expect(try Self.figures(workshop, "dxf info square.dxf --client Red", "cut_length_mm") == "40\n")
        try workshop.demand("laseros config set dxf_processes colour:1=cut,standard")
        #expect(try Self.figures(workshop, "dxf info square.dxf --client Red", "cut_length_mm") == "40\n")
        #expect(try Self.figures(workshop, "dxf info square.dxf", "cut_length_mm") == "48\n")
    }

    @Test func whatIsWrittenHasTheSize() throws {
        let workshop = try Self.workshop()
        try workshop.demand("laseros dxf convert square.dxf --client Inch -o out.dxf")
        #expect(try Self.figures(workshop, "dxf info out.dxf", "units,width_mm") == "inch,254\n")
        try workshop.demand("laseros dxf convert square.dxf --client Inch -o out.svg")
        #expect(String(decoding: try File.read(workshop.work + "/out.svg"), as: UTF8.self).contains("width=\"254mm\""))
    }

    /// The same file is measured for each client, and stays so when another attaches it or takes it back.
    @Test func eachClientHasItsOwnMeasures() throws {
        let workshop = try Self.workshop()
        for client in ["Inch", "Red", "CL-0001"] {
            try workshop.demand("laseros project add \(client)-job --client \(client)")
            try workshop.demand("laseros project attach last square.dxf")
        }
        func measures(_ job: String) throws -> String { try Self.figures(workshop, "project files \(job)-job", "width_mm,cut_length_mm") }
        #expect(try measures("Inch") == "254,1219.2\n" && measures("Red") == "10,40\n" && measures("CL-0001") == "10,48\n")
        try workshop.demand("laseros undo")
        #expect(try measures("Inch") == "254,1219.2\n" && measures("Red") == "10,40\n")
        try workshop.demand("laseros client attach Inch square.dxf")
        #expect(try Self.figures(workshop, "client files Inch", "width_mm") == "254\n")
        let codes = try workshop.demand("laseros project list --search job --codes")
        let refused = try workshop.run(["project", "attach", "-", "square.dxf", "--replace"], input: Array(codes.utf8))
        #expect(refused.code == 4 && refused.said.contains("read in different ways"), "\(refused)")
    }
}
