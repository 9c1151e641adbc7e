import Glibc
import Values

/// A text that the user edits, again and again until it is valid or unchanged.
package struct Editor {
    private let environment: Environment
    private let command: String
    private let path: String
    /// Whether comments belong to the text.
    private let isWhole: Bool
    /// The prefix of the lines with error messages, which are not part of the text.
    private static let mark = "#! "

    /// The number of attempts of an editor that is a script.
    private static let mostVisits = 3

    private init(_ text: String, isWhole: Bool, in environment: Environment) throws {
        (self.environment, self.isWhole) = (environment, isWhole)
        command = try Editor.command(in: environment)
        path = "\(environment.temporary)/laseros-edit-\(String(UInt64.random(in: 0 ... .max), radix: 36)).conf"
        File.sweep(beside: path)
        try File.write(Array(text.utf8), to: path)
    }

    private static func command(in environment: Environment) throws -> String {
        for name in ["VISUAL", "EDITOR"] { if let said = environment.variables[name], !said.isEmpty { return said } }
        let usual = environment.talksToPerson ? ["editor", "vi", "nano"].first { ChildProcess.exists($0, in: environment) } : nil
        guard let usual else {
            throw Failure(.usage, .editor, "there is no editor to open", hint: "set VISUAL or EDITOR to one, such as nano")
        }
        return usual
    }

    /// Opens the text in an editor, and again with the errors at its top as long as `take` refuses it and the user changes it.
    /// - Parameter isChange: whether to accept the text unchanged.
    /// - Returns: false if the text is empty or unchanged, so that nothing should happen.
    /// - Throws: the last refusal, if the text was not changed after it; the hint names the file that keeps the text.
    package static func offer(
        _ text: String, isWhole: Bool = false, isChange: Bool = false, in environment: Environment,
        take: (_ text: String, KeyValueText) throws -> Void
    ) throws -> Bool {
        let editor = try Editor(text, isWhole: isWhole, in: environment)
        var offered = text, refusal: Failure?, visits = 0
        while true {
            // A script would return the same text each time.
            if visits == mostVisits, !environment.talksToPerson, let refusal { throw editor.keeping(refusal) }
            visits += 1
            let (written, code) = try editor.edited()
            guard code == 0 else {
                let failure = Failure(.outside, .editor, "the editor '\(editor.command)' ended with \(code): nothing was changed")
                guard editor.isSame(written, text) else { throw editor.keeping(failure) }
                unlink(editor.path)
                throw failure
            }
            guard !editor.isEmpty(written), isChange && visits == 1 || !editor.isSame(written, text) else {
                unlink(editor.path)
                return false
            }
            if editor.isSame(written, offered), let refusal { throw editor.keeping(refusal) }
            let pairs = KeyValueText(reading: written, file: editor.path)
            do {
                guard pairs.faults.isEmpty else { throw Failure(.input, .editor, "the text cannot be read", faults: pairs.faults) }
                try take(written, pairs)
                unlink(editor.path)
                return true
            } catch let failure as Failure where [.usage, .notFound, .refused, .input].contains(failure.kind) {
                (offered, refusal) = (written, try editor.mark(written, failure))
            } catch { throw editor.keeping(Failure(any: error)) }
        }
    }

    /// Runs the editor, and returns the text and the exit code.
    private func edited() throws -> (text: String, code: Int32) {
        // Standard output belongs to the answer. If it is not a terminal, the editor draws on standard error.
        let code = try ChildProcess.run(command, [path], streams: environment.width == nil ? [STDOUT_FILENO: STDERR_FILENO] : [:])
        let text = String(decoding: try File.read(path), as: UTF8.self).unmarked.withPlainLines
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix(Editor.mark) }
        return (lines.joined(separator: "\n"), code)
    }

    private func isEmpty(_ text: String) -> Bool {
        let pairs = KeyValueText(reading: text, file: path)
        return isWhole ? text.trimmed.isEmpty : pairs.all.isEmpty && pairs.faults.isEmpty
    }

    private func isSame(_ a: String, _ b: String) -> Bool {
        isWhole ? a == b : KeyValueText(reading: a, file: path) == KeyValueText(reading: b, file: path)
    }

    /// Writes the text with the errors above it.
    /// - Returns: the refusal, with the new line numbers.
    private func mark(_ text: String, _ failure: Failure) throws -> Failure {
        var failure = failure
        let above = failure.faults.count + 1 + (failure.hint == nil ? 0 : 1)
        for i in failure.faults.indices {
            failure.faults[i].line? += above
            failure.faults[i].file = path
        }
        var marks = [failure.message] + (failure.hint.map { ["hint: \($0)"] } ?? [])
        marks += failure.faults.map { ($0.line.map { "line \($0): " } ?? "") + ($0.column.map { "\($0): " } ?? "") + $0.message }
        let top = marks.map { Editor.mark + TerminalText.text($0) + "\n" }.joined()
        try File.write(Array((top + text).utf8), to: path)
        return failure
    }

    private func keeping(_ failure: Failure) -> Failure {
        var failure = failure
        failure.hint = (failure.hint.map { "\($0); " } ?? "") + "the text is kept in \(path)"
        return failure
    }
}
