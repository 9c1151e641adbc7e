import Drawings

/// A drawing to look at: contours coloured by role, overall sizes, faults ringed; on A4, upright or across as the drawing is.
package struct Preview: Renderable, Sendable {
    package var title: String
    /// Below the title, in small type: material, cutting length, source.
    package var details: [String] = []
    package var outlines: [PreviewContour]
    /// What the sizes are of; around all outlines when nil.
    package var box: Box?
    package var faults: [Fault] = []
    /// What is wrong in no one place.
    package var unplaced: [String] = []
    /// All faults in short, `2 errors, 1 warning`; empty where there is none.
    package var verdict = ""
    /// Whether there is an error among them.
    package var isFaulty = false
    /// What it is cut of, how thick and how often, where that is known.
    package var facts = ""

    let words: PictureWords

    package init(title: String, outlines: [PreviewContour], _ words: PictureWords) {
        (self.title, self.outlines, self.words) = (title, outlines, words)
    }

    /// A place in the drawing and what is wrong there.
    package struct Fault: Sendable {
        /// In mm.
        package var place: Point
        package var label: String
        package var isError: Bool

        package init(_ place: Point, _ label: String, isError: Bool = true) {
            (self.place, self.label, self.isError) = (place, label, isError)
        }

        var isPlaced: Bool { place.x.isFinite && place.y.isFinite }

        /// Red where it cannot be cut so, orange where somebody should look.
        var colour: Colour { isError ? .red : .orange }
    }

    package var name: String { title }

    package func page(for medium: Medium) -> Page {
        let box = Box(around: outlines)
        return Page(.a4, isUpright: box.height > box.width, margins: Page.Margins(36))
    }

    package func draw(on canvas: Canvas) { PreviewSheet(self, canvas).draw() }
}
