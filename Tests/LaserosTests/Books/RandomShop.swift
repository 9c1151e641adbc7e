import Values

@testable import Commands

/// Random commands over all that a shop does. Those that do not fit the state of the shop are refused, as a user's are.
struct RandomShop {
    var random: Seeded
    private(set) var done: [String] = []

    init(_ seed: UInt64) { random = Seeded(seed) }

    private static let projects = [
        "JB-2026-08-CL0001-001", "JB-2026-08-CL0001-002", "JB-2026-08-CL0001-003", "JB-2026-08-CL0002-001", "last",
    ]
    private static let drawings = ["0001-Flange-MS-10mm-x4.dxf", "0002-Bracket-MS-5mm-x10.dxf"]
    private static let things = ["SM-MS-3", "GAS-O2", "LOT-0001", "LOT-0002", "BR-2"]

    private mutating func one(_ words: [String]) -> String { words.randomElement(using: &random)! }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func quote() -> String { one(["last", "QT-2026-000\(number(1...5))"]) }
    private mutating func invoice() -> String { one(["last", "DI-000\(number(1...3))", "INV-2026-000\(number(1...3))"]) }
    private mutating func purchase() -> String { one(["last", "PO-2026-000\(number(1...4))"]) }
    private mutating func entry() -> String { "\(one(Self.projects))/\(number(1...3) * 10)" }
    private mutating func amount() -> String { "\(number(0...900)).\(number(10...99))" }
    private mutating func day() -> String { one(["today", "yesterday", "2026-08-16"]) }

    /// Runs commands until so many have changed the shop, or were tried three times as often.
    mutating func work(_ workshop: Workshop, changes: Int) throws {
        var changed = 0, tried = 0
        while changed < changes, tried < 3 * changes {
            tried += 1
            let line = next(), answered = try workshop.run("laseros " + line)
            guard ![1, 6, 70].contains(answered.code) else { throw Failure(.defect, .file, "'\(line)': \(answered.said)") }
            guard answered.code == 0 else { continue }
            done.append(line)
            changed += 1
        }
    }

    private mutating func next() -> String {
        switch number(0...9) {
        case 0: sale()
        case 1, 2: job()
        case 3: parts()
        case 4, 5: floor()
        case 6: runs()
        case 7: stock()
        case 8: buying()
        default: history()
        }
    }

    private mutating func sale() -> String {
        switch number(0...9) {
        case 0: "quote add --client CL-000\(number(1...4)) \(one(Self.drawings)):\(number(1...9))"
        case 1: "quote add --client CL-0002 --project JB-2026-08-CL0002-001 \(one(Self.drawings)) \(one(Self.drawings)):\(number(1...7))"
        case 2: "quote send \(quote())"
        case 3, 4: "quote accept \(quote())"
        case 5: "quote reject \(quote())"
        case 6: "invoice add \(quote())"
        case 7: "invoice issue \(invoice())"
        case 8: "invoice pay \(invoice()) --amount \(amount()) --on \(day())"
        default:
            one([
                "quote remove \(quote())", "invoice remove \(invoice())", "invoice pay \(invoice()) --in-full",
                "client merge CL-0003 --into CL-0001",
            ])
        }
    }

    private mutating func job() -> String {
        let project = one(Self.projects), force = one(["", "", " --force hurry"])
        switch number(0...14) {
        case 0: return "project add Gate --client CL-000\(number(1...3)) --material MS --thickness 3 --quantity \(number(1...5))"
        case 1: return "project offer \(project)\(force)"
        case 2: return "project pop \(project)"
        case 3: return "project queue \(project)\(force)"
        case 4: return "project start \(project)\(force)"
        case 5: return "project complete \(project)\(force)"
        case 6: return "project cancel \(project) gone"
        case 7: return "project reinstate \(project)"
        case 8: return "project reopen \(project)\(force)"
        case 9: return one(["project hold \(project) waiting", "project resume \(project)"])
        case 10: return "project deliver \(project)\(one(["", " 1:1", " --final"]))\(force)"
        case 11: return one(["delivery remove last", "delivery edit last --on \(day())", "delivery edit last --final yes"])
        case 12: return "project approve \(project)\(force)"
        case 13: return one(["project remove \(project)", "project repeat \(project)", "project notify \(project)"])
        default: return "project edit \(project) --due +\(number(1...20))d --priority \(one(["low", "high", "urgent"]))"
        }
    }

