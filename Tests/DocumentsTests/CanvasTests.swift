import Documents
import Drawings
import Testing
import Values

@Suite struct CanvasTests {
    private static let page = Page(width: 200, height: 100)

    /// The dots of a PDF page as drawn by poppler at one dot per point: `rgb(x, y)`.
    private struct Dots {
        let width: Int
        let bytes: [UInt8]

        init(_ pdf: [UInt8]) throws {
            // A binary PPM: `P6`, width, height, 255, then three bytes per dot.
            let file = try popplerBytes("pdftoppm -r 72 %", pdf)
            let words = file.prefix(40).split(separator: 10, maxSplits: 3, omittingEmptySubsequences: false)
            try #require(words.count == 4)
            let size = String(decoding: words[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            try #require(size.count == 2)
            width = size[0]
            bytes = Array(file.suffix(3 * size[0] * size[1]))
        }

        func callAsFunction(_ x: Int, _ y: Int) -> [UInt8] { Array(bytes[3 * (y * width + x)..<3 * (y * width + x) + 3]) }
    }

    private func pdf(_ body: (Canvas) throws -> Void) throws -> [UInt8] {
        let canvas = try Canvas(Self.page, .pdf(day: "2026-11-30"))
        try body(canvas)
        return try canvas.finish()
    }

    /// A logo of 40 by 20 dots: the left half red, the right half blue.
    private func logo() throws -> [UInt8] {
        let canvas = try Canvas(Page(width: 40, height: 20), .png(scale: 1))
        canvas.fill(Path(Area(0, 0, 20, 20)), Colour(1, 0, 0))
        canvas.fill(Path(Area(20, 0, 20, 20)), Colour(0, 0, 1))
        return try canvas.finish()
    }

    @Test func pathsAreFilledAndStroked() throws {
        let dots = try Dots(
            pdf { canvas in
                canvas.fill(Path([Point(10, 10), Point(50, 10), Point(50, 50)], isClosed: true), Colour(0, 1, 0))
                var ring = Path(circle: Point(120, 50), radius: 30)
                ring.add(Area(110, 40, 20, 20))
                canvas.stroke(ring, Stroke(Colour(0, 0, 0), width: 4, isRound: true))
            })
        #expect(dots(40, 20) == [0, 255, 0] && dots(20, 40) == [255, 255, 255])
        for x in [90, 110, 150] { #expect(dots(x, 50) == [0, 0, 0], "\(x)") }
        #expect(dots(120, 50) == [255, 255, 255])
    }

    /// Clips can be nested, and end with their body.
    @Test func clipsAreNested() throws {
        let dots = try Dots(
            pdf { canvas in
                canvas.clipped(to: Path(Area(20, 20, 60, 60))) {
                    canvas.fill(Path(Area(0, 0, 200, 50)), Colour(1, 0, 0))
                    canvas.clipped(to: Path(circle: Point(80, 80), radius: 20)) {
                        canvas.fill(Path(Area(0, 0, 200, 100)), Colour(0, 0, 1))
                    }
                }
                canvas.fill(Path(Area(150, 0, 50, 100)), Colour(0, 1, 0))
            })
        #expect(dots(30, 30) == [255, 0, 0] && dots(10, 30) == [255, 255, 255] && dots(90, 30) == [255, 255, 255])
        #expect(dots(75, 75) == [0, 0, 255] && dots(85, 75) == [255, 255, 255] && dots(30, 75) == [255, 255, 255])
        #expect(dots(160, 90) == [0, 255, 0])
    }

    /// An image is as large as its area allows, with its aspect ratio, in the centre.
    @Test func imagesAreInThePDF() throws {
        let image = try Image(png: logo())
        #expect(image.width == 40 && image.height == 20)
        let pdf = try pdf { $0.image(image, in: Area(10, 10, 80, 80)) }
        let rows = try poppler("pdfimages -list %", pdf).split(separator: "\n").dropFirst(2).map { $0.split(separator: " ") }
        #expect(rows.count == 1)
        #expect(rows.first.map { Array($0[2...4]) } == ["image", "40", "20"], "\(rows)")
        let dots = try Dots(pdf)
        #expect(dots(30, 50) == [255, 0, 0] && dots(70, 50) == [0, 0, 255])
        #expect(dots(30, 25) == [255, 255, 255] && dots(30, 75) == [255, 255, 255] && dots(95, 50) == [255, 255, 255])
    }

    /// A clip applies to an image, too.
    @Test func imagesAreClipped() throws {
        let image = try Image(png: logo())
        let dots = try Dots(
            pdf { canvas in canvas.clipped(to: Path(Area(0, 0, 40, 100))) { canvas.image(image, in: Area(10, 10, 80, 80)) } })
        #expect(dots(30, 50) == [255, 0, 0] && dots(70, 50) == [255, 255, 255])
    }

    @Test func transparentDotsShowWhatIsBelow() throws {
        let image = try Image(png: Self.halfTransparent)
        let dots = try Dots(
            pdf { canvas in
                canvas.fill(Path(Area(0, 0, 200, 100)), Colour(0, 1, 0))
                canvas.image(image, in: Area(0, 0, 100, 100))
            })
        #expect(dots(25, 50) == [255, 0, 0] && dots(75, 50) == [0, 255, 0])
    }

    /// 20 by 10 dots, the left half red, the right half transparent; made with Python's zlib.
    private static let halfTransparent: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x14,
        0x00, 0x00, 0x00, 0x0A, 0x08, 0x06, 0x00, 0x00, 0x00, 0xB4, 0x55, 0x7E, 0xE6, 0x00, 0x00, 0x00, 0x19, 0x49, 0x44, 0x41,
        0x54, 0x78, 0xDA, 0x63, 0xF8, 0xCF, 0xC0, 0xF0, 0x9F, 0x18, 0xCC, 0x40, 0x2C, 0x18, 0x35, 0x70, 0xD4, 0xC0, 0xE1, 0x68,
        0x20, 0x00, 0xD2, 0x78, 0xC7, 0x39, 0x99, 0x73, 0xA2, 0x45, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42,
        0x60, 0x82,
    ]

    /// An image that is cut off, not a PNG or larger than memory is refused. One with any damaged byte is refused or read as it is.
    @Test func damagedImagesAreRefused() throws {
        let png = try logo()
        for bytes in [[], Array("GIF89a".utf8), Array(png.prefix(8)), Array(png.prefix(png.count / 2)), Array(png.prefix(40))] {
            let failure = #expect(throws: Failure.self) { try Image(png: bytes) }
            #expect(failure?.kind == .input)
        }
        var huge = png
        huge.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
        #expect(throws: Failure.self) { try Image(png: huge) }
        for place in png.indices {
            var spoiled = png
            spoiled[place] ^= 0x55
            _ = try? Image(png: spoiled)
        }
    }

    /// A picture does not contain the pages after the first.
    @Test func aPictureShowsTheFirstPage() throws {
        let (one, many) = (Sample.quote(lines: 40), try pages(Sample.quote(lines: 40).pdf()))
        #expect(try #require(many) > 1)
        func picture(_ pages: Int) throws -> [UInt8] {
            let canvas = try Canvas(Self.page, .svg)
            for page in 0..<pages {
                if page > 0 { canvas.nextPage() }
                canvas.fill(Path(Area(0, 0, Double(20 * page + 20), 20)), Colour(1, 0, 0))
            }
            return try canvas.finish()
        }
        #expect(try picture(3) == picture(1))
        #expect(try one.bytes(.png(scale: 1)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test func pagesKeepTheirMargins() {
        let page = Page(.a4, isUpright: false, margins: .init(left: 10, top: 20, right: 30, bottom: 40))
        #expect(abs(page.width - 841.89) < 0.01 && abs(page.height - 595.276) < 0.01)
        #expect(page.inner == Area(10, 20, page.width - 40, page.height - 60))
    }

    /// Lines without room, texts that are cut off and characters without a glyph are reported separately.
    @Test func lossesAreReported() throws {
        var paper = Sample.quote(lines: 1)
        paper.letterhead.lines = (0..<20).map { "address \($0)" }
        paper.title = String(repeating: "Quotation ", count: 30)
        paper.notes = [.init("", "\u{E0100}\u{10A60}")]
        let losses = try paper.render(paper.pdf).losses
        #expect(losses.leftOut == (16..<20).map { "address \($0)" })
        #expect(losses.cut == [paper.title])
        #expect(losses.missing == ["\u{10A60}"])
    }

    @Test func comparisonsShowTheirTexts() throws {
        var comparison = Comparison(title: "old → new", .test)
        comparison.same = Sample.flange
        comparison.added = [Sample.circle(0, 0, 12, .hole)]
        comparison.changes = (0..<20).map { "change \($0)" }
        let text = try poppler("pdftotext -layout % -", comparison.pdf())
        for part in ["old → new", "inchangé", "enlevé", "ajouté", "change 11", "encore 8"] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("unchanged") && !text.contains("change 12"))
    }
}
