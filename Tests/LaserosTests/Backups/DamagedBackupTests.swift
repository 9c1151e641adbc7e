import Glibc
import Testing
import Values

@testable import Shop

/// Archives that were cut, altered or made to do damage are refused before the shop is touched.
@Suite struct DamagedBackupTests {
    private let workshop: Workshop
    private let name: String
    private let bytes: [UInt8]
    private let before: [UInt8]

    init() throws {
        workshop = try Workshop()
        for line in [
            "client add Karoo", "project add Gate --client karoo",
            "project attach last 0001-Flange-MS-10mm-x4.dxf 0003-Gasket-SS-1mm-x25.dxf",
            "backup create", "client add 'After the backup'",
        ] { try workshop.demand("laseros \(line)") }
        let file = try #require(try Backups.list(in: workshop.shop + "/backups").first)
        (name, bytes) = (file.name.text, try File.read(file.path))
        before = try File.read(workshop.data)
    }

    private func demandUntouched(_ what: String) throws {
        #expect(try File.read(workshop.data) == before, "\(what)")
        #expect(try workshop.demand("cd \"$LASEROS_SHOP\"; find . -name '.laseros*'") == "", "\(what)")
    }

    /// A process that another test is about to start may hold the lock of the folder for a moment.
    private func restore(_ words: [String], _ input: [UInt8] = []) throws -> Answered {
        for _ in 0..<50 {
            let answered = try workshop.run(["backup", "restore"] + words, input: input)
            guard answered.code == 6 else { return answered }
        }
        return try workshop.run(["backup", "restore"] + words, input: input)
    }

    @Test func aCutArchiveIsRefused() throws {
        for count in Array(stride(from: 0, to: bytes.count, by: 4096)) + Array(stride(from: 1, to: bytes.count, by: 397)) + [
            bytes.count - 1
        ] {
            try File.write(Array(bytes.prefix(count)), to: "\(workshop.work)/\(name)")
            let answered = try restore([name])
            #expect(answered.code == 8, "\(count) bytes: \(answered)")
            #expect(try workshop.run(["backup", "verify", name]).code == 1)
            let piped = try restore(["-"], Array(bytes.prefix(count)))
            #expect(piped.code == 8, "\(count) bytes through a pipe: \(piped)")
        }
        try demandUntouched("cut")
    }

    @Test func anAlteredByteIsRefused() throws {
        var random = Seeded(19)
        for _ in 0..<1000 {
            let place = Int.random(in: bytes.indices, using: &random), bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            var altered = bytes
            altered[place] ^= bit
            try File.write(altered, to: "\(workshop.work)/\(name)")
            let answered = try restore([name])
            #expect(answered.code == 8, "byte \(place): \(answered)")
        }
        try demandUntouched("altered")
    }

