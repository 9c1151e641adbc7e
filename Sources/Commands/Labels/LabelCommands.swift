import Console
import Documents
import Shop
import Store
import Values

private let parts = CodesParameter(Noun.project.subject, words: "parts (JB-2026-12-CL0001-001.3), or projects for all of theirs")
private let remnants = CodesParameter(Noun.lot.subject, words: "remnants")
private let lots = CommonParameters.codes(.lot)
private let deliveries = CommonParameters.codes(.delivery)
private let operators = CommonParameters.codes(.operator)
private let each = Flag("--each", "one label for each piece")
private let size = Option<Size>("--size SIZE", "width x height of a label in mm; default: the setting label_size")
private let sheet = Option<LabelSheet>("--sheet A4|COLSxROWS", "several on a page of A4, such as 3x8, or A4 for as many as fit")
private let start = Option<Count>("--start NUMBER", "the first free label of the sheet, counted row by row")
private let gap = Option<Length>("--gap MM", "between the columns of a sheet; default: 2.5 where there is room")
private let copies = Option<Count>("--copies NUMBER", "how many of each")

let labelCommands: [Command] = [
    label(
        "part", parts, [each],
        "A label has the part's title, material, quantity, client and due day. A project stands for all of its parts.",
        [
            "laseros label part last -o labels.pdf", "laseros label part JB-2026-08-CL0001-003.1 --each --sheet 3x8 --start 4 -o sheet.pdf",
        ]
    ) { call, shop in
        let ids = try picked(
            parts, call, shop, matching: { try shop.parts(ofProjects: $0.map(\.id)) }, id: { $0 },
            named: { word, isPiped, isTold in
                try shop.parts(named: word) { try find(.project, $0, isPiped, shop, hinting: isTold) }
            })
        return try shop.labels(ofParts: ids, each: call[each])
    },
    label(
        "remnant", remnants, [], "A label has the remnant's size, material, heat number and place. Of what filters match, remnants only.",
        ["laseros label remnant --all-matching --where kind=remnant -o remnants.pdf"]
    ) { call, shop in
        let found = try picked(
            remnants, call, shop, matching: { try shop.remnants(among: $0) }, id: \.id,
            named: { word, isPiped, isTold in
                let found = try find(.lot, word, isPiped, shop, hinting: isTold)
                guard try shop.remnants(among: [found]).isEmpty else { return [found] }
                throw Failure(.refused, .label, "\(found.code) is no remnant", hint: "laseros label lot \(found.code)")
            })
        return (try shop.labels(ofLots: found.map(\.id)), [])
    },
    label(
        "lot", lots, [],
        "A label has the lot's item, size, material, grade, heat number and day of receipt; a remnant has that of `label remnant`.",
        ["laseros label lot last -o lot.pdf", "laseros label lot --all-matching --where material=MS --sheet A4 -o lots.pdf"]
    ) { call, shop in (try shop.labels(ofLots: try picked(lots, call, shop).map(\.id)), []) },
    label(
        "delivery", deliveries, [], "A label has the client's name and delivery address, the project, the day and the number of pieces.",
        ["laseros label delivery last --size 100x50 --copies 2 -o parcels.pdf"]
    ) { call, shop in (try shop.labels(ofDeliveries: try picked(deliveries, call, shop).map(\.id)), []) },
    label(
        "operator", operators, [],
        "A label has the operator's name and the shop's, and is their card: `laseros queue scan` reads from its code who works.",
        ["laseros label operator last -o card.pdf", "laseros label operator --all-matching --where active=yes --sheet A4 -o cards.pdf"]
    ) { call, shop in (try shop.labels(ofOperators: try picked(operators, call, shop).map(\.id)), []) },
]

/// A command that prints the labels of one kind.
private func label(
    _ kind: String, _ codes: CodesParameter, _ own: [any Parameter], _ about: String, _ examples: [String],
    _ look: @escaping @Sendable (Call, Shop) throws -> (labels: [Label], notes: [String])
) -> Command {
    reads(
        "label \(kind)", "Print labels of \(kind == "delivery" ? "deliveries" : kind + "s") as a PDF",
        [codes] + own + [size, sheet, start, gap, copies], permission: .view,
        relations: [.needs("start", "sheet"), .needs("gap", "sheet")],
        about: """
            \(about) The QR code has the code and nothing else.

            A page is one label, for a label printer. `--sheet 3x8` prints on sheets of A4 with 3 columns and 8 rows: with `--size` in labels \
            of this size in the middle of the sheet, without it in labels that divide all of it. `--sheet A4` puts as many as fit on a page.

            What has no room is cut or left out, and a note says so. A code is never cut, and the modules of its QR code are at least 0.33 mm: \
            smaller labels are refused.
            """,
        examples: examples, makesFiles: false
    ) { call, shop in
        let paper = try paper(call, shop)
        let found: (labels: [Label], notes: [String])
        do { found = try look(call, shop) } catch let nothing as NothingFound {
            // Otherwise the sentence would be what is written to the file.
            throw Failure(.notFound, .label, nothing.sentence)
        }
        let copies = call[copies]?.value ?? 1
        try shop.demandPrintable(found.labels.count * copies)
        return (paper.paper, paper.skipped, found.labels.flatMap { repeatElement($0, count: copies) }, found.notes)
    } then: { call, shop, print in
        let (paper, skipped, labels, known) = print
        let (pdf, notes) = try shop.pdf(of: labels, on: paper, skipping: skipped)
        let told = labels.count == 1 ? "the label of \(labels[0].code)" : counted(labels.count, "label")
        return .document(pdf, "wrote \(told)").noting(known + notes)
    }
}

/// The paper that a call asks for, and how many labels of its first sheet are used.
private func paper(_ call: Call, _ shop: Shop) throws -> (paper: LabelPaper, skipped: Int) {
    if let size = call[size], !Settings.isLabelSize(size) {
        throw Failure(.usage, .label, "a label of \(size) mm cannot be printed", hint: "--size from 10x10 to 300x300")
    }
    func millimetres(_ size: Size) -> (width: Double, height: Double) { (size.width.millimetres, size.height.millimetres) }
    let usual = try millimetres(call[size] ?? shop.setting(Settings.labelSize)), gap = call[gap]?.millimetres
    let paper: LabelPaper =
        switch call[sheet] {
        case nil: LabelPaper(width: usual.width, height: usual.height)
        case .full: try LabelPaper.filling(width: usual.width, height: usual.height, gap: gap)
        case .grid(let columns, let rows):
            try LabelPaper(columns: columns, rows: rows, size: call[size].map(millimetres), gap: gap)
        }
    let skipped = (call[start]?.value ?? 1) - 1
    guard skipped < paper.count else {
        throw Failure(
            .usage, .label, "there is no label \(skipped + 1) on a sheet of \(paper.count)",
            hint: "--start from 1 to \(paper.count)")
    }
    return (paper, skipped)
}
