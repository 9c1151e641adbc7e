import Console
import Shop
import Store
import Values

/// The verbs that every noun has, generated from its fields.
enum StandardVerb: String, CaseIterable {
    case add, list, show, edit, remove, `import`, export

    /// - Parameter changing: the permission for adding, changing and removing.
    func command(_ noun: Noun, changing: Permission) -> Command {
        switch self {
        case .add: addVerb(noun, permission: changing)
        case .list: listVerb(noun)
        case .show: showVerb(noun)
        case .edit: editVerb(noun, permission: changing)
        case .remove: removeVerb(noun, permission: changing)
        case .import: importVerb(noun, permission: changing)
        case .export: exportVerb(noun)
        }
    }
}

func verbs(_ noun: Noun, changing: Permission) -> [Command] { StandardVerb.allCases.map { $0.command(noun, changing: changing) } }

private func example(_ noun: Noun, _ verb: String, _ common: String...) -> [String] { noun.examples[verb] ?? common }

/// The cells for fields in the options of a call; nil for fields that are not given.
func cells(_ fields: [Field], _ call: Call, _ shop: Shop, _ parameters: [FieldParameter]) throws -> [Cell?] {
    try fields.map { field in
        guard let parameter = parameters.first(where: { $0.field.name == field.name }), let text = call.text(parameter.spec.name)
        else { return nil }
        return try parameter.cell(text, call, shop)
    }
}

private func record(_ noun: Noun, _ call: Call, _ shop: Shop, _ parameters: [FieldParameter]) throws -> Record {
    var record = Record(noun)
    record.cells = try cells(noun.fields, call, shop, parameters)
    return record
}

private let addStrict = Flag("--strict", "refuse what seems to be there already")

func addVerb(_ noun: Noun, permission: Permission) -> Command {
    let settable = noun.fields.filter(\.isSettable)
    let parameters = settable.map { FieldParameter($0, operand: $0.operand != nil, required: $0.required) }
    let typed = Operand<Line>("CODE", "its code: short, without blanks"), like = LikeParameter(noun)
    var all: [any Parameter] = parameters.filter { $0.spec.form == .operand } + parameters.filter { $0.spec.form == .option }
    if case .typed = noun.coding { all.insert(typed, at: 0) }
    if noun.likeness != nil { all.append(addStrict) }
    return writes(
        "\(noun.command) add", "Add \(article(noun.word))", all + [like], permission: permission, examples: example(noun, "add"),
        answer: noun.headings
    ) {
        call, shop in
        var new = try record(noun, call, shop, parameters)
        if case .typed = noun.coding { new.code = call.text(typed.spec.name) }
        let taken = try like.take(&new, call, shop)
        if call[addStrict], let alike = try noun.likeness?.of(shop, new, []).first {
            throw Failure(
                .refused, .verbs, "\(alike.sentence): nothing was stored",
                hint: "laseros \(noun.command) edit \(alike.code) changes it; without --strict the new one is added")
        }
        let (id, code) = try shop.add(new)
        return .done("\(noun.word) \(code) added", try shop.show(noun, id)).noting(taken + (try shop.advice(on: new, [id])))
    }
}

/// The query with the order and limit of the call.
private func paged(_ query: Query, _ call: Call) -> Query {
    var query = query
    query.sort = call[CommonParameters.sort]?.text
    query.limit = call[CommonParameters.limit]?.value
    query.offset = call[CommonParameters.offset]?.value
    return query
}

func listVerb(_ noun: Noun) -> Command {
    let words = noun.listCommand
    let names = NamedFilters(noun.subject)
    let listing = reads(
        words, "List the \(noun.plural)",
        FilterQuery.parameters(noun.subject) + [
            FilterQuery.all, FilterQuery.save, CommonParameters.sort, CommonParameters.limit, CommonParameters.offset, Standard.dryRun,
        ],
        permission: .view,
        relations: [.alone("save", without: ["sort", "limit", "offset"]), .needs("dry-run", "save")],
        about: "Sorted by \(noun.order). `--sort` takes " + noun.columns.filter(\.sorts).map(\.name).joined(separator: ", ") + ". "
            + noun.subject.aboutFilters(live: true),
        examples: example(noun, "list", "laseros \(words) --format csv"), answer: noun.columns.map(\.heading)
    ) { call, shop in
        .rows(try shop.list(noun, paged(try FilterQuery(noun.subject, call, names: names).query(noun, call, shop, live: true), call)))
    }
    var command = listing
    command.body = { call, answer in
        guard let name = call[FilterQuery.save] else { return try listing.body(call, answer) }
        try call.session.demand(.filters, for: listing.name)
        let narrowing = try FilterQuery(noun.subject, call, names: names)
        guard !narrowing.isEmpty || call[FilterQuery.all] else { throw Failure(.usage, .verbs, "--save requires a filter") }
        let shop = try openShop(call, .writing)
        try store(call, shop, answer) {
            // Checks the filter before it is saved.
            _ = try narrowing.query(noun, call, shop, live: true)
            let saved = try shop.save(.filter, name, of: noun, try narrowing.wordsToSave(noun, shop))
            let other = saved.isReplaced ? ", in place of another filter" : ""
            return .done("saved as @\(name.text): laseros \(words) @\(name.text)\(other)", try shop.show(.filter, saved.id))
        }
    }
    return command
}

