@testable import Console
@testable import Commands

extension Program {
    /// All commands that are not hidden.
    var commands: [Command] { groups.flatMap { $0.commands() }.filter { !$0.hidden } }
}
