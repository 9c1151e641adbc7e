import Glibc
import Values

/// The result of a run. `main` prints it; tests compare it.
package struct Outcome {
    package var code: Int32
    /// For standard output.
    package var spool: Spool
    /// For standard error, after the answer.
    package let said = Spool()
    /// `stored as entry 412`, if something was stored.
    package var stored: String?
    /// The failure's id, such as `E-QUOTING-04`; nil if there was none.
    package private(set) var failureID: String?
    /// The pager for an answer that is longer than the screen.
    var pager: Pager?
    /// The program that replaces this process, its words, and its shop.
    package var replacement: (path: String, words: [String], shop: String?)?

    init(_ text: String) {
        (code, spool) = (0, Spool())
        spool.bytes.append(text: text)
    }

    init(_ answer: Answer, _ spool: Spool) {
        (code, self.spool, stored) = (answer.code, spool, answer.stored)
        say(answer.notes)
    }

    package init(_ failure: Failure) { self.init(failure, format: .table) }

    /// - Parameter words: the command line, which may request a format for errors.
    package init(_ failure: Failure, for words: [String]) { self.init(failure, format: Format.asked(in: words)) }

    init(_ failure: Failure, notes: [String] = [], format: Format) {
        (code, spool, failureID) = (failure.exitCode, Spool(), failure.id)
        say(notes)
        // If a full disk prevents the faults from being listed, they are still counted.
        try? format == .json || format == .ndjson ? failure.writeJSON(to: said) : failure.writeLines(to: said)
    }

    private func say(_ notes: [String]) {
        for note in notes { said.bytes.append(text: TerminalText.text(note, keepingLines: true) + "\n") }
    }

    /// Copies the answer to standard output, then prints the notes.
    /// - Returns: the exit code. A closed pipe gives 141, as if SIGPIPE had killed the program, and no error message.
    package mutating func send(to descriptor: Int32, say: (UnsafeRawBufferPointer) -> Void) -> Int32 {
        do {
            if let pager, try pager.isNeeded(for: spool), try pager.show(spool) {
                // The pager has shown it.
            } else {
                try spool.copyOut { try File.write($0, to: descriptor, name: "standard output") }
            }
        } catch {
            let isReaderGone = errno == EPIPE
            if isReaderGone, stored == nil { return 141 }
            let failure = Failure(unwritten: error, stored: stored)
            failureID = failure.id
            let unwritten = Outcome(failure)
            try? unwritten.said.copyOut(to: say)
            return isReaderGone ? 141 : unwritten.code
        }
        try? said.copyOut(to: say)
        return code
    }
}

extension Failure {
    /// The failure to write the answer of a command whose changes may be stored.
    init(unwritten error: any Error, stored: String?) {
        let failure = Failure(any: error)
        guard let stored else {
            self = failure
            return
        }
        self.init(.outside, .outcome, "\(stored), but the answer could not be written: \(failure.message)", hint: failure.hint)
    }

    /// Wraps any error. One that is not a `Failure` is a defect.
    init(any error: any Error) {
        self =
            error as? Failure
            ?? Failure(.defect, .outcome, "\(error)", hint: "this is a fault in the program: please report it with the command line")
    }

    private func eachFault(_ body: (Fault) throws -> Void) throws {
        try faults.forEach(body)
        try further?.each(body)
    }

    /// Formats it for people: one line per fault, then the error and the hint.
    fileprivate func writeLines(to spool: Spool) throws {
        defer {
            spool.bytes.append(text: TerminalText.text("error: \(message)\n" + (hint.map { "hint: \($0)\n" } ?? ""), keepingLines: true))
        }
        try eachFault { fault in
            let place = fault.file + ":" + (fault.line.map { "\($0):" } ?? "") + " " + (fault.column.map { "\($0): " } ?? "")
            spool.bytes.append(text: TerminalText.text(place + fault.message + "\n", keepingLines: true))
            try spool.settle()
        }
    }

    /// Formats it for programs: one JSON object, with the faults last.
    fileprivate func writeJSON(to spool: Spool) throws {
        let head = Nested.object([
            .init("error", message), .init("kind", word), .init("code", Int(exitCode)), .init("id", id), .init("hint", hint),
        ])
        spool.bytes.append(text: JSON.text(head).dropLast() + ", \"faults\": [")
        defer { spool.bytes.append(text: "]}\n") }
        var isFirst = true
        try eachFault { fault in
            let object = Nested.object([
                .init("file", fault.file), .init("line", fault.line), .init("column", fault.column), .init("message", fault.message),
            ])
            spool.bytes.append(text: (isFirst ? "" : ", ") + JSON.text(object))
            isFirst = false
            try spool.settle()
        }
    }
}
