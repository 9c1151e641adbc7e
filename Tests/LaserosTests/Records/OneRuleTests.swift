import Testing
import Values

@testable import Console
@testable import Shop
@testable import Store
@testable import Commands

/// Rules that apply in several places but are implemented once.
@Suite struct OneRuleTests {
    @Test func countsAreWorded() {
        #expect([0, 1, 2].map { counted($0, "file") } == ["0 files", "1 file", "2 files"])
        #expect(counted(2, "entry", "entries") == "2 entries" && worded(1, "lies", "lie") == "lies")
    }

    @Test(arguments: [
        ("Parts/Flange.v2.DXF", "dxf"), ("a.b/c", ""), ("Makefile", ""), (".svg", ""), ("parts/.svg", ""), ("a.", ""), ("", ""), ("/", ""),
        ("..lbrn2", "lbrn2"), ("-", ""),
    ])
    func filesHaveAnEnding(_ path: String, _ ending: String) { #expect(File.ending(of: path) == ending) }

    @Test func aPartIsThereOnce() {
        let names: Set = ["flange.dxf", "flange.lbrn2", "link.lbrn"]
        #expect(FileKind.isTwin("Flange.LBRN2", among: names) && !FileKind.isTwin("Flange.dxf", among: names))
        #expect(!FileKind.isTwin("link.lbrn", among: names))
        #expect(FileKind(ofName: "a.LBRN") == .drawing && FileKind(ofName: "a.jpeg") == .image && FileKind(ofName: "dxf") == .other)
    }

    /// Every command that writes a document derives its format from the file extension.
    @Test(arguments: [
        ("dxf preview $D", "out/a.SVG", 0), ("dxf convert $D", "out/a.SVG", 0), ("dxf diff $D $D", "out/a.SVG", 0),
        ("dxf preview $D", "out.svg/a", 2), ("dxf convert $D", "out.svg/a", 2), ("dxf preview $D", ".svg", 2),
        ("dxf convert $D", ".svg", 2),
    ])
    func documentsAreOfTheKindOfTheirEnding(_ line: String, _ file: String, _ code: Int32) throws {
        let workshop = try Workshop()
        try Subprocess.demand(["mkdir", workshop.work + "/out", workshop.work + "/out.svg"])
        let words = line.split(separator: " ").map { $0 == "$D" ? "0002-Bracket-MS-5mm-x10.dxf" : String($0) }
        #expect(try workshop.run(words + ["-o", file]).code == code)
        if code == 0 { #expect(try String(decoding: File.read(workshop.work + "/" + file), as: UTF8.self).contains("<svg")) }
    }

    /// The XDG specification requires absolute paths and says to ignore others.
    @Test(arguments: [("XDG_DATA_HOME", ".local/share"), ("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", ".local/state")])
    func ownFoldersAreFoundAlike(_ variable: String, _ usual: String) throws {
        func folder(_ environment: [String: String]) -> String? { Preferences.folder(variable, usual, environment) }
        #expect(folder([variable: "/data", "HOME": "/"]) == "/data/laseros" && folder([variable: "/data"]) == "/data/laseros")
        #expect(folder([variable: "data", "HOME": "/tmp"]) == "/tmp/\(usual)/laseros" && folder([variable: "data"]) == nil)
        #expect(folder([variable: "", "HOME": "/tmp"]) == "/tmp/\(usual)/laseros" && folder(["HOME": "/none/such"]) == nil)
        let environment = Environment(
            clock: try #require(Moment(reading: Workshop.clock)), variables: ["XDG_DATA_HOME": "data", "HOME": "/tmp"], directory: "/",
            user: "x", say: { _ in })
        #expect(ownFolder(environment) == "/tmp/.local/share/laseros")
    }

    /// A wide table does not lose columns silently.
    @Test func aTableMayHaveManyColumns() throws {
        let workshop = try Workshop(), count = 140
        let columns = (0..<count).map { "c\($0) TEXT" }.joined(separator: ", ")
        let data = try Database(workshop.root + "/wide.db", .creating)
        try data.script("CREATE TABLE wide (id INTEGER PRIMARY KEY, \(columns), code TEXT NOT NULL COLLATE NOCASE UNIQUE)")
        let noun = Noun("wide", "", coding: .typed, (0..<count).map { Field("c\($0)", String.self, "", "") })
        let statements = RowStatements(data, noun)
        var record = Record(noun)
        record.code = "A-1"
        for i in 0..<count { record.cells[i] = .text("\(i)") }
        let id = try #require(try statements.insert(record))
        #expect(try statements.find(record)?.isSame == true)
        for i in [0, 62, 63, 64, 128, count - 1] {
            var change = Record(noun)
            change.cells[i] = .text("new")
            #expect(try statements.update(change, id: id), "\(i)")
        }
        let row = try data.one("SELECT * FROM wide") { row in (0..<count).map { row.text($0 + 1) } }
        #expect(row == (0..<count).map { [0, 62, 63, 64, 128, count - 1].contains($0) ? "new" : "\($0)" })
        #expect(try statements.find(record)?.isSame == false)
    }
}
