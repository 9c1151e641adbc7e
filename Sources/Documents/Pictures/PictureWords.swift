/// The texts in pictures of drawings, besides names and faults.
package struct PictureWords: Sendable {
    /// The name of the contours of a role: `hole`.
    package var role: @Sendable (PreviewContour.Role) -> String
    /// Shown instead of a drawing without contours.
    package var nothingToDraw: String
    /// Shown instead of the size of a drawing without cut contours.
    package var nothingToCut: String
    package var unchanged: String
    package var removed: String
    package var added: String
    /// The text for a number of further items: `and 4 more`.
    package var more: @Sendable (Int) -> String
    /// The text for a length in millimetres: `120 mm`.
    package var length: @Sendable (Double) -> String
    /// The text for a width and height in millimetres: `120 x 60 mm`.
    package var size: @Sendable (Double, Double) -> String
    /// The text for a page number and the number of pages: `2 / 3`.
    package var page: @Sendable (Int, Int) -> String

    package init(
        role: @escaping @Sendable (PreviewContour.Role) -> String, nothingToDraw: String, nothingToCut: String, unchanged: String,
        removed: String, added: String, more: @escaping @Sendable (Int) -> String, length: @escaping @Sendable (Double) -> String,
        size: @escaping @Sendable (Double, Double) -> String, page: @escaping @Sendable (Int, Int) -> String
    ) {
        (self.role, self.nothingToDraw, self.nothingToCut, self.unchanged) = (role, nothingToDraw, nothingToCut, unchanged)
        (self.removed, self.added, self.more, self.length) = (removed, added, more, length)
        (self.size, self.page) = (size, page)
    }
}