    /// A byte that was altered in the compression alone may leave the contents as they were; then they are restored as they were.
    @Test func anAlteredByteInAPipeRestoresNothingElse() throws {
        var random = Seeded(20), restored = 0
        for i in 0..<300 {
            var altered = bytes
            altered[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let answered = try restore(["-", "--to", "other-\(i)"], altered)
            guard answered.code == 0 else {
                #expect(answered.code == 8, "\(answered)")
                #expect(File.kind(of: "\(workshop.work)/other-\(i)") == nil)
                continue
            }
            restored += 1
            #expect(try workshop.run(["log", "verify", "--shop", "other-\(i)"]).code == 0)
            #expect(try workshop.run(["client", "list", "--csv", "--shop", "other-\(i)"]).out.contains("Karoo"))
        }
        #expect(restored < 10)
    }
}

/// Archives that somebody has made by hand. `pack` writes sums and sizes that fit, so that only the fault itself is wrong.
@Suite struct HostileBackupTests {
    /// What is done in a folder with the members of an archive, and what the refusal says.
    static let faults: [(does: String, says: String)] = [
        ("pack manifest.json laseros.db $files SHA256SUMS", ""),
        ("pack laseros.db manifest.json $files SHA256SUMS", "does not begin with a manifest"),
        ("pack manifest.json $files laseros.db SHA256SUMS", "does not hold laseros.db"),
        ("pack manifest.json laseros.db $files", "SHA256SUMS is missing"),
        ("pack manifest.json laseros.db SHA256SUMS $files", "names other files"),
        ("echo x >evil; pack manifest.json laseros.db evil $files SHA256SUMS", "does not belong into a backup"),
        ("pack -P --transform 's,^files/,../files/,S' manifest.json laseros.db $files SHA256SUMS", "leads out of the folder"),
        ("pack -P --transform 's,^files/,/tmp/files/,S' manifest.json laseros.db $files SHA256SUMS", "is an absolute path"),
        ("mv laseros.db x; ln -s /etc/passwd laseros.db; pack manifest.json laseros.db $files SHA256SUMS", "is a symbolic link"),
        ("set -- $files; rm $1; ln laseros.db $1; LINKS=1 pack manifest.json laseros.db $files SHA256SUMS", "is a link to another file"),
        ("set -- $files; rm $1; mkfifo $1; pack manifest.json laseros.db $files SHA256SUMS", "is a pipe"),
        ("set -- $files; echo x >$1; pack manifest.json laseros.db $files SHA256SUMS", "has another SHA-256"),
        ("set -- $files; pack manifest.json laseros.db $2 $1 SHA256SUMS", "in the wrong place"),
        ("set -- $files; pack manifest.json laseros.db $1 $1 $2 SHA256SUMS", "is in it twice"),
        ("set -- $files; KEEP=1 pack manifest.json laseros.db $1 SHA256SUMS", "names other files"),
        ("echo x >>laseros.db; KEEP=1 pack manifest.json laseros.db $files SHA256SUMS", "does not hold laseros.db of"),
        ("echo x >laseros.db; pack manifest.json laseros.db $files SHA256SUMS", "a shop that cannot be opened"),
        ("sqlite3 laseros.db 'PRAGMA user_version = 99'; pack manifest.json laseros.db $files SHA256SUMS", "version 99"),
        (
            "sqlite3 laseros.db \"INSERT INTO own VALUES (1)\" 2>/dev/null || sqlite3 laseros.db 'DELETE FROM aux_counter'; "
                + "pack manifest.json laseros.db $files SHA256SUMS", "aux_counter: 0 rows"
        ),
        (
            "sqlite3 laseros.db 'CREATE TRIGGER evil AFTER INSERT ON client BEGIN DELETE FROM invoice; END'; "
                + "pack manifest.json laseros.db $files SHA256SUMS", "a trigger that laseros did not make"
        ),
        ("sed -i 's/\"format\": 1/\"format\": 2/' manifest.json; pack manifest.json laseros.db $files SHA256SUMS", "of a later laseros"),
        ("echo '{\"format\": 1}' >manifest.json; KEEP=1 pack manifest.json laseros.db $files SHA256SUMS", "its manifest cannot be read"),
        ("echo '[1' >manifest.json; KEEP=1 pack manifest.json laseros.db $files SHA256SUMS", "its manifest cannot be read"),
        (
            "head -c 2000000 /dev/zero >manifest.json; KEEP=1 pack manifest.json laseros.db $files SHA256SUMS",
            "does not begin with a manifest"
        ),
        ("sed -i 's/\"entries\": 3/\"entries\": 2/' manifest.json; pack manifest.json laseros.db $files SHA256SUMS", "the manifest says 2"),
        (
            "sed -i 's/\"file_bytes\": [0-9]*/\"file_bytes\": 900000000000/' manifest.json; pack manifest.json laseros.db $files SHA256SUMS",
            "has room for"
        ),
        ("pack manifest.json laseros.db $files SHA256SUMS; printf x >>../hostile.tar.zst", "cannot be read"),
        (
            "pack manifest.json laseros.db $files SHA256SUMS; cat ../hostile.tar.zst ../hostile.tar.zst >../x; mv ../x ../hostile.tar.zst",
            "its end"
        ),
    ]

    static let pack = """
        files=$(find files -type f | sort)
        pack() {
            if [ -z "$KEEP" ] && [ -f laseros.db ] && [ ! -L laseros.db ]; then
                sha=$(sha256sum laseros.db | cut -d ' ' -f 1) size=$(stat -c %s laseros.db)
                sed -i "s/\\"database_sha256\\": .*/\\"database_sha256\\": \\"$sha\\",/; s/\\"database_bytes\\": .*/\\"database_bytes\\": $size,/" manifest.json
            fi
            if [ -z "$KEEP" ]; then
                for f in manifest.json laseros.db $(printf '%s\\n' "$@" | grep ^files/); do [ -p "$f" ] || sha256sum "$f"; done >SHA256SUMS
            fi
            tar --format=pax $([ -n "$LINKS" ] || echo --hard-dereference) -c "$@" | zstd -q -f -o ../hostile.tar.zst
        }
        """

    @Test(arguments: faults.indices) func isRefused(_ index: Int) throws {
        let workshop = try Workshop(), fault = Self.faults[index]
        for line in [
            "client add Karoo", "project add Gate --client karoo",
            "project attach last 0001-Flange-MS-10mm-x4.dxf 0003-Gasket-SS-1mm-x25.dxf",
            "backup create",
        ] { try workshop.demand("laseros \(line)") }
        let before = try File.read(workshop.data), tree = try workshop.demand("find \"$LASEROS_SHOP\" | sort")
        try File.write(Array((Self.pack + "\n" + fault.does + "\n").utf8), to: workshop.work + "/make.sh")
        try workshop.demand("mkdir in && bsdtar -xf \"$LASEROS_SHOP\"/backups/*.zst -C in && cd in && sh ../make.sh")
        let answered = try workshop.run(["backup", "restore", "hostile.tar.zst"])
        guard !fault.says.isEmpty else {
            // What is made by hand and has no fault is taken.
            #expect(answered.code == 0, "\(answered)")
            return
        }
        #expect([4, 7, 8].contains(answered.code) && answered.said.contains(fault.says), "\(fault.does): \(answered)")
        #expect(try File.read(workshop.data) == before)
        #expect(try workshop.demand("find \"$LASEROS_SHOP\" | sort") == tree)
        // Nobody needs room for the files to verify an archive.
        #expect(try workshop.run(["backup", "verify", "hostile.tar.zst"]).code != 0 || fault.says == "has room for")
    }
}
