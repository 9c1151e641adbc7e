/// The middle words of commands with three words: `quote line` before `list`.
package struct Branch: Sendable {
    /// `line`
    package var name: String
    package var summary: String

    package init(_ name: String, _ summary: String) { (self.name, self.summary) = (name, summary) }
}

/// A command group, or one of its branches. Each has its own help, completion and manual page.
struct Node {
    enum Member {
        case command(Command)
        case node(Node)
    }

    let group: CommandGroup
    private(set) var branch: Branch?

    init(_ group: CommandGroup) { self.group = group }

    /// The words that name it: `quote line`.
    var words: [String] { [group.name] + [branch?.name].compactMap { $0 } }
    var name: String { words.joined(separator: " ") }
    var summary: String { branch?.summary ?? group.summary }
    var about: String { branch == nil ? group.about : "" }
    var moveLines: [(left: String, right: String)] { branch == nil ? group.moveLines : [] }

    /// The branch with this name.
    func branch(_ word: String) -> Node? { branches.first { $0.branch?.name == word } }

    private var branches: [Node] {
        guard branch == nil else { return [] }
        return group.branches().map { branch in
            var node = self
            node.branch = branch
            return node
        }
    }

    /// What help lists below it: each command, and each branch in place of its commands.
    var members: [Member] {
        var members: [Member] = [], left = branches
        for command in commands {
            guard let branch = branches.first(where: { command.words.starts(with: $0.words) }) else {
                members.append(.command(command))
                continue
            }
            guard let i = left.firstIndex(where: { $0.name == branch.name }) else { continue }
            members.append(.node(left.remove(at: i)))
        }
        return members
    }

    /// All visible commands below it.
    var commands: [Command] { group.commands().filter { !$0.hidden && $0.words.starts(with: words) } }

    /// The node itself and its branches.
    var nodes: [Node] { [self] + branches }
}

extension Command {
    /// The words of its name.
    var words: [String] { name.split(separator: " ").map(String.init) }
}

extension CommandGroup {
    /// Whether all its commands are hidden.
    var isHidden: Bool { commands().allSatisfy(\.hidden) }
}
