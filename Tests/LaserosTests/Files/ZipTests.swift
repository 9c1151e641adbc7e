import Glibc
import Testing
import Values

/// `project zip` writes a whole archive or none.
@Suite struct ZipTests {
    private static let name = "0001-Flange-MS-10mm-x4.dxf"

    private static func workshop() throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "laseros client add 'Karoo Signs'",
            "printf 'code,name,client\\nA/1,Gate,CL-0001\\nA-1,Fence,CL-0001\\na:1,Door,CL-0001\\n' | laseros project import -",
            "laseros project attach A/1 \(name)", "laseros project attach A-1 \(name)", "laseros project attach a:1 \(name)",
        ] { try workshop.demand(line) }
        return workshop
    }

    /// Codes may hold what no folder name may, or differ only in it.
    @Test func eachProjectHasAFolderOfItsOwn() throws {
        let workshop = try Self.workshop()
        try workshop.demand("laseros project zip --all-matching --client CL-0001 -o all.zip")
        let listed = try workshop.demand("unzip -Z1 all.zip").split(separator: "\n")
        #expect(Set(listed) == ["A-1/\(Self.name)", "A-1-2/\(Self.name)", "a-1-3/\(Self.name)"])
    }

    /// The archive that is there stays until the new one is whole.
    @Test func aFailureLeavesTheOldArchive() throws {
        let workshop = try Self.workshop()
        try workshop.demand("laseros project attach A-1 0002-Bracket-MS-5mm-x10.dxf && echo old >job.zip")
        try workshop.demand("for file in $(find ../shop/files -type f -size +2k); do echo 9 >>$file; done")
        let answered = try workshop.run("laseros project zip A-1 --force -o job.zip")
        #expect(answered.code == 6 && answered.said.contains("0002-Bracket"), "\(answered.said)")
        #expect(try workshop.run("laseros project zip A-1 \(Self.name) --force -o job.zip --csv --fields nothing").code == 2)
        #expect(try workshop.demand("cat job.zip; ls -A | grep tmp || true") == "old\n")
    }
}
