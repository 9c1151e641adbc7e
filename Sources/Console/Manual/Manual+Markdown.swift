import Values

/// The reference in Markdown: `laseros help --markdown`.
extension Manual {
    var markdown: String {
        var text = "# \(program.name) \(program.version)\n\n\(program.summary)\n"
        for section in CommandGroup.Section.allCases {
            let members = groups.filter { $0.section == section }
            if members.isEmpty { continue }
            text += "\n## \(section.rawValue)\n"
            for group in members { text += part(Node(group)) + group.diagram + inner(of: Node(group)) }
        }
        text += "\n## Options of every command\n\n" + Manual.table(Standard.all.map(\.spec))
        text += "\n## Exit codes\n\n| code | meaning |\n| ---: | --- |\n| 0 | Done. |\n"
        for kind in Failure.Kind.allCases { text += "| \(kind.rawValue) | \(kind.meaning) |\n" }
        return text
    }

    private func part(_ node: Node) -> String {
        var text = "\n\(Manual.mark(node.words.count)) \(node.name)\n\n\(node.summary)\n"
        for paragraph in Wrap.paragraphs(node.about) { text += "\n\(paragraph)\n" }
        return text
    }

    private func inner(of node: Node) -> String {
        node.members.map { member in
            switch member {
            case .command(let command): section(command, level: node.words.count + 1)
            case .node(let inner): part(inner) + self.inner(of: inner)
            }
        }.joined()
    }

    /// The number signs of a heading: three for a command group, one more for each further word.
    private static func mark(_ level: Int) -> String { String(repeating: "#", count: level + 2) }

    private func section(_ command: Command, level: Int) -> String {
        var text = "\n\(Manual.mark(level)) \(program.name) \(command.name)\n\n\(command.summary)\n\n```\n"
        text += Wrap.hanging(usage(command), first: "", indent: 4) + "```\n"
        if !command.explained.isEmpty { text += "\n" + Manual.table(command.explained) }
        if !command.relations.isEmpty { text += "\n" + command.relations.map(command.sentence).joined(separator: " ") + "\n" }
        for paragraph in Wrap.paragraphs(command.about) { text += "\n\(paragraph)\n" }
        if !command.examples.isEmpty { text += "\n```sh\n" + command.examples.map { $0 + "\n" }.joined() + "```\n" }
        if !command.answer.isEmpty { text += "\nAnswer: " + command.answer.map { "`\($0.name)`" }.joined(separator: ", ") + "\n" }
        return text
    }

    private static func table(_ specs: [Spec]) -> String {
        var out: [UInt8] = []
        MarkdownWriter.line(["parameter", "meaning"], &out)
        MarkdownWriter.line(["---", "---"], &out)
        for spec in specs {
            let left = row(spec).left.trimmed
            MarkdownWriter.line(["`\(MarkdownWriter.cell(.text(String(left))))`", MarkdownWriter.cell(.text(spec.explained))], &out)
        }
        return String(decoding: out, as: UTF8.self)
    }
}
