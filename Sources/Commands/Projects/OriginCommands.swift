import Console
import Shop
import Values

private let project = CommonParameters.code(.project)
private let quantity = Option<Count>("--quantity NUMBER", "how many this time")
private let reason = Operand<Line>("REASON", "what was wrong, in quotes if it has blanks")
private let parts = Rest<PartCount>(
    "PART:QTY...", "the faulty parts by their numbers; all where none is named", required: false)
private let owned = Flag("--mine", "only what you look after")

private func option(_ field: String, _ spelling: String? = nil, _ help: String) -> FieldParameter {
    guard let known = Noun.project.fields.first(where: { $0.name == field }) else { preconditionFailure("projects have no \(field)") }
    return FieldParameter(known, option: spelling, help: help)
}

private let repeatOptions = [option("name", nil, "another name"), option("due", nil, "the day that is promised")]
private let remakeOptions = [
    option("fault_cost", "--cost AMOUNT", "what the fault costs, as far as it is known"), option("due", nil, "the day that is promised"),
]

private func record(_ call: Call, _ shop: Shop, _ parameters: [FieldParameter]) throws -> Record {
    var record = Record(.project)
    record.cells = try cells(record.noun.fields, call, shop, parameters)
    return record
}

/// `project JB-2026-12-CL0001-002 repeats JB-2026-11-CL0001-001: 3 parts, 2 files`
private func told(_ made: MadeProject, _ verb: String, _ first: RecordID, _ shop: Shop) throws -> Output {
    let rows = [(made.parts, "part"), (made.files, "file")].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }.joined(separator: ", ")
    return .done(
        "project \(made.project.code) \(verb) \(first.code)" + (rows.isEmpty ? "" : ": \(rows)"), try shop.show(.project, made.project.id)
    ).noting(made.notes)
}

let repeatCommand = writes(
    "project repeat", "Make the same job again, as a new request", [project, quantity] + repeatOptions, permission: .jobs,
    about: """
        The new project has the client, the material and the description of the first, its drawings, and its parts with their numbers,
        operations and notes. Days, prices, quotes and steps stay behind. It names the first as its origin, and `project show` of the
        first names it.

        `--quantity` is that of a project with one part or none. In one of several parts each grows as the project's own quantity does: with
        `--quantity 30`, a job for 10 that has 40 of a part gets 120. Where that is not whole, or the project has no quantity, it is
        refused, and `project part edit` sets each part. The cut time grows alike; the number of sheets has to be found again.
        """,
    examples: ["laseros project repeat last", "laseros project repeat hinges --quantity 8 --due +2w"], answer: Noun.project.headings
) { call, shop in
    let first = try shop.find(.project, try call[project].text)
    let new = try shop.repeat(first, quantity: call[quantity]?.value, try record(call, shop, repeatOptions))
    return try told(new, "repeats", first, shop)
}

let remakeCommand = writes(
    "project remake", "Make faulty parts again, as a new project", [project, reason, parts] + remakeOptions, permission: .jobs,
    about: """
        It is approved at once, because nobody pays for a fault, and can be queued. It has the drawings of its parts, the reason and the
        cost, and names the first project as its origin. `3:2` is two of part 3, and `3` is all of it that are ordered; an assembly brings
        its parts. A reason is needed: one that reads as a part is refused.
        """,
    examples: ["laseros project remake last 'bent the wrong way' 1:2 3 --cost 450 --due +3d"], answer: Noun.project.headings
) { call, shop in
    let first = try shop.find(.project, try call[project].text)
    let why = try call[reason].text
    guard !why.allSatisfy({ $0.isNumber || $0 == ":" }) else {
        let named = call[parts].map { part in " \(part.number)" + (part.count.map { ":\($0)" } ?? "") }.joined()
        throw Failure(
            .usage, .project, "'\(why)' is a part, and the reason is missing",
            hint: "laseros project remake \(first.code) REASON \(why)\(named)")
    }
    let new = try shop.remake(first, because: why, call[parts], try record(call, shop, remakeOptions))
    return try told(new, "remakes", first, shop)
}

let nextCommand = reads(
    "project next", "Say what to do next for each project, and why", [owned, CommonParameters.limit], permission: .view,
    about: """
        One row for each project that is neither cancelled nor delivered, with the command that does it; words in capitals are to be
        replaced. A completed project is listed for 30 days. The most urgent first: what is overdue, then by the deadline of the payment,
        the priority and the promised day. `--wide` shows the command, too.
        """,
    examples: ["laseros project next", "laseros project next --mine --limit 5 --fields code,why,command"],
    answer: NextStep.columns.map(\.heading)
) { call, shop in .rows(try shop.nextSteps(mine: call[owned], limit: call[CommonParameters.limit]?.value)) }
