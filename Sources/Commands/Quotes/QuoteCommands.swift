import Console
import Drawings
import Shop
import Store
import Values

private let quote = CommonParameters.code(.quote)
private let client = Required<Line>("-c, --client CODE", "the client", from: .codes("client"))
private let project = Option<Line>("-p, --project CODE", "the project; without drawings, its parts are priced", from: .codes("project"))
private let material = Option<Line>("-m, --material CODE", "the material, where neither name nor CSV says it", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "how thick, where neither name nor CSV says it")
private let quantity = Option<Count>("--quantity NUMBER", "how many, where neither argument, name nor CSV says it")
private let finish = Option<Line>(
    "--finish NAME,...", "operations after cutting, where neither name nor CSV says it", from: .codes("operation"))
private let override = Flag("--override", "let the options overrule names and the CSV")
private let despiteFaults = Flag("--despite-faults", "price drawings with errors")
private let isolate = Flag("--isolate", "of a drawing sheet price the part in its largest view")
private let lines = Option<String>("--lines FILE", "a CSV of lines, as `dxf info --lines` writes it; - is standard input", from: .files)
private let reference = Option<Line>("--reference TEXT", "the client's own reference")
private let terms = Option<String>("--terms TEXT", "below the lines, in place of the setting quote_terms")
private let notes = Option<String>("--notes TEXT", "internal notes, not printed")
private let to = Option<Line>("--to CONTACT", "the contact whom it is addressed to", from: .codes("contact"))
private let validUntil = Option<Day>("--valid-until DAY", "valid until this day")
private let drawings = Rest<String>("DRAWING...", "drawings to price; `FILE:3` asks for three", from: .files, required: false)

let quoteCommands: [Command] = [
    writes(
        "quote add", "Price drawings and make a quote",
        [
            drawings, client, project, material, thickness, quantity, finish, override, isolate, despiteFaults, lines, reference,
            validUntil, to, terms, notes,
        ] + RowFile.parameters("lines").parameters,
        permission: .quotes,
        relations: RowFile.parameters("lines").relations,
        about: """
            Each drawing becomes a line. Its material, thickness and quantity come from the argument, the CSV or the part of the
            project, else from the file's name (`0001-Flange-MS-10mm-x4.dxf`), else from the option, else from the texts in the
            drawing, else from the project; the source is shown. An option that contradicts a name, the CSV or a part is refused,
            unless `--override` is given.

            A line is for the part of the project that has this drawing, material, thickness and finish. Without one, accepting
            the quote adds it.

            A drawing that cannot be cut as it is drawn is refused with its faults: the errors of `laseros dxf check`, and parts
            larger than the bed. `--despite-faults` prices it anyway.

            Only lines that are cut are priced: the setting `dxf_processes` decides (`laseros dxf layers`). A drawing sheet (frame, title
            block, dimensions as lines) is refused, unless `--isolate` takes the part in its largest view.

            Of a project with parts each part with a drawing is a line, with the part's title and what the part says; quantities are those of
            the parts, an assembly is priced by its own, and a note names the parts that have no drawing. Material that the customer brings is
            not charged.

            A remnant into which all pieces of a line fit is taken in place of a new sheet, by the setting `remnants`: `never`, `less-waste` (when the
            boxes of the parts fill more of it than `sheet_fill` says of a new sheet) or `always`. The line then costs what the remnant cost, since
            what is left of one is rarely used again; accepting the quote reserves it. No two lines take the same one.

            The price is the sum of material (for the box of the part), cutting and piercing time (by the preset, at the
            machine's rate), gas, finish, setup, handling and markup, and at least the minimum. `laseros quote explain` shows
            every term. A finish is an operation (`laseros operation`), charged by the piece, the bend, the metre cut or the square metre of
            the part's box.
            """,
        examples: [
            "laseros quote add --client CL-0001 0001-Flange-MS-10mm-x4.dxf",
            "laseros quote add -c karoo -m MS -t 3 --override 0001-Flange-MS-10mm-x4.dxf:2",
        ],
        answer: Noun.quote.headings, prepare: prepared, contents: \.contents
    ) { call, shop, parts in
        var request = QuoteRequest(client: try shop.find(.client, try call[client].text).id)
        request.project = try call[project].map { try shop.find(.project, $0.text).id }
        request.reference = call[reference]?.text
        request.contact = try call[to].map { try shop.find(.contact, $0.text).id }
        (request.terms, request.notes, request.validUntil) = (call[terms], call[notes], call[validUntil])
        let (id, code, remnants) = try shop.addQuote(request, parts)
        return try told(shop, id, code).noting(
            parts.notes + remnants + [try shop.pastDay("valid_until", request.validUntil), unpriced(call, shop)].compactMap { $0 })
    },
    listVerb(.quote),
    showVerb(.quote),
    reads(
        "quote explain", "Show every term of every line: they add up to the price", [quote], permission: .view,
        examples: ["laseros quote explain last"],
        answer: Shop.termHeadings
    ) { call, shop in .rows(shop.explain(quote: try shop.find(.quote, try call[quote].text).id)) },
    editVerb(.quote, permission: .quotes),
    removeVerb(.quote, permission: .quotes),
    moveVerb(.quote, "send", permission: .quotes),
    moveVerb(.quote, "accept", permission: .quotes),
    moveVerb(.quote, "reject", permission: .quotes),
    reads(
        "quote pdf", "Make the PDF of a quote", [quote], permission: .view, about: "A draft is marked as one.",
        examples: ["laseros quote pdf last -o quote.pdf"]
    ) { call, shop in
        let found = try shop.find(.quote, try call[quote].text), (pdf, notes) = try shop.pdf(quote: found.id)
        return .document(pdf, "wrote \(found.code)").noting(notes)
    },
]

