import Documents
import Store
import Values

/// What the card of a job says, which stands beside the machine.
package struct JobCard: Sendable {
    package var code: String
    var name: String, client: String, clientID: Int
    var status: ProjectStatus, priority: Priority, due: Day?
    /// Why it is on hold; nil if it is not.
    var hold: String?
    var quantity: Int?
    var material: String?
    var awaitsMaterial: Day?
    var description: String?, notes: String?
    var entries: [Entry] = []
    var parts: [Part] = []
    var stock: [Stock] = []

    /// An entry of the queue.
    struct Entry {
        var id: Int
        var code: String
        /// `cut`, `threads tapped`
        var operation: String
        var isCut: Bool
        var level: Int
        var status: QueueStatus
        var machine: String?
        var material: String?
        var ordered: Int?, left: Int?
        var estimate: Seconds?
        var waitsFor: String?
        var startsOn: Day?, isPinned: Bool
        var notes: String?
        /// The run that is at work on it.
        var run: String?
        var preset: String?
        /// When and where it is to be done, as the schedule was kept.
        var slots: [String] = []
    }

    struct Part {
        var id: Int
        var number: Int
        var title: String
        var material: String?
        var isCustomers: Bool, isAwaited: Bool
        var ordered: Int?
        var note: String?
        var sha256: String?, file: String?
        /// `120 x 80 mm`
        var size: String?
        /// `/10 cut: 4 left`
        var operations: [String] = []
        /// Of its last operation.
        var left: Int?
        /// `2 x part 1`
        var components: [String] = []
    }

    /// What is reserved.
    struct Stock {
        var quantity: Quantity
        var code: String
        var title: String
        var location: String?
        var heat: String?
    }
}

extension Shop {
    /// Draws the cards of jobs, each from a new page on.
    /// - Returns: the bytes of the PDF, and notes on what it leaves out.
    package func pdf(of cards: [JobCard]) throws -> (bytes: [UInt8], notes: [String]) {
        var notes: [String] = []
        let papers = try cards.map { try paper(of: $0, &notes) }
        let name = cards.count == 1 ? "Job card \(cards[0].code)" : "Job cards"
        let bundle = DocumentBundle(papers, name: name, author: try setting(Settings.company), day: try today().description)
        let rendering = try bundle.render(bundle.pdf)
        return (rendering.bytes, notes + rendering.losses.notes)
    }

    private func paper(of card: JobCard, _ notes: inout [String]) throws -> BusinessDocument {
        let texts = try PaperTexts(self, drawingsOf: card.clientID), day = try today()
        var paper = BusinessDocument(
            title: "Job card", number: card.code, day: day.description,
            letterhead: .init(company: texts[Settings.company], accent: texts.letterhead.accent),
            columns: .init("", []), pageLabel: { "Page \($0) of \($1)" })
        paper.code = try QRCode(card.code)
        paper.to = [card.name, card.client] + (card.description.map { PaperTexts.lines($0) } ?? [])
        paper.facts = card.facts
        paper.tables = [
            .init(
                "Operations", columns: .init("Scan to start and to finish", ["Ordered", "Left", "Time"]), lines: try card.operationLines(),
                picture: 56),
            .init(
                "Parts", columns: .init("Part", ["Ordered", "Left"]), lines: try partLines(card, texts, &notes),
                picture: card.parts.count < 3 ? 120 : 84),
            .init("Reserved stock", columns: .init("Item or lot", ["Location", "Quantity"]), lines: card.stockLines),
        ]
        paper.notes = [("Notes", card.notes)].compactMap { heading, text in text.map { .init(heading, $0) } }
        paper.footer = "\(card.code), printed on \(day.spoken)"
        if card.hold != nil { paper.mark = "ON HOLD" }
        if card.status == .cancelled { paper.mark = "CANCELLED" }
        if card.entries.isEmpty {
            notes.append("nothing of \(card.code) is in the queue: its card has no operations to scan (laseros queue add \(card.code))")
        }
        return paper
    }

    private func partLines(_ card: JobCard, _ texts: PaperTexts, _ notes: inout [String]) throws -> [BusinessDocument.Line] {
        var drawn: [String: [PreviewContour]] = [:]
        return try card.parts.map { part in
            if let sha256 = part.sha256, drawn[sha256] == nil {
                let name = part.file ?? part.title
                do { drawn[sha256] = try outlines(sha256, of: name, texts, &notes) } catch let failure as Failure
                    where failure.ending == nil
                {
                    notes.append("\(name) is not drawn: \(failure.message)")
                    drawn[sha256] = []
                }
            }
            return part.line(drawing: part.sha256.flatMap { drawn[$0] } ?? [])
        }
    }
}

extension JobCard {
    fileprivate var facts: [BusinessDocument.Fact] {
        let facts: [(String, String?)] = [
            ("Due", due?.spoken ?? "no day is promised"), ("Priority", priority.rawValue), ("On hold", hold), ("Status", status.rawValue),
            ("Material", material), ("Quantity", quantity.map { "\($0)" }),
            ("Waits for material", awaitsMaterial.map { "since \($0.spoken)" }),
        ]
        return facts.compactMap { label, value in value.map { .init(label, $0) } }
    }

    /// `8`, or a stroke to be filled in by hand
    private static func figure(_ count: Int?) -> String { count.map { "\($0)" } ?? "…" }

    fileprivate func operationLines() throws -> [BusinessDocument.Line] {
        try entries.map { entry in
            let place = [entry.machine, entry.material].compactMap { $0 }.joined(separator: ", ")
            let state = entry.status == .queued ? nil : "\(entry.status.rawValue)\(entry.run.map { ", run \($0)" } ?? "")"
            let day = entry.startsOn.map { entry.isPinned ? "on \($0.spoken)" : "not before \($0.spoken)" }
            let details: [String?] = [
                entry.code, place, entry.preset, state, entry.waitsFor.map { "after \($0)" }, day,
                entry.slots.isEmpty ? nil : "planned: \(entry.slots.joined(separator: "; "))", entry.notes,
            ]
            let figures = [Self.figure(entry.ordered), Self.figure(entry.left), entry.estimate?.spoken ?? ""]
            let isOpen = entry.status != .done
            return .init(
                entry.operation, details: details.compactMap { $0 }.filter { !$0.isEmpty }, figures: figures,
                code: isOpen ? try QRCode(entry.code) : nil)
        }
    }

    fileprivate var stockLines: [BusinessDocument.Line] {
        stock.map { one in
            let details = [one.title, one.heat.map { "heat \($0)" }].compactMap { $0 }.filter { !$0.isEmpty }
            return .init(
                one.code, details: details.isEmpty ? [] : [details.joined(separator: ", ")],
                figures: [one.location ?? "", "\(one.quantity)"])
        }
    }
}

extension JobCard.Part {
    fileprivate func line(drawing: [PreviewContour]) -> BusinessDocument.Line {
        let own = [material, size].compactMap { $0 }.joined(separator: ", ")
        let customers = isCustomers ? "the customer's material\(isAwaited ? ", which has not come yet" : "")" : nil
        let details: [String?] = [
            own, customers, components.isEmpty ? nil : "of \(components.joined(separator: ", "))", operations.joined(separator: ", "), file,
            note,
        ]
        return .init(
            "\(number)  \(title)", details: details.compactMap { $0 }.filter { !$0.isEmpty },
            figures: [ordered.map { "\($0)" } ?? "…", left.map { "\($0)" } ?? "…"], drawing: drawing)
    }
}
