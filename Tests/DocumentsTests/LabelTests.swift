import Testing
import Values

@testable import Documents

/// Labels as poppler draws them and zbarimg reads them.
@Suite struct LabelTests {
    private static let codes = [
        "7", "RE-0001", "JB-2026-12-CL0001-001.3", "JB-2026-12-A+B&C/D_E:F-G.H-001.1000000000",
        "a-code-of-40-characters/in.lower_case:abc.12",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN",
    ]

    private static func label(_ code: String, _ title: String = "Hinge, left", _ details: [String] = ["Mild Steel 3 mm", "4 pieces"])
        -> Label
    {
        Label(code: code, title: title, details: details)
    }

    private static func print(_ labels: [Label], on paper: LabelPaper, skipping: Int = 0) throws -> Rendering {
        let print = try LabelPrint(labels, on: paper, skipping: skipping, name: "Labels", author: "Karoo", day: "2026-11-30")
        return try print.render(print.pdf)
    }

    private static func print(_ code: String, _ width: Int, _ height: Int) throws -> [UInt8] {
        try print([label(code)], on: LabelPaper(width: Double(width), height: Double(height))).bytes
    }

    /// What zbarimg reads on each page, or in an area of the first one, in millimetres.
    private static func read(_ pdf: [UInt8], dpi: Int = 300, area: (x: Double, y: Double, width: Double, height: Double)? = nil) throws
        -> [String]
    {
        let dots = { (millimetres: Double) in Int((millimetres / 25.4 * Double(dpi)).rounded()) }
        let crop = area.map { "-l 1 -x \(dots($0.x)) -y \(dots($0.y)) -W \(dots($0.width)) -H \(dots($0.height))" } ?? ""
        let command =
            "sh -c 'd=$(mktemp -d) && pdftoppm -r \(dpi) -png \(crop) \"$0\" $d/page && zbarimg --nodbus -q --raw $d/*.png; rm -r $d' %"
        return try poppler(command, pdf).split(separator: "\n").map(String.init)
    }

    /// The least size that a refusal names.
    private static func least(_ code: String) throws -> (width: Int, height: Int) {
        let failure = #expect(throws: Failure.self) { try print(code, 5, 5) }
        #expect(failure?.kind == .refused)
        let size = try #require(failure?.hint?.dropFirst("--size ".count).split(separator: "x").compactMap { Int($0) })
        try #require(size.count == 2)
        return (size[0], size[1])
    }

    /// Every code is read from a label of the usual size and from the smallest one, on which it is printed as text as well.
    @Test(arguments: codes) func codesAreRead(_ code: String) throws {
        let least = try Self.least(code)
        for (width, height) in [(62, 29), (29, 62), (least.width, least.height)] {
            let pdf = try Self.print(code, width, height)
            #expect(try Self.read(pdf) == [code], "\(width) x \(height)")
            let text = try poppler("pdftotext -raw % -", pdf).filter { !$0.isWhitespace }
            #expect(text.hasPrefix(code), "\(text)")
        }
        for (width, height) in [(least.width - 1, least.height), (least.width, least.height - 1)] {
            #expect(throws: Failure.self) { try Self.print(code, width, height) }
        }
    }

