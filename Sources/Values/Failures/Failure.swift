/// The one error type. Whoever throws says what kind it is, in words for the person at the keyboard.
package struct Failure: Error, Sendable {
    /// The kind decides the exit code, and nothing else does.
    package enum Kind: Int32, CaseIterable, Sendable {
        case answer = 1, usage, notFound, refused, denied, store, outside, input
        case defect = 70

        /// The line that the manual prints under EXIT STATUS.
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

    /// How a run ends that no failure ended: 128 and the number of a signal, as shells tell it.
    package static let endings: [(code: Int32, kind: String, meaning: String)] = [
        (129, "hung-up", "The terminal is gone; what was begun is rolled back."),
        (130, "interrupted", "Interrupted; what was begun is rolled back."),
        (141, "pipe-closed", "The reader of a pipe is gone."),
        (143, "terminated", "Ended from outside; what was begun is rolled back."),
    ]

    /// One of several things wrong with one input.
    package struct Fault: Equatable, Sendable {
        package var file: String
        /// Counted from 1; nil where a line means nothing.
        package var line: Int?
        package var column: String?
        package var message: String

        package init(file: String, line: Int? = nil, column: String? = nil, _ message: String) {
            (self.file, self.line, self.column, self.message) = (file, line, column, message)
        }
    }

    /// What code goes by where the kind does not say enough: messages and hints are for people only.
    package enum Reason: Equatable, Sendable {
        /// A foreign key of another row points to the one that was to go.
        case isReferredTo
        /// A CHECK or a trigger, by its name in the schema.
        case rule(String)
        /// The value of a field, by its name; `code` is the code's.
        case field(String)
        /// Nothing has a code or a name like the one that was typed.
        case nothingLike
        /// A line of standard input is no code.
        case noCode
    }

    package var kind: Kind
    package var message: String
    package var hint: String?
    /// Every fault of an input, in its order; empty where `message` says it all.
    package var faults: [Fault]
    /// Those after them, where they are too many to be kept in memory.
    package var further: FaultFile?

    /// Of a run that a signal ends: its exit code, one of `endings`.
    package var ending: Int32?

    package var area: Area
    package var reason: Reason?

    package init(_ kind: Kind, _ area: Area, _ message: String, hint: String? = nil, faults: [Fault] = [], reason: Reason? = nil) {
        (self.kind, self.area, self.message, self.hint, self.faults, self.reason) = (kind, area, message, hint, faults, reason)
    }

    /// Runs what decides on the value of a field: what it throws is about that field.
    package static func naming<Value>(field: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch var failure as Failure {
            failure.reason = .field(field)
            throw failure
        }
    }

    package var exitCode: Int32 { ending ?? kind.rawValue }

    /// The word for it in machine formats: `notFound`, `terminated`.
    package var word: String { Failure.endings.first { $0.code == ending }?.kind ?? "\(kind)" }

    /// `E-STOCK-04`: what it is about, and the exit code of its kind. It outlives every change of wording, for whoever watches.
    package var id: String { "E-\(area.word)-" + "\(kind.rawValue)".padded(to: 2, with: "0") }
}
