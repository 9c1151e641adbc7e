import Values

/// A file of prose and steps. Prose is not indented, steps are indented by four spaces: `$` and the typed line, `>` before each
/// continuation line, then the exact answer, standard output before standard error, and `[code]` if the exit code is not 0. Empty lines at
/// the end of an answer are ignored.
struct Transcript {
    enum Part {
        case prose(String)
        case step(Step)
    }

    struct Step {
        /// The lines without `$` and `>`.
        var typed: [String]
        var answer: [String]
    }

    var parts: [Part] = []
    private static let indent = "    "

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        if lines.last == "" { lines.removeLast() }
        while let line = lines.popFirst() {
            guard line.hasPrefix(Transcript.indent + "$ ") else {
                parts.append(.prose(line))
                continue
            }
            var step = Step(typed: [String(line.dropFirst(6))], answer: [])
            while let more = lines.first, more.hasPrefix(Transcript.indent + ">") {
                step.typed.append(String(more.dropFirst(6)))
                lines.removeFirst()
            }
            let answer = lines.prefix { ($0.isEmpty || $0.hasPrefix(Transcript.indent)) && !$0.hasPrefix(Transcript.indent + "$ ") }
            let count = answer.lastIndex { !$0.isEmpty }.map { $0 - answer.startIndex + 1 } ?? 0
            step.answer = answer.prefix(count).map { String($0.dropFirst(4)) }
            lines = lines.dropFirst(count)
            parts.append(.step(step))
        }
    }

    var steps: [Step] { parts.compactMap { if case .step(let step) = $0 { step } else { nil } } }

    /// The step as written in the file.
    var text: String {
        var lines: [String] = []
        for part in parts {
            switch part {
            case .prose(let line): lines.append(line)
            case .step(let step):
                for (i, line) in step.typed.enumerated() { lines.append(Transcript.indent + (i == 0 ? "$ " : "> ") + line) }
                lines += step.answer.map { $0.isEmpty ? "" : Transcript.indent + $0 }
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The same steps with their current answers, run one after the other in one shop.
    func replayed(in workshop: Workshop) throws -> Transcript {
        var replayed = self
        replayed.parts = try parts.map { part in
            guard case .step(var step) = part else { return part }
            step.answer = Transcript.lines(
                try workshop.run(step.typed.joined(separator: "\n") + (step.typed.count > 1 ? "\n" : "")), workshop)
            return .step(step)
        }
        return replayed
    }

    private static func lines(_ answered: Answered, _ workshop: Workshop) -> [String] {
        var lines: [String] = []
        for stream in [answered.out, answered.said] where !stream.isEmpty {
            // The temporary folder has another name in each run.
            var more = stream.replacing(workshop.root, with: "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if more.last == "" { more.removeLast() } else { more[more.count - 1] += " (no line feed)" }
            lines += more
        }
        if answered.code != 0 { lines.append("[\(answered.code)]") }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        var text = "", rest = self[...]
        while let at = rest.firstIndex(of: old[old.startIndex]) {
            text += rest[..<at]
            rest = rest[at...]
            if rest.hasPrefix(old) {
                text += new
                rest = rest.dropFirst(old.count)
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text + rest
    }
}

/// The differing lines, `-` for expected and `+` for found, each with its number.
func difference(_ wanted: String, _ found: String) -> String {
    let old = wanted.split(separator: "\n", omittingEmptySubsequences: false),
        new = found.split(separator: "\n", omittingEmptySubsequences: false)
    return new.difference(from: old).sorted { place($0) < place($1) }.map { change in
        switch change {
        case .remove(let line, let text, _): "\(line + 1) - \(text)\n"
        case .insert(let line, let text, _): "\(line + 1) + \(text)\n"
        }
    }.joined()
}

private func place(_ change: CollectionDifference<Substring>.Change) -> Int {
    switch change {
    case .remove(let line, _, _): line * 2
    case .insert(let line, _, _): line * 2 + 1
    }
}
