import Glibc
import Store
import Synchronization
import Testing
import Values

@testable import Shop

/// Attaching and extracting files with dangerous names or neighbours.
@Suite struct FileTests {
    @Test(arguments: [0, 1, 2, 1000]) func parallelKeepsTheOrder(_ count: Int) {
        let calls = Mutex(0)
        let made = Parallel.map(Array(0..<count)) { item in
            calls.withLock { $0 += 1 }
            return item * 2
        }
        #expect(made == (0..<count).map { $0 * 2 })
        #expect(calls.withLock { $0 } == count)
    }

    @Test(arguments: ["", ".", "..", "a/b", "a\\b", "a\nb", "a\u{1B}[2J", "a\u{7F}", "a\u{85}", String(repeating: "a", count: 256)])
    func refusesNames(_ name: String) { #expect(!FileIntake.isFit(name)) }

    @Test(arguments: ["plan.pdf", ".hidden.txt", "Ständer 3 mm.dxf", "図面.dxf", "a..b", "-rf"])
    func takesNames(_ name: String) { #expect(FileIntake.isFit(name)) }

    @Test func storesTheLastPartOfAPath() throws {
        #expect(try FileIntake.storedName("../../etc/plan.pdf") == "plan.pdf")
        #expect(throws: Failure.self) { try FileIntake.storedName("..") }
        #expect(throws: Failure.self) { try FileIntake.storedName("/") }
    }

    private static func attached() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "laseros client add 'Karoo Signs'", "laseros project add Gate -c karoo",
            "laseros project attach last 0001-Flange-MS-10mm-x4.dxf",
        ] { try workshop.demand(line) }
        return workshop
    }

    /// A name that was written into the data file cannot lead out of the folder.
    @Test(arguments: ["../evil.dxf", "/tmp/evil.dxf", "..", "a/../../evil.dxf", "e\u{1B}vil.dxf"])
    func extractsNowhereElse(_ name: String) throws {
        let workshop = try Self.attached()
        try Database(workshop.data, .writing).run("UPDATE file SET name = \(name)")
        for force in [[], ["--force"]] {
            let answered = try workshop.run(["project", "extract", "last", "--to", "out"] + force)
            #expect(answered.code == 4, "\(answered.said)")
        }
        #expect(try workshop.run("laseros project zip last -o out.zip").code == 4)
        #expect(access(workshop.work + "/out.zip", F_OK) != 0)
        #expect(access(workshop.work + "/out", F_OK) != 0)
        #expect(access(workshop.work + "/evil.dxf", F_OK) != 0)
    }

    @Test func bytesOutliveAnUndo() throws {
        let workshop = try Self.attached()
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros undo")
        #expect(try workshop.run("laseros project extract last --to out").code == 3)
        try workshop.demand("laseros redo")
        try workshop.demand("laseros project extract last --to out")
        let name = "0001-Flange-MS-10mm-x4.dxf"
        #expect(try File.read(workshop.work + "/out/" + name) == File.read(workshop.work + "/" + name))
        #expect(try workshop.lastEntry() == entry + 2)
    }

    /// A drawing is measured once. Its measurements stay for a later project when the first attachment is undone.
    @Test func measuresOutliveAnUndo() throws {
        let workshop = try Self.attached()
        let entry = try workshop.lastEntry()
        try workshop.demand("laseros project add Fence -c karoo")
        try workshop.demand("laseros project attach fence 0001-Flange-MS-10mm-x4.dxf")
        try workshop.demand("laseros undo \(entry)")
        #expect(try workshop.demand("laseros project files fence --csv --fields pierces --no-header") == "10\n")
    }

    /// Large files are read in one piece, small ones and pipes in several, with the same result.
    @Test(arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1]) func readsTheSame(_ size: Int) throws {
        let workshop = try Workshop(), path = workshop.work + "/bytes"
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try File.write(bytes, to: path)
        #expect(try File.withBytes(of: path, name: "bytes") { Array($0) } == bytes)
        #expect(try File.read(path) == bytes)
    }
}
