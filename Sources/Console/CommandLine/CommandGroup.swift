/// Commands that belong together: a noun and its verbs, or one command of its own. One manual page.
package struct CommandGroup: Sendable {
    /// The headings under which `help` lists the groups.
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
    /// What is between it and its commands of three words.
    package let branches: @Sendable () -> [Branch]
    /// The states of its noun, in the order in which they come.
    let moves: @Sendable () -> [StateMove]
    /// One of the commands by the second word of its name, made without the others; nil where only all of them tell.
    let one: @Sendable (String) -> Command?
    /// Made only when a command of the group is asked for: starting must not pay for all.
    package var commands: @Sendable () -> [Command]

    package init(
        _ name: String, _ section: Section, _ summary: @autoclosure @escaping @Sendable () -> String, about: String = "",
        branches: @escaping @Sendable () -> [Branch] = { [] }, moves: @escaping @Sendable () -> [StateMove] = { [] },
        one: @escaping @Sendable (String) -> Command? = { _ in nil }, _ commands: @escaping @Sendable () -> [Command]
    ) {
        (self.name, self.section, self.about, self.branches, self.moves) = (name, section, about, branches, moves)
        (self.one, self.commands, summarise) = (one, commands, summary)
    }
}
