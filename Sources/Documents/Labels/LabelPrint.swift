import Values

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
    /// The layout for each code on each kind of place.
    private let faces: [Spot: LabelFace]

    private struct Spot: Hashable {
        var code: String
        var blank: Page.Margins
    }

    /// - Throws: `refused` if the labels are too small for their codes.
    package init(_ labels: [Label], on paper: LabelPaper, skipping skipped: Int = 0, name: String, author: String, day: String) throws {
        (self.labels, self.paper, self.skipped, self.name, self.author, self.day) = (labels, paper, skipped, name, author, day)
        let type = try Typesetter()
        var faces: [Spot: LabelFace] = [:], codes: [String: QRCode] = [:], tooLong: (code: QRCode, spot: Spot)?
        for (i, label) in labels.enumerated() {
            let spot = Spot(code: label.code, blank: paper.place(i + skipped).blank)
            guard faces[spot] == nil else { continue }
            let code = try codes[label.code] ?? QRCode(label.code)
            codes[label.code] = code
            faces[spot] = LabelFace(code, label.code, width: paper.width, height: paper.height, blank: spot.blank, type)
            if faces[spot] == nil, code.side > tooLong?.code.side ?? 0 { tooLong = (code, spot) }
        }
        self.faces = faces
        guard let (code, spot) = tooLong else { return }
        let own = LabelPaper.told(paper.width, paper.height)
        let least = LabelFace.least(code, spot.code, height: paper.height, blank: spot.blank, type)
        throw Failure(
            .refused, .label, "a label of \(own) mm is too small for the code \(spot.code): it needs \(least.width) x \(least.height) mm",
            hint: paper.count == 1 ? "--size \(least.width)x\(least.height)" : "fewer columns or rows")
    }

    package var pdf: Medium { .pdf(day: day) }

    package func page(for medium: Medium) -> Page { paper.page }

    package func draw(on canvas: Canvas) {
        for (i, label) in labels.enumerated() {
            if i > 0, (i + skipped) % paper.count == 0 { canvas.nextPage() }
            let place = paper.place(i + skipped), area = place.area
            canvas.clipped(to: Path(area)) {
                faces[Spot(code: label.code, blank: place.blank)]?.draw(label, area.x, area.y, on: canvas)
            }
        }
    }
}
