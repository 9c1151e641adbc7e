import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Projects that repeat or remake others, their owners and their days.
@Suite struct OriginTests {
    private static let first = "JB-2026-08-CL0001-001"

    /// A shop with a job of three parts, one of them an assembly, and the operation `bend`.
    private static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "client add Karoo", "material add MS 'Mild Steel' --density 7.85", "operation add bend bent",
            "project add Gate -c CL-0001 -m MS -t 10 --quantity 2 --cut-time 40m --drawing-time 1h --sheets 3 --bends 4 --due +1w"
                + " --notes cheap --quoted-price 100 --description sketch --priority high",
            "project attach Gate 0001-Flange-MS-10mm-x4.dxf 0006-Nameplate-Brass-1.5mm-x50.dxf 0006-Nameplate-Brass-1.5mm-x50.lbrn2",
            "project part add Gate Hinge --quantity 4 --operations cut,bend --customer-material yes --note deburr",
            "project part add Gate Wing --quantity 2 --of 1:2,3 --at 1", "project part edit Gate 2 --quantity 50",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    private static func started() throws -> Workshop {
        let workshop = try shop()
        for verb in ["offer", "pop", "queue", "start"] { try workshop.demand("laseros project \(verb) Gate") }
        return workshop
    }

    private static func shown(_ workshop: Workshop, _ line: String) throws -> String {
        try workshop.demand("laseros project \(line) --csv --no-header")
    }

    private static let partFields = "part,title,ordered,material,thickness_mm,operations,customer_material,drawing,file,components,note"