func exportVerb(_ noun: Noun) -> Command {
    let names = NamedFilters(noun.subject)
    return reads(
        "\(noun.command) export", "Print the \(noun.plural) as `\(noun.name) import` takes them",
        FilterQuery.parameters(noun.subject) + [FilterQuery.all, CommonParameters.sort, CommonParameters.limit, CommonParameters.offset],
        permission: .export,
        about: "CSV, unless another format is asked for. Importing an export changes nothing. "
            + "Filters narrow it; `--all` makes no difference. " + noun.subject.aboutFilters(live: false),
        examples: example(noun, "export", "laseros \(noun.command) export --output \(noun.plural).csv"), answer: noun.portableHeadings
    ) { call, shop in
        let query = try FilterQuery(noun.subject, call, names: names).query(noun, call, shop, live: false)
        return Output.rows(try shop.export(noun, paged(query, call))).preferring(.csv)
    }
}

func showVerb(_ noun: Noun) -> Command {
    let code = CommonParameters.code(noun)
    return reads(
        "\(noun.command) show", "Show everything about \(article(noun.word))", [code], permission: .view,
        examples: example(noun, "show", "laseros \(noun.command) show \(noun.sample)"),
        answer: noun.headings
    ) { call, shop in
        .record(try shop.show(noun, try shop.find(noun, try call[code].text).id))
    }
}

func editVerb(_ noun: Noun, permission: Permission) -> Command {
    let codes = CommonParameters.codes(noun)
    let parameters = noun.fields.filter(\.isSettable).map { FieldParameter($0) }
    let newCode = Option<Line>("--code CODE", "another code")
    var options: [any Parameter] = parameters
    if case .typed = noun.coding { options.append(newCode) }
    return writes(
        "\(noun.command) edit", "Change \(noun.plural)", [codes] + options, permission: permission,
        relations: [.oneOf(options.map(\.spec.name))],
        about: "Fields that are not named stay unchanged; an empty text clears a field.",
        examples: example(noun, "edit", "laseros \(noun.command) edit \(noun.sample) --notes 'ask again in March'"),
        answer: noun.headings
    ) { call, shop in
        var change = try record(noun, call, shop, parameters)
        let found = try picked(codes, call, shop)
        if let code = call[newCode] {
            guard found.count == 1 else { throw Failure(.usage, .verbs, "one code cannot go to \(found.count) \(noun.plural)") }
            change.code = code.text
        }
        let changed = try each(of: found) { thing in
            change.id = thing.id
            return try shop.edit(change) ? thing.id : nil
        }
        let ids = changed.compactMap { $0 }
        return try told(noun, found, "changed", ids, shop).noting(shop.advice(on: change, ids))
    }
}

/// `client CL-0001 changed`, `2 of 3 clients changed`.
private func told(_ noun: Noun, _ found: [RecordID], _ done: String, _ ids: [Int], _ shop: Shop) throws -> Output {
    if found.count == 1 {
        let sentence = ids.isEmpty ? "\(noun.word) \(found[0].code) is unchanged" : "\(noun.word) \(found[0].code) \(done)"
        return .done(sentence, try shop.show(noun, found[0].id))
    }
    let sentence =
        ids.count == found.count ? "\(counted(ids.count, noun)) \(done)" : "\(ids.count) of \(counted(found.count, noun)) \(done)"
    return .done(sentence, all: try shop.show(noun, ids))
}

func removeVerb(_ noun: Noun, permission: Permission) -> Command {
    let codes = CommonParameters.codes(noun)
    return writes(
        "\(noun.command) remove", "Remove \(noun.plural)", [codes], permission: permission,
        about: "Refused while other records refer to it. `laseros undo` brings it back.",
        examples: example(noun, "remove", "laseros \(noun.command) remove \(noun.sample)"), answer: noun.headings
    ) { call, shop in
        let found = try picked(codes, call, shop)
        let listing = try shop.show(noun, found.map(\.id)).kept()
        _ = try each(of: found) { try shop.remove(noun, $0.id, code: $0.code) }
        guard found.count > 1 else { return .done("\(noun.word) \(found[0].code) removed", listing) }
        return .done("\(counted(found.count, noun)) removed", all: listing)
    }
}