/// `quote QT-2026-0001: 3 lines, 1234.50 with VAT`
private func told(_ shop: Shop, _ id: Int, _ code: String) throws -> Output {
    let lines = try shop.quoteLines(id), listing = try shop.show(.quote, id)
    var total = ""
    try shop.show(.quote, id).only(["total"]).each { if case .money(let money) = $0[0] { total = money.description } }
    return .done("quote \(code): \(counted(lines.count, "line")), \(total) with VAT", listing)
}

/// A note about the parts of the project that are not priced, if it is quoted by its parts.
private func unpriced(_ call: Call, _ shop: Shop) throws -> String? {
    guard let code = call[project], call[drawings].isEmpty, call[lines] == nil else { return nil }
    return try shop.unpricedParts(ofProject: shop.find(.project, code.text))
}

/// Reads and measures every part before the lock is taken.
@Sendable private func prepared(_ call: Call, _ shop: Shop) throws -> [Prepared] {
    var defaults = Defaults()
    defaults.facts = PartFacts(
        material: call[material]?.text, thickness: call[thickness], quantity: call[quantity]?.value, finish: call[finish]?.text)
    (defaults.overrides, defaults.isolates, defaults.despiteFaults) = (call[override], call[isolate], call[despiteFaults])
    let habits = try shop.drawingHabits(ofClient: try shop.find(.client, try call[client].text).id)
    defaults.habits = habits
    var enquiries = try call[drawings].map { try Enquiry(argument: $0, call.environment) }
    if let file = call[lines] { enquiries += try enquiryRows(file, call) }
    if let code = call[project] {
        let found = try shop.find(.project, code.text)
        try defaults.use(project: found.id, of: shop)
        if enquiries.isEmpty { enquiries = try shop.drawings(ofProject: found.id) }
    }
    guard !enquiries.isEmpty else {
        throw Failure(
            .usage, .quoteCommands, ["there is nothing to price", try unpriced(call, shop)].compactMap { $0 }.joined(separator: ": "),
            hint: "name a drawing, --lines FILE, or a --project with drawings")
    }
    for enquiry in enquiries {
        if case .path(let path) = enquiry.source { try call.environment.demandPlain(path, enquiry.name) }
    }
    let names = Set(enquiries.map { $0.name.lowercased() })
    for i in enquiries.indices { enquiries[i].doubt = twinDoubt(enquiries[i], habits.processes, among: names) }
    return try shop.prepare(enquiries, defaults)
}

/// Warns if a LightBurn project differs from the drawing of the same name in its folder.
private func twinDoubt(_ enquiry: Enquiry, _ rules: Processes, among names: Set<String>) -> String? {
    // Stored files are named by their hash, so no file next to one belongs to it.
    guard case .path(let path) = enquiry.source else { return nil }
    let file = DrawingFile(name: enquiry.name, path: path), options = Measure.Options(rules: rules)
    func measured() throws -> Measurement {
        try File.withBytes(of: file.path, name: file.name) { try Drawing(reading: $0) }.measure(options)
    }
    return file.twinDefect(try measured(), options, among: names)?.consequence
}
