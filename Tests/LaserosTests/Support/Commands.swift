@testable import Console
@testable import Commands

extension Program {
    /// Every command that people are shown.
    var commands: [Command] { groups.flatMap { $0.commands() }.filter { !$0.hidden } }
}
