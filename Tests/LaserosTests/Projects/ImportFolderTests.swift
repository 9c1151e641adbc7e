import Glibc
import Testing
import Values

@testable import Shop

/// `project import-folder` takes a customer's tree in.
@Suite struct ImportFolderTests {
    struct Named: Sendable { var name: String, title: String, dmy: String?, mdy: String? }

    @Test(arguments: [
        Named(name: "0001-Gate hinges-02.09.2025", title: "Gate hinges", dmy: "2025-09-02", mdy: "2025-02-09"),
        Named(name: "0002-Braai_plates-14.9.2025", title: "Braai plates", dmy: "2025-09-14", mdy: nil),
        Named(name: "0003-Sign-9-14-2025", title: "Sign", dmy: nil, mdy: "2025-09-14"),
        Named(name: "0004-Tags-2025-10-03", title: "Tags", dmy: "2025-10-03", mdy: "2025-10-03"),
        Named(name: "0005-Ring 05.05.2025", title: "Ring", dmy: "2025-05-05", mdy: "2025-05-05"),
        Named(name: "0006-Plate-20250914", title: "Plate", dmy: "2025-09-14", mdy: "2025-09-14"),
        Named(name: "0007-Plate-31.02.2025", title: "Plate", dmy: nil, mdy: nil),
        Named(name: "0008-Bracket 10x3.5", title: "Bracket 10x3.5", dmy: nil, mdy: nil),
        Named(name: "12 Gates", title: "12 Gates", dmy: nil, mdy: nil), Named(name: "Fence", title: "Fence", dmy: nil, mdy: nil),
        Named(name: "0009-10.11.2025", title: "0009-10.11.2025", dmy: "2025-11-10", mdy: "2025-10-11"),
        Named(name: "2025.09.14", title: "2025.09.14", dmy: "2025-09-14", mdy: "2025-09-14"),
        Named(name: "0010-Part-1.2.3.2025", title: "Part-1", dmy: "2025-03-02", mdy: "2025-02-03"),
    ]) func namesAreRead(_ named: Named) {
        let read = FolderName(named.name)
        #expect(read.title == named.title)
        #expect(read.dayFirst?.description == named.dmy)
        #expect(read.monthFirst?.description == named.mdy)
    }

    private static let jobs = "profiles/CL-0001/1.Projects"

    /// A shop with two clients, and in the working directory a tree of one of them.
    private static func workshop(_ lines: String...) throws -> Workshop {
        let workshop = try Workshop()
        for line in [
            "laseros client add 'Karoo Signs'", "laseros client add Brass", "laseros material add MS 'Mild Steel' --density 7.85",
            "laseros material add VAST Vastrap --density 7.85", "mkdir -p '\(jobs)/0001-Gate-02.09.2025'",
            "cp 0001-Flange-MS-10mm-x4.dxf 0006-Nameplate* \(jobs)/0001*",
            "cp 0004-Panel-AL-2mm-x6.dxf \(jobs)/0001-Gate-02.09.2025/0001-Lid-VAS-053mm-x2.dxf",
        ] + lines { try workshop.demand(line) }
        return workshop
    }

    private static func created(_ workshop: Workshop) throws -> String {
        try workshop.demand("laseros project list --all --csv --no-header --fields created_at --sort code")
    }

    /// The trap of dates with the month first, which once made February out of September.
    @Test func anotherFolderDecides() throws {
        for (other, day) in [("0002-Sign-14.09.2025", "2025-09-01T22"), ("0002-Sign-09.14.2025", "2025-02-08T22")] {
            let workshop = try Self.workshop("mkdir \(Self.jobs)/\(other)")
            try workshop.demand("laseros project import-folder profiles")
            #expect(try Self.created(workshop).hasPrefix(day))
        }
    }

    @Test func ambiguousDatesAreRefused() throws {
        let workshop = try Self.workshop()
        let refused = try workshop.run("laseros project import-folder profiles")
        #expect(refused.code == 8 && refused.said.contains("2 September 2025 or 9 February 2025"), "\(refused.said)")
        #expect(try workshop.run("laseros project import-folder profiles --dates ymd").code == 2)
        try workshop.demand("mkdir \(Self.jobs)/0002-A-14.09.2025 \(Self.jobs)/0003-B-09.14.2025")
        // One says that the day is first, the other that the month is.
        #expect(try workshop.run("laseros project import-folder profiles").code == 8)
        try workshop.demand("laseros project import-folder profiles --dates mdy")
        #expect(try Self.created(workshop).hasPrefix("2025-02-08T22"))
    }

    @Test func factsComeFromNames() throws {
        let workshop = try Self.workshop()
        try workshop.demand("laseros project import-folder profiles --dates dmy")
        let parts = try workshop.demand("laseros project part list last --csv --no-header --fields title,material,thickness_mm,ordered")
        // The DXF and its LightBurn twin are one part.
        #expect(parts.split(separator: "\n").sorted() == ["Flange,MS,10,4", "Lid,VAST,0.53,2", "Nameplate,,1.5,50"])
    }

