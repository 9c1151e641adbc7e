import Testing
import Values

@testable import Console
@testable import Commands
@testable import Shop

/// Damaged or malicious files are read exactly, or refused with nothing written.
@Suite struct HostileImportTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let bytes: [UInt8]
        /// The notes of the clients that the file adds; nil if it must be refused.
        let wanted: [String]?
        var options: [String] = []
    }

    private static func utf16(_ text: String, big: Bool = false) -> [UInt8] {
        text.utf16.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    }

    /// Encodings of a text, each with a suffix for the name of the case.
    private static let kept: [(String, @Sendable (String) -> [UInt8])] = [
        ("UTF-8", { Array($0.utf8) }), ("UTF-8 with a mark", { [0xEF, 0xBB, 0xBF] + $0.utf8 }), ("UTF-16LE", { [0xFF, 0xFE] + utf16($0) }),
        ("UTF-16BE", { [0xFE, 0xFF] + utf16($0, big: true) }), ("UTF-16LE without a mark", { utf16($0) }),
        ("UTF-16BE without a mark", { utf16($0, big: true) }),
    ]

    /// Valid texts, with the notes that they contain; D stands for the separator and | for the line end.
    private static let sound: [(String, [String])] = [
        ("nameDnotes|aDx|", ["x"]), ("nameDnotes|aDx", ["x"]), ("nameDnotes||aDx||bDy|", ["x", "y"]),
        ("\"name\"D\"notes\"|\"a\"D\"x\"|", ["x"]),
        ("nameDnotes|aD\"x D y\"|", ["x D y"]), ("nameDnotes|aD\"x \"\"y\"\"\"|", ["x \"y\""]), ("nameDnotes|aD\"\"\"\"|", ["\""]),
        ("nameDnotes|aDx\"y|", ["x\"y"]), ("nameDnotes|aD\"NULL\"|", ["NULL"]), ("nameDnotes|aD =1+1|", [" =1+1"]),
        ("notesDname|xDa|", ["x"]),
        ("nameDnotesDphone|aDxD|bDyD|", ["x", "y"]),
    ]

    /// Invalid texts.
    private static let broken: [(String, String)] = [
        ("a quote never closed", "nameDnotes|aD\"x|bDy|"), ("text behind a quote", "nameDnotes|aD\"x\"y|"),
        ("too many fields", "nameDnotes|aDxDy|"),
        ("too few fields", "nameDnotes|a|"), ("a header twice", "nameDname|aDb|"), ("a header without a name", "nameD|aDb|"),
        ("an unknown header", "nameDnotez|aDx|"), ("no name", "nameDnotes|Dx|"), ("a code twice", "codeDnameDnotes|C1DaDx|C1DbDy|"),
        ("not an address", "nameDemail|aDx|"), ("a blank in a code", "codeDname|C 1Da|"), ("a control character", "nameDnotes|aDx\u{1}|"),
        ("nothing", ""), ("only line ends", "||||"), ("an open header", "\"nameDnotes|aDx|"), ("a NUL", "nameDnotes|aDx\0y|"),
        ("a NUL name", "name\0Dnotes|aDx|"),
    ]

    private static func typed(_ text: String, _ delimiter: String, _ end: String) -> String {
        text.map { $0 == "D" ? delimiter : $0 == "|" ? end : String($0) }.joined()
    }

    private static let ends: [(String, String)] = [("LF", "\n"), ("CRLF", "\r\n"), ("CR", "\r")]

    static let cases: [Case] = {
        var cases: [Case] = []
        for (i, (text, notes)) in sound.enumerated() {
            for (delimiter, sign) in [("comma", ","), ("semicolon", ";"), ("pipe", "|")] {
                for (j, (end, mark)) in ends.enumerated() {
                    let (name, bytes) = kept[(i + j) % kept.count]
                    let wanted = notes.map { $0 == "x D y" ? "x \(sign) y" : $0 }
                    cases.append(
                        Case(
                            description: "sound \(i + 1), \(delimiter), \(end), \(name)", bytes: bytes(typed(text, sign, mark)),
                            wanted: wanted))
                }
            }
        }
        for (what, text) in broken {
            // An empty file is an empty list in NDJSON.
            for (j, (name, bytes)) in kept.enumerated() where j < 4 && !(j == 0 && text.isEmpty) || !text.contains("\0") && !text.isEmpty {
                let (end, mark) = ends[j % 3]
                cases.append(
                    Case(description: "\(what), \(end), \(name)", bytes: bytes(typed(text, j % 2 == 0 ? "," : ";", mark)), wanted: nil))
            }
        }
        return cases + bytewise
    }()

    /// Cases that are not valid text.
    private static let bytewise: [Case] = {
        let head = Array("name,notes\na,".utf8)
        func case_(_ name: String, _ bytes: [UInt8], _ wanted: [String]? = nil, _ options: String...) -> Case {
            Case(description: name, bytes: bytes, wanted: wanted, options: options)
        }
        return [
            case_("half a character among whole ones", head + Array("é".utf8) + [0xC3, 0x0A]),
            case_("a character too long", head + Array("é".utf8) + [0xC0, 0xAF, 0x0A]),
            case_("a surrogate in UTF-8", head + Array("é".utf8) + [0xED, 0xA0, 0x80, 0x0A]),
            case_("a byte without a character", head + [0x81, 0x0A]),
            case_("Windows-1252 taken for UTF-8", head + [0xE9, 0x0A], nil, "--encoding", "utf-8"),
            case_("Windows-1252", head + [0xE9, 0x80, 0x0A], ["é€"]),
            case_("half a unit of UTF-16", [0xFF, 0xFE] + utf16("name,notes\na,x\n") + [0x41]),
            case_("UTF-16 that ends in half a pair", [0xFF, 0xFE] + utf16("name,notes\na,") + [0x3D, 0xD8]),
            case_("half a pair first", [0xFF, 0xFE] + utf16("name,notes\na,") + [0x00, 0xDC, 0x0A, 0x00]),
            case_("a pair", [0xFF, 0xFE] + utf16("name,notes\na,😀\n"), ["😀"]),
            case_("UTF-32", [0xFF, 0xFE, 0, 0] + "name\na\n".utf8.flatMap { [$0, 0, 0, 0] }),
            case_("mixed line ends", Array("name,notes\r\na,x\nb,y\rc,z\r\n\nd,w".utf8), ["x", "y", "z", "w"]),
            case_("a field of 1 MiB", head + [UInt8](repeating: 120, count: 1 << 20) + [0x0A], [String(repeating: "x", count: 1 << 20)]),
            case_("a field of more", head + [UInt8](repeating: 120, count: 1 << 20 + 1) + [0x0A]),
            case_("a quoted field of 20 MiB", head + [0x22] + [UInt8](repeating: 10, count: 20 << 20) + [0x22, 0x0A]),
            case_("a million columns", Array(Array(repeating: "c", count: 1_000_000).joined(separator: ",").utf8) + [0x0A]),
            case_("a million fields", head + [UInt8](repeating: 44, count: 1_000_000) + [0x0A]),
            case_("a delimiter said and not kept", Array("sep=;\nname,notes\na,x\n".utf8)),
            case_("a delimiter said", Array("sep=;\r\nname;notes\r\na;x,y\r\n".utf8), ["x,y"]),
            case_("only a delimiter said", Array("sep=;".utf8)),
            case_("another delimiter told", Array("name;notes\na;x\n".utf8), nil, "--delimiter", "comma"),
            case_("JSON", Array("[{\"name\": \"a\", \"notes\": \"x\\ny\"}]".utf8), ["x\ny"]),
            case_("JSON that ends too soon", Array("[{\"name\": \"a\"}".utf8)),
            case_("JSON with a key twice", Array("{\"name\": \"a\", \"name\": \"b\"}".utf8)),
            case_("JSON with half a pair", Array("{\"name\": \"\\ud800\"}".utf8)),
            case_("JSON nested without end", Array("{\"name\": ".utf8) + [UInt8](repeating: 91, count: 1_000_000)),
            case_("a line of JSON and one of CSV", Array("{\"name\": \"a\"}\nb,c\n".utf8)),
            case_("an escape", Array("name\tnotes\na\tx\\ty\n".utf8), ["x\\ty"]),
            case_("nothing at all", [], []),
            case_("an escape in an export", exported(["code": "C1", "name": "a", "notes": "x\\ty"]), ["x\ty"]),
            case_("a formula made harmless", Array("name,notes\na,'=1+1\n".utf8), ["=1+1"], "--excel"),
            case_("an apostrophe", Array("name,notes\na,'=1+1\n".utf8), ["'=1+1"]),
            case_("a mark in the middle", Array("name,notes\na,\u{FEFF}x\n".utf8), ["\u{FEFF}x"]),
        ]
    }()

    /// A row of clients as `export` prints it in TSV.
    private static func exported(_ cells: [String: String]) -> [UInt8] {
        let names = Noun.client.portableHeadings.map(\.name)
        return Array((names.joined(separator: "\t") + "\n" + names.map { cells[$0] ?? "" }.joined(separator: "\t") + "\n").utf8)
    }

    @Test func thereAreTwoHundred() { #expect(Self.cases.count >= 200, "\(Self.cases.count)") }

    @Test(arguments: cases)
    func isReadExactlyOrRefused(_ hostile: Case) throws {
        let shop = try Workshop(), state = try ShopState(shop), last = try shop.lastEntry()
        let answered = try shop.run(["client", "import", "-"] + hostile.options, input: hostile.bytes)
        guard let wanted = hostile.wanted else {
            #expect(answered.code == 8, "\(answered.out)\(answered.said)")
            #expect(answered.said.contains("standard input"))
            #expect(try ShopState(shop) == state && shop.lastEntry() == last)
            return
        }
        #expect(answered.code == 0, "\(answered.said)")
        let notes = try shop.reading { try $0.all("SELECT coalesce(notes, '') FROM client ORDER BY id") { $0.text(0) } }
        #expect(notes == wanted)
    }
}