    private mutating func parts() -> String {
        let project = one(Self.projects), part = number(1...3)
        switch number(0...5) {
        case 0: return "project part add \(project) Bar --quantity \(number(1...6))"
        case 1: return "project part edit \(project) \(part) --quantity \(number(1...9))"
        case 2: return "project part edit \(project) \(part) --operations \(one(["cut", "cut,tap", "cut,powder-coat", "cut,tap,deburr"]))"
        case 3: return "project part remove \(project) \(part)"
        case 4: return "project attach \(project) \(one(Self.drawings)) --kind drawing"
        default: return "project detach \(project) \(one(Self.drawings))"
        }
    }

    private mutating func floor() -> String {
        switch number(0...9) {
        case 0: "queue start \(entry())"
        case 1: "queue pause \(entry())"
        case 2, 3: "queue finish \(entry())"
        case 4: "queue finish \(entry()) \(number(1...2)):\(number(0...5)) --time \(number(1...90))m"
        case 5: "queue finish \(entry()) 1:\(number(0...3)) --scrapped 1:\(number(1...2)) --reason burnt --used SM-MS-3:\(number(1...3))"
        case 6: "queue add \(one(Self.projects))"
        case 7: one(["queue remove \(entry())", "queue move \(entry()) --first", "queue edit \(entry()) --machine FIBER3"])
        case 8: "queue dispatch \(entry()) --purchase \(purchase())"
        default: "queue receive \(entry())\(one(["", " 1:1"]))"
        }
    }

    private mutating func runs() -> String {
        let run = one(["last", "RN-000\(number(1...6))"])
        switch number(0...4) {
        case 0: return "queue run remove \(run) --reason twice"
        case 1: return "queue run edit \(run) --time \(number(1...200))m"
        case 2: return "queue run edit \(run) --good 1:\(number(0...6))"
        case 3: return "queue run edit \(run) --used SM-MS-3:\(number(1...3))"
        default: return "queue scrap \(entry()) 1:\(number(1...2)) --reason dropped"
        }
    }

    private mutating func stock() -> String {
        let thing = one(Self.things), project = one(Self.projects)
        switch number(0...8) {
        case 0: return "inv receive \(one(["SM-MS-3", "GAS-O2"])) \(number(1...9)) --cost \(amount())\(one(["", " --lot"]))"
        case 1: return "inv use \(thing) \(number(1...4)) --project \(project) --on \(day())"
        case 2: return "inv waste \(thing) \(number(1...3)) rust"
        case 3: return "inv return \(thing) \(number(1...3)) --project \(project)"
        case 4: return "inv reserve \(project) \(thing):\(number(1...3))"
        case 5: return one(["inv release \(project)", "inv reserve \(project)"])
        case 6: return "inv count \(thing):\(number(0...20))"
        case 7: return "inv move \(thing) 'Rack \(number(1...9))'"
        default: return one(["inv remnant add 300x200 --material MS --thickness 3", "inv remnant scrap RE-000\(number(1...3)) rust"])
        }
    }

    private mutating func buying() -> String {
        switch number(0...6) {
        case 0: "purchase add SU-0001 SM-MS-3:\(number(1...30))"
        case 1: "purchase add SU-0003 --operation powder-coat:\(number(1...9)) --project \(one(Self.projects))"
        case 2: "purchase place \(purchase())"
        case 3: "purchase receive \(purchase()) --all"
        case 4: "purchase receive \(purchase()) 1:\(number(1...20)) --on \(day())"
        case 5: "purchase cancel \(purchase()) 'sold out'"
        default: "purchase line edit \(purchase()) 1 --price \(amount())"
        }
    }

    private mutating func history() -> String { one(["undo", "undo", "redo", "undo \(number(100...140))"]) }
}
