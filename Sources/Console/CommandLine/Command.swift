import Values

/// One row of the command table: everything that defines a command.
package struct Command: Sendable {
    /// What a command may access. `free` needs no shop; `acts` has an effect outside the database.
    package enum Kind: String, Sendable { case free, reads, writes, acts }

    /// `invoice list`
    package var name: String
    /// One line without a full stop.
    package var summary: String
    package var kind: Kind
    package var parameters: [any Parameter]
    package var relations: [Relation]
    /// Paragraphs. The only markup is `code`.
    package var about: String
    package var examples: [String]
    /// The columns of its answer, if that is a listing.
    package var answer: [Heading]
    /// The permission needed to run it.
    package var permission: Permission
    /// Not shown in help, manual pages and completion, because only shells call it.
    package var hidden: Bool
    /// Whether a batch may contain it.
    package var joins = false
    /// Whether it creates files or folders besides that of `--output`.
    package var makesFiles = false
    /// The implementation. Only `Call.run` and commands that wrap others call it.
    package var body: @Sendable (Call, Answer) throws -> Void

    package init(
        _ name: String, _ summary: String, kind: Kind, permission: Permission, _ parameters: [any Parameter] = [],
        relations: [Relation] = [], about: String = "", examples: [String] = [], answer: [Heading] = [], hidden: Bool = false,
        makesFiles: Bool = false, body: @escaping @Sendable (Call, Answer) throws -> Void
    ) {
        (self.name, self.summary, self.kind, self.parameters, self.relations) = (name, summary, kind, parameters, relations)
        (self.about, self.examples, self.answer, self.hidden, self.body) = (about, examples, answer, hidden, body)
        (self.makesFiles, self.permission) = (makesFiles, permission)
    }

    /// A command that needs no shop and computes its answer from its parameters.
    package static func free(
        _ name: String, _ summary: String, _ parameters: [any Parameter] = [], permission: Permission, relations: [Relation] = [],
        about: String = "", examples: [String] = [], answer: [Heading] = [], hidden: Bool = false, makesFiles: Bool = false,
        run: @escaping @Sendable (Call) throws -> Output
    ) -> Command {
        Command(
            name, summary, kind: .free, permission: permission, parameters, relations: relations, about: about, examples: examples,
            answer: answer,
            hidden: hidden, makesFiles: makesFiles
        ) { call, answer in try answer.put(try run(call)) }
    }

    /// The common parameters. A command that makes documents of other formats has its own `--format` instead, and one that takes no days
    /// has no `--dates`.
    var standard: [any Parameter] {
        var all = Standard.all, takesDays = false
        for parameter in parameters {
            let spec = parameter.spec
            if spec.name == Standard.format.spec.name { all.removeAll { $0.spec.name == spec.name } }
            if spec.name == Standard.dates.spec.name { return all }
            takesDays = takesDays || spec.takesDays
        }
        if takesDays { all.insert(Standard.dates, at: all.count - 1) }
        return all
    }

    /// The parameters that help explains with it: its own, and the order of dates where it takes days.
    package var explained: [Spec] {
        let dates = Standard.dates.spec
        return parameters.map(\.spec) + (standard.contains { $0.spec.name == dates.name } ? [dates] : [])
    }

    /// Its own parameters, then the common ones.
    package var specs: [Spec] { parameters.map(\.spec) + standard.map(\.spec) }
}

/// The options of every command.
package enum Standard {
    package static let format = Option<Format>("-f, --format FORMAT", "print the answer as table, csv, tsv, json, ndjson or markdown")
    package static let json = Flag("--json", "short for --format json")
    package static let csv = Flag("--csv", "short for --format csv")
    package static let fields = Option<String>("--fields A,B,...", "print only these columns, in this order")
    package static let excel = Flag(
        "--excel", "write csv or tsv that a spreadsheet opens by a double click; with import, read such a file back")
    package static let noHeader = Flag("--no-header", "leave the header out")
    package static let wide = Flag("-w, --wide", "print every column of a table")
    package static let codes = Flag("-q, --codes", "print only the codes, one a line")
    package static let output = Option<String>(
        "-o, --output FILE", "write the answer to a file, whole or not at all; - is standard output", from: .files)
    package static let shop = Option<String>("-C, --shop DIR", "the shop's folder", from: .files)
    package static let noPager = Flag("--no-pager", "print a long answer without a pager")
    /// The option of every command that changes data.
    package static let dryRun = Flag("-n, --dry-run", "show what would change and store nothing")
    /// The option of every command that takes days.
    package static let dates = Option<DateOrder>("--dates ORDER", "the order of day and month in 12/01/2026: dmy or mdy")
    package static let help = Flag("-h, --help", "explain the command")
    package static let all: [any Parameter] = [format, json, csv, fields, noHeader, excel, wide, codes, output, shop, noPager, help]
    package static let relations: [Relation] = [.excludes(["format", "json", "csv", "codes"])]
}
