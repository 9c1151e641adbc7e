import Console
import Shop
import Values

/// Adds `--edit` to a command that adds or changes a record.
func editable(_ command: Command, _ noun: Noun) -> Command {
    @Sendable func alone(_ call: Call) throws {
        guard !call.environment.isBatchLine else {
            throw Failure(.usage, .editing, "--edit is not allowed in a batch: it needs a terminal")
        }
    }
    if command.name == "\(noun.name) add" { return command.editable(where: alone) }
    guard command.name == "\(noun.name) edit" else { return command }
    return command.editable(where: alone) { call in
        let typed = call.values[CommonParameters.codes(noun).spec.name] ?? []
        guard typed.count == 1, typed[0] != CodesParameter.input, !call[CodesParameter.matching] else {
            throw Failure(.usage, .editing, "--edit requires one \(noun.word), by its code")
        }
        let shop = try openShop(call, .reading)
        return try shop.data.reading { try fieldTexts(noun, try shop.find(noun, typed[0]), shop) }
    }
}

/// The values of a record's fields, by the names of the options that change them.
private func fieldTexts(_ noun: Noun, _ found: RecordID, _ shop: Shop) throws -> [String: String] {
    var texts: [String: String] = [:]
    if case .typed = noun.coding { texts["code"] = found.code }
    try shop.show(noun, found.id).each { row in
        for (field, shown) in zip(noun.columns, row).dropFirst() where field.isSettable {
            texts[FieldParameter(field).spec.name] = shown.typed
        }
    }
    return texts
}
