/// Lays a document out on A4 pages and draws them. Lengths are in points.
struct PaperLayout {
    /// The margins leave room for the footer. The letterhead of the first page begins above the top margin.
    static let page = Page(.a4, margins: Page.Margins(left: 51, top: 82, right: 51, bottom: 68))
    static let left = page.inner.x
    static let right = page.inner.right
    static let top = page.inner.y
    static let bottom = page.inner.bottom

    static let body = TextStyle(9.5)
    static let strong = TextStyle(9.5, bold: true)
    static let small = TextStyle(8, .muted)
    static let label = TextStyle(7.5, .muted)

    let paper: BusinessDocument
    let canvas: Canvas
    var type: Typesetter { canvas.type }
    var accent: Colour { paper.letterhead.accent }

    init(_ paper: BusinessDocument, _ canvas: Canvas) { (self.paper, self.canvas) = (paper, canvas) }

    func draw() {
        canvas.leftOut += leftOut
        let start = opening(drawn: false)
        let tables = paper.filledTables.enumerated().map { SheetTable($1, $0, of: self) }
        let flow = Flow(firstTop: start, top: Self.top, bottom: Self.bottom, heads: tables.map(\.head))
        var blocks = tables.flatMap { $0.blocks(longest: Self.bottom - Self.top - $0.head.height) }
        // The last line stays on the page of what follows the tables.
        if !blocks.isEmpty { blocks[blocks.count - 1].staysWithNext = true }
        let pages = flow.pages(blocks + closing())
        for (index, page) in pages.enumerated() {
            if let mark = paper.mark { watermark(mark) }
            if index == 0 { _ = opening(drawn: true) } else { continued() }
            for (block, y) in page { block.draw(canvas, y) }
            foot(index + 1, of: pages.count)
            if index + 1 < pages.count { canvas.nextPage() }
        }
    }

    /// Draws letterhead, title, address and facts, and returns the y where the table begins.
    private func opening(drawn: Bool) -> Double {
        let y = parties(below: title(below: letterhead(drawn), drawn), drawn)
        return y + 24
    }

    private func letterhead(_ drawn: Bool) -> Double {
        let middle = Self.left + 0.56 * (Self.right - Self.left)
        // A long name is set in smaller type before it is broken into two lines.
        let fit = (middle - 16 - Self.left) / max(type.width(paper.letterhead.company, TextStyle(1, bold: true, accent)), 1)
        let name = TextStyle(min(max(fit - 0.01, 13), 17), bold: true, accent)
        let company = type.wrap(paper.letterhead.company, middle - 16 - Self.left, name, limit: 6)
        let lines = paper.code == nil ? Array(letterheadLines(Self.right - middle).prefix(Self.mostLines)) : []
        let beside = paper.code == nil ? 48 + Double(lines.count) * Self.small.leading : Self.codeTop + Self.codeSide
        let end = max(46 + Double(company.count) * name.leading, beside) + 12
        if drawn {
            canvas.text(company, Self.left, 44, name)
            canvas.text(lines, Self.right, 48, Self.small, .right)
            if let code = paper.code {
                canvas.qrCode(code, in: Area(Self.right - Self.codeSide, Self.codeTop, Self.codeSide, Self.codeSide))
            }
            canvas.line(Self.left, end, Self.right, end, accent, width: 1)
        }
        return end
    }

    /// The place of the QR code of a document, without its quiet zone.
    private static let codeTop = 30.0, codeSide = 64.0

    /// The maximum number of lines of an address: more would leave no room for the content.
    private static let mostLines = 16

    private func letterheadLines(_ width: Double) -> [String] { paper.letterhead.lines.flatMap { type.wrap($0, width, Self.small) } }

    private func recipientLines(_ width: Double) -> [(text: String, style: TextStyle)] {
        paper.to.enumerated().flatMap { index, line in
            let style = index == 0 ? Self.strong : Self.body
            return type.wrap(line, width, style).map { ($0, style) }
        }
    }

    /// The lines of the addresses after the maximum.
    private var leftOut: [String] {
        let middle = Self.left + 0.56 * (Self.right - Self.left)
        let letterhead = paper.code == nil ? letterheadLines(Self.right - middle) : []
        return [letterhead, recipientLines(272 - 30).map(\.text)].flatMap { $0.dropFirst(Self.mostLines) }
    }

    private func title(below y: Double, _ drawn: Bool) -> Double {
        let large = TextStyle(21)
        let number = TextStyle(13, bold: true, accent)
        let wide = min(type.width(paper.number, number), 240)
        if drawn {
            canvas.text(type.shortened(paper.title, Self.right - Self.left - wide - 20, large), Self.left, y + 22, large)
            canvas.text(type.shortened(paper.number, 240, number), Self.right, y + 28.5, number, .right)
        }
        return y + 22 + large.leading
    }

    private func parties(below y: Double, _ drawn: Bool) -> Double {
        let edge = Self.left + 272
        var lower = y + 14
        for (part, style) in recipientLines(edge - 30 - Self.left).prefix(Self.mostLines) {
            if drawn { canvas.text(part, Self.left, lower, style) }
            lower += style.leading
        }
        var y = y + 14
        for fact in paper.facts.prefix(12) {
            let values = type.wrap(fact.value, Self.right - edge - 92, Self.body, limit: 6)
            if drawn {
                canvas.text(type.shortened(fact.label, 86, Self.small), edge, y + Self.small.drop(beside: Self.body), Self.small)
                canvas.text(values, Self.right, y, Self.body, .right)
            }
            y += Double(values.count) * Self.body.leading + 4.5
            if drawn { canvas.line(edge, y - 2.5, Self.right, y - 2.5, .hairline, width: 0.4) }
        }
        return max(lower, y)
    }

    /// The head of every page after the first.
    private func continued() {
        let company = type.fitting(paper.letterhead.company, 240, TextStyle(9, bold: true, accent))
        canvas.text(company, Self.left, 44, TextStyle(9, bold: true, accent))
        canvas.text(type.fitting("\(paper.title)  \(paper.number)", 240, Self.small), Self.right, 44.5, Self.small, .right)
        canvas.line(Self.left, 62, Self.right, 62, accent, width: 0.6)
    }

    private func foot(_ page: Int, of count: Int) {
        let y = Self.page.height - 48
        canvas.line(Self.left, y, Self.right, y, .hairline)
        canvas.text(type.shortened(paper.footer, Self.right - Self.left - 80, Self.label), Self.left, y + 7, Self.label)
        canvas.text(paper.pageLabel(page, count), Self.right, y + 7, Self.label, .right)
    }

    /// Draws the watermark first and in a pale colour, so that everything on the page stays readable.
    private func watermark(_ mark: String) {
        let turn = 0.96
        let fit = 620 / max(type.width(mark, TextStyle(1, bold: true, .ink)), 1)
        let style = TextStyle(min(fit, 130), bold: true, Colour(0.94, 0.94, 0.945))
        // The text is below its band's upper edge. Moving it up by half the band, perpendicular to the rotated text, centres it on the
        // page.
        let x = Self.page.width / 2 - style.leading / 2 * 0.819
        canvas.text(mark, x, Self.page.height / 2 - style.leading / 2 * 0.574, style, .middle, turn: turn, asPicture: true)
    }
}
