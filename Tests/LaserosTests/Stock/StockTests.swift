import Glibc
import Testing
import Values

@testable import Commands
@testable import Shop
@testable import Store

/// What transcripts do not show of the stock.
@Suite struct StockTests {
    /// A shop with an item, a client and a project.
    static func shop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "material import materials.csv", "client add Karoo", "client add Brass", "project add Hinges --client CL-0001",
            "supplier add Steel", "inv add MS-3 'Mild steel 3 mm' --material MS --thickness 3 --size 2500x1250",
        ] { try workshop.demand("laseros \(line)") }
        return workshop
    }

    /// The quantity and the value of each item.
    private static func kept(_ workshop: Workshop) throws -> [String] {
        try workshop.reading { data in
            try data.all("SELECT code, on_hand_millis, value_cents FROM inv JOIN aux_inv ON inv_id = id ORDER BY id") {
                "\($0.text(0)) \($0.int(1)) \($0.int(2))"
            }
        }
    }

    @Test(
        arguments: [
            // In at its cost, out at the average.
            ([(10_000, 5_000_000), (10_000, 7_000_000), (-5_000, nil)], 15_000, 9_000),
            // What comes without a cost has the average of what is there.
            ([(10_000, 5_000_000), (10_000, nil)], 20_000, 10_000), ([(10_000, nil)], 10_000, 0),
            // What comes in after a shortage is worth only what is left of it.
            ([(-3_000, nil), (10_000, 5_000_000)], 7_000, 3_500), ([(-3_000, nil), (3_000, 5_000_000)], 0, 0),
            // A third of a cent is rounded once for each movement, and nothing is left when all is gone.
            ([(3_000, 333_333), (-1_000, nil)], 2_000, 67), ([(3_000, 333_333), (-1_000, nil), (-2_000, nil)], 0, 0),
            ([(1, 5_000_000)], 1, 1), ([(1, 4_999_999)], 1, 0),
        ] as [([(Int, Int?)], Int, Int)])
    func theAverageMoves(_ movements: [(Int, Int?)], _ onHand: Int, _ value: Int) {
        var balance = StockBalance()
        for (quantity, cost) in movements { balance.move(quantity, at: cost) }
        #expect(balance == StockBalance(onHand: onHand, value: value))
    }

    /// A movement of an earlier day changes what every later one was worth.
    @Test func anEarlierReceiptChangesTheAverage() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 10 --cost 20 --on 2026-08-02")
        try workshop.demand("laseros inv use MS-3 5 --on 2026-08-03")
        #expect(try Self.kept(workshop) == ["MS-3 5000 10000"])
        let late = try workshop.run("laseros inv receive MS-3 10 --cost 10 --on 2026-08-01")
        #expect(late.said.contains("warning: MS-3 was moved on 2026-08-03"))
        #expect(try Self.kept(workshop) == ["MS-3 15000 22500"])
        try workshop.demand("laseros undo")
        #expect(try Self.kept(workshop) == ["MS-3 5000 10000"])
        #expect(try workshop.faults() == [])
    }

    /// What is kept of values is verified like sums.
    @Test(arguments: [
        "UPDATE aux_movement SET value_cents = value_cents + 1 WHERE id = 2", "UPDATE aux_movement SET on_hand_millis = 7 WHERE id = 1",
        "DELETE FROM aux_movement WHERE id = 1", "UPDATE aux_movement SET id = 99 WHERE id = 2",
    ])
    func aWrongValueIsFound(_ change: String) throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 10 --cost 20")
        try workshop.demand("laseros inv receive MS-3 3 --cost 25 --lot")
        #expect(try workshop.faults() == [])
        try Subprocess.demand(["sqlite3", workshop.data, change])
        #expect(try !workshop.faults().isEmpty)
    }

    @Test func theOwnerDecidesTheValue() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 10 --cost 20")
        try workshop.demand("laseros inv receive MS-3 2 --cost 25 --lot")
        try workshop.demand("laseros inv edit MS-3 --client CL-0001")
        #expect(try Self.kept(workshop) == ["MS-3 12000 0"])
        #expect(try workshop.demand("laseros lot list --fields client --csv --no-header") == "CL-0001\n")
        try workshop.demand("laseros undo")
        #expect(try Self.kept(workshop) == ["MS-3 12000 25000"])
        try workshop.demand("laseros redo")
        #expect(try Self.kept(workshop) == ["MS-3 12000 0"])
        try workshop.demand("laseros inv edit MS-3 --client ''")
        #expect(try Self.kept(workshop) == ["MS-3 12000 25000"])
        #expect(try workshop.faults() == [])
    }

    /// Stock of a merged client belongs to the other one, for whose projects it may then be used.
    /// A cost that is known later is that of what came without one, and an undo forgets it.
    @Test func theCostOfAUnitCanBeToldLater() throws {
        let workshop = try Self.shop()
        for line in ["inv receive MS-3 10", "inv use MS-3 4", "inv edit MS-3 --unit-cost 50", "inv receive MS-3 4 --cost 100"] {
            try workshop.demand("laseros \(line)")
        }
        #expect(try Self.kept(workshop) == ["MS-3 10000 70000"])
        for _ in 1...2 { try workshop.demand("laseros undo") }
        #expect(try Self.kept(workshop) == ["MS-3 6000 0"])
        for line in ["redo", "log verify"] { try workshop.demand("laseros \(line)") }
        #expect(try Self.kept(workshop) == ["MS-3 6000 30000"])
    }

    @Test func whatOthersHaveReservedIsNotTakenInSilence() throws {
        let workshop = try Self.shop()
        for line in ["project add Gate --client CL-0002", "inv receive MS-3 5 --cost 10", "inv reserve hinges MS-3:3"] {
            try workshop.demand("laseros \(line)")
        }
        #expect(try !workshop.run(["inv", "use", "MS-3", "2", "--project", "gate"]).said.contains("reserved"))
        let said = try workshop.run(["inv", "use", "MS-3", "1", "--project", "gate"]).said
        #expect(said.contains("warning: 3 of MS-3 are reserved for JB-2026-08-CL0001-001, and 2 left"), "\(said)")
        #expect(try !workshop.run(["inv", "use", "MS-3", "2", "--project", "hinges"]).said.contains("reserved"))
    }

    @Test func anotherOwnerIsTold() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 2 --cost 75")
        let brought = try workshop.run(["inv", "edit", "MS-3", "--client", "CL-0001"]).said
        #expect(brought.contains("warning: what is on hand of MS-3 is the client's now, and has no value"), "\(brought)")
        let own = try workshop.run(["inv", "edit", "MS-3", "--client", ""]).said
        #expect(own.contains("what is on hand of MS-3 is the shop's own, and worth 150.00"), "\(own)")
    }

    @Test func differencesInAFileMayHaveTheirSign() throws {
        let workshop = try Self.shop()
        try workshop.demand(
            "laseros inv receive MS-3 2 && printf 'code,quantity,reason\nMS-3,+3,found\n' >d.csv && laseros inv adjust d.csv")
        #expect(try Self.kept(workshop) == ["MS-3 5000 0"])
    }

    @Test func aMergedClientBringsTheirMaterial() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv add BR-2 Brass --client CL-0002")
        try workshop.demand("laseros inv receive BR-2 4 --lot")
        #expect(try workshop.run("laseros inv use BR-2 1 --project hinges").code == 4)
        let merged = try workshop.run("laseros client merge CL-0002 --into CL-0001")
        #expect(merged.code == 0 && merged.said.contains("1 item, 1 lot"), "\(merged.said)")
        try workshop.demand("laseros inv use BR-2 1 --project hinges")
        #expect(try Self.kept(workshop) == ["MS-3 0 0", "BR-2 3000 0"])
        #expect(try workshop.faults() == [])
    }

    /// What came back has the cost at which it was used, and goes to the lot that it was taken from.
    @Test func whatComesBackHasItsCost() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 2 --cost 10")
        try workshop.demand("laseros inv receive MS-3 4 --cost 30 --lot")
        try workshop.demand("laseros inv use MS-3 5 --project hinges")
        try workshop.demand("laseros inv receive MS-3 2 --cost 50")
        let back = try workshop.run("laseros inv return MS-3 4 --project hinges")
        #expect(back.said.contains("3 of LOT-0001, 1 without a lot"), "\(back.said)")
        // Two at 50, one at 10, and four in the lot at 30.
        #expect(try Self.kept(workshop) == ["MS-3 7000 23000"])
        #expect(try workshop.run("laseros inv return MS-3 2 --project hinges").said.contains("warning: 1 more of MS-3 came back"))
    }

    /// A lot that came later cannot have been used earlier.
    @Test func aLotIsNotUsedBeforeItCame() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 4 --cost 30 --lot")
        let early = try workshop.run("laseros inv use LOT-0001 1 --on 2026-08-01")
        #expect(early.code == 4 && early.said.contains("would have held -1 on 2026-08-01"), "\(early.said)")
        // Of the item it is a shortage of that day.
        try workshop.demand("laseros inv use MS-3 1 --on 2026-08-01")
        #expect(try workshop.demand("laseros lot list --fields on_hand --csv --no-header") == "4\n")
    }

    /// Reserved lots are used last, and the project's own reservation first.
    @Test func reservedLotsComeLast() throws {
        let workshop = try Self.shop()
        for _ in 0..<2 { try workshop.demand("laseros inv receive MS-3 2 --cost 30 --lot") }
        try workshop.demand("laseros inv reserve hinges LOT-0001")
        try workshop.demand("laseros inv use MS-3 1")
        #expect(try workshop.demand("laseros lot list --fields on_hand --csv --no-header") == "2\n1\n")
        try workshop.demand("laseros inv use MS-3 1 --project hinges")
        #expect(try workshop.demand("laseros lot list --fields on_hand,reserved --csv --no-header") == "1,1\n1,0\n")
        try workshop.demand("laseros undo")
        #expect(try workshop.demand("laseros lot list --fields on_hand,reserved --csv --no-header") == "2,2\n1,0\n")
        #expect(try workshop.faults() == [])
    }

    /// The number of sheets is the project's own figure, else that of the boxes of its parts.
    @Test func sheetsAreEstimatedFromBoxes() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv add MS-8 'Mild steel 8 mm' --material MS --thickness 8.2 --size 1000x500")
        try workshop.demand("laseros project attach hinges 0007-Link-MS-8mm-x12.dxf")
        try workshop.demand("laseros project part edit hinges 1 --quantity 1000")
        let area = try workshop.reading { data in try data.one("SELECT width_um * height_um FROM aux_drawing") { $0.int(0) } ?? 0 }
        let fitting = 1_000_000 * 500_000 * 7 / 10, sheets = (area * 1000 + fitting - 1) / fitting
        #expect(sheets > 2)
        #expect(try workshop.run("laseros inv reserve hinges").said.contains("\(sheets) of MS-8 reserved"))
        try workshop.demand("laseros project edit hinges --sheets 3 --material MS --thickness 8")
        #expect(try workshop.run("laseros inv reserve hinges").said.contains("3 of MS-8 reserved, 3 more than is free"))
        #expect(try workshop.demand("laseros inv show MS-8 --fields reserved --csv --no-header") == "3\n")
        // An exact thickness is preferred, and a material without an item is no obstacle.
        try workshop.demand("laseros inv add MS-8X 'Mild steel 8 mm' --material MS --thickness 8")
        #expect(try workshop.run("laseros inv reserve hinges").said.contains("3 of MS-8X reserved"))
        try workshop.demand("laseros project edit hinges --thickness 10")
        try workshop.demand("laseros project part edit hinges 1 --thickness 12")
        let none = try workshop.run("laseros inv reserve hinges")
        #expect(none.code == 0 && none.said.contains("no item of MS 12 mm: nothing is reserved of it"), "\(none.said)")
    }

    /// The item of a new shop has what the old one had, and a lot takes of its item what it holds.
    @Test func exportsFillANewShop() throws {
        let workshop = try Self.shop(), other = try Workshop()
        try workshop.demand("laseros inv edit MS-3 --unit-cost 30")
        try workshop.demand("laseros inv receive MS-3 3")
        try workshop.demand("laseros inv receive MS-3 4 --lot --heat H1")
        for noun in ["material", "client", "supplier", "inv", "lot"] {
            let rows = try workshop.demand("laseros \(noun) export")
            let answered = try other.run(["\(noun)", "import", "-"], input: Array(rows.utf8))
            #expect(answered.code == 0, "\(answered.said)")
        }
        #expect(try Self.kept(other) == ["MS-3 7000 21000"])
        #expect(try other.demand("laseros lot list --fields on_hand,value --csv --no-header") == "4,120.00\n")
        #expect(try other.faults() == [])
    }

    /// A count of an earlier day leaves what was recorded since.
    @Test func anEarlierCountKeepsWhatCameLater() throws {
        let workshop = try Self.shop()
        try workshop.demand("laseros inv receive MS-3 10 --cost 20 --on 2026-08-01")
        try workshop.demand("laseros inv receive MS-3 4 --cost 20 --on 2026-08-10")
        let counted = try workshop.run("laseros inv count MS-3 8 --on 2026-08-05")
        #expect(counted.out.contains("8 counted, 2 less than before (-40.00)") && counted.said.contains("moved after 2026-08-05"))
        #expect(try Self.kept(workshop) == ["MS-3 12000 24000"])
        #expect(try workshop.demand("laseros inv value --as-of 2026-08-05 --fields value --csv --no-header") == "160.00\n")
    }

    /// The items of the old application, from the shell's CSV of its table, have the quantities and values that it held.
    @Test(.enabled(if: oldShopIsThere, "\(oldShop) is not there: nothing was compared"))
    func theItemsOfTheOldShopComeIn() throws {
        let workshop = try Workshop()
        try workshop.demand("laseros material import materials.csv")
        try workshop.demand("laseros material add CS 'Carbon Steel' --density 7.85")
        func rows(_ query: String, header: Bool = false) throws -> String {
            try Subprocess.run(["sqlite3", "-csv"] + (header ? ["-header"] : []) + [Self.oldShop, query], in: "/").out
        }
        let file = try rows("SELECT * FROM inventory_items", header: true)
        let answered = try workshop.run(["inv", "import", "-"], input: Array(file.utf8))
        #expect(answered.code == 0 && answered.out.contains("48 added, 0 changed, 0 same"), "\(answered.said)")
        let theirs = try rows(
            """
            SELECT item_code, round(quantity_on_hand * 1000), round(quantity_on_hand * coalesce(unit_cost, 0) * 100)
            FROM inventory_items ORDER BY item_code
            """)
        let ours = try Subprocess.run(
            [
                "sqlite3", "-csv", workshop.data,
                "SELECT code, on_hand_millis + 0.0, value_cents + 0.0 FROM inv JOIN aux_inv ON inv_id = id ORDER BY code COLLATE BINARY",
            ], in: "/"
        ).out
        #expect(theirs == ours && theirs.split(separator: "\n").count == 48)
        #expect(try workshop.run(["inv", "import", "-"], input: Array(file.utf8)).out.contains("0 added, 0 changed, 48 same"))
    }

    private static let oldShop = Paths.package + "/../shared/laser-os/v10.db"
    private static let oldShopIsThere = access(oldShop, R_OK) == 0
}
