import Testing
import Values

@testable import Console
@testable import Shop
@testable import Commands

/// An export that is rewritten in the format of other programs is imported without a change.
@Suite struct DialectTests {
    /// A format of another program.
    struct Dialect: Sendable, CustomStringConvertible {
        let description: String
        var delimiter: Character = ","
        var comma = false
        var thousands: String = ""
        var encoding = Encoding.utf8
        var mark = false
        var lineEnd = "\n"
        var begins = ""
        var options: [String] = []
    }

    static let dialects: [Dialect] = [
        Dialect(description: "South African Excel", delimiter: ";", comma: true, thousands: "\u{A0}", mark: true, lineEnd: "\r\n"),
        Dialect(description: "narrow blanks", delimiter: ";", comma: true, thousands: "\u{202F}", lineEnd: "\r\n"),
        Dialect(description: "Excel, Windows-1252", delimiter: ";", comma: true, thousands: "\u{A0}", encoding: .windows, lineEnd: "\r\n"),
        Dialect(description: "Excel, Unicode text", delimiter: "\t", comma: false, encoding: .utf16LE, mark: true, lineEnd: "\r\n"),
        Dialect(description: "UTF-16, big end first", delimiter: ";", comma: true, encoding: .utf16BE, mark: true),
        Dialect(description: "UTF-16 without a mark", delimiter: ",", encoding: .utf16LE),
        Dialect(description: "said in its first line", delimiter: "|", mark: true, lineEnd: "\r\n", begins: "sep=|\r\n"),
        Dialect(description: "old Macintosh", delimiter: ",", lineEnd: "\r"),
        Dialect(description: "English thousands", thousands: ",", options: ["--decimal", "point"]),
        Dialect(description: "German thousands", delimiter: ";", comma: true, thousands: ".", options: ["--decimal", "comma"]),
        Dialect(description: "tabs with quotes", delimiter: "\t", comma: true, options: ["--delimiter", "tab", "--decimal", "comma"]),
        Dialect(description: "Swiss", delimiter: ";", thousands: "'", encoding: .windows, options: ["--encoding", "windows-1252"]),
    ]

    /// Texts that a format could misread, with all characters of Windows-1252.
    private static let hostile = [
        "NULL", "=1+1", "'", "\"", "two\nlines", "a,b;c\td|e", "1 234,50", "é € ß", "sep=;", "1,234", "\u{A0}", "0012", "ÿþ", "-", "\\n",
    ]

    private static func number(_ text: String, _ dialect: Dialect) -> String {
        let isNegative = text.hasPrefix("-"), parts = (isNegative ? String(text.dropFirst()) : text).split(separator: ".")
        guard let whole = parts.first, whole.allSatisfy(\.isNumber) else { return text }
        var grouped = ""
        for (i, digit) in whole.enumerated() {
            if i > 0, (whole.count - i) % 3 == 0 { grouped += dialect.thousands }
            grouped.append(digit)
        }
        return (isNegative ? "-" : "") + grouped + (parts.count > 1 ? (dialect.comma ? "," : ".") + parts[1] : "")
    }

    private static func encoded(_ text: String, _ encoding: Encoding) -> [UInt8] {
        switch encoding {
        case .utf8: Array(text.utf8)
        case .utf16LE: text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        case .utf16BE: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        case .windows: text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
        }
    }

    /// The rows of an export in the format of the dialect.
    private static func written(_ csv: [UInt8], of noun: Noun, _ dialect: Dialect) throws -> [UInt8] {
        let reader = try RecordReader(InputFile(csv, name: "export"), dialect: .csv)
        let numbers = Set(noun.portable.filter(\.heading.type.isNumber).map(\.name))
        let marks: Set<Unicode.Scalar> = ["\"", "\r", "\n", ",", ";", "|", "\t"]
        func quoted(_ text: String) -> String {
            let needs = text.unicodeScalars.contains { marks.contains($0) } || text == "NULL"
            return needs ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : text
        }
        var text =
            (dialect.mark ? "\u{FEFF}" : "") + dialect.begins + reader.columns.joined(separator: String(dialect.delimiter))
            + dialect.lineEnd
        while try reader.next() {
            let cells = reader.columns.indices.map { i in
                numbers.contains(reader.columns[i]) ? quoted(number(reader.text(i), dialect)) : quoted(reader.text(i))
            }
            text += cells.joined(separator: String(dialect.delimiter)) + dialect.lineEnd
        }
        return encoded(text, dialect.encoding)
    }

