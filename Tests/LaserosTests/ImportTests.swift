import Testing
import Values

@testable import laseros

/// Files whose rows have to do with one another.
@Suite struct ImportTests {
    /// Each row that stands twice is told with the line of the first, in a time that grows with the file and not with its square.
    @Test(.timeLimit(.minutes(1)))
    func manyDuplicatesAreTold() throws {
        let workshop = try Workshop(), count = 100_000
        let half = (1...count).map { "CL-\($0),c\($0)\n" }.joined()
        let answered = try workshop.run(["client", "import", "-"], input: Array(("code,name\n" + half + half).utf8))
        #expect(answered.code == 8)
        let lines = answered.said.split(separator: "\n")
        #expect(lines[0] == "standard input:100002: CL-1 stands twice: first on line 2")
        #expect(lines[999] == "standard input:101001: CL-1000 stands twice: first on line 1001")
        #expect(lines.last?.contains("100000 faults") == true, "\(lines.suffix(2))")
    }
}