    /// A module is at least 0.33 mm, and the quiet zone 4 modules.
    @Test(arguments: codes) func smallLabelsKeepTheModule(_ code: String) throws {
        let least = try Self.least(code), side = try QRCode(code).side
        #expect(least.height == Int((Double(side + 8) * 0.33).rounded(.up)))
        let (width, height, isDark) = try Self.dots(Self.print(code, least.width, least.height), dpi: 600)
        let columns = (0..<width).filter { x in (0..<height).contains { isDark(x, $0) } }
        let module = 0.33 / 25.4 * 600
        #expect(Double(try #require(columns.first)) >= 4 * module - 1.5)
        // The first column after the QR code is its text.
        let end = Double(side + 4) * module
        #expect(
            columns.contains { Double($0) > end - module }
                && !columns.contains { Double($0) > end + 1.5 && Double($0) < end + 3.5 * module })
    }

    /// 15 % of a code may be damaged.
    @Test func damagedCodesAreRead() throws {
        let code = try QRCode("JB-2026-12-CL0001-001.3"), paper = Page(width: 100, height: 100), side = 90.0
        let canvas = try Canvas(paper, .pdf(day: "2026-11-30"))
        canvas.qrCode(code, 5, 5, module: side / Double(code.sideWithQuietZone))
        canvas.fill(Path(Area(48, 48, 14, 20)), .white)
        #expect(try Self.read(canvas.finish()) == ["JB-2026-12-CL0001-001.3"])
    }

    @Test(arguments: ["", "a\0b", String(repeating: "x", count: 3000)]) func whatIsNoCodeIsRefused(_ text: String) {
        let failure = #expect(throws: Failure.self) { try QRCode(text) }
        #expect(failure?.kind == .refused && failure?.message.count ?? 0 < 150)
    }

    /// Each label of a sheet is read where it belongs.
    @Test func sheetsAreRead() throws {
        let labels = (0..<30).map { Self.label("JB-2026-12-CL0001-\(100 + $0).\($0)") }
        let paper = try LabelPaper(columns: 3, rows: 8, size: nil, gap: nil)
        let pdf = try Self.print(labels, on: paper, skipping: 2).bytes
        #expect(try pages(pdf) == 2)
        for place in 0..<24 {
            let area = (x: Double(place % 3) * 70, y: Double(place / 3) * 37.125, width: 70.0, height: 37.125)
            #expect(try Self.read(pdf, dpi: 150, area: area) == (place < 2 ? [] : [labels[place - 2].code]), "\(place)")
        }
        #expect(try poppler("pdftotext -f 2 % -", pdf).contains("129.29"))
    }

    /// Labels of a size are in the middle of the sheet, with the usual gap between columns or the given one.
    @Test func sheetsHaveTheirGeometry() throws {
        func places(_ columns: Int, _ rows: Int, _ size: (Double, Double)?, gap: Double? = nil) throws -> [Double] {
            let paper = try LabelPaper(columns: columns, rows: rows, size: size.map { (width: $0.0, height: $0.1) }, gap: gap)
            let (first, last) = (paper.place(0).area, paper.place(columns * rows - 1).area)
            return [first.x, first.y, last.x, last.y].map { (LabelPaper.millimetres($0) * 100).rounded() / 100 }
        }
        #expect(try places(3, 7, (63.5, 38.1)) == [7.25, 15.15, 139.25, 243.75])
        #expect(try places(2, 7, (99.1, 38.1)) == [4.65, 15.15, 106.25, 243.75])
        #expect(try places(3, 8, (70, 37)) == [0, 0.5, 140, 259.5])
        #expect(try places(4, 10, (48.5, 25.4), gap: 0) == [8, 21.5, 153.5, 250.1])
        #expect(try places(3, 8, nil) == [0, 0, 140, 259.88])
        #expect(try places(3, 8, nil, gap: 3) == [0, 0, 142, 259.88])
        #expect(try LabelPaper.filling(width: 62, height: 29, gap: nil).count == 27)
        for (columns, rows, size) in [(3, 8, (70.1, 37.0)), (3, 9, (70, 37)), (1, 1, (211, 20))] {
            #expect(throws: Failure.self) { try places(columns, rows, size) }
        }
        #expect(throws: Failure.self) { try LabelPaper.filling(width: 211, height: 29, gap: nil) }
        #expect(throws: Failure.self) { try places(20, 2, nil, gap: 20) }
    }

    /// Office printers leave 5 mm at the edge of the paper blank.
    @Test func sheetsKeepTheEdgeBlank() throws {
        let labels = (0..<40).map { Self.label("RE-\($0)", "A title that is as long as this", ["and a detail that is longer"]) }
        let pdf = try Self.print(labels, on: LabelPaper(columns: 4, rows: 10, size: nil, gap: nil)).bytes
        let (width, height, isDark) = try Self.dots(pdf, dpi: 72), edge = Int(5 / 25.4 * 72)
        for y in 0..<height {
            for x in 0..<width where x < edge || y < edge || x >= width - edge || y >= height - edge {
                if isDark(x, y) { Issue.record("\(x), \(y)") }
            }
        }
    }

    @Test func theSameLabelsAreTheSameBytes() throws {
        #expect(try Self.print("RE-0001", 62, 29) == Self.print("RE-0001", 62, 29))
    }

    @Test func pagesHaveTheSizeOfTheLabel() throws {
        func size(_ pdf: [UInt8]) throws -> Substring? {
            try poppler("pdfinfo %", pdf).split(separator: "\n").first { $0.hasPrefix("Page size:") }
        }
        #expect(try size(Self.print("RE-0001", 62, 29)) == "Page size:       175.748 x 82.2047 pts")
        let sheet = try LabelPaper(columns: 3, rows: 8, size: nil, gap: nil)
        #expect(try size(Self.print([Self.label("RE-0001")], on: sheet).bytes)?.hasSuffix("595.276 x 841.89 pts (A4)") == true)
    }

    private static let hostile = [
        "\u{1}\u{7}\u{1b}[31m\tBracket\r\n\u{7f}", String(repeating: "W", count: 10_000), String(repeating: "a b ", count: 5000),
        "שלום עולם מרחבא قوس للوحة التحكم", "\u{202e}sdrawkcab\u{202c}", "Z" + String(repeating: "\u{30d}\u{323}", count: 300), "﷽﷽﷽﷽﷽﷽",
        String(repeating: "\u{A0}", count: 900), String(repeating: "\n", count: 900), "𓀀箱子",
    ]

    /// No text is outside of its label or in its margin, and the code is read whatever the title is.
    @Test(arguments: hostile) func hostileTextsStayWithin(_ text: String) throws {
        let paper = try LabelPaper(columns: 3, rows: 9, size: (62, 29), gap: nil)
        let label = Self.label("JB-2026-12-CL0001-001.3", text, [text, text, "last"])
        let pdf = try Self.print([label], on: paper, skipping: 13).bytes
        let (width, height, isDark) = try Self.dots(pdf, dpi: 144)
        let area = paper.place(13).area, margin = LabelPaper.points(1)
        var count = 0
        for y in 0..<height {
            for x in 0..<width where isDark(x, y) {
                count += 1
                let (x, y) = (Double(x) / 2 + 0.25, Double(y) / 2 + 0.25)
                let isWithin = x > area.x && x < area.right - margin && y > area.y && y < area.bottom
                if !isWithin { Issue.record("\(x), \(y)") }
            }
        }
        #expect(count > 1000)
        #expect(try Self.read(Self.print([label], on: LabelPaper(width: 62, height: 29)).bytes) == [label.code])
    }

    /// What is cut and what is left out is reported, and nothing else.
    @Test func lossesAreReported() throws {
        let long = (0..<40).map { "word\($0)" }.joined(separator: " ")
        let losses = try Self.print([Self.label("RE-0001", long)], on: LabelPaper(width: 62, height: 29)).losses
        #expect(losses.cut == [long] && losses.leftOut.isEmpty)
        let details = (0..<12).map { "detail \($0)" }
        let small = try Self.print([Self.label("RE-0001", "Hinge", details)], on: LabelPaper(width: 62, height: 20)).losses
        #expect(small.cut.isEmpty && !small.leftOut.isEmpty && details.hasSuffix(small.leftOut))
        let usual = try Self.print([Self.label("JB-2026-12-CL0001-001.3")], on: LabelPaper(width: 62, height: 29)).losses
        #expect(usual.cut.isEmpty && usual.leftOut.isEmpty && usual.missing.isEmpty)
    }

    /// The first page as poppler draws it, in grey: its size in dots, and whether one is darker than half.
    private static func dots(_ pdf: [UInt8], dpi: Int) throws -> (width: Int, height: Int, isDark: (Int, Int) -> Bool) {
        // A binary PGM: `P5`, width and height, 255, then a byte for each dot.
        let file = try popplerBytes("pdftoppm -gray -l 1 -r \(dpi) %", pdf)
        let head = file.prefix(40).split(separator: 10, maxSplits: 3, omittingEmptySubsequences: false)
        let size = String(decoding: head[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        try #require(size.count == 2)
        let bytes = Array(file.suffix(size[0] * size[1]))
        return (size[0], size[1], { bytes[$1 * size[0] + $0] < 128 })
    }
}

extension [String] {
    fileprivate func hasSuffix(_ other: [String]) -> Bool { suffix(other.count).elementsEqual(other) }
}
