import Console
import Shop
import Store
import Values

private let projects = CommonParameters.codes(.project)
/// How many cards one file holds.
private let most = 500

let cardCommand = reads(
    "project card", "Print the job cards of projects as a PDF", [projects], permission: .view,
    about: """
        A job card stands beside the machine. It has the drawings, the operations in their order with the preset of each cut, what is ordered and \
        left of each part, the stock that is reserved and where it is, and the day and the machine of the plan that was kept. The QR codes of the \
        operations and of the project are what `laseros queue scan` reads. There are no prices on it.
        """,
    examples: ["laseros project card hinges -o card.pdf", "laseros project card --all-matching --where status=in-progress -o cards.pdf"],
    makesFiles: false
) { (call, shop) -> [JobCard] in
    do {
        let found = try picked(projects, call, shop)
        guard found.count <= most else {
            throw Failure(.refused, .documentPaper, "\(found.count) job cards are more than one file holds: \(most)", hint: "name fewer")
        }
        return try found.map { try shop.jobCard(of: $0) }
    } catch let nothing as NothingFound {
        // Otherwise the sentence would be what is written to the file.
        throw Failure(.notFound, .documentPaper, nothing.sentence)
    }
} then: { call, shop, cards in
    let (pdf, notes) = try shop.pdf(of: cards)
    let told = cards.count == 1 ? "the job card of \(cards[0].code)" : counted(cards.count, "job card")
    return .document(pdf, "wrote \(told)").noting(notes)
}
