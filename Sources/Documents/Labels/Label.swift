import Values

/// What is printed on a label. All its texts come from the caller.
package struct Label: Sendable {
    /// The text of the QR code, which is also printed beside it.
    package var code: String
    /// In bold below the code.
    package var title: String
    /// What stands below the title, the most important first: what has no room is left out from the end.
    package var details: [String]

    package init(code: String, title: String, details: [String]) { (self.code, self.title, self.details) = (code, title, details) }
}

/// Where labels are on paper.
package struct LabelPaper: Sendable {
    /// The size of a label in points.
    let width, height: Double
    let page: Page
    /// The labels of a page, row by row.
    let places: [Area]
    /// How many labels a page has.
    package var count: Int { places.count }
    /// What of each label a printer may be unable to print, in points.
    let blank: Page.Margins

    /// A label printer: each label is a page of this size in millimetres.
    package init(width: Double, height: Double) {
        (self.width, self.height) = (LabelPaper.points(width), LabelPaper.points(height))
        page = Page(width: self.width, height: self.height)
        places = [Area(0, 0, self.width, self.height)]
        blank = Page.Margins(0)
    }

    /// Labels of this size in columns and rows on A4, in its middle. Without a size they divide all of it, as sheets of 3 x 8 labels of
    /// 70 x 37 mm do.
    /// - Parameter gap: between columns, in millimetres; nil for the usual one, where it fits.
    /// - Throws: `refused` if they do not fit.
    package init(columns: Int, rows: Int, size: (width: Double, height: Double)?, gap: Double?) throws {
        let paper = Page.Paper.a4, (columns, rows) = (max(1, columns), max(1, rows))
        let (across, down) = (Double(columns), Double(rows))
        let given = gap ?? 0, width = size?.width ?? (paper.width - given * (across - 1)) / across
        let height = size?.height ?? paper.height / down
        let spare = (width: paper.width - across * width, height: paper.height - down * height)
        let gap = gap ?? (spare.width >= (across - 1) * LabelPaper.usualGap ? min(LabelPaper.usualGap, max(0, spare.width)) : 0)
        let left = (spare.width - gap * (across - 1)) / 2, top = spare.height / 2
        guard left > -0.001, top > -0.001, width > 0 else {
            let size = "\(LabelPaper.told(width)) x \(LabelPaper.told(height)) mm"
            throw Failure(.refused, .label, "\(columns) x \(rows) labels of \(size) do not fit on A4, which is 210 x 297 mm")
        }
        page = Page(.a4, margins: Page.Margins(0))
        (self.width, self.height) = (LabelPaper.points(width), LabelPaper.points(height))
        places = (0..<columns * rows).map { i in
            Area(
                LabelPaper.points(left + Double(i % columns) * (width + gap)), LabelPaper.points(top + Double(i / columns) * height),
                LabelPaper.points(width), LabelPaper.points(height))
        }
        // All labels of a sheet look alike, so what only those at its edge need is blank on each.
        let across5 = LabelPaper.points(max(0, LabelPaper.edge - left)), down5 = LabelPaper.points(max(0, LabelPaper.edge - top))
        blank = Page.Margins(left: across5, top: down5, right: across5, bottom: down5)
    }

    /// As many labels of this size in millimetres as A4 has room for, away from its edge.
    /// - Throws: `refused` if not even one fits.
    package static func filling(width: Double, height: Double, gap: Double?) throws -> LabelPaper {
        let a4 = Page.Paper.a4, gap = gap ?? usualGap, room = (width: a4.width - 2 * edge, height: a4.height - 2 * edge)
        return try LabelPaper(
            columns: Int((room.width + gap) / (width + gap)), rows: Int(room.height / height), size: (width, height), gap: gap)
    }

    /// The gap between the columns of common label sheets, and the strip along the edge of a page that office printers leave blank, in mm.
    private static let usualGap = 2.5
    private static let edge = 5.0

    static func points(_ millimetres: Double) -> Double { millimetres / 25.4 * 72 }

    /// `62`, `37.13`
    static func told(_ millimetres: Double) -> String { Decimal.hundredths(millimetres) }
}

/// Labels as a document.
package struct LabelPrint: Renderable, Sendable {
    package let name: String
    package let author: String
    /// The date inside the PDF, `2026-11-30`.
    private let day: String
    private let paper: LabelPaper
    private let labels: [Label]
    /// How many places of the first page are skipped.
    private let skipped: Int
    /// The layout for each code.
    private let faces: [String: LabelFace]

    /// - Throws: `refused` if the labels are too small for their codes.
    package init(_ labels: [Label], on paper: LabelPaper, skipping skipped: Int = 0, name: String, author: String, day: String) throws {
        (self.labels, self.paper, self.skipped, self.name, self.author, self.day) = (labels, paper, skipped, name, author, day)
        let type = try Typesetter()
        var faces: [String: LabelFace] = [:], tooLong: (code: QRCode, label: Label)?
        for label in labels where faces[label.code] == nil {
            let code = try QRCode(label.code)
            faces[label.code] = LabelFace(code, label.code, width: paper.width, height: paper.height, blank: paper.blank, type)
            if faces[label.code] == nil, code.side >= tooLong?.code.side ?? 0 { tooLong = (code, label) }
        }
        if let (code, label) = tooLong {
            let own = "\(LabelPaper.told(paper.width / 72 * 25.4)) x \(LabelPaper.told(paper.height / 72 * 25.4)) mm"
            let least = LabelFace.least(code, label.code, like: paper, type)
            throw Failure(
                .refused, .label, "a label of \(own) is too small for the code \(label.code): it needs \(least.width) x \(least.height) mm",
                hint: paper.count == 1 ? "--size \(least.width)x\(least.height)" : "fewer columns or rows")
        }
        self.faces = faces
    }

    package var pdf: Medium { .pdf(day: day) }

    package func page(for medium: Medium) -> Page { paper.page }

    package func draw(on canvas: Canvas) {
        for (i, label) in labels.enumerated() {
            let place = (i + skipped) % paper.places.count
            if i > 0, place == 0 { canvas.nextPage() }
            let area = paper.places[place]
            canvas.clipped(to: Path(area)) { faces[label.code]?.draw(label, area.x, area.y, on: canvas) }
        }
    }
}
