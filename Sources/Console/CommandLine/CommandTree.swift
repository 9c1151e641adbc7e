/// A word that is no command but comes before the names of several: `quote line`, before `list`.
package struct Branch: Sendable {
    /// `line`
    package var name: String
    package var summary: String

    package init(_ name: String, _ summary: String) { (self.name, self.summary) = (name, summary) }
}

/// A place in the tree of commands with others below it: a group, or one of its branches. Each is explained, completed and printed as a
/// manual page of its own.
struct Node {
    enum Member {
        case command(Command)
        case node(Node)
    }

    let group: CommandGroup
    private(set) var branch: Branch?

    init(_ group: CommandGroup) { self.group = group }

    /// The words that lead there: `quote line`.
    var words: [String] { [group.name] + [branch?.name].compactMap { $0 } }
    var name: String { words.joined(separator: " ") }
    var summary: String { branch?.summary ?? group.summary }
    var about: String { branch == nil ? group.about : "" }
    var moveLines: [(left: String, right: String)] { branch == nil ? group.moveLines : [] }

    /// The branch that a word leads to from here.
    func branch(_ word: String) -> Node? { branches.first { $0.branch?.name == word } }

    private var branches: [Node] {
        guard branch == nil else { return [] }
        return group.branches().map { branch in
            var node = self
            node.branch = branch
            return node
        }
    }

    /// What people are shown below it: each command, and in the place of those of a branch the branch.
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

    /// Every command below it that people are shown.
    var commands: [Command] { group.commands().filter { !$0.hidden && $0.words.starts(with: words) } }

    /// Itself and the branches below it.
    var nodes: [Node] { [self] + branches }
}

extension Command {
    /// The words of its name.
    var words: [String] { name.split(separator: " ").map(String.init) }
}

extension CommandGroup {
    /// Nothing in it is shown.
    var isHidden: Bool { commands().allSatisfy(\.hidden) }
}
