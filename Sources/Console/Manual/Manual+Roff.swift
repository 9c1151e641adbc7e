import Values

/// Manual pages for man(7): one for the program, one per command group, one per branch.
extension Manual {
    /// All pages with their file names: `laseros.1`, `laseros-client.1`.
    var pages: [(file: String, text: String)] {
        [("\(program.name).1", page)] + groups.flatMap { Node($0).nodes }.map { ("\(title($0)).1", page($0)) }
    }

    /// `laseros(1)`
    var page: String {
        var text = top(program.name, program.summary)
        text += ".SH SYNOPSIS\n.SY \(Roff.safe(program.name))\n.I COMMAND\n.RI [ WORD ...]\n.RI [ OPTION ...]\n.YS\n"
        for section in CommandGroup.Section.allCases {
            let members = groups.filter { $0.section == section }
            if members.isEmpty { continue }
            text += ".SH \(section.rawValue.uppercased())\n"
            for group in members {
                text += item(Node(group))
            }
        }
        text += ".SH OPTIONS\nEvery command has these:\n" + Standard.all.map { Manual.item($0.spec) }.joined()
        return text + exitStatus + environment + files
    }

    /// `laseros-client`, `laseros-quote-line`
    private func title(_ node: Node) -> String { ([program.name] + node.words).joined(separator: "-") }

    /// A reference to the page of a command group or branch.
    private func item(_ node: Node) -> String { ".TP\n.BR \(Roff.safe(title(node))) (1)\n\(Roff.prose(node.summary)).\n" }

    /// `laseros-client(1)`
    func page(_ node: Node) -> String {
        let members = node.members
        var text = top(title(node), node.summary) + ".SH SYNOPSIS\n" + members.map(synopsis).joined()
        text += ".SH DESCRIPTION\n" + (node.about.isEmpty ? Roff.prose(node.summary) + ".\n" : Roff.paragraphs(node.about))
        let moves = node.moveLines
        if !moves.isEmpty {
            text += ".PP\nStates:\n" + moves.map { ".TP\n\(Roff.safe($0.left))\n\(Roff.prose($0.right))\n" }.joined()
        }
        for member in members {
            switch member {
            case .command(let command): text += section(command)
            case .node(let inner):
                text += ".SH \(Roff.safe(inner.name.uppercased()))\nIts commands have a page of their own:\n" + item(inner)
            }
        }
        return text + exitStatus
            + ".SH SEE ALSO\n.BR \(Roff.safe(program.name)) (1)\nfor the options of every command, the environment and the files.\n"
    }

    private func top(_ title: String, _ summary: String) -> String {
        """
        .TH \(Roff.safe(title.uppercased())) 1 \(program.released) "\(Roff.safe(program.name)) \(program.version)" "\(Roff.safe(program.name)) manual"
        .SH NAME
        \(Roff.safe(title)) \\- \(Roff.safe(summary))

        """
    }

    private func synopsis(_ member: Node.Member) -> String {
        switch member {
        case .node(let node): return ".SY \"\(Roff.safe("\(program.name) \(node.name)"))\"\n.I COMMAND\n.YS\n"
        case .command(let command):
            // An option and its value stay on one line.
            let parts = usage(command).dropFirst(1 + command.words.count).map { part in
                part.split(separator: " ").map { Roff.safe(String($0)) }.joined(separator: "\\~") + "\n"
            }
            return ".SY \"\(Roff.safe("\(program.name) \(command.name)"))\"\n" + parts.joined() + ".YS\n"
        }
    }

