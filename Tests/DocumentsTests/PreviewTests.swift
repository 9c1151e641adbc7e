import Documents
import Drawings
import Testing

@Suite struct PreviewTests {
    static func faulty() -> Preview {
        var preview = Preview(
            title: "bracket-faults.dxf", outlines: Sample.bracket + [PreviewContour([(50, 6), (70, 14), (100, 8)], .open)], .test)
        preview.details = ["Mild steel 6 mm · 4 contours · 512.4 mm cut"]
        preview.faults = [
            .init(Point(50, 6), "open contour: the ends are 50.04 mm apart"), .init(Point(100, 8), "open contour: its other end"),
        ]
        return preview
    }

    @Test func pdfContainsTheSizes() throws {
        let pdf = try Self.faulty().pdf()
        let text = try poppler("pdftotext -layout % -", pdf)
        for part in ["bracket-faults.dxf", "120.0 millimètres", "60.0 millimètres", "line of open", "1 open contour: the ends"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(try poppler("pdfinfo %", pdf).contains("841.89 x 595.276"))
    }

    /// Contours that are not cut extend beyond the part. The sizes are those of the part, and the legend names the roles that occur.
    @Test func theLegendNamesContoursThatAreNotCut() throws {
        var preview = Preview(
            title: "folded",
            outlines: Sample.bracket + [PreviewContour([(0, 30), (120, 30)], .bend), PreviewContour([(60, -20), (60, 80)], .centre)], .test)
        preview.box = Sample.box(120, 60)
        let text = try poppler("pdftotext -layout % -", preview.pdf())
        for part in ["120.0 millimètres", "60.0 millimètres", "line of bend", "line of centre"] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("100.0 mill") && !text.contains("ignored"))
    }

    @Test func sameInputSameBytes() throws {
        let preview = Self.faulty()
        let (svg, png, pdf) = (try preview.bytes(.svg), try preview.bytes(.png(scale: 2)), try preview.pdf())
        _ = try Preview(title: "other", outlines: Sample.flange, .test).bytes(.svg)
        #expect(try preview.bytes(.svg) == svg)
        #expect(try preview.bytes(.png(scale: 2)) == png)
        #expect(try preview.pdf() == pdf)
    }

    @Test func picturesHaveTheirFormat() throws {
        let preview = Preview(title: "flange", outlines: Sample.flange, .test)
        #expect(try preview.bytes(.png(scale: 1)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let svg = String(decoding: try preview.bytes(.svg), as: UTF8.self)
        #expect(svg.hasPrefix("<?xml") && svg.contains("</svg>"))
        #expect(throws: (any Error).self) { try preview.bytes(.png(scale: 1e9)) }
    }

    @Test func aContactSheetHasARingAroundEachFault() throws {
        var faulty = Self.faulty(),
            sound = Preview(
                title: "a name that is longer than its cell is wide " + String(repeating: "x", count: 90), outlines: Sample.flange, .test)
        faulty.verdict = "2 errors"
        sound.box = Sample.box(88.9, 88.9)
        let sheet = ContactSheet(title: "5 drawings", previews: [faulty, sound, sound, sound, sound], .test)
        let text = try poppler("pdftotext -layout % -", sheet.pdf())
        for part in ["bracket-faults.dxf", "2 errors", "88.9 sur 88.9", "line of outer", "line of open", "xxx…"] {
            #expect(text.contains(part), "\(part)")
        }
        var bare = sheet
        bare.previews[0].faults = []
        func red(_ sheet: ContactSheet) throws -> Int {
            String(decoding: try sheet.bytes(.svg), as: UTF8.self).split(separator: "<").count {
                $0.hasPrefix("path") && $0.contains("stroke-width:1.2;")
            }
        }
        #expect(try red(sheet) == red(bare) + 2)
    }

    /// Warnings have another colour than errors, in their rings and in the list.
    @Test func warningsAreNotRed() throws {
        func colours(_ isError: Bool) throws -> Set<Substring> {
            var preview = Preview(title: "flange", outlines: Sample.flange, .test)
            preview.faults = [.init(Point(0, 0), "here", isError: isError)]
            (preview.verdict, preview.isFaulty) = ("1 fault", isError)
            let sheet = String(decoding: try ContactSheet(title: "1", previews: [preview], .test).bytes(.svg), as: UTF8.self)
            return Set(sheet.split(separator: "rgb(").dropFirst().compactMap { $0.split(separator: ")").first })
        }
        let (errors, warnings) = (try colours(true), try colours(false))
        #expect(errors.subtracting(warnings).count == 1 && warnings.subtracting(errors).count == 1)
    }

    /// Whatever the length of the name, its extension is never alone in the second line. The facts about the part are below it.
    @Test func anExtensionIsNotAloneInALine() throws {
        let names = (20..<80).map { "part-rev-" + String(repeating: "i", count: $0) + ".lbrn2" }
        let previews = names.map { name in
            var preview = Preview(title: name, outlines: Sample.flange, .test)
            preview.facts = "MS 10 mm, 4 pieces"
            return preview
        }
        let text = try poppler("pdftotext -layout % -", ContactSheet(title: "60", previews: previews, .test).pdf())
        let words = text.split(whereSeparator: \.isWhitespace)
        #expect(words.contains { $0.hasSuffix(".lbrn2") } && !words.contains { ".lbrn2".hasSuffix($0) && $0.count > 1 })
        #expect(text.contains("MS 10 mm, 4 pieces"))
    }

    /// A line, a point, an empty drawing, and coordinates that are not numbers or too large.
    @Test(arguments: [
        [PreviewContour([(0, 0), (0, 100)], .open)], [PreviewContour([(5, 5)])], [], [PreviewContour([(.nan, 0), (.infinity, 4)])],
        [PreviewContour([(1e308, 1), (-1e308, 2), (3, 3)])],
        [PreviewContour([(0, 0), (1e-7, 0), (1e-7, 1e-7)])],
    ])
    func degenerateDrawingsAreDrawn(outlines: [PreviewContour]) throws {
        var preview = Preview(title: "odd", outlines: outlines, .test)
        preview.faults = (0..<200).map { .init(Point($0 == 3 ? .nan : Double($0), 0), "fault \($0)") }
        #expect(try pages(preview.pdf()) == 1)
        #expect(try !preview.bytes(.svg).isEmpty && !preview.bytes(.png(scale: 0.5)).isEmpty)
    }
}
