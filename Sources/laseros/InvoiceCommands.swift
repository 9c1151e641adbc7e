import Console
import Shop
import Store
import Values

private let invoice = Ask.code(.invoice)
private let invoices = Ask.codes(.invoice)
private let quote = Required<Line>("--quote NUMBER", "the accepted quote that it bills", from: .codes("quote"))
private let due = Option<Day>("-d, --due DAY", "the last day to pay")
private let amount = Operand<Money>("AMOUNT", "how much was paid")
private let on = Option<Day>("--on DAY", "when it was paid; today where nothing is said")
private let method = Option<Line>("--method TEXT", "how it was paid: EFT, cash, card")
private let reference = Option<Line>("--reference TEXT", "what the bank's statement says")

let invoiceCommands: [Command] = [
    writes(
        "invoice add", "Make a draft from an accepted quote", [quote, due],
        about: "The draft has a code of its own: the number is given when it is issued.",
        examples: ["laseros invoice add --quote QT-2026-0002"], answer: Noun.invoice.headings
    ) { call, shop in
        let quote = try shop.find(.quote, try call[quote].text)
        let (id, code) = try shop.addInvoice(quote: quote, due: call[due])
        return .done("invoice \(code) drafted from \(quote.code)", try shop.show(.invoice, id))
    },
    listVerb(.invoice),
    showVerb(.invoice),
    editVerb(.invoice),
    removeVerb(.invoice),
    writes(
        "invoice issue", "Give drafts their numbers", [invoices],
        about: "An issued invoice stays as it is, and its number is never given again. `undo` is refused: it takes a credit note.",
        examples: ["laseros invoice issue last"], answer: Noun.invoice.headings
    ) { call, shop in
        let found = try picked(.invoice, invoices, call, shop)
        let numbers = try found.map { try shop.issue(invoice: $0) }
        guard found.count > 1 else { return .done("invoice \(numbers[0]) issued", try shop.show(.invoice, found[0].id)) }
        return .done("\(counted(found.count, .invoice)) issued", all: try shop.show(.invoice, found.map(\.id)))
    },
    writes(
        "invoice pay", "Record a payment", [invoice, amount, on, method, reference],
        examples: ["laseros invoice pay INV-2026-0001 100 --method EFT"],
        answer: Noun.invoice.headings
    ) { call, shop in
        let found = try shop.find(.invoice, try call[invoice].text)
        let left = try shop.pay(found, try call[amount], on: call[on], method: call[method]?.text, reference: call[reference]?.text)
        let sentence = left == .zero ? "invoice \(found.code) is paid" : "invoice \(found.code): \(left) left to pay"
        return .done(sentence, try shop.show(.invoice, found.id))
    },
    reads(
        "invoice pdf", "Make the PDF of an invoice", [invoice], about: "A draft is marked as one.",
        examples: ["laseros invoice pdf last -o invoice.pdf"]
    ) { call, shop in
        let found = try shop.find(.invoice, try call[invoice].text)
        return .document(try shop.pdf(invoice: found.id), "wrote \(found.code)")
    },
]
