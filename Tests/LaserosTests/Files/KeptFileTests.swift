import Glibc
import Testing
import Values

@testable import Security
@testable import Shop

/// A file below `files/` is used only if its hash is right.
@Suite struct KeptFileTests {
    private static let name = "0001-Flange-MS-10mm-x4.dxf"
    private static let other = "0002-Bracket-MS-5mm-x10.dxf"

    /// The example shop with a drawing that is attached to a project and priced in a quote that was sent.
    private static func workshop() throws -> Workshop {
        let workshop = try ExampleShop.copy()
        for line in [
            "project add Gate -c CL-0001", "project attach gate \(name)", "quote add -c CL-0001 -p gate", "quote send last",
            "quote pdf last -o before.pdf",
        ] { try workshop.demand("laseros " + line) }
        return workshop
    }

    private static func path(_ workshop: Workshop) throws -> String {
        let sha256 = try File.read(workshop.work + "/" + name).withUnsafeBytes { Digest.of($0) }
        return "\(workshop.shop)/files/\(sha256.prefix(2))/\(sha256)"
    }

    /// The damage to the stored drawing, and the message when it is attached again.
    private static let damages = [
        ("another drawing", "cp \(other) $FILE", "were damaged"), ("nothing in it", ": > $FILE", "were damaged"),
        ("a byte changed", "printf 9 | dd of=$FILE bs=1 seek=700 conv=notrunc 2>/dev/null", "were damaged"),
        ("a byte more", "echo >> $FILE", "were damaged"), ("cut short", "truncate -s 600 $FILE", "were damaged"),
        ("a pipe", "rm $FILE && mkfifo $FILE", "were damaged"),
        ("a link to what it was", "mv $FILE copy.dxf && ln -s $PWD/copy.dxf $FILE", "were damaged"),
        ("a device", "rm $FILE && ln -s /dev/zero $FILE", "were damaged"), ("gone", "rm $FILE", "were gone"),
    ]

    @Test(arguments: damages)
    func whatIsDamagedIsRefusedAndRepaired(_ damage: (what: String, line: String, said: String)) throws {
        let workshop = try Self.workshop(), path = try Self.path(workshop), isGone = damage.what == "gone"
        #expect(try workshop.run("FILE=\(path); " + damage.line).code == 0)
        for line in ["quote add -c CL-0001 -p gate", "project extract gate --to out", "project zip gate -o out.zip"] {
            let answered = try workshop.run("laseros " + line)
            #expect(answered.code == 6 && answered.said.contains("the bytes of \(Self.name) are "), "\(line): \(answered.said)")
        }
        for name in ["out", "out.zip"] { #expect(access(workshop.work + "/" + name, F_OK) != 0) }
        // The PDF of the quote is the same or fails; without the drawing it contains a note.
        let paper = try workshop.run("laseros quote pdf last -o after.pdf")
        #expect(paper.code == (isGone ? 0 : 6) && paper.said.contains(Self.name), "\(paper.said)")
        let same = try workshop.run("laseros dxf same \(Self.name)")
        #expect(same.code == 0 && same.said.contains("not compared: ") != isGone, "\(same.said)")

        let attached = try workshop.run("laseros project attach gate \(Self.name)")
        #expect(attached.code == 0)
        #expect(attached.said.contains("\(Self.name): its bytes in the shop's files") || isGone, "\(attached.said)")
        #expect(attached.said.contains(damage.said), "\(attached.said)")
        #expect(File.kind(of: path) == S_IFREG)
        try workshop.demand("laseros quote pdf last -o after.pdf")
        #expect(try File.read(workshop.work + "/after.pdf") == File.read(workshop.work + "/before.pdf"))
        #expect(try workshop.run("laseros project attach gate \(Self.name)").said.contains("its bytes") == false)
    }

    @Test func aQuoteRepairsAsWell() throws {
        let workshop = try Self.workshop()
        try File.write([], to: Self.path(workshop))
        let answered = try workshop.run("laseros quote add -c CL-0001 -m MS -t 3 --override \(Self.name)")
        #expect(answered.code == 0 && answered.said.contains("were damaged, and are whole again"), "\(answered.said)")
        try workshop.demand("laseros project extract gate --to out")
    }

    @Test(arguments: [
        "../../../../../../dev/zero", "/dev/zero", "", "5F31AA73C75059CB3FC21493E487B9DE2F14E9FEAF45C720EC15EF01C0B8B89D",
        String(repeating: "a", count: 63), String(repeating: "a", count: 65), String(repeating: ".", count: 64),
    ])
    func onlyASHA256IsAcceptedAsAHash(_ sha256: String) throws {
        let workshop = try Self.workshop()
        let whole = try String(Self.path(workshop).suffix(64))
        try workshop.tamper(
            """
            UPDATE file SET sha256 = '\(sha256)' WHERE sha256 = '\(whole)';
            UPDATE part SET drawing = '\(sha256)' WHERE drawing = '\(whole)';
            UPDATE quote_line SET drawing = '\(sha256)' WHERE drawing = '\(whole)'
            """)
        for line in ["quote add -c CL-0001 -p gate", "project extract gate --to out", "quote pdf last -o after.pdf"] {
            let answered = try workshop.run("laseros " + line)
            #expect(answered.code == 6 && answered.said.contains("instead of a SHA-256"), "\(line): \(answered.said)")
        }
    }

    /// A run does not read a file twice unless it has changed.
    @Test func whatWasReadIsNotReadAgain() throws {
        let workshop = try Self.workshop(), path = try Self.path(workshop), sha256 = String(path.suffix(64))
        let shop = try Shop(workshop.shop, .reading, clock: Moment(ms: 0), who: "thandi", nouns: [])
        #expect(try shop.standing(of: sha256, size: nil) == .whole)
        #expect(shop.proved[sha256] != nil)
        #expect(try shop.standing(of: sha256, size: 5) == .damaged)
        let file = open(path, O_WRONLY)
        #expect(pwrite(file, "9", 1, 700) == 1 && close(file) == 0)
        #expect(try shop.standing(of: sha256, size: nil) == .damaged)
    }
}
