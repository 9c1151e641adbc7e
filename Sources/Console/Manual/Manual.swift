import Values

/// The help text of the command table: for the terminal, man(1), the web and programs.
struct Manual {
    let program: Program
    /// The line width: that of a narrow terminal, if it is narrower than a page.
    private let columns: Int

    init(_ program: Program, _ width: Int? = nil) {
        (self.program, columns) = (program, max(20, min(width ?? Wrap.page, Wrap.page)))
    }

    /// The command groups that are not hidden.
    var groups: [CommandGroup] { program.groups.filter { !$0.isHidden } }

    /// The usage line of a command as words: `laseros`, `client`, `add`, `NAME`, `[--email ADDRESS]`.
    func usage(_ command: Command) -> [String] {
        [program.name] + command.words
            + command.parameters.map(\.spec).map { spec in
                let typed = spec.form == .option ? "--\(spec.name) \(spec.placeholder)" : spec.usage
                return (spec.required ? typed : "[\(typed)]") + (spec.repeats ? "..." : "")
            }
    }

    /// `laseros help`: all command groups, one line each.
    var overview: String {
        var text = prose("\(program.name) \(program.version): \(program.summary)") + "\n"
        text += Wrap.hanging([program.name, "COMMAND", "[WORD...]", "[OPTION...]"], first: "usage: ", indent: 7, columns)
        let shown = groups, width = shown.map(\.name.count).max() ?? 0
        for section in CommandGroup.Section.allCases {
            let members = shown.filter { $0.section == section }
            if members.isEmpty { continue }
            text += "\n\(section.rawValue)\n"
            text += Wrap.pairs(members.map { ($0.name + String(repeating: " ", count: width - $0.name.count), $0.summary) }, columns)
        }
        text += "\nOptions of every command\n" + Wrap.pairs(Standard.all.map { Manual.row($0.spec) }, columns)
        return text + "\n" + prose("'\(program.name) help COMMAND' explains one: '\(program.name) help \(shown.first?.name ?? "help")'.")
    }

    /// `laseros help client`, `laseros help quote line`.
    func help(_ node: Node) -> String {
        let commands = node.commands
        if commands.count == 1, commands[0].name == node.name { return help(commands[0]) }
        var text = prose("\(program.name) \(node.name): \(node.summary)")
        for paragraph in Wrap.paragraphs(node.about) {
            text += "\n" + Wrap.hanging(Wrap.words(paragraph), first: "", indent: 0, columns)
        }
        text += "\n" + Wrap.pairs(node.members.map(Manual.row), columns)
        let moves = node.moveLines
        if !moves.isEmpty { text += "\nStates\n" + Wrap.pairs(moves, columns) }
        return text + "\n" + prose("'\(program.name) help \(commands.first?.name ?? node.name)' explains one.")
    }

    /// The two columns of a list of commands: `client show CODE` or `quote line COMMAND`, and the summary.
    private static func row(_ member: Node.Member) -> (left: String, right: String) {
        switch member {
        case .command(let command): ((command.words + operands(command)).joined(separator: " "), command.summary)
        case .node(let node): (node.name + " COMMAND", node.summary)
        }
    }

    private func prose(_ text: String) -> String { Wrap.hanging(Wrap.words(text), first: "", indent: 0, columns) }

    private static func operands(_ command: Command) -> [String] {
        command.parameters.map(\.spec).filter { !$0.isOption }.map { $0.required ? $0.usage : "[\($0.usage)]" }
    }

    /// `laseros client add --help`.
    func help(_ command: Command) -> String {
        var text = prose(command.summary) + "\n"
        text += Wrap.hanging(usage(command), first: "usage: ", indent: 7, columns)
        let specs = command.explained
        if !specs.isEmpty {
            let operands = specs.filter { !$0.isOption }, options = specs.filter(\.isOption)
            text += "\n" + Wrap.pairs((operands + options).map(Manual.row), columns)
        }
        if !command.relations.isEmpty {
            text +=
                "\n"
                + Wrap.hanging(Wrap.words(command.relations.map(command.sentence).joined(separator: " ")), first: "", indent: 0, columns)
        }
        for paragraph in Wrap.paragraphs(command.about) {
            text += "\n" + Wrap.hanging(Wrap.words(paragraph), first: "", indent: 0, columns)
        }
        if !command.examples.isEmpty {
            text += "\nExamples\n" + command.examples.flatMap { Wrap.example($0, columns) }.map { $0 + "\n" }.joined()
        }
        if !command.answer.isEmpty {
            text +=
                "\n" + Wrap.hanging(Wrap.words(command.answer.map(\.name).joined(separator: ", ")), first: "Answer: ", indent: 8, columns)
        }
        let names = Standard.all.map(\.spec).map { ($0.short.map { "-\($0) " } ?? "") + "--\($0.name)" }
        let commas = names.dropLast().map { $0 + "," } + names.suffix(1)
        return text + "\n" + Wrap.hanging(commas, first: "Every command: ", indent: 15, columns)
    }

    /// The two columns of a list of parameters.
    static func row(_ spec: Spec) -> (left: String, right: String) {
        guard spec.isOption else { return (spec.usage, spec.explained) }
        let short = spec.short.map { "-\($0), " } ?? "    "
        return (short + "--\(spec.name)" + (spec.form == .option ? " " + spec.placeholder : ""), spec.explained)
    }
}

extension Spec {
    private var hasLongWord: Bool { word.utf8.count > 24 }

    /// The placeholder of the value in help. A long list of choices would leave no room for the description.
    var placeholder: String { hasLongWord ? name.split(separator: "-").last.map { $0.uppercased() } ?? word : word }

    /// The largest number of choices shown in help; completion offers longer lists.
    private static let mostChoices = 12

    var explained: String {
        guard case .words(let words) = source, let first = words.first, words.count <= Spec.mostChoices || hasLongWord else { return help }
        // The choices are already shown as the placeholder, or in the help text.
        guard hasLongWord || !isOption && !help.contains(first) else { return help }
        return help + ": " + words.joined(separator: ", ")
    }
}
