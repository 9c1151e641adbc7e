import Values

/// One line of the table: everything there is to know about a command.
package struct Command: Sendable {
    /// What a command may touch. `free` needs no shop; `acts` does something in the outside world.
    package enum Kind: String, Sendable { case free, reads, writes, acts }

    /// `invoice list`
    package var name: String
    /// One line, no full stop.
    package var summary: String
    package var kind: Kind
    package var parameters: [any Parameter]
    package var relations: [Relation]
    /// Paragraphs; `code` is the only markup.
    package var about: String
    package var examples: [String]
    /// The columns of its answer, where it is a listing.
    package var answer: [Heading]
    /// What somebody must be allowed who runs it.
    package var permission: Permission
    /// Not shown in help, pages and completion: what the shells call.
    package var hidden: Bool
    /// It can be one of several that make one change together.
    package var joins = false
    /// It makes files or folders beside the one that `--output` names.
    package var makesFiles = false
    /// What it does. Only `Call.run` runs it, and commands that are made of another.
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

    /// A command that needs no shop and answers from what it is told.
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

    /// Its own parameters, then those of every command.
    package var specs: [Spec] { parameters.map(\.spec) + Standard.all.map(\.spec) }
}

/// The options that every command has.
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
    /// Of every command that changes something.
    package static let dryRun = Flag("-n, --dry-run", "show what would change and store nothing")
    package static let help = Flag("-h, --help", "explain the command")
    package static let all: [any Parameter] = [format, json, csv, fields, noHeader, excel, wide, codes, output, shop, noPager, help]
    package static let relations: [Relation] = [.excludes(["format", "json", "csv", "codes"])]
}
