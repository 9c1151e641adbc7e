import Values

extension Command {
    /// The same command with `-e, --edit`, which opens its fields as text in an editor.
    /// - Parameters:
    ///   - check: refuses if nothing can be edited.
    ///   - current: the value of each editable field, by the name of its parameter; nil for a new record.
    package func editable(
        where check: @escaping @Sendable (Call) throws -> Void, _ current: (@Sendable (Call) throws -> [String: String])? = nil
    ) -> Command {
        let edit = Flag("-e, --edit", "open the fields in $VISUAL or $EDITOR, as text", waives: current == nil)
        var command = self
        command.parameters.append(edit)
        command.relations = relations.map { relation in
            if case .oneOf(let names) = relation, current != nil { .oneOf(names + [edit.spec.name]) } else { relation }
        }
        let original = self
        command.body = { call, answer in
            guard call[edit] else { return try original.body(call, answer) }
            try check(call)
            let form = Form(original, call, try current?(call))
            var isChanged = true
            let isTaken = try Editor.offer(form.text, isChange: form.isChange, in: call.environment) { _, pairs in
                guard let edited = try form.call(pairs, without: edit.spec.name) else { return isChanged = false }
                try edited.run(answer)
            }
            if !isTaken || !isChanged { try answer.put(.done("nothing was changed")) }
        }
        return command
    }
}

/// The parameters of a command as text, one line each, with their help.
private struct Form {
    private struct Item {
        var parameter: any Parameter
        /// The key of the line.
        var key: String
        /// The value before editing.
        var text: String
        var spec: Spec { parameter.spec }
    }

    private let command: Command
    private let call: Call
    /// Nil for a new record.
    private let current: [String: String]?
    private let items: [Item]

    init(_ command: Command, _ call: Call, _ current: [String: String]?) {
        (self.command, self.call, self.current) = (command, call, current)
        items = command.parameters.compactMap { parameter in
            let spec = parameter.spec, said = call.values[spec.name]?.joined(separator: "\n")
            guard spec.form != .flag, current == nil || current?[spec.name] != nil else { return nil }
            return Item(parameter: parameter, key: spec.name.lowercased(), text: said ?? current?[spec.name] ?? "")
        }
    }

    /// Whether the command line gives values: then the text may be saved unchanged.
    var isChange: Bool { items.contains { call.values[$0.spec.name] != nil } }

    var text: String {
        var text = """
            # laseros \(command.name): what stands here is stored when the editor is left; nothing is when it is \(isChange ? "empty" : "empty or unchanged").
            # \(current == nil ? "A field without a value is left out" : "A field without a value is cleared, one that is taken out stays as it is"). Further lines of a value are moved in by four blanks.

            """
        for item in items {
            let now = current?[item.spec.name].flatMap { $0.isEmpty ? nil : "; now " + $0.split(separator: "\n")[0] } ?? ""
            let needed = current == nil && item.spec.required ? "; needed" : ""
            text +=
                "\n# \(item.spec.usage): \(item.spec.explained)\(needed)\(TerminalText.text(now))\n"
                + KeyValueText.text(item.key, item.text)
        }
        return text
    }

    /// Creates a call from the edited text; nil if it changes nothing. A removed field stays unchanged.
    /// - Throws: `input` with every fault.
    func call(_ pairs: KeyValueText, without edit: String) throws -> Call? {
        var values = call.values, faults: [Failure.Fault] = []
        values[edit] = nil
        for item in items { values[item.spec.name] = nil }
        let offered = KeyValueText(reading: text, file: "")
        for pair in pairs.all {
            guard let item = items.first(where: { $0.key == pair.key }) else {
                let near = suggestion(for: pair.key, among: items.map(\.key)).map { "; \($0)" } ?? ""
                faults.append(Failure.Fault(file: "", line: pair.line, column: pair.key, "there is no such field\(near)"))
                continue
            }
            // An unchanged value keeps its leading and trailing blanks, which the text does not show.
            let value = offered[pair.key] == pair.value ? item.text : pair.value
            guard current.map({ $0[item.spec.name] != value }) ?? !value.isEmpty else { continue }
            var texts = item.spec.form == .rest ? value.split(separator: "\n").map { String(String($0).trimmed) } : [value]
            if item.spec.takesDays { texts = texts.map(call.ordered) }
            for text in texts {
                guard let wanted = try item.parameter.refusal(of: text, today: call.today) else { continue }
                faults.append(Failure.Fault(file: "", line: pair.line, column: pair.key, "'\(text)' is not \(wanted)"))
            }
            values[item.spec.name] = texts
        }
        if current == nil {
            for item in items where item.spec.required && values[item.spec.name] == nil {
                faults.append(Failure.Fault(file: "", column: item.key, "it is needed: \(item.spec.help)"))
            }
        }
        guard faults.isEmpty else {
            var failure = Failure(.input, .editedCommand, "'\(command.name)' cannot take this", faults: faults)
            failure.area = Failure.Area(table: command.words[0]) ?? failure.area
            throw failure
        }
        guard current == nil || items.contains(where: { values[$0.spec.name] != nil }) else { return nil }
        let edited = call.with(values, of: command)
        try command.check(command.relations, in: edited)
        return edited
    }
}

extension DisplayValue {
    /// The value as it would be typed, in the characters of the machine formats.
    package var typed: String {
        switch self {
        case .text(let text), .status(let text, _): return text
        case .lent(let lent): return lent.text
        case .yes(let yes): return yes ? "yes" : "no"
        default:
            var bytes: [UInt8] = []
            bytes.append(plain: self)
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
