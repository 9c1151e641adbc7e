import Console
import Shop
import Store
import Values

private let invoice = CommonParameters.code(.invoice)
private let invoices = CommonParameters.codes(.invoice)
private let quotes = CommonParameters.codes(.quote)
private let due = Option<Day>("-d, --due DAY", "the last day to pay; invoice_due_days after the day of issue where nothing is said")
private let to = Option<Line>("--to CONTACT", "the contact whom they are addressed to", from: .codes("contact"))
private let amount = Option<Money>("--amount AMOUNT", "how much was paid, of each invoice")
private let inFull = Flag("--in-full", "pay all that is left")
private let on = Option<Day>("--on DAY", "when it was paid; today where nothing is said")
private let method = Option<Line>("--method TEXT", "how it was paid: EFT, cash, card")
private let reference = Option<Line>("--reference TEXT", "what the bank's statement says")

let invoiceCommands: [Command] = [
    writes(
        "invoice add", "Make drafts from accepted quotes", [quotes, due, to], permission: .invoices,
        about: "A draft has a code of its own; it gets its number when it is issued. `@billable` finds the quotes without an invoice.",
        examples: ["laseros invoice add QT-2026-0002", "laseros invoice add --all-matching @billable"], answer: Noun.invoice.headings
    ) { call, shop in
        let found = try picked(quotes, call, shop)
        let contact = try call[to].map { try shop.find(.contact, $0.text).id }
        let drafts = try each(of: found) { try shop.addInvoice(quote: $0, due: call[due], to: contact) }
        let notes = [try shop.pastDay("due", call[due])].compactMap { $0 }
        guard found.count > 1 else {
            return .done("invoice \(drafts[0].code) drafted from \(found[0].code)", try shop.show(.invoice, drafts[0].id)).noting(notes)
        }
        return .done("\(counted(drafts.count, .invoice)) drafted", all: try shop.show(.invoice, drafts.map(\.id))).noting(notes)
    },
    listVerb(.invoice),
    showVerb(.invoice),
    editVerb(.invoice, permission: .invoices),
    removeVerb(.invoice, permission: .invoices),
    moveVerb(.invoice, "issue", permission: .invoices),
    writes(
        "invoice pay", "Record payments", [invoices, amount, inFull, on, method, reference], permission: .money,
        relations: [.oneOf(["amount", "in-full"]), .excludes(["amount", "in-full"])],
        examples: [
            "laseros invoice pay last --amount 100 --method EFT", "laseros invoice pay --all-matching @overdue --in-full --dry-run",
        ],
        answer: Noun.invoice.headings
    ) { call, shop in
        let found = try picked(invoices, call, shop)
        if let text = call.text(amount.spec.name) { try shop.demandOwnCurrency(text) }
        let receipts = try each(of: found) {
            try shop.pay($0, call[amount], on: call[on], method: call[method]?.text, reference: call[reference]?.text)
        }
        let notes = receipts.flatMap(\.notes)
        guard found.count > 1 else {
            let left = receipts[0].left
            let sentence = "invoice \(found[0].code)" + (left == .zero ? " is paid" : ": \(left) left to pay")
            return .done(sentence, try shop.show(.invoice, found[0].id)).noting(notes)
        }
        let paid = receipts.reduce(Money.zero) { $0 + $1.paid }
        return .done("\(paid) paid on \(counted(found.count, .invoice))", all: try shop.show(.invoice, found.map(\.id))).noting(notes)
    },
    reads(
        "invoice pdf", "Make the PDF of an invoice", [invoice], permission: .view, about: "A draft is marked as one.",
        examples: ["laseros invoice pdf last -o invoice.pdf"]
    ) { call, shop in
        let found = try shop.find(.invoice, try call[invoice].text)
        let (pdf, notes) = try shop.pdf(invoice: found.id)
        return .document(pdf, "wrote \(found.code)").noting(notes)
    },
]
