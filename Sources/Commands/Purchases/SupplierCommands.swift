import Console
import Shop
import Store
import Values

let supplierCommands: [Command] = verbs(.supplier, changing: .purchases) + [priceListCommand]

private let supplier = CommonParameters.code(.supplier)
private let columns = ["inv", "operation", "article_code", "price", "pack", "notes"]
/// Columns that `supplier article list` prints besides.
private let ignored = ["article", "name"]

/// The rows of a file, read before the lock is taken.
private struct PriceList: Sendable {
    var name: String
    var rows: [PriceListRow] = []
    var faults: [Failure.Fault]
    var notes: [String]

    init(_ typed: String, _ call: Call, _ shop: Shop) throws {
        let file = try RowFile(typed, call, columns + ignored, needed: [], others: false, .supplierArticle)
        while try file.next() {
            var row = PriceListRow(line: file.line)
            (row.item, row.operation) = (file.value("inv", Line.self)?.text, file.value("operation", Line.self)?.text)
            (row.code, row.notes) = (file.value("article_code", Line.self)?.text, file.value("notes", String.self))
            (row.price, row.pack) = (file.value("price", Rate.self), file.value("pack", Quantity.self))
            rows.append(row)
        }
        (name, faults, notes) = (file.name, file.faults, file.notes)
    }
}

private let priceListCommand = writes(
    "supplier article import", "Take in the price list of a supplier", [supplier, CommonParameters.input] + FileForm.parameters,
    permission: .purchases,
    about: """
        The columns are \(columns.joined(separator: ", ")), as `laseros supplier article list --csv` prints them. A row is of an item (`inv`) \
        or of an operation, by code or name: it changes the article of it, or adds one. An empty cell changes nothing, and articles that the \
        list does not name stay. A list with a fault changes nothing.
        """,
    examples: ["laseros supplier article import SU-0001 articles.csv"], answer: articles.child.headings,
    prepare: { call, shop in try PriceList(try call[CommonParameters.input], call, shop) }
) { call, shop, list in
    let found = try shop.find(.supplier, try call[supplier].text), result = try shop.take(list.rows, of: found)
    let faults = list.faults + result.faults.map { Failure.Fault(file: list.name, line: $0.line, column: $0.column, $0.message) }
    guard faults.isEmpty else {
        throw Failure(
            .input, .supplierArticle, "\(list.name) has \(counted(faults.count, "fault")): nothing was written",
            faults: faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }
    let sentence =
        "\(counted(list.rows.count, "article")) read from \(list.name): \(result.added) added, \(result.changed) changed, \(result.same) same"
    return .done(sentence, all: shop.list(articles, of: found.id)).noting(list.notes)
}

private var articles: ChildPath { Noun.supplier.childrenWithVerbs[0] }
