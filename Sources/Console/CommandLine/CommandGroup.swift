/// Commands with a common manual page: a noun and its verbs, or a single command.
package struct CommandGroup: Sendable {
    /// The sections of `help`.
    package enum Section: String, CaseIterable, Sendable {
        case operations = "Operations", customers = "Customers", resources = "Resources", communications = "Communications", admin = "Admin"
    }

    /// The first word of its commands.
    package var name: String
    package var section: Section
    private let summarise: @Sendable () -> String
    package var summary: String { summarise() }
    /// Paragraphs for its manual page.
    package var about: String
    /// The words between its name and its commands of three words.
    package let branches: @Sendable () -> [Branch]
    /// The transitions between the states of its noun, in the usual order.
    let moves: @Sendable () -> [StateMove]
    /// The verbs that another command has taken over: `expire` by `project expire`.
    let retired: [String: String]
    /// Creates only the command with this second word; nil if all have to be created to find it.
    let one: @Sendable (String) -> Command?
    /// Creates all commands. This runs only when one of them is needed, because it would slow down the start.
    package var commands: @Sendable () -> [Command]

    package init(
        _ name: String, _ section: Section, _ summary: @autoclosure @escaping @Sendable () -> String, about: String = "",
        branches: @escaping @Sendable () -> [Branch] = { [] }, moves: @escaping @Sendable () -> [StateMove] = { [] },
        retired: [String: String] = [:],
        one: @escaping @Sendable (String) -> Command? = { _ in nil }, _ commands: @escaping @Sendable () -> [Command]
    ) {
        (self.name, self.section, self.about, self.branches, self.moves) = (name, section, about, branches, moves)
        (self.one, self.commands, self.retired, summarise) = (one, commands, retired, summary)
    }
}
