import Values

/// The environment a command runs in. Tests put their own in its place.
package struct Environment: Sendable {
    package var clock: Moment
    /// The variables of the process that laseros looks at.
    package var variables: [String: String]
    /// The working directory.
    package var directory: String
    /// The name of whoever is at the keyboard.
    package var user: String
    /// Columns of the terminal that standard output is; nil when it is none.
    package var width: Int?
    /// Lines of that terminal, where it says how many.
    package var height: Int?
    /// Standard error is a terminal: progress may be drawn there.
    package var talksToPerson: Bool
    /// What the person's own file says.
    package var preferences = Preferences()
    /// Reads from standard input into the buffer: bytes read, 0 at the end.
    package var input: @Sendable (UnsafeMutableRawBufferPointer) throws -> Int
    /// What runs is a line of a batch, within the one change of all: nobody is waited for.
    package var isBatchLine = false
    /// Writes to standard error, as it is.
    package var say: @Sendable (String) -> Void

    package init(
        clock: Moment, variables: [String: String], directory: String, user: String, width: Int? = nil, height: Int? = nil,
        talksToPerson: Bool = false, preferences: Preferences = Preferences(),
        input: @escaping @Sendable (UnsafeMutableRawBufferPointer) throws -> Int = { _ in 0 }, say: @escaping @Sendable (String) -> Void
    ) {
        (self.clock, self.variables, self.directory, self.user) = (clock, variables, directory, user)
        (self.width, self.height, self.talksToPerson, self.preferences) = (width, height, talksToPerson, preferences)
        (self.input, self.say) = (input, say)
    }

    /// A path as it was typed, from the working directory.
    package func path(_ typed: String) -> String { typed.hasPrefix("/") ? typed : directory + "/" + typed }

    /// Where temporary files go.
    package var temporary: String { variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp" }

    package var coloured: Bool {
        width != nil && (variables["NO_COLOR"] ?? "").isEmpty && variables["TERM"] != "dumb" && preferences["colour"] != "no"
    }
}
