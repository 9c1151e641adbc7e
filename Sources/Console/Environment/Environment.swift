import Values

/// The environment of a run. Tests replace it.
package struct Environment: Sendable {
    package var clock: Moment
    /// The variables of the process that laseros looks at.
    package var variables: [String: String]
    /// The working directory.
    package var directory: String
    /// The name of the user.
    package var user: String
    /// The width of the terminal on standard output; nil if it is not a terminal.
    package var width: Int?
    /// The height of that terminal, if known.
    package var height: Int?
    /// Whether standard error is a terminal, so that progress may be shown.
    package var talksToPerson: Bool
    /// The personal configuration.
    package var preferences = Preferences()
    /// Reads standard input into the buffer. Returns the number of bytes, 0 at the end.
    package var input: @Sendable (UnsafeMutableRawBufferPointer) throws -> Int
    /// Whether this is a line of a batch, within a transaction, in which nobody may be waited for.
    package var isBatchLine = false
    /// Writes to standard error.
    package var say: @Sendable (String) -> Void
    /// The time, for a command that waits for its input.
    package var now: @Sendable () -> Moment
    /// Writes to standard output while the command still runs; nil where the answer is wanted whole.
    package var send: (@Sendable (UnsafeRawBufferPointer) throws -> Void)?

    package init(
        clock: Moment, variables: [String: String], directory: String, user: String, width: Int? = nil, height: Int? = nil,
        talksToPerson: Bool = false, preferences: Preferences = Preferences(),
        input: @escaping @Sendable (UnsafeMutableRawBufferPointer) throws -> Int = { _ in 0 }, say: @escaping @Sendable (String) -> Void
    ) {
        (self.clock, self.variables, self.directory, self.user) = (clock, variables, directory, user)
        (self.width, self.height, self.talksToPerson, self.preferences) = (width, height, talksToPerson, preferences)
        (self.input, self.say, now) = (input, say, { clock })
    }

    /// An absolute path for one as typed, relative to the working directory.
    package func path(_ typed: String) -> String { typed.hasPrefix("/") ? typed : directory + "/" + typed }

    /// The folder for temporary files.
    package var temporary: String { variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp" }

    package var coloured: Bool {
        width != nil && (variables["NO_COLOR"] ?? "").isEmpty && variables["TERM"] != "dumb" && preferences["colour"] != "no"
    }
}