    /// - Parameter turn: selects the next hostile texts.
    private static func shop(_ noun: Noun, _ turn: Int) throws -> Workshop {
        let shop = try ExampleShop.copy()
        if noun.name == "project" {
            try shop.demand("laseros project edit last --quoted-price 1234567.5 --final-price 1234 --cut-time 1234.567")
        }
        guard noun.fields.contains(where: { $0.name == "notes" && $0.isSettable }) else { return shop }
        let codes = try shop.run([noun.name, "list", "--all", "--codes"]).out.split(separator: "\n").map(String.init)
        for (i, code) in codes.enumerated() {
            _ = try shop.run([noun.name, "edit", code, "--notes", hostile[(i + turn * codes.count) % hostile.count]])
        }
        return shop
    }

    @Test(arguments: PortableTests.portable, dialects)
    func importsEveryDialect(_ name: String, _ dialect: Dialect) throws {
        let noun = try #require(nouns.first { $0.name == name })
        let turn = Self.dialects.firstIndex { $0.description == dialect.description } ?? 0
        let shop = try Self.shop(noun, turn), last = try shop.lastEntry(), state = try ShopState(shop)
        let csv = try shop.run([noun.name, "export"]).out
        try File.write(try Self.written(Array(csv.utf8), of: noun, dialect), to: shop.work + "/dialect", as: .document)
        let imported = try shop.run([noun.name, "import", "dialect"] + dialect.options)
        #expect(imported.code == 0, "\(imported.said)")
        #expect(try shop.lastEntry() == last, "\(imported.out)")
        #expect(try ShopState(shop) == state)
    }

    @Test(arguments: PortableTests.portable)
    func takesBackWhatExcelIsGiven(_ noun: String) throws {
        for (turn, format) in ["csv", "tsv", "csv", "csv", "tsv"].enumerated() {
            let shop = try Self.shop(try #require(nouns.first { $0.name == noun }), turn), last = try shop.lastEntry()
            if turn % 2 == 1 { try shop.demand("laseros config set spreadsheet_decimal point") }
            try shop.demand("laseros \(noun) export --excel --format \(format) --output excel.\(format)")
            let imported = try shop.run("laseros \(noun) import excel.\(format) --excel")
            #expect(imported.code == 0, "\(imported.said)")
            #expect(imported.out.contains(": 0 added, 0 changed, "), "\(imported.out)")
            #expect(try shop.lastEntry() == last + turn % 2)
        }
    }

    /// The predecessor stored the cutting time in minutes: a plain number is in minutes, one with a unit is not.
    @Test(arguments: [("90", "5400"), ("90m", "5400"), ("30s", "30")])
    func aColumnHasItsUnit(_ typed: String, _ seconds: String) throws {
        let workshop = try ExampleShop.copy(), header = "project_code,name,client_code,estimated_cut_time_minutes"
        let rows = "\(header)\nT-1,Gate,CL-0001,\(typed)\n"
        let answered = try workshop.run(["project", "import", "-"], input: Array(rows.utf8))
        #expect(answered.code == 0, "\(answered.said)")
        #expect(try workshop.demand("laseros project show T-1 --csv --no-header --fields cut_time_s") == seconds + "\n")
    }

    /// Every column that the predecessor exported or imported is known, and none maps to two fields.
    @Test func theOlderProgramsColumnsAreKnown() throws {
        let exported = """
            project_code,project_name,client_code,client_name,status,description,quote_date,approval_date,due_date,completion_date,\
            scheduled_cut_date,created_at,updated_at,quoted_price,final_price,material_type,material_thickness_mm,material_quantity_sheets,\
            parts_quantity,estimated_cut_time_minutes,number_of_bins,drawing_creation_time_minutes,pop_received,pop_received_date,pop_deadline,\
            client_notified,client_notified_date,delivery_confirmed,delivery_confirmed_date,design_files_count,documents_count,notes
            """
        let imported = """
            client_code,project_code,name,description,status,quote_date,approval_date,due_date,completion_date,quoted_price,final_price,\
            material_type,material_quantity_sheets,parts_quantity,estimated_cut_time,drawing_creation_time,number_of_bins,scheduled_cut_date,\
            pop_received,pop_received_date,pop_deadline,client_notified,delivery_confirmed,notes,dxf_files,quote_files,invoice_files,pop_files,\
            delivery_note_files,image_files
            """
        for header in [exported, imported] {
            let columns = header.split(separator: ",").map(String.init)
            let known = try ImportColumns(.project, file: "x", columns, on: [], called: [:], maps: [])
            #expect(known.targets.count == columns.count && columns.count >= 30)
        }
    }
}
