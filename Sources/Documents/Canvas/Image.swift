import CCairo
import Values

/// A PNG picture for a page, such as a logo. Its transparency is kept.
package final class Image {
    let surface: OpaquePointer
    /// The size in dots.
    package let width, height: Double

    /// A page of A4 has about as many dots at 600 dpi. Larger images are refused before memory is allocated for them.
    private static let mostDots = 35_000_000

    /// - Throws: `input` if the bytes are not a readable PNG.
    package init(png: [UInt8]) throws {
        let (wide, high) = try Self.size(png)
        guard wide > 0, high > 0, wide <= Self.mostDots / high else {
            throw Failure(
                .input, .canvas, "an image of \(wide) by \(high) dots cannot be placed on a page",
                hint: "make it smaller: \(Self.mostDots / 1_000_000) million dots at most")
        }
        let source = Source(png)
        let surface = cairo_image_surface_create_from_png_stream(Self.read, Unmanaged.passUnretained(source).toOpaque())
        guard let surface, cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(surface)
            throw Self.unreadable
        }
        self.surface = surface
        width = Double(cairo_image_surface_get_width(surface))
        height = Double(cairo_image_surface_get_height(surface))
    }

    deinit { cairo_surface_destroy(surface) }

    private static let unreadable = Failure(.input, .canvas, "the image is damaged or no PNG", hint: "save it again as PNG")

    /// The width and height in the first chunk (IHDR) of a PNG.
    private static func size(_ png: [UInt8]) throws -> (Int, Int) {
        guard png.count > 24, png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw unreadable }
        func number(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(16), number(20))
    }

    /// The bytes that cairo reads from.
    private final class Source {
        var rest: ArraySlice<UInt8>
        init(_ bytes: [UInt8]) { rest = bytes[...] }
    }

    private static let read: cairo_read_func_t = { closure, into, count in
        guard let closure, let into else { return CAIRO_STATUS_READ_ERROR }
        let source = Unmanaged<Source>.fromOpaque(closure).takeUnretainedValue()
        guard source.rest.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
        for (place, byte) in source.rest.prefix(Int(count)).enumerated() { into[place] = byte }
        source.rest = source.rest.dropFirst(Int(count))
        return CAIRO_STATUS_SUCCESS
    }
}
