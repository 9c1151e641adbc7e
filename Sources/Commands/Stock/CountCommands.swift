import Console
import Shop
import Store
import Values

private typealias P = StockParameters
private let thing = Operand<Line>("ITEM", "which item, or which lot by its code; or a file of them", from: .codes("inv"))
private let counted = Maybe<Quantity>("QTY", "how much is there; nothing after a file")
private let difference = Maybe<Difference>("QTY", "how much more or less: +3 or -2; nothing after a file")
private let why = Maybe<Line>("REASON", "why, in quotes if it has blanks; needed for what is lost")
private let columns = ["code", "item_code", "counted", "quantity", "on_hand", "quantity_on_hand", "difference", "reason"]

/// A row of a file: a code, a quantity, and a reason.
private struct StockRow: Sendable {
    var line: Int
    var code: String
    var quantity: Quantity
    var reason: String?
}

/// The rows of a file that a command names in place of an item.
private struct StockRows: Sendable {
    var name: String
    var rows: [StockRow]
    var notes: [String]

    /// Rows without a quantity are left out: they were not counted.
    /// - Parameter quantities: the columns that the quantity may be in, the first of them first.
    init(_ typed: String, _ call: Call, _ quantities: [String]) throws {
        let file = try RowFile(typed, call, columns, needed: [], others: true, .stocktake)
        let codes = ["code", "item_code"].filter(file.has), from = quantities.first(where: file.has)
        guard let code = codes.first, let from else {
            let missing = codes.isEmpty ? "code" : quantities[0]
            throw Failure(
                .input, .stocktake, "\(file.name) has no column '\(missing)'",
                hint: "columns: code,\(quantities[0]),reason; laseros inv export prints such a file")
        }
        rows = []
        while try file.next() {
            let typed = file.text(code, isNumber: false), quantity = file.value(from, Quantity.self)
            let reason = file.text("reason", isNumber: false)
            guard let quantity else { continue }
            guard let typed else {
                file.fault(code, "is empty")
                continue
            }
            rows.append(StockRow(line: file.line, code: typed, quantity: quantity, reason: reason))
        }
        (name, notes) = (file.name, file.notes)
        guard file.faults.isEmpty else { throw refusal(file.faults) }
    }

    func fault(_ row: StockRow, _ message: String) -> Failure.Fault { Failure.Fault(file: name, line: row.line, column: "code", message) }

    func refusal(_ faults: [Failure.Fault]) -> Failure {
        Failure(.input, .stocktake, "\(name) has \(Values.counted(faults.count, "fault")): nothing was written", faults: faults)
    }

    /// The rows with their items and lots.
    func found(in shop: Shop) throws -> [(row: StockRow, thing: StockThing)] {
        let all = try shop.allStock()
        var faults: [Failure.Fault] = [], lines: [String: Int] = [:], found: [(StockRow, StockThing)] = []
        for row in rows {
            let key = row.code.lowercased()
            if let other = lines[key] {
                faults.append(fault(row, "\(row.code) stands twice: first on line \(other)"))
            } else if let thing = all[key] {
                found.append((row, thing))
            } else {
                faults.append(fault(row, "there is no item or lot '\(row.code)'"))
            }
            lines[key] = lines[key] ?? row.line
        }
        guard faults.isEmpty else { throw refusal(faults) }
        return found
    }
}

let countCommand = writes(
    "inv count", "Make true what was counted", [thing, counted, P.on, P.reason] + FileForm.parameters, permission: .stock,
    about: """
        An item is counted with its lots. `laseros inv count FILE` takes the columns `code`, of items and lots, and `counted`, or `on_hand` as
        `laseros inv export` prints it; `reason` may be there, and other columns are ignored. A row without a quantity was not counted. It lists
        the differences with their value, and is one change: with a fault anywhere nothing is written.

        With `--on` it was true at the end of that day, and what was recorded since then stays.
        """,
    examples: ["laseros inv count SM-MS-3 9", "laseros inv count stocktake.csv", "laseros inv count stocktake.csv --dry-run"],
    answer: CountDifference.headings,
    prepare: { call, _ -> StockRows? in
        guard call[counted] == nil else { return nil }
        return try StockRows(try call[thing].text, call, ["counted", "quantity", "on_hand", "quantity_on_hand"])
    }
) { call, shop, file in
    guard let file else {
        let one = try shop.stock(try call[thing].text), quantity = call[counted] ?? Quantity(thousandths: 0)
        let take = try shop.count([StockCount(one, quantity, reason: call[P.reason]?.text)], on: call[P.on])
        if let fault = take.faults.first { throw Failure(.refused, .stocktake, fault.message, hint: "laseros lot list --inv \(one.code)") }
        let said = take.differences.first.map { other in
            let more = other.difference.thousandths > 0, size = Quantity(thousandths: Int(other.difference.thousandths.magnitude))
            return ", \(size) \(more ? "more" : "less") than before" + (other.value.map { " (\($0))" } ?? "")
        }
        return .done("\(one.name): \(quantity) counted\(said ?? ", as it was")", all: Listing(take.differences, CountDifference.columns))
            .noting(take.notes)
    }
    let found = try file.found(in: shop)
    let take = try shop.count(
        found.map { StockCount($0.thing, $0.row.quantity, reason: $0.row.reason ?? call[P.reason]?.text) }, on: call[P.on])
    guard take.faults.isEmpty else { throw file.refusal(take.faults.map { file.fault(found[$0.index].row, $0.message) }) }
    let listing = Listing(take.differences, CountDifference.columns), other = take.differences.count
    var output = Output.rows(listing).previewing(Listing(take.differences, CountDifference.columns))
    output.deed =
        "\(Values.counted(found.count, "count")) read from \(file.name): \(other == 0 ? "all as it was" : "\(other) other than before")"
    return output.noting(file.notes + take.notes + (call[Standard.dryRun] ? [] : [output.deed].compactMap { $0 }))
}

let adjustCommand = writes(
    "inv adjust", "Correct what is on hand by a difference", [thing, difference, why, P.on] + FileForm.parameters, permission: .stock,
    about: """
        More comes in at the average of what is there. `laseros inv adjust FILE` takes the columns `code`, `difference` and `reason`; with a fault
        anywhere nothing is written.
        """,
    examples: ["laseros inv adjust SM-MS-3 +1", "laseros inv adjust SM-MS-3 -2 'counted wrong in May'"], answer: Shop.movementHeadings,
    prepare: { call, _ in call[difference] == nil ? try StockRows(try call[thing].text, call, ["difference", "quantity"]) : nil }
) { call, shop, file in
    guard let file else {
        let thing = try shop.stock(try call[thing].text), difference = call[difference]?.quantity ?? Quantity(thousandths: 0)
        return stocked(try shop.adjust(thing, by: difference, try call.stockRequest(difference, shop, reason: call[why])), shop)
    }
    var ids: [Int] = [], notes: [StockNote] = [], faults: [Failure.Fault] = []
    let found = try file.found(in: shop)
    for (row, thing) in found where row.quantity.thousandths != 0 {
        let request = StockRequest(row.quantity, on: call[P.on], reason: row.reason ?? call[why]?.text)
        do {
            let done = try shop.adjust(thing, by: row.quantity, request)
            ids += done.ids
            notes += done.notes
        } catch let failure as Failure where [.refused, .usage].contains(failure.kind) { faults.append(file.fault(row, failure.message)) }
    }
    guard faults.isEmpty else { throw file.refusal(faults) }
    return .done("\(Values.counted(found.count, "difference")) read from \(file.name)", all: shop.movements(ids))
        .noting(file.notes + notes.lines)
}
