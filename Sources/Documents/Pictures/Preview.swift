import Drawings

/// A picture of a drawing: contours coloured by role, overall sizes, and rings around faults. On A4, portrait or landscape as the drawing
/// is.
package struct Preview: Renderable, Sendable {
    package var title: String
    /// Below the title, in small type: material, cutting length, source.
    package var details: [String] = []
    package var outlines: [PreviewContour]
    /// The box whose size is shown; by default that of all outlines.
    package var box: Box?
    package var faults: [Fault] = []
    /// The faults that have no place.
    package var unplaced: [String] = []
    /// A summary of all faults, `2 errors, 1 warning`; empty if there are none.
    package var verdict = ""
    /// Whether the faults include an error.
    package var isFaulty = false
    /// Material, thickness and quantity, as far as they are known.
    package var facts = ""

    let words: PictureWords

    package init(title: String, outlines: [PreviewContour], _ words: PictureWords) {
        (self.title, self.outlines, self.words) = (title, outlines, words)
    }

    /// A fault and its place in the drawing.
    package struct Fault: Sendable {
        /// In mm.
        package var place: Point
        package var label: String
        package var isError: Bool

        package init(_ place: Point, _ label: String, isError: Bool = true) {
            (self.place, self.label, self.isError) = (place, label, isError)
        }

        var isPlaced: Bool { place.x.isFinite && place.y.isFinite }

        /// Red for errors, which prevent cutting; orange for warnings.
        var colour: Colour { isError ? .red : .orange }
    }

    package var name: String { title }

    package func page(for medium: Medium) -> Page {
        let box = Box(around: outlines)
        return Page(.a4, isUpright: box.height > box.width, margins: Page.Margins(36))
    }

    package func draw(on canvas: Canvas) { PreviewSheet(self, canvas).draw() }
}
