import Testing

@testable import Documents

/// Documents with several tables and QR codes, as poppler draws them and zbarimg reads them.
@Suite struct CardPaperTests {
    private static func card(_ number: String, operations: Int, parts: Int) throws -> BusinessDocument {
        var paper = Sample.document("Job card", number, BusinessDocument.Letterhead(company: "Karoo", lines: ["14 Main Road"]))
        paper.code = try QRCode(number)
        paper.tables = [
            .init(
                "Operations", columns: .init("Scan", ["Left", "Time"]),
                lines: try (1...operations).map { .init("cut", figures: ["\($0)", "4m"], code: try QRCode("\(number)/\($0)0")) },
                picture: 56),
            .init("Nothing", columns: .init("None", []), lines: []),
            .init(
                "Parts", columns: .init("Part", ["Ordered"]),
                lines: (0..<parts).map { .init("Part \($0)", figures: ["4"], drawing: Sample.bracket) }, picture: 84),
        ]
        return paper
    }

    private static func read(_ pdf: [UInt8], dpi: Int) throws -> [String] {
        let command =
            "sh -c 'd=$(mktemp -d) && pdftoppm -r \(dpi) -png \"$0\" $d/page && zbarimg --nodbus -q --raw $d/*.png; rm -r $d' %"
        return try poppler(command, pdf).split(separator: "\n").map(String.init).sorted()
    }

    /// Read from what a cheap camera sees, too.
    @Test(arguments: [100, 300]) func everyCodeIsRead(_ dpi: Int) throws {
        let long = "JOB-OF-40-CHARACTERS/in.lower_case:abc12"
        for number in ["JB-2026-12-CL0001-001", long] {
            let card = try Self.card(number, operations: 4, parts: 1)
            #expect(try Self.read(card.render(card.pdf).bytes, dpi: dpi) == [number] + (1...4).map { "\(number)/\($0)0" })
        }
    }

    /// The quiet zone of 4 modules is blank, above and below a code, too.
    @Test func nothingIsInTheQuietZone() throws {
        let card = try Self.card("JB-1", operations: 2, parts: 1), dpi = 288
        let image = try popplerBytes("pdftoppm -r \(dpi) -gray %", card.render(card.pdf).bytes)
        var at = 0
        func word() -> String {
            let end = image[at...].firstIndex { $0 == 10 || $0 == 32 } ?? image.endIndex
            defer { at = end + 1 }
            return String(decoding: image[at..<end], as: UTF8.self)
        }
        _ = word()
        let width = try #require(Int(word())), height = try #require(Int(word()))
        _ = word()
        let left = Int((PaperLayout.left * 4).rounded()), side = 56 * 4, start = at
        func isDark(_ x: Int, _ y: Int) -> Bool { image[start + y * width + x] < 128 }
        // The first column of a code is dark where its finder pattern is.
        let rows = (0..<height).filter { isDark(left + 2, $0) && isDark(left + side / 21 * 3, $0) && isDark(left + side - 4, $0) }
        let top = try #require(rows.first { y in y > 800 && isDark(left + 2, y + 4 * side / 21) }), module = side / 21
        for y in (top - 4 * module + 4)..<(top - 4) { #expect((left..<(left + side)).allSatisfy { !isDark($0, y) }, "\(y)") }
        for y in (top + side + 4)..<(top + side + 3 * module) { #expect((left..<(left + side)).allSatisfy { !isDark($0, y) }, "\(y)") }
    }

    /// A page that continues a table begins with the head of that table.
    @Test func eachTableRepeatsItsOwnHead() throws {
        let card = try Self.card("JB-1", operations: 12, parts: 9), pdf = try card.render(card.pdf).bytes
        let count = try #require(try pages(pdf))
        #expect(count >= 3)
        let heads = try (2...count).map { page in
            try poppler("pdftotext -layout -f \(page) -l \(page) % -", pdf).split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }.filter { !$0.isEmpty }
        }
        #expect(heads[0][1] == "Scan Left Time")
        #expect(heads[count - 2][1] == "Part Ordered")
        let all = try poppler("pdftotext -layout % -", pdf)
        #expect(!all.contains("Nothing") && !all.contains("14 Main Road"))
        #expect(all.split(separator: "\n").filter { $0.contains("Operations") }.count == 1)
    }

    @Test func eachDocumentOfABundleHasItsPages() throws {
        let cards = [try Self.card("JB-1", operations: 12, parts: 1), try Self.card("JB-2", operations: 1, parts: 1)]
        let bundle = DocumentBundle(cards, name: "Job cards", author: "Karoo", day: "2026-11-30"), pdf = try bundle.render(bundle.pdf).bytes
        let text = try poppler("pdftotext -layout % -", pdf)
        let numbers = text.split(separator: "\n").compactMap { line in line.firstRange("Page ").map { String(line[$0...]) } }
        #expect(numbers == ["Page 1 of 2", "Page 2 of 2", "Page 1 of 1"])
        #expect(try bundle.render(bundle.pdf).bytes == pdf)
        let info = try poppler("pdfinfo %", pdf)
        #expect(info.contains("Job cards") && info.contains("Karoo"))
    }
}

extension StringProtocol {
    /// Where a text begins.
    fileprivate func firstRange(_ text: String) -> Index? { indices.first { self[$0...].hasPrefix(text) } }
}
