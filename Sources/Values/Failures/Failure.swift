/// The one error type of the program: a kind, and a message for the user.
package struct Failure: Error, Sendable {
    /// The kind alone decides the exit code.
    package enum Kind: Int32, CaseIterable, Sendable {
        case answer = 1, usage, notFound, refused, denied, store, outside, input
        case defect = 70

        /// The description in the manual's EXIT STATUS section.
        package var meaning: String {
            switch self {
            case .answer: "A check ran and the answer is no: defects found, differences, not verified."
            case .usage: "The command line is wrong."
            case .notFound: "There is no such client, project or file in the shop."
            case .refused: "A rule forbids it: status, stock, law, conflict."
            case .denied: "This user may not."
            case .store: "The data file cannot be opened, is busy, damaged, or from another version."
            case .outside: "A file, the mail server or the network failed."
            case .input: "The data handed in is wrong; nothing was written."
            case .defect: "A fault in laseros itself."
            }
        }
    }

    /// The exit codes of runs that end by a signal: 128 plus its number, as in a shell.
    package static let endings: [(code: Int32, kind: String, meaning: String)] = [
        (129, "hung-up", "The terminal is gone; what was begun is rolled back."),
        (130, "interrupted", "Interrupted; what was begun is rolled back."),
        (141, "pipe-closed", "The reader of a pipe is gone."),
        (143, "terminated", "Ended from outside; what was begun is rolled back."),
    ]

    /// One of several errors in an input.
    package struct Fault: Equatable, Sendable {
        package var file: String
        /// Counted from 1; nil if the input has no lines.
        package var line: Int?
        package var column: String?
        package var message: String

        package init(file: String, line: Int? = nil, column: String? = nil, _ message: String) {
            (self.file, self.line, self.column, self.message) = (file, line, column, message)
        }
    }

    /// What code can match on when the kind is not specific enough. Messages and hints are only for people.
    package enum Reason: Equatable, Sendable {
        /// The row cannot be removed, because a foreign key refers to it.
        case isReferredTo
        /// The CHECK or trigger with this name in the schema failed.
        case rule(String)
        /// The value of this field is wrong; `code` is the field of the code.
        case field(String)
        /// Nothing has a code or name similar to the one typed.
        case nothingLike
        /// A line of standard input is not a code.
        case noCode
    }

    package var kind: Kind
    package var message: String
    package var hint: String?
    /// Every error in an input, in order; empty if `message` says everything.
    package var faults: [Fault]
    /// The faults beyond those kept in memory.
    package var further: FaultFile?

    /// The exit code of a run ended by a signal: one of `endings`.
    package var ending: Int32?

    package var area: Area
    package var reason: Reason?

    package init(_ kind: Kind, _ area: Area, _ message: String, hint: String? = nil, faults: [Fault] = [], reason: Reason? = nil) {
        (self.kind, self.area, self.message, self.hint, self.faults, self.reason) = (kind, area, message, hint, faults, reason)
    }

    /// Runs a body that checks the value of a field, and marks its failures with the field's name.
    package static func naming<Value>(field: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch var failure as Failure {
            failure.reason = .field(field)
            throw failure
        }
    }

    package var exitCode: Int32 { ending ?? kind.rawValue }

    /// The name of the kind in machine formats: `notFound`, `terminated`.
    package var word: String { Failure.endings.first { $0.code == ending }?.kind ?? "\(kind)" }

    /// The id for scripts, such as `E-STOCK-04`: the area and the exit code. It stays the same when the message is reworded.
    package var id: String { "E-\(area.word)-" + "\(kind.rawValue)".padded(to: 2, with: "0") }
}
