import Values

/// Where labels are on paper.
package struct LabelPaper: Sendable {
    /// The size of a label in points.
    let width, height: Double
    let page: Page
    /// The labels of a page, row by row.
    let places: [Place]
    /// How many labels a page has.
    package var count: Int { places.count }

    /// A label on a page.
    struct Place {
        var area: Area
        /// What of it a printer may be unable to print, in points.
        var blank: Page.Margins
    }

    /// A label printer: each label is a page of this size in millimetres.
    package init(width: Double, height: Double) {
        (self.width, self.height) = (LabelPaper.points(width), LabelPaper.points(height))
        page = Page(width: self.width, height: self.height)
        places = [Place(area: Area(0, 0, self.width, self.height), blank: Page.Margins(0))]
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
        let gap = gap ?? (spare.width < (across - 1) * LabelPaper.usualGap ? 0 : LabelPaper.usualGap)
        let left = (spare.width - gap * (across - 1)) / 2, top = spare.height / 2
        guard left > -0.001, top > -0.001, width > 0 else {
            let size = LabelPaper.told(LabelPaper.points(width), LabelPaper.points(height))
            throw Failure(.refused, .label, "\(columns) x \(rows) labels of \(size) mm do not fit on A4, which is 210 x 297 mm")
        }
        let (page, wide, high) = (Page(.a4, margins: Page.Margins(0)), LabelPaper.points(width), LabelPaper.points(height))
        (self.page, self.width, self.height) = (page, wide, high)
        places = (0..<columns * rows).map { i in
            let x = LabelPaper.points(left + Double(i % columns) * (width + gap)), y = LabelPaper.points(top + Double(i / columns) * height)
            func within(_ distance: Double) -> Double { max(0, LabelPaper.points(LabelPaper.edge) - distance) }
            return Place(
                area: Area(x, y, wide, high),
                blank: Page.Margins(
                    left: within(x), top: within(y), right: within(page.width - x - wide), bottom: within(page.height - y - high)))
        }
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

    /// The place of a label on its page, counted over all pages.
    func place(_ number: Int) -> Place { places[number % places.count] }

    static func points(_ millimetres: Double) -> Double { millimetres / 25.4 * 72 }

    static func millimetres(_ points: Double) -> Double { points / 72 * 25.4 }

    /// `62 x 29`, of lengths in points
    static func told(_ width: Double, _ height: Double) -> String {
        [width, height].map { Decimal.hundredths(millimetres($0)) }.joined(separator: " x ")
    }
}