    @Test func theSameTreeAddsNothing() throws {
        let workshop = try Self.workshop()
        try workshop.demand("laseros project import-folder profiles --dates dmy")
        let entry = try workshop.lastEntry(), before = try workshop.demand("laseros project show last --json")
        try workshop.demand("tar -czf a.tgz profiles && tar -cf a.tar profiles/CL-0001 && bsdtar -cf a.zip --format zip -C profiles .")
        try workshop.demand("bsdtar -cf 0001-Gate-02.09.2025.zip --format zip -C \(Self.jobs)/0001-Gate-02.09.2025 .")
        for place in [
            "profiles", "profiles/CL-0001", "a.tgz", "a.tar", "a.zip", "\(Self.jobs)/0001-Gate-02.09.2025 -c karoo",
            "'0001-Gate-02.09.2025.zip' -c karoo",
        ] {
            let again = try workshop.run("laseros project import-folder \(place) --dates dmy")
            #expect(again.code == 0 && again.out.contains("nothing is new; 1 project was there"), "\(place): \(again.said)")
        }
        #expect(try workshop.lastEntry() == entry)
        // What the project has under the name of another file stays.
        try workshop.demand("echo 9 >> \(Self.jobs)/0001-Gate-02.09.2025/0001-Flange-MS-10mm-x4.dxf")
        let other = try workshop.run("laseros project import-folder profiles --dates dmy")
        #expect(other.code == 0 && other.said.contains("which stays"), "\(other.said)")
        #expect(try workshop.demand("laseros project show last --json") == before)
        #expect(try workshop.demand("ls -A ../shop/files | grep laseros- || true").isEmpty)
        // The same folder of another client is another project.
        try workshop.demand("mv profiles/CL-0001 profiles/CL-0002 && laseros project import-folder profiles --dates dmy")
        #expect(try workshop.demand("laseros project list --csv --no-header | wc -l") == "2\n")
    }

    /// A folder is named by whoever made it, and a file may be too large.
    @Test func everythingThatIsWrongIsTold() throws {
        let workshop = try Self.workshop(
            "mkdir \"$(printf '\(Self.jobs)/0003-a\\033[2Jb-14.09.2025')\"", "laseros config set file_size_limit_mb 1")
        try workshop.demand("head -c 1100000 /dev/zero > \(Self.jobs)/0001-Gate-02.09.2025/large.pdf")
        let refused = try workshop.run("laseros project import-folder profiles")
        #expect(
            refused.code == 4 && refused.said.contains("control characters") && refused.said.contains("more than 1 MiB"), "\(refused.said)")
        #expect(try workshop.demand("laseros project list --all --csv --no-header").isEmpty)
    }

    @Test func aDryRunStoresNothing() throws {
        let workshop = try Self.workshop()
        try workshop.demand("laseros project import-folder profiles --dates dmy --dry-run")
        #expect(try workshop.demand("laseros project list --all --csv --no-header").isEmpty)
        #expect(try workshop.demand("find ../shop/files -type f 2>/dev/null | wc -l") == "0\n")
    }

    /// Nothing of a hostile archive is written, in the shop or outside.
    @Test(arguments: [
        ("z.writestr('../../evil.dxf', 'x')", 8), ("z.writestr('/tmp/laseros-evil.dxf', 'x')", 8),
        ("i = zipfile.ZipInfo('CL-0001/l'); i.external_attr = 0o120777 << 16; z.writestr(i, '/etc/passwd')", 8),
        ("z.writestr('CL-0001/1.Projects/0001-A/b.dxf', bytes(1 << 26))", 4),
        ("z.writestr('CL-0001/1.Projects/0001-A/b.pdf', 'x'); z.writestr('CL-0001/1.Projects/0001-a/B.pdf', 'y')", 8),
    ]) func hostileArchivesAreRefused(_ hostile: (line: String, code: Int32)) throws {
        let workshop = try Self.workshop()
        let script = "import zipfile\\nwith zipfile.ZipFile(\"evil.zip\", \"w\", zipfile.ZIP_DEFLATED) as z: "
        try workshop.demand("printf '%b' '\(script)' > make.py && cat >> make.py <<'END'\n\(hostile.line)\nEND\npython3 make.py")
        try workshop.demand("find .. -type f | grep -v laseros.db | sort > ../before")
        let answered = try workshop.run("laseros project import-folder evil.zip")
        #expect(answered.code == hostile.code, "\(answered.said)")
        try workshop.demand(
            "find .. -type f | grep -v laseros.db | sort | diff ../before - | grep -v before | grep '[<>]' && exit 1 || true")
        #expect(access("/tmp/laseros-evil.dxf", F_OK) != 0)
        #expect(try workshop.demand("laseros project list --all --csv --no-header").isEmpty)
    }

    /// Work grows with the files, in one job and in many.
    @Test func workIsLinear() throws {
        func seconds(_ jobs: Int, _ files: Int) throws -> Double {
            let workshop = try Self.workshop("rm -r profiles")
            try workshop.demand(
                """
                for job in $(seq \(jobs)); do mkdir -p profiles/CL-0001/1.Projects/$job-A-2025-09-14; for file in $(seq \(files)); do
                echo $job $file > profiles/CL-0001/1.Projects/$job-A-2025-09-14/$file.txt; done; done
                """)
            let start = ContinuousClock.now
            #expect(try workshop.run(["project", "import-folder", "profiles"]).code == 0)
            return (ContinuousClock.now - start) / Duration.seconds(1)
        }
        let few = try seconds(4, 10)
        #expect(try seconds(40, 10) < 25 * few + 1)
        #expect(try seconds(4, 100) < 25 * few + 1)
    }
}
