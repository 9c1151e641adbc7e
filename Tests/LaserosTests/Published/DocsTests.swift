import Testing
import Values

@testable import Console
@testable import Commands

/// The files that `make docs` writes agree with the command table.
@Suite struct DocsTests {
    @Test func manualPagesAreFresh() throws {
        #expect(Paths.names(in: Paths.package + "/man") == program.pages.map(\.file).sorted(), "make docs")
        for page in program.pages { try isFresh("man/" + page.file, page.text) }
    }

    @Test func manualPagesAreClean() throws {
        for page in program.pages {
            let lint = try Subprocess.run(["mandoc", "-T", "lint", "-W", "warning", Paths.package + "/man/" + page.file], in: "/")
            #expect(lint.code == 0, "\(lint.out)\(lint.said)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAreFresh(_ shell: String) throws {
        try isFresh("completions/laseros.\(shell)", program.run(["completion", shell], in: ShopSession(.nowhere)).spool.text())
    }

    @Test func referenceIsFresh() throws { try isFresh("docs/reference.md", program.markdown) }

    private func isFresh(_ path: String, _ text: String) throws {
        let written = String(decoding: try File.read(Paths.package + "/" + path), as: UTF8.self)
        #expect(written == text, "\(path) is stale: make docs\n\(difference(written, text))")
    }
}