    private func section(_ command: Command) -> String {
        var text = ".SH \(Roff.safe(command.name.uppercased()))\n\(Roff.prose(command.summary)).\n"
        text += command.explained.map(Manual.item).joined()
        if !command.relations.isEmpty { text += ".PP\n\(Roff.prose(command.relations.map(command.sentence).joined(separator: " ")))\n" }
        if !command.about.isEmpty { text += ".PP\n" + Roff.paragraphs(command.about) }
        if !command.examples.isEmpty {
            text +=
                ".PP\nExamples:\n.PP\n.EX\n" + command.examples.flatMap { Wrap.example($0) }.map { Roff.safe($0) + "\n" }.joined() + ".EE\n"
        }
        if !command.answer.isEmpty { text += ".PP\nAnswer: \(Roff.safe(command.answer.map(\.name).joined(separator: ", "))).\n" }
        return text
    }

    private static func item(_ spec: Spec) -> String {
        var tag = spec.isOption ? spec.short.map { "\\fB\\-\($0)\\fR, " } ?? "" : ""
        tag += spec.isOption ? "\\fB\(Roff.safe("--\(spec.name)"))\\fR" : "\\fI\(Roff.safe(spec.usage))\\fR"
        if spec.form == .option { tag += " \\fI\(Roff.safe(spec.placeholder))\\fR" }
        return ".TP\n\(tag)\n\(Roff.prose(spec.explained)).\n"
    }

    private var exitStatus: String {
        let all = Failure.Kind.allCases.map { ($0.rawValue, $0.meaning) } + Failure.endings.map { ($0.code, $0.meaning) }
        return ".SH EXIT STATUS\n.TP\n.B 0\nDone.\n" + all.map { ".TP\n.B \($0.0)\n\(Roff.prose($0.1))\n" }.joined()
    }

    private var environment: String {
        let name = program.name.uppercased()
        let all = [
            ("\(name)_SHOP", "The shop's folder, where --shop does not name one."),
            ("\(name)_NOW", "A moment such as 2026-11-30T08:00:00Z that stands for now: for trying things out."),
            ("\(name)_PAGER, PAGER", "What long answers are read with on a terminal, in place of less; empty for nothing."),
            ("\(name)_TRACE", "1 tells each statement of SQL on standard error, with its milliseconds and rows."),
            ("VISUAL, EDITOR", "What `--edit` opens."),
            ("XDG_CONFIG_HOME", "Holds \(program.name)/config, what you like; ~/.config where it is not set."),
            ("XDG_STATE_HOME", "Holds \(program.name)/runs.log, what failed; ~/.local/state where it is not set."),
            ("XDG_DATA_HOME", "Holds \(program.name), the shop that is used where no other is found."),
            ("NO_COLOR", "No colours, where it is set and not empty."),
            ("TMPDIR", "Where answers above 32 MiB wait until they can be written."),
        ]
        return ".SH ENVIRONMENT\n" + all.map { ".TP\n.B \($0.0)\n\(Roff.prose($0.1))\n" }.joined()
    }

    private var files: String {
        let all = [
            ("\(program.name).db", "The shop: the folder that holds this file, or the nearest of its parents that does."),
            ("files/", "Drawings and documents, by the SHA-256 of what is in them."), ("backups/", "Copies of the shop."),
        ]
        return ".SH FILES\n" + all.map { ".TP\n.I \(Roff.safe($0.0))\n\(Roff.prose($0.1))\n" }.joined()
    }
}

/// Escapes text for roff.
private enum Roff {
    /// Escapes all requests and escapes. Hyphens become ASCII hyphens, which can be copied into a shell.
    static func safe(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "\\": out += "\\e"
            case "-": out += "\\-"
            case "\"": out += "\\(dq"
            default: out.append(character)
            }
        }
        return out.hasPrefix(".") || out.hasPrefix("'") ? "\\&" + out : out
    }

    /// Prose with its `code` in bold.
    static func prose(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map { safe(String($0)) }
        return parts.enumerated().map { $0 % 2 == 1 ? "\\fB\($1)\\fR" : $1 }.joined()
    }

    static func paragraphs(_ text: String) -> String { Wrap.paragraphs(text).map(prose).joined(separator: "\n.PP\n") + "\n" }
}
