/// The file format of a drawn page.
package enum Medium: Equatable, Sendable {
    /// A PDF. Its date is the given day, `2026-11-30`, and not the current time, so that the bytes are reproducible.
    case pdf(day: String)
    case svg
    /// A PNG. The scale is in dots per point: 2 makes a picture of A4 in landscape 1684 by 1191 dots large.
    case png(scale: Double)

    /// A picture has one page only.
    package var isPicture: Bool { if case .pdf = self { false } else { true } }
}

/// Content that can be drawn on pages. All its texts come from the caller.
package protocol Renderable {
    /// The title in the metadata of a PDF.
    var name: String { get }
    /// The author in the metadata of a PDF.
    var author: String { get }
    /// The size of its pages.
    /// - Throws: `refused` if it does not fit the medium.
    func page(for medium: Medium) throws -> Page
    func draw(on canvas: Canvas)
}

extension Renderable {
    package var author: String { "" }

    /// Draws the content. The same content gives the same bytes. A picture shows the first of several pages.
    package func render(_ medium: Medium) throws -> Rendering {
        let canvas = try Canvas(try page(for: medium), medium, title: name, author: author)
        draw(on: canvas)
        let bytes = try canvas.finish()
        return Rendering(bytes: bytes, losses: Losses(leftOut: canvas.leftOut, cut: canvas.type.cut, missing: canvas.type.missing))
    }
}

package struct Rendering: Sendable {
    package var bytes: [UInt8]
    package var losses: Losses
}

/// Content that is missing from the pages.
package struct Losses: Sendable {
    /// The lines for which there was no room.
    package var leftOut: [String]
    /// The texts that are cut off.
    package var cut: [String]
    /// The characters that no font contains.
    package var missing: Set<Unicode.Scalar>
}
