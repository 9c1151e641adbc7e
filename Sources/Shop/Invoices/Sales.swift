import Store
import Values

extension Report {
    /// All reports.
    package static let all: [Report] = [sales]

    /// The amounts invoiced in each month, and what of them is paid and owed today.
    static let sales: Report = {
        let invoice = Noun.invoice
        var sales = grouping(
            invoice, as: "sales", "What was invoiced, by month, and what of it is paid and owed",
            by: Field("month", Line.self, sql: "substr(invoice.issued_on, 1, 7)"),
            [
                count("invoices"), sum("total", of: invoice, as: "invoiced"), sum("paid", of: invoice),
                sum("balance", of: invoice, as: "owed"),
            ], where: "invoice.number IS NOT NULL",
            behind: Noun.Filter("MONTH", Period.self, "list the invoices of this month instead (2026-10)") { month, _ in
                Noun.within("invoice.issued_on", month)
            })
        sales.about = "A month is that of the issue, with VAT; `paid` and `owed` are as of today. Drafts do not count."
        sales.parameters = [
            Noun.Filter("--from DAY", Day.self, "only what was issued on this day or later") { day, _ in "invoice.issued_on >= \(day)" },
            Noun.Filter("--to DAY", Day.self, "only what was issued on this day or before") { day, _ in "invoice.issued_on <= \(day)" },
        ]
        sales.examples = ["laseros report sales --from 2026-07-01 --to 2026-09-30"]
        sales.chart = Chart(along: "month", of: "invoiced")
        return sales
    }()
}
