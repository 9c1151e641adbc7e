import Values

/// The command table in JSON: `laseros help --json`.
extension Manual {
    /// All command groups, or those below one node.
    func json(_ only: Node? = nil) -> String {
        let shown = only.map { [$0] } ?? groups.map { Node($0) }
        return JSON.text(
            .object([
                .init("name", program.name), .init("version", program.version), .init("released", program.released),
                .init("summary", program.summary), .init("options", .array(Standard.all.map { Manual.object($0.spec) })),
                .init("chapters", .array(shown.map(object))),
                .init(
                    "exit_codes",
                    .array(
                        [Manual.exit(0, "done", "Done.")] + Failure.Kind.allCases.map { Manual.exit(Int($0.rawValue), "\($0)", $0.meaning) }
                            + Failure.endings.map { Manual.exit(Int($0.code), $0.kind, $0.meaning) }
                    )),
            ])) + "\n"
    }

    private static func exit(_ code: Int, _ kind: String, _ meaning: String) -> Nested {
        .object([.init("code", code), .init("kind", kind), .init("meaning", meaning)])
    }

    private func object(_ node: Node) -> Nested {
        .object([
            .init("name", node.name), .init("group", node.group.section.rawValue), .init("summary", node.summary),
            .init("about", node.about),
            .init("commands", .array(node.commands.map(object))),
        ])
    }

    private func object(_ command: Command) -> Nested {
        .object([
            .init("name", command.name), .init("summary", command.summary), .init("kind", command.kind.rawValue),
            .init("permission", command.permission.rawValue), .init("usage", usage(command).joined(separator: " ")),
            .init("parameters", .array(command.parameters.map { Manual.object($0.spec) })),
            .init("relations", .array(command.relations.map { Manual.object($0, command) })), .init("about", command.about),
            .init("examples", .array(command.examples.map { .value(.text($0)) })),
            .init("answer", .array(command.answer.map(Manual.object))),
        ])
    }

    private static func object(_ spec: Spec) -> Nested {
        var choices: [Nested] = [], source = "none"
        switch spec.source {
        case .none: break
        case .files: source = "files"
        case .words(let words): (choices, source) = (words.map { .value(.text($0)) }, "choices")
        case .codes(let noun): source = "codes:" + noun
        case .behind: break
        }
        return .object([
            .init("name", spec.name), .init("short", spec.short.map { String($0) }), .init("form", "\(spec.form)"),
            .init("word", spec.form == .flag ? nil : spec.word), .init("help", spec.help), .init("required", spec.required),
            .init("repeats", spec.repeats), .init("source", source), .init("choices", .array(choices)),
        ])
    }

    private static func object(_ relation: Relation, _ command: Command) -> Nested {
        let (kind, names) =
            switch relation {
            case .needs(let one, let other): ("needs", [one, other])
            case .excludes(let names): ("excludes", names)
            case .alone(let one, let others): ("alone", [one] + others)
            case .oneOf(let names): ("oneOf", names)
            }
        return .object([
            .init("kind", kind), .init("names", .array(names.map { .value(.text($0)) })), .init("sentence", command.sentence(relation)),
        ])
    }

    private static func object(_ heading: Heading) -> Nested {
        .object([
            .init("name", heading.name), .init("type", heading.type.rawValue), .init("wide", heading.wide), .init("sums", heading.sums),
        ])
    }
}
