import Console
import Shop
import Store
import Values

/// The verbs of a noun's child rows, such as `quote line list`, as declared by each child.
/// - Parameter changing: the permission for changes.
func childVerbs(_ noun: Noun, changing: Permission) -> [Command] {
    noun.childrenWithVerbs.flatMap { path in
        Child.Verb.allCases.filter(path.child.verbs.contains).map { verb in
            switch verb {
            case .add: addVerb(path, changing)
            case .list: listVerb(path)
            case .edit: editVerb(path, changing)
            case .move: moveVerb(path, changing)
            case .remove: removeVerb(path, changing)
            }
        }
    }
}

extension Noun {
    /// The words between the noun and the verbs of its children.
    var branches: [Branch] { childrenWithVerbs.map { Branch($0.child.name, $0.child.summary) } }
}

let childPlace = Option<Count>("--at NUMBER", "the place that it gets; the last where nothing is said")
private let target = Required<Count>("--to NUMBER", "the place that it gets")

/// The parameter that identifies a row: its number, or the field that is unique within the parent.
private func name(_ child: Child) -> FieldParameter {
    let what = child.isMovable ? "the number of the \(child.name)" : "which \(child.name): its \(child.naming.name)"
    return FieldParameter(child.naming, operand: true, required: true, word: child.name.uppercased(), help: what)
}

private func row(
    _ path: ChildPath, _ text: String, of thing: RecordID, _ name: FieldParameter, _ call: Call, _ shop: Shop
) throws -> Int {
    try shop.row(path, of: thing, called: try name.cell(text, call, shop) ?? .null)
}

/// The row that the options of a call describe.
func childRecord(_ child: Child, _ call: Call, _ shop: Shop, _ parameters: [FieldParameter]) throws -> ChildRecord {
    var record = ChildRecord(child)
    record.cells = try cells(child.fields, call, shop, parameters)
    return record
}

func settable(_ child: Child, adding: Bool) -> [FieldParameter] {
    child.fields.filter(\.isSettable).map { FieldParameter($0, operand: adding && $0.operand != nil, required: adding && $0.required) }
}

private func addVerb(_ path: ChildPath, _ permission: Permission) -> Command {
    let code = CommonParameters.code(path.noun), child = path.child, fields = settable(child, adding: true)
    let operands = fields.filter { $0.spec.form == .operand }, options = fields.filter { $0.spec.form == .option }
    let parameters: [any Parameter] = [code] + operands + options + (child.isMovable ? [childPlace] : [])
    return writes(
        "\(path.words) add", "Add \(article(child.name)) to \(article(path.noun.word))", parameters, permission: permission,
        examples: path.examples("add"), answer: child.headings
    ) { call, shop in
        let thing = try shop.find(path.noun, try call[code].text)
        let new = try shop.add(try childRecord(child, call, shop, fields), to: thing, path, at: call[childPlace]?.value)
        let what = "\(path.noun.word) \(thing.code): \(child.name)" + (new.number.map { " \($0)" } ?? "")
        return .done("\(what) added", shop.list(path, of: thing.id, only: [new.id])).noting(try shop.advice(path, of: thing.id))
    }
}

private func listVerb(_ path: ChildPath) -> Command {
    let code = CommonParameters.code(path.noun)
    return reads(
        "\(path.words) list", "List the \(path.child.plural) of \(article(path.noun.word))", [code], permission: .view,
        examples: path.examples("list"), answer: path.child.headings
    ) { call, shop in .rows(shop.list(path, of: try shop.find(path.noun, try call[code].text).id)) }
}

private func editVerb(_ path: ChildPath, _ permission: Permission) -> Command {
    let code = CommonParameters.code(path.noun), child = path.child, name = name(child), fields = settable(child, adding: false)
    return writes(
        "\(path.words) edit", "Change \(article(child.name)) of \(article(path.noun.word))", [code, name] + fields, permission: permission,
        relations: [.oneOf(fields.map(\.spec.name))], about: "Fields that are not named stay unchanged; an empty text clears a field.",
        examples: path.examples("edit"), answer: child.headings
    ) { call, shop in
        let thing = try shop.find(path.noun, try call[code].text), said = call.text(name.spec.name) ?? ""
        let row = try row(path, said, of: thing, name, call, shop)
        let isChanged = try shop.edit(try childRecord(child, call, shop, fields), row, of: thing, path)
        let what = "\(path.noun.word) \(thing.code): \(child.name) \(said)"
        return .done(what + (isChanged ? " changed" : " is unchanged"), shop.list(path, of: thing.id, only: [row]))
            .noting(try shop.advice(path, of: thing.id))
    }
}

private func moveVerb(_ path: ChildPath, _ permission: Permission) -> Command {
    let code = CommonParameters.code(path.noun), child = path.child, name = name(child)
    return writes(
        "\(path.words) move", "Move \(article(child.name)) of \(article(path.noun.word))", [code, name, target], permission: permission,
        about: "Those between the two places move by one.", examples: path.examples("move"), answer: child.headings
    ) { call, shop in
        let thing = try shop.find(path.noun, try call[code].text), said = call.text(name.spec.name) ?? ""
        let row = try row(path, said, of: thing, name, call, shop), to = try call[target].value
        let isMoved = try shop.move(row, to: to, of: thing, path)
        let what = "\(path.noun.word) \(thing.code): \(child.name) \(said)"
        return .done(
            what + (isMoved ? child.isNumbered ? " is at place \(to) now" : " is \(child.name) \(to) now" : " stays"),
            shop.list(path, of: thing.id, only: [row]))
    }
}

private func removeVerb(_ path: ChildPath, _ permission: Permission) -> Command {
    let code = CommonParameters.code(path.noun), child = path.child, one = name(child)
    let names = FieldParameter(child.naming, rest: "\(child.name.uppercased())...", help: one.spec.help)
    return writes(
        "\(path.words) remove", "Remove \(child.plural) of \(article(path.noun.word))", [code, names], permission: permission,
        about: child.isMovable ? "Those behind them close up." : "", examples: path.examples("remove"), answer: child.headings
    ) { call, shop in
        let thing = try shop.find(path.noun, try call[code].text), said = call.values[names.spec.name] ?? []
        var rows: [Int] = []
        for text in said {
            let row = try row(path, text, of: thing, names, call, shop)
            if !rows.contains(row) { rows.append(row) }
        }
        let listing = try shop.list(path, of: thing.id, only: rows).kept()
        try shop.remove(rows, of: thing, path)
        let what = rows.count == 1 ? "\(child.name) \(said[0])" : "\(rows.count) \(child.plural)"
        let sentence = "\(path.noun.word) \(thing.code): \(what) removed"
        let done: Output = rows.count == 1 ? .done(sentence, listing) : .done(sentence, all: listing)
        return done.noting(try shop.advice(path, of: thing.id))
    }
}

extension ChildPath {
    /// Taken from the noun's own examples, if it has any.
    fileprivate func examples(_ verb: String) -> [String] {
        let known = noun.examples["\(child.name) \(verb)"], row = child.isMovable ? "1" : child.name.uppercased()
        let words = ["move": " \(row) --to 1", "remove": " \(row)"][verb] ?? ""
        return known ?? ["laseros \(self.words) \(verb) last\(words)"]
    }
}
