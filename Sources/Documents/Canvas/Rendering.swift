/// What the bytes of a drawn page are.
package enum Medium: Equatable, Sendable {
    /// A PDF whose date is the given day, `2026-11-30`, never the clock's.
    case pdf(day: String)
    case svg
    /// Dots a point; two make a picture of A4 that is 1684 by 1191.
    case png(scale: Double)

    /// A picture has one page.
    package var isPicture: Bool { if case .pdf = self { false } else { true } }
}

/// What can be put on pages. All words on them come from whoever makes it.
package protocol Renderable {
    /// The title inside a PDF.
    var name: String { get }
    /// The author inside a PDF.
    var author: String { get }
    /// The pages that it is drawn on.
    /// - Throws: `refused` where it does not fit the medium.
    func page(for medium: Medium) throws -> Page
    func draw(on canvas: Canvas)
}

extension Renderable {
    package var author: String { "" }

    /// The same content gives the same bytes. Of several pages a picture shows the first.
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

/// What is not on the pages though it should be.
package struct Losses: Sendable {
    /// Lines past those that there is room for.
    package var leftOut: [String]
    /// Texts whose end is cut.
    package var cut: [String]
    /// Letters that no font has.
    package var missing: Set<Unicode.Scalar>
}
