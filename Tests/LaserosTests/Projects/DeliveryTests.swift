import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Deliveries, and the stages of projects.
@Suite struct DeliveryTests {
    /// A shop with the project G in progress: 4 bars, 2 frames, and 3 gates that bars belong to.
    private static func shop() throws -> Workshop {
        let workshop = try MoveTests.shop()
        for line in [
            "project add G -c CL-0002", "project part add G Bar --quantity 4", "project part add G Frame --quantity 2",
            "project part add G Gate --quantity 3 --of 1:2",
        ] { try workshop.demand("laseros \(line)") }
        for verb in ["offer", "approve", "queue"] { try workshop.demand("laseros project \(verb) G --force why") }
        try workshop.demand("laseros project start G")
        return workshop
    }

    private static func parts(_ workshop: Workshop, _ fields: String = "delivered,left") throws -> [String] {
        try workshop.demand("laseros project part list G --csv --no-header --fields \(fields)").split(separator: "\n").map(String.init)
    }

    private static func shown(_ workshop: Workshop, _ fields: String) throws -> String {
        try workshop.demand("laseros project show G --csv --no-header --fields \(fields)").split(separator: "\n").joined()
    }

    /// Without a part all that is left is delivered, but no part of an assembly beside it.
    @Test func whatIsLeftIsDelivered() throws {
        let workshop = try Self.shop()
        let first = try workshop.demand("laseros project deliver G 2:1 1:1 --json --fields code,pieces,final")
        #expect(first == #"{"code": "DN-2026-0001", "pieces": 2, "final": false}"# + "\n")
        #expect(try Self.parts(workshop) == ["1,3", "1,1", "0,3"] && Self.shown(workshop, "delivered_on,stage") == ",cutting")
        try workshop.demand("laseros project complete G")
        try workshop.demand("laseros project deliver G")
        #expect(try workshop.demand("laseros delivery line list last --csv --no-header") == "1,2,Frame,1\n2,3,Gate,3\n")
        #expect(try Self.parts(workshop) == ["4,0", "2,0", "3,0"])
        #expect(try Self.shown(workshop, "delivered_on,stage") == "2026-08-23,delivered")
    }

    /// All faults are said at once, with what is missing, and nothing is stored.
    @Test func allFaultsAreSaidAtOnce() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project hold G steel")
        let state = try ShopState(workshop), refused = try workshop.run("laseros project deliver G 1:5 2 2 7 --final --on tomorrow")
        #expect(refused.code == 4)
        for fault in [
            "only 4 of part 1 are left, not 5", "part 2 is named twice", "there is no part 7", "2026-08-24 is still to come",
            "on hold (steel)", "not completed",
        ] { #expect(refused.said.contains(fault), "\(refused)") }
        #expect(try ShopState(workshop) == state)
    }

    /// What comes before completion is a decision with a reason.
    @Test func theLastDeliveryNeedsACompletedProject() throws {
        let workshop = try Self.shop()
        for line in ["deliver G", "deliver G 2 3", "deliver G 2:1 --final"] {
            let refused = try workshop.run("laseros project \(line)")
            #expect(refused.code == 4 && refused.said.contains("not completed\nhint: laseros project complete"), "\(refused)")
        }
        try workshop.demand("laseros project deliver G 2:1 --final --force 'they wait outside'")
        // It is delivered once it is completed.
        #expect(try Self.shown(workshop, "delivered_on,stage") == ",cutting")
        try workshop.demand("laseros project complete G")
        #expect(try Self.shown(workshop, "delivered_on,stage") == "2026-08-23,delivered")
        #expect(try Self.parts(workshop) == ["0,0", "1,0", "0,0"])
        #expect(try workshop.run("laseros project deliver G 2:1").said.contains("nothing is left"))
    }