    @Test func aRepeatHasTheSameParts() throws {
        let workshop = try Self.shop(), state = try ShopState(workshop)
        let answered = try workshop.run("laseros project repeat Gate --due +3w")
        #expect(answered == Answered(out: "project JB-2026-08-CL0001-002 repeats \(Self.first): 4 parts, 3 files\n", said: "", code: 0))
        for list in ["part list %s --fields \(Self.partFields)", "files %s --fields name,kind,bytes,sha256"] {
            let lists = try [Self.first, "last"].map { try Self.shown(workshop, list.replacing("%s", with: $0)) }
            #expect(lists[0] == lists[1] && !lists[0].isEmpty)
        }
        let fields =
            "status,priority,due,owner,description,quantity,sheets,bends,cut_time_s,drawing_time_s,notes,quoted_price,origin,origin_kind"
        #expect(
            try Self.shown(workshop, "show last --fields \(fields)")
                == "request,normal,2026-09-13,thandi,sketch,2,3,4,2400,3600,,,\(Self.first),repeat\n")
        #expect(try Self.shown(workshop, "show \(Self.first) --fields repeats,remakes") == "JB-2026-08-CL0001-002,\n")
        #expect(try workshop.demand("laseros project part add last New --json").contains(#""part": 5"#))
        #expect(try workshop.faults() == [])
        for _ in 0..<2 { try workshop.demand("laseros undo") }
        #expect(try ShopState(workshop) == state)
    }

    @Test(arguments: [("2", "2,100", "2400,3"), ("6", "6,300", "7200,"), ("1", "1,50", "1200,")])
    func partsGrowWithTheProject(_ quantity: String, _ expected: String, _ work: String) throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit Gate 2 --quantity 100")
        try workshop.demand("laseros project repeat Gate --quantity \(quantity)")
        let parts = try Self.shown(workshop, "part list last --fields part,ordered").split(separator: "\n")
        #expect(parts.first { $0.hasPrefix("4,") } == "4,\(expected.split(separator: ",")[0])")
        #expect(parts.first { $0.hasPrefix("2,") } == "2,\(expected.split(separator: ",")[1])")
        #expect(try Self.shown(workshop, "show last --fields quantity,cut_time_s,sheets") == "\(quantity),\(work)\n")
    }

    @Test func whatDoesNotGrowWholeIsRefused() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit Gate 2 --quantity 51")
        let odd = try workshop.run("laseros project repeat Gate --quantity 3")
        #expect(odd.code == 4 && odd.said.contains("for each 2 there are 51 of part 2"), "\(odd)")
        try workshop.demand("laseros project edit Gate --quantity ''")
        let none = try workshop.run("laseros project repeat Gate --quantity 2")
        #expect(none.code == 4 && none.said.contains("no quantity of its own"), "\(none)")
        try workshop.demand("laseros project edit Gate --quantity 2")
        try workshop.demand("laseros project part edit Gate 2 --quantity 100")
        let many = try workshop.run("laseros project repeat Gate --quantity 1000000000")
        #expect(many.code == 4 && many.said.contains("2000000000 of part 1 are too many"), "\(many)")
        let large = try workshop.run("laseros project repeat Gate --quantity 99999999999999999999")
        #expect(large.code == 2, "\(large)")
    }

    /// Of a project with one part or none, the quantity is that of the part or of the project.
    @Test func oneQuantityIsThatOfTheJob() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project add Plate -c CL-0001 --quantity 3 --cut-time 30m")
        try workshop.demand("laseros project repeat Plate --quantity 5")
        #expect(try Self.shown(workshop, "show last --fields quantity,cut_time_s") == "5,3000\n")
        try workshop.demand("laseros project add Sketch -c CL-0001 --cut-time 10m --sheets 2")
        try workshop.demand("laseros project repeat Sketch --quantity 5")
        #expect(try Self.shown(workshop, "show last --fields quantity,cut_time_s,sheets") == "5,,\n")
        try workshop.demand("laseros project add Strip -c CL-0001 --cut-time 10m")
        try workshop.demand("laseros project part add Strip Strip --quantity 4")
        try workshop.demand("laseros project repeat Strip --quantity 7 --name Other")
        #expect(try Self.shown(workshop, "show last --fields name,quantity,cut_time_s") == "Other,,1050\n")
        #expect(try Self.shown(workshop, "part list last --fields ordered") == "7\n")
    }

    /// Nobody pays for a fault: a remake can be queued, and a proof of payment that is taken back leaves it approved.
    @Test func aRemakeNeedsNoPayment() throws {
        let workshop = try Self.started()
        let answered = try workshop.run("laseros project remake Gate 'bent wrongly' --cost 450 --due +3d")
        #expect(answered.out == "project JB-2026-08-CL0001-002 remakes \(Self.first): 4 parts, 3 files\n" && answered.code == 0)
        let fields = "status,approved_on,due,quantity,origin,origin_kind,fault,fault_cost"
        let row = "approved,2026-08-23,2026-08-26,2,\(Self.first),remake,bent wrongly,450.00\n"
        #expect(try Self.shown(workshop, "show last --fields \(fields)") == row)
        #expect(try Self.shown(workshop, "show \(Self.first) --fields repeats,remakes") == ",JB-2026-08-CL0001-002\n")
        for verb in ["pop last", "pop last --withdraw", "queue last", "approve last", "queue last"] {
            #expect(try workshop.run("laseros project \(verb)").code == 0)
        }
        #expect(try workshop.run("laseros project pop last --withdraw").code == 4)
        #expect(try workshop.faults() == [])
    }

    @Test(arguments: ["", "offer", "offer pop", "offer pop queue", "cancel"])
    func onlyWhatWasBegunIsRemade(_ verbs: String) throws {
        let workshop = try Self.shop()
        for verb in verbs.split(separator: " ") { try workshop.demand("laseros project \(verb) Gate" + (verb == "cancel" ? " gone" : "")) }
        let refused = try workshop.run("laseros project remake Gate 'bent wrongly'")
        #expect(refused.code == 4 && refused.said.contains("only an in-progress or completed project can be remade"), "\(refused)")
    }

    /// An assembly brings its parts, unless they are named; drawings of other parts and their twins stay behind.
    @Test(arguments: [
        ("4:1", ["1,2", "3,1", "4,1"], 1), ("4:1 1:1", ["1,1", "3,1", "4,1"], 1), ("4", ["1,4", "3,2", "4,2"], 1), ("2:7", ["2,7"], 2),
        ("3", ["3,4"], 0),
    ])
    func faultyPartsAreChosen(_ named: String, _ expected: [String], _ files: Int) throws {
        let workshop = try Self.started()
        try workshop.demand("laseros project remake Gate scratched \(named)")
        let parts = try Self.shown(workshop, "part list last --fields part,ordered").split(separator: "\n").map(String.init)
        #expect(parts.sorted() == expected)
        #expect(try Self.shown(workshop, "files last --fields name").split(separator: "\n").count == files)
        #expect(try Self.shown(workshop, "show last --fields quantity,cut_time_s") == ",\n")
        #expect(try workshop.faults() == [])
    }

    /// The first operand is the reason: a part in its place is not taken as one.
    @Test(arguments: [("1:2", ""), ("3", ""), ("1:2", " 3 4:1"), ("3:0", "")])
    func aForgottenReasonIsNoticed(_ reason: String, _ rest: String) throws {
        let workshop = try Self.started(), state = try ShopState(workshop)
        let refused = try workshop.run("laseros project remake Gate \(reason)\(rest)")
        #expect(refused.code == 2 && refused.said.hasPrefix("error: '\(reason)' is a part, and the reason is missing\n"), "\(refused)")
        #expect(refused.said.hasSuffix("hint: laseros project remake \(Self.first) REASON \(reason)\(rest)\n"), "\(refused)")
        #expect(try ShopState(workshop) == state)
    }

    @Test(arguments: [("quoted_price", "price"), ("final_price", "price"), ("fault_cost", "cost")])
    func amountsAreNotNegative(_ field: String, _ what: String) throws {
        let workshop = try Self.started(), option = field.replacing("_", with: "-")
        try workshop.demand("laseros project remake Gate scratched")
        let refused = try workshop.run("laseros project edit last --\(option) -5")
        #expect(refused == Answered(out: "", said: "error: a \(what) is not negative\n", code: 4))
        let list = "code,\(field)\nJB-2026-08-CL0001-002,-5\n"
        let imported = try workshop.run(["project", "import", "-"], input: Array(list.utf8))
        #expect(
            imported.code == 8 && imported.said.contains("\(field)") && imported.said.contains("a \(what) is not negative"), "\(imported)")
        try workshop.demand("laseros project edit last --\(option) 0")
    }

    @Test(arguments: [
        ("3:5", 4, "5 of part 3 cannot be remade: 4 of it are ordered"), ("9", 3, "has no part 9"), ("3 3:1", 2, "part 3 is named twice"),
        ("3:0", 2, "is not the number of a part"), ("3:1:1", 2, "is not the number of a part"), ("x", 2, "is not the number of a part"),
    ])
    func unknownPartsAreRefused(_ named: String, _ code: Int32, _ message: String) throws {
        let refused = try Self.started().run("laseros project remake Gate scratched \(named)")
        #expect(refused.code == code && refused.said.contains(message), "\(refused)")
    }

    @Test func onlyRemakesHaveAFault() throws {
        let workshop = try Self.started()
        try workshop.demand("laseros project remake Gate scratched")
        #expect(try workshop.run("laseros project edit last --fault dented --fault-cost 12").code == 0)
        for line in ["edit \(Self.first) --fault dented", "edit \(Self.first) --fault-cost 1", "add X -c CL-0001 --fault dented"] {
            #expect(try workshop.run("laseros project \(line)").code == 4)
        }
        #expect(try workshop.run("laseros project edit \(Self.first) --fault ''").code == 0)
    }

    /// An export brings origins back, also those that are further down in the file.
    @Test func originsComeWithAnExport() throws {
        let workshop = try Self.started(), fresh = try Workshop()
        try workshop.write("p.csv", "code,name,client\nZ-9,Late,CL-0001\n")
        try workshop.demand("laseros project import p.csv")
        for line in ["repeat Z-9", "remake Gate scratched 3:1 --cost 10"] { try workshop.demand("laseros project \(line)") }
        #expect(try Self.shown(workshop, "list --owner thandi --all --fields code").split(separator: "\n").count == 3)
        for noun in ["client", "material", "operation", "project"] {
            let text = try workshop.demand("laseros \(noun) export")
            try fresh.write("x.csv", text)
            try fresh.demand("laseros \(noun) import x.csv")
            #expect(try fresh.demand("laseros \(noun) export") == text)
            #expect(try fresh.run("laseros \(noun) import x.csv").out.contains("0 added, 0 changed"))
        }
        #expect(try fresh.faults() == [])
        try fresh.write("x.csv", "code,name,client,origin\nA-1,A,CL-0001,Z-9\nA-2,B,CL-0001,A-3\nA-3,C,CL-0001,A-4\n")
        let refused = try fresh.run("laseros project import x.csv")
        #expect(refused.code == 8 && refused.said.contains("x.csv:4: origin: there is no project 'A-4'"), "\(refused)")
        try fresh.write("x.csv", "code,origin\nZ-9,JB-2026-08-CL0001-001\n")
        #expect(try fresh.run("laseros project import x.csv").out.contains("1 changed"))
    }

    /// A new project is that of the person who adds it; an imported one is that of whom the file names.
    @Test func aNewProjectIsYours() throws {
        let workshop = try Self.shop()
        for line in ["add A -c CL-0001", "add B -c CL-0001 --owner sipho", "add C -c CL-0001 --owner ''"] {
            try workshop.demand("laseros project \(line)")
        }
        try workshop.write("p.csv", "code,name,client,assigned_to\nP-1,D,CL-0001,lindiwe\nP-2,E,CL-0001,\n")
        try workshop.demand("laseros project import p.csv")
        func names(_ filter: String) throws -> String { try Self.shown(workshop, "list \(filter) --fields name") }
        #expect(try names("--mine") == "Gate\nA\n" && names("@mine") == names("--owner thandi"))
        #expect(try names("--owner sipho") == "B\n" && names("--where owner=lindiwe") == "D\n")
        #expect(try workshop.demand("laseros project edit --all-matching --mine --owner sipho --csv").split(separator: "\n").count == 3)
        try workshop.demand("laseros project list --mine --save own")
        #expect(try names("@own").isEmpty)
        try workshop.demand("laseros project edit C --owner thandi")
        #expect(try names("@own") == "C\n")
    }

    @Test func aLateProjectIsSaid() throws {
        let workshop = try Self.shop()
        func said(_ line: String) throws -> String {
            let answered = try workshop.run("laseros project \(line)")
            return answered.out + answered.said
        }
        #expect(try !said("edit Gate --expected +1w").contains("after"))
        #expect(try said("edit Gate --expected +9d").contains("is expected 2 days after 2026-08-30, the day that is promised"))
        #expect(try said("edit Gate --notes x") == "project \(Self.first) changed\n")
        #expect(try Self.shown(workshop, "list @late --fields name,expected_on") == "Gate,2026-09-01\n")
        #expect(try !said("edit Gate --due +9d").contains("after"))
        #expect(try Self.shown(workshop, "list @late").isEmpty)
        try workshop.demand("laseros project add B -c CL-0001 --due +1w")
        #expect(try said("edit Gate B --expected +3w").contains("2 projects are expected after the day that is promised"))
        #expect(try said("add C -c CL-0001 --due today --expected tomorrow").contains("is expected 1 day after"))
        try workshop.write("p.csv", "code,target_complete_date\n\(Self.first),2026-08-24 00:00:00\n")
        #expect(try said("import p.csv").contains("1 changed"))
        #expect(try Self.shown(workshop, "show \(Self.first) --fields expected_on") == "2026-08-24\n")
    }
}

extension Workshop {
    fileprivate func write(_ name: String, _ text: String) throws {
        try File.write(Array(text.utf8), to: "\(work)/\(name)", as: .document)
    }
}
