@testable import Console
@testable import Commands

extension Program {
    /// All commands that are not hidden.
    var commands: [Command] { chapters.flatMap { $0.commands() }.filter { !$0.hidden } }
}