    /// A removed delivery leaves its project as it was before.
    @Test func aRemovedDeliveryNeverWas() throws {
        let workshop = try Self.shop()
        for line in ["complete G", "deliver G 2", "deliver G 3"] { try workshop.demand("laseros project \(line)") }
        #expect(try workshop.run("laseros project reopen G").said.contains("delivered on 2026-08-23"))
        #expect(try workshop.run("laseros project remove G").said.contains("2 deliveries"))
        try workshop.demand("laseros delivery edit DN-2026-0001 --on 2026-08-01")
        #expect(try Self.shown(workshop, "delivered_on") == "2026-08-23")
        try workshop.demand("laseros delivery edit DN-2026-0002 --on 2026-08-02")
        #expect(try Self.shown(workshop, "delivered_on") == "2026-08-02")
        try workshop.demand("laseros delivery remove DN-2026-0001")
        #expect(try Self.shown(workshop, "delivered_on,stage") == ",ready-for-collection")
        #expect(try Self.parts(workshop) == ["4,0", "0,2", "3,0"])
        try workshop.demand("laseros project reopen G")
        #expect(
            try workshop.run("laseros project cancel G gone").said.contains("delivered in part\nhint: laseros delivery remove DN-2026-0002")
        )
        try workshop.demand("laseros delivery remove DN-2026-0002")
        try workshop.demand("laseros project cancel G gone")
        #expect(try Self.shown(workshop, "stage,stage_since") == ",")
    }

    /// Nothing makes an order smaller than what was delivered of it: neither a command nor a file nor an undo.
    @Test func anOrderStaysAboveWhatIsDelivered() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project part edit G 1 --quantity 9")
        let raised = try workshop.lastEntry()
        try workshop.demand("laseros project deliver G 1:7")
        let state = try ShopState(workshop)
        for quantity in ["6", "''"] { #expect(try workshop.run("laseros project part edit G 1 --quantity \(quantity)").code == 4) }
        let undone = try workshop.run("laseros undo \(raised)")
        #expect(undone.code == 4 && undone.said.contains("7 are delivered, more than the 4 that are ordered"), "\(undone)")
        #expect(try workshop.run("laseros project part remove G 1").said.contains("named by"))
        let row = #"{"code": "DN-2026-0001", "lines": [{"part": 1, "quantity": 10}]}"#
        #expect(try workshop.run(["delivery", "import", "-"], input: Array(row.utf8)).code == 8)
        #expect(try ShopState(workshop) == state)
        try workshop.demand("laseros project part edit G 1 --quantity 7")
    }

    /// Partial deliveries change nothing of their project itself, and are undone the last first all the same.
    @Test func deliveriesAreUndoneInOrder() throws {
        let workshop = try Self.shop(), state = try ShopState(workshop)
        for _ in 1...2 { try workshop.demand("laseros project deliver G 1:1") }
        let last = try workshop.lastEntry(), refused = try workshop.run("laseros undo \(last - 1)")
        #expect(refused.code == 4 && refused.said.contains("was moved since"), "\(refused)")
        try workshop.demand("laseros undo \(last) \(last - 1)")
        #expect(try ShopState(workshop) == state)
    }

    /// A stage counts from the transition, receipt or delivery that led into it.
    @Test func stagesHaveTheirSince() throws {
        let workshop = try MoveTests.shop()
        try workshop.demand("laseros project part edit B 1 --customer-material yes")
        func stage(_ line: String, on day: String) throws -> String {
            let answered = try workshop.run(ShellWords(line).words, at: "\(day)T08:00:00Z")
            #expect(answered.code == 0, "\(answered)")
            return try workshop.demand("laseros project show B --csv --no-header --fields stage,stage_since").split(separator: "\n")
                .joined()
        }
        #expect(try stage("project offer B", on: "2026-08-24") == "quoting,2026-08-23T08:00:00.000Z")
        #expect(try stage("project approve B", on: "2026-08-25") == "waiting-for-material,2026-08-25T08:00:00.000Z")
        #expect(try workshop.run("laseros project queue B").said.contains("part edit JB-2026-08-CL0002-001 1 --material-received DAY"))
        let late = try workshop.run("laseros project part edit B 1 --material-received tomorrow")
        #expect(late.code == 4 && late.said.contains("still to come"), "\(late)")
        #expect(
            try stage("project part edit B 1 --material-received 2026-08-26", on: "2026-08-28") == "ready-to-cut,2026-08-26T12:00:00.000Z")
        #expect(try stage("project hold B why", on: "2026-08-28") == "ready-to-cut,2026-08-26T12:00:00.000Z")
        #expect(try stage("project resume B", on: "2026-08-28") == "ready-to-cut,2026-08-26T12:00:00.000Z")
        #expect(try stage("project start B", on: "2026-08-28") == "cutting,2026-08-28T08:00:00.000Z")
        #expect(try stage("project complete B", on: "2026-08-29") == "ready-for-collection,2026-08-29T08:00:00.000Z")
        #expect(try stage("project notify B", on: "2026-08-30") == "ready-for-collection,2026-08-29T08:00:00.000Z")
        #expect(try workshop.demand("laseros project list @collect --codes") == "JB-2026-08-CL0002-001\n")
        #expect(try stage("project deliver B --on 2026-08-30", on: "2026-08-31") == "delivered,2026-08-31T08:00:00.000Z")
        #expect(try workshop.demand("laseros project list --stage delivered,cutting --codes") == "JB-2026-08-CL0002-001\n")
        #expect(try workshop.demand("laseros project list @collect --codes").isEmpty)
    }

    /// Where nothing is cut, what is approved waits for its finishing, from then on.
    @Test func whatIsNotCutWaitsForFinishing() throws {
        let workshop = try MoveTests.shop()
        for line in ["operation add tap tapped", "project part edit B 1 --operations tap", "project offer B", "project approve B"] {
            try workshop.demand("laseros \(line)")
        }
        func stage() throws -> String { try workshop.demand("laseros project show B --csv --no-header --fields stage,stage_since") }
        #expect(try stage() == "waiting-for-finishing,2026-08-23T08:00:00.000Z\n")
        for verb in ["queue", "start"] { #expect(try workshop.run(["project", verb, "B"], at: "2026-08-25T08:00:00Z").code == 0) }
        #expect(try stage() == "waiting-for-finishing,2026-08-23T08:00:00.000Z\n")
        #expect(try workshop.demand("laseros project list --stage waiting-for-finishing --codes") == "JB-2026-08-CL0002-001\n")
        #expect(try workshop.demand("laseros project list --stage cutting --codes").isEmpty)
        try workshop.demand("laseros project part edit B 1 --operations cut,tap")
        #expect(try stage() == "cutting,2026-08-25T08:00:00.000Z\n")
        #expect(try workshop.demand("laseros project list --stage cutting --codes") == "JB-2026-08-CL0002-001\n")
    }

    /// Deliveries come back with their lines, and nothing moves twice.
    @Test func deliveriesAreExportedAndImported() throws {
        let workshop = try Self.shop(), fresh = try Workshop()
        for line in ["complete G", "deliver G 2:1 1:1", "deliver G 3:1 --final --received-by Ben --on yesterday"] {
            try workshop.demand("laseros project \(line)")
        }
        for noun in ["client", "material", "project", "delivery"] {
            let text = try workshop.demand("laseros \(noun) export --json")
            try File.write(Array(text.utf8), to: fresh.work + "/x.json", as: .document)
            try fresh.demand("laseros \(noun) import x.json")
            #expect(try fresh.demand("laseros \(noun) export --json") == text)
        }
        func rows(_ workshop: Workshop) throws -> [String] {
            // The steps of entries of the queue are not exported, and have numbers, too.
            try ShopState(workshop).rows.filter { row in ["delivery", "part", "project"].contains { row.hasPrefix($0) } }
                + workshop.reading { data in
                    try data.all("SELECT project_id, position, verb, at, reason FROM move WHERE project_id IS NOT NULL ORDER BY 1, 2") {
                        row in
                        (0..<5).map { row.text($0) }.joined(separator: " ")
                    }
                }
        }
        #expect(try rows(fresh) == rows(workshop))
        #expect(try fresh.demand("laseros delivery import x.json").contains("0 added, 0 changed, 2 same"))
    }

    /// A delivery in a file closes its project, and the next number follows it.
    @Test func aDeliveryInAFileCounts() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project complete G")
        let row =
            #"{"code": "DN-2026-0007", "project": "G", "day": "2026-08-20", "lines": [{"part": 2, "quantity": 2}, {"part": 3, "quantity": 3}]}"#
        #expect(try workshop.run(["delivery", "import", "-"], input: Array(row.utf8)).code == 0)
        #expect(try Self.shown(workshop, "delivered_on") == "2026-08-20")
        #expect(
            try workshop.run(["delivery", "import", "-"], input: Array(#"{"project": "G", "lines": [{"part": 9, "quantity": 1}]}"#.utf8))
                .code == 8)
        try workshop.demand("laseros delivery remove DN-2026-0007")
        #expect(try workshop.demand("laseros project deliver G 2:1 --json --fields code").contains("DN-2026-0008"))
    }

    /// More pieces of a delivered project open it again; fewer close it.
    @Test func whatIsOrderedLaterIsLeft() throws {
        let workshop = try Self.shop()
        for line in ["complete G", "deliver G"] { try workshop.demand("laseros project \(line)") }
        try workshop.demand("laseros project part edit G 2 --quantity 5")
        #expect(try Self.shown(workshop, "delivered_on,stage") == ",ready-for-collection")
        #expect(try Self.parts(workshop) == ["4,0", "2,3", "3,0"])
        try workshop.demand("laseros project part edit G 2 --quantity 2")
        #expect(try Self.shown(workshop, "stage") == "delivered")
        try workshop.demand("laseros project part add G Late --quantity 5")
        #expect(try Self.shown(workshop, "stage") == "ready-for-collection")
        try workshop.demand("laseros project part remove G 4")
        #expect(try Self.shown(workshop, "delivered_on,stage") == "2026-08-23,delivered")
        // An undo brings the pieces back that were ordered then.
        try workshop.demand("laseros undo")
        #expect(try Self.shown(workshop, "stage") == "ready-for-collection")
        try workshop.demand("laseros project deliver G --final")
        #expect(try Self.shown(workshop, "stage") == "delivered")
        let refused = try workshop.run("laseros project part add G More --quantity 1")
        #expect(refused.code == 4 && refused.said.contains("laseros delivery edit DN-2026-0002 --final no"), "\(refused)")
        try workshop.demand("laseros delivery edit DN-2026-0002 --final no")
        try workshop.demand("laseros project part add G More --quantity 1")
        #expect(try Self.shown(workshop, "stage") == "ready-for-collection")
    }

    /// An undo of an order settles the project by what was delivered since.
    @Test func anUndoneOrderSettlesTheProject() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros project complete G")
        try workshop.demand("laseros project part edit G 2 --quantity 5")
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros project deliver G 2:2 3")
        #expect(try Self.shown(workshop, "stage") == "ready-for-collection")
        try workshop.demand("laseros undo \(entry)")
        #expect(try Self.shown(workshop, "delivered_on,stage") == "2026-08-23,delivered")
        try workshop.demand("laseros redo")
        #expect(try Self.shown(workshop, "stage") == "ready-for-collection")
        // So does the undo of a part that was added, although its row is gone then.
        try workshop.demand("laseros project part add G Late --quantity 1")
        let late = try workshop.lastEntry()
        try workshop.demand("laseros project deliver G 2:3")
        #expect(try Self.shown(workshop, "stage") == "ready-for-collection")
        try workshop.demand("laseros undo \(late)")
        #expect(try Self.shown(workshop, "stage") == "delivered")
        let refused = try workshop.run("laseros undo \(entry)")
        #expect(refused.code == 4 && refused.said.contains("cannot be undone: part JB-2026-08-CL0002-002.2: 5 are delivered"), "\(refused)")
    }

    /// Parts that no assembly needs are delivered on their own.
    @Test func sparePartsAreDelivered() throws {
        let workshop = try Self.shop()
        for line in ["part edit G 1 --quantity 10", "complete G", "deliver G 3:1"] { try workshop.demand("laseros project \(line)") }
        #expect(try Self.parts(workshop) == ["2,8", "0,2", "1,2"])
        try workshop.demand("laseros project deliver G")
        #expect(try workshop.demand("laseros delivery line list last --csv --no-header") == "1,1,Bar,4\n2,2,Frame,2\n3,3,Gate,2\n")
        #expect(try Self.parts(workshop) == ["10,0", "2,0", "3,0"])
    }

    /// Nothing is delivered of a project that was never begun.
    @Test func aFileDeliversOnlyWhatWasBegun() throws {
        let workshop = try MoveTests.shop()
        try workshop.demand("laseros project add G -c CL-0002")
        try workshop.demand("laseros project part add G Bar --quantity 4")
        let row = #"{"project": "G", "lines": [{"part": 1, "quantity": 2}]}"#,
            refused = try workshop.run(["delivery", "import", "-"], input: Array(row.utf8))
        #expect(refused.code == 8 && refused.said.contains("work on it has not begun"), "\(refused)")
    }
}
