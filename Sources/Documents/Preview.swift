/// A drawing to look at: contours coloured by role, overall sizes, faults ringed; on A4, upright or across as the drawing is.
package struct Preview: Sendable {
    package var title: String
    /// Below the title, in small type: material, cutting length, source.
    package var details: [String] = []
    package var outlines: [PreviewContour]
    /// What the sizes are of; around all outlines when nil.
    package var box: Extent?
    package var faults: [Fault] = []
    /// What is wrong in no one place.
    package var unplaced: [String] = []
    /// All faults in short, `2 errors, 1 warning`; empty where there is none.
    package var verdict = ""
    /// Whether there is an error among them.
    package var isFaulty = false
    /// What it is cut of, how thick and how often, where that is known.
    package var facts = ""

    package init(title: String, outlines: [PreviewContour]) { (self.title, self.outlines) = (title, outlines) }

    /// A place in the drawing, in mm, and what is wrong there.
    package struct Fault: Sendable {
        package var x, y: Double
        package var label: String
        package var isError: Bool

        package init(x: Double, y: Double, _ label: String, isError: Bool = true) {
            (self.x, self.y, self.label, self.isError) = (x, y, label, isError)
        }

        /// Red where it cannot be cut so, orange where somebody should look.
        var colour: Colour { isError ? .red : .orange }
    }

    /// The day is the date inside the PDF, `2026-11-30`.
    package func pdf(day: String) throws -> [UInt8] { try made(.pdf(title: title, author: "", day: day)) }

    package func svg() throws -> [UInt8] { try made(.svg) }

    /// Two dots a point make a picture of 1684 by 1191.
    package func png(scale: Double = 2) throws -> [UInt8] { try made(.png(scale: scale)) }

    private func made(_ medium: Canvas.Medium) throws -> [UInt8] {
        let box = Extent(around: outlines)
        let upright = box.map { $0.height > $0.width } ?? false
        let (long, short) = (297 / 25.4 * 72, 210 / 25.4 * 72)
        let size = upright ? (width: short, height: long) : (width: long, height: short)
        let canvas = try Canvas(width: size.width, height: size.height, medium)
        PreviewSheet(self, box, canvas, size.width, size.height).draw()
        return try canvas.finish()
    }
}
