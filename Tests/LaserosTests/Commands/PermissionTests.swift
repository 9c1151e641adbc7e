import Glibc
import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// Every way to run a command checks its permission: the shell, a batch, an editor, completion.
@Suite struct PermissionTests {
    /// A session without one of the permissions.
    private final class Denying: ShopSession, @unchecked Sendable {
        private let denied: Permission

        init(_ environment: Environment, _ denied: Permission) {
            self.denied = denied
            super.init(environment)
        }

        override func demand(_ permission: Permission, for command: String) throws {
            guard permission != denied else {
                throw Failure(.denied, .access, "'\(command)' needs the permission '\(permission.rawValue)'")
            }
        }
    }

    private func run(_ line: String, _ workshop: Workshop, denying denied: Permission, input: String = "") throws -> Answered {
        let words = try #require(ShellWords.laseros("laseros " + line))
        return try workshop.run(words, input: Array(input.utf8)) { Denying($0, denied) }
    }

    /// Runs every command without its declared permission, and without each of the others.
    @Test func everyCommandAsks() throws {
        let workshop = try ExampleShop.copy(), state = try ShopState(workshop)
        for command in program.commands where command.permission != .open {
            let words = try #require(command.examples.first.flatMap { ShellWords.commands($0).first })
            let answered = try workshop.run(words) { Denying($0, command.permission) }
            #expect(answered.code == 5, "\(command.name): \(answered)")
            #expect(answered.said.contains("'\(command.name)' needs the permission '\(command.permission.rawValue)'"))
        }
        #expect(try ShopState(workshop) == state)
    }

    /// Reading commands require reading permissions, and no writing command is content with one of these.
    @Test func whatWritesNeedsMore() {
        let looking: [Permission] = [.open, .view, .export, .history]
        for command in program.commands {
            let looks = looking.contains(command.permission),
                isOutside = ["batch", "init"].contains(command.name) || command.name.hasPrefix("backup ")
            #expect(looks == (command.kind == .reads || command.kind == .free) || isOutside, "\(command.name)")
        }
    }

    @Test func theLinesOfABatchAsk() throws {
        let workshop = try Workshop()
        let answered = try run("batch", workshop, denying: .resources, input: "client add Karoo\nmaterial add MS Steel --density 7.85\n")
        #expect(answered.code == 5 && answered.said.contains("'material add' needs the permission 'resources'"), "\(answered)")
        #expect(answered.said.contains("line 2"), "\(answered)")
        #expect(try workshop.demand("laseros client list --codes") == "")
        #expect(try run("batch", workshop, denying: .customers, input: "material add MS Steel --density 7.85\n").code == 0)
    }

    @Test func theEditorAsks() throws {
        let workshop = try Workshop()
        #expect(try run("client add -e", workshop, denying: .customers).code == 5)
        #expect(try run("client list --all --save mine", workshop, denying: .filters).code == 5)
    }

    @Test func codesAreCompletedForWhoMayLook() throws {
        let workshop = try ExampleShop.copy()
        #expect(try run("complete client show CL-", workshop, denying: .view).out == "")
        #expect(try run("complete client show CL-", workshop, denying: .money).out.contains("CL-0001"))
    }
}
