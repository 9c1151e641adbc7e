import CCairo
import CFont
import Values

/// A glyph of a face. Its advance is in em.
struct Glyph {
    var face: Typeface
    var index: UInt
    var advance: Double
}

/// A cairo font face and a cache of its glyphs.
final class Typeface {
    let face: OpaquePointer
    private let scaled: OpaquePointer
    private var known: [Unicode.Scalar: (index: UInt, advance: Double)] = [:]

    /// Advances are measured at this many units per em and without hinting, so that they are valid at every size.
    private static let units = 1000.0

    /// Takes ownership of `face`.
    init(_ face: OpaquePointer) throws {
        var em = cairo_matrix_t()
        var whole = cairo_matrix_t()
        cairo_matrix_init_scale(&em, Self.units, Self.units)
        cairo_matrix_init_identity(&whole)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        let scaled = cairo_scaled_font_create(face, &em, &whole, options)
        cairo_font_options_destroy(options)
        guard let scaled, cairo_scaled_font_status(scaled) == CAIRO_STATUS_SUCCESS else {
            cairo_scaled_font_destroy(scaled)
            cairo_font_face_destroy(face)
            throw Failure(.defect, .typeface, "the font cannot be opened")
        }
        (self.face, self.scaled) = (face, scaled)
    }

    deinit {
        cairo_scaled_font_destroy(scaled)
        cairo_font_face_destroy(face)
    }

    /// Returns the glyph of a character. Glyph 0 is the box for characters that the face does not contain.
    func glyph(_ scalar: Unicode.Scalar) -> Glyph {
        if let glyph = known[scalar] { return Glyph(face: self, index: glyph.index, advance: glyph.advance) }
        var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
        var count: Int32 = 0
        let bytes = Array(String(scalar).utf8)
        _ = bytes.withUnsafeBytes {
            cairo_scaled_font_text_to_glyphs(
                scaled, 0, 0, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), &glyphs, &count, nil, nil, nil)
        }
        var extents = cairo_text_extents_t()
        if let glyphs, count > 0 { cairo_scaled_font_glyph_extents(scaled, glyphs, 1, &extents) }
        let found = (index: count > 0 ? glyphs?.pointee.index ?? 0 : 0, advance: extents.x_advance / Self.units)
        cairo_glyph_free(glyphs)
        known[scalar] = found
        return Glyph(face: self, index: found.index, advance: found.advance)
    }
}

/// One weight of the program's own font, and fonts of this machine for characters that it does not contain.
final class Fonts {
    private let bold: Bool
    private let own: Typeface
    private var others: [Typeface] = []
    /// The blocks of 256 characters with one that no font contains: each search with fontconfig takes a millisecond.
    private var lacking: Set<UInt32> = []

    init(bold: Bool) throws {
        guard let face = laseros_font(bold ? 1 : 0) else { throw Failure(.defect, .typeface, "the font cannot be opened") }
        self.bold = bold
        own = try Typeface(face)
    }

    func glyph(_ scalar: Unicode.Scalar) -> Glyph {
        let first = own.glyph(scalar)
        guard first.index == 0 else { return first }
        for other in others {
            let glyph = other.glyph(scalar)
            if glyph.index != 0 { return glyph }
        }
        guard !lacking.contains(scalar.value >> 8) else { return first }
        if let face = laseros_font_having(scalar.value, bold ? 1 : 0), let other = try? Typeface(face) {
            let glyph = other.glyph(scalar)
            others.append(other)
            if glyph.index != 0 { return glyph }
        }
        lacking.insert(scalar.value >> 8)
        return first
    }
}
