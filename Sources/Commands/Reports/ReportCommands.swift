import Console
import Shop
import Store
import Values

private let drawn = Flag("--chart", "draw a bar for each line")

let reportCommands: [Command] =
    [
        Command.free(
            "report list", "List the reports there are", permission: .open, examples: ["laseros report list"],
            answer: [Heading("name", .text), Heading("summary", .text)]
        ) { _ in
            .rows(Listing(Report.all, [Column("name", \.name), Column("summary", \.summary)]))
        }
    ] + Report.all.map(command)

/// The command of a report, with its parameters and an operand for the rows behind one of its lines.
private func command(_ report: Report) -> Command {
    let parameters = report.parameters.map { FilterParameter($0) }, behind = FilterParameter(behind: report.behind)
    var options: [any Parameter] = [behind] + parameters
    if report.chart != nil { options.append(drawn) }
    let line = behind.spec.name
    return reads(
        "report \(report.name)", report.summary, options, permission: .view,
        relations: report.chart == nil ? [] : [.excludes([line, "chart"])],
        about: [report.about, "With \(line) it lists the \(report.noun.plural) that the figures of that line are made of."]
            .filter { !$0.isEmpty }.joined(separator: "\n\n"),
        examples: ["laseros report \(report.name)", "laseros report \(report.name) --csv"] + report.examples,
        answer: report.columns.map(\.heading)
    ) { call, shop in
        let conditions = try parameters.compactMap { try $0.asked(call, shop) }
        if let text = call.text(line), let cell = try behind.field.cell(text, call, shop) {
            return .rows(try shop.rows(behind: cell, of: report, conditions))
        }
        let listing = try shop.report(report, conditions)
        guard let chart = report.chart, call[drawn] else { return .rows(listing) }
        return .rows(try listing.drawn(chart.of, along: chart.along))
    }
}

extension FilterParameter {
    /// An operand that may be left out.
    fileprivate init(behind filter: Noun.Filter) {
        var field = filter.field
        field.operand = filter.option
        field.help = filter.help
        self.init(field: FieldParameter(field, operand: true), condition: FilterParameter.any(of: filter))
    }

    /// The SQL condition of a call; nil if the parameter is not given.
    fileprivate func asked(_ call: Call, _ shop: Shop) throws -> SQL? {
        guard let text = call.text(spec.name), let cells = try cells(text, call, shop) else { return nil }
        return try condition(cells, shop)
    }
}
