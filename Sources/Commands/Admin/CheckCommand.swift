import Console
import Shop
import Values

private let chosen = Several<Line>("--rule NAME", "prove only this rule, or A,B; may be repeated")
private let listed = Flag("--list", "list the rules and what each proves")

/// `check`, which proves the books.
let checkCommand: Command = {
    var command = reads(
        "check", "Prove that the books hold", [chosen, listed], permission: .history, relations: [.excludes(["list", "rule"])],
        about: """
            Proves what must be true of the shop's records: that sums, tax and running totals are those of their rows, numbers have no \
            gaps, stock is what its movements come to, states follow from what was done, nothing belongs to a record that is gone, and \
            files are there with their hash; and with it all that `log verify` proves of the history. `--list` names the rules.

            Each finding is a row: the rule, the record, what was found and what was expected; exit 1 if there is any. Nothing is changed.
            """,
        examples: ["laseros check", "laseros check --rule invoice-totals,invoice-vat --csv"],
        answer: BookRule.headings
    ) { call, shop in
        let all = BookRule.all(of: nouns)
        guard !call[listed] else { return .rows(Listing(all, BookRule.columns)) }
        return answer(try shop.check(try rules(call[chosen].map(\.text), of: all)))
    }
    command.joins = false
    return command
}()

/// - Throws: `notFound` for a rule that there is not.
private func rules(_ typed: [String], of all: [BookRule]) throws -> [BookRule] {
    let names = typed.flatMap { $0.split(separator: ",").map { String(String($0).trimmed) } }.filter { !$0.isEmpty }
    for name in names where !all.contains(where: { $0.name == name }) {
        let near = nearest(name, all.map(\.name)).map { "did you mean '--rule \($0)'?" }
        throw Failure(.notFound, .check, "there is no rule '\(name)'", hint: near ?? "laseros check --list")
    }
    return names.isEmpty ? all : all.filter { names.contains($0.name) }
}

private func answer(_ check: BookCheck) -> Output {
    let proved = "\(counted(check.rows, "row")) in \(counted(check.rules.count, "rule"))"
    guard check.count > 0 else { return .done("the books hold: \(proved)", all: check.listing) }
    let broken = check.findings.map(\.rule)
    let notes = [
        "\(counted(check.count, "fault")) in \(broken.count) of \(counted(check.rules.count, "rule")), \(counted(check.rows, "row"))"
    ]
    return Output(.rows(check.listing), code: 1, notes: notes + hints(broken))
}

/// One line for all rules with the same hint.
private func hints(_ rules: [BookRule]) -> [String] {
    var order: [String] = []
    for rule in rules where !order.contains(rule.hint) { order.append(rule.hint) }
    return order.map { hint in "\(rules.filter { $0.hint == hint }.map(\.name).joined(separator: ", ")): \(hint)" }
}
