import CCairo
import Values

/// Pages drawn through cairo and kept as bytes. Lengths in points, y downwards; the same calls give the same bytes.
package final class Canvas {
    /// What the bytes are.
    package enum Medium: Sendable {
        /// A PDF whose date is the given day, `2026-11-30`, never the clock's.
        case pdf(title: String, author: String, day: String)
        case svg
        /// Dots a point.
        case png(scale: Double)
    }

    let type: Typesetter
    private let medium: Medium
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let sink: Sink

    /// Where cairo writes.
    private final class Sink { var bytes: [UInt8] = [] }

    private static let write: cairo_write_func_t = { closure, data, count in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }

    package init(width: Double, height: Double, _ medium: Medium) throws {
        let sink = Sink()
        let closure = Unmanaged.passUnretained(sink).toOpaque()
        let surface: OpaquePointer? =
            switch medium {
            case .pdf: cairo_pdf_surface_create_for_stream(Self.write, closure, width, height)
            case .svg: cairo_svg_surface_create_for_stream(Self.write, closure, width, height)
            case .png(let scale):
                cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32((width * scale).rounded(.up)), Int32((height * scale).rounded(.up)))
            }
        guard let surface, let context = cairo_create(surface) else { throw Failure(.defect, "cairo gave no page") }
        (self.medium, self.surface, self.context, self.sink) = (medium, surface, context, sink)
        type = try Typesetter()
        try check(cairo_status(context))
        prepare(width, height)
    }

    deinit {
        cairo_destroy(context)
        // Destroying a surface still writes to the sink, which goes after this.
        cairo_surface_finish(surface)
        cairo_surface_destroy(surface)
    }

    private func prepare(_ width: Double, _ height: Double) {
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(context, options)
        cairo_font_options_destroy(options)
        switch medium {
        case .pdf(let title, let author, let day):
            describe(CAIRO_PDF_METADATA_TITLE, title)
            describe(CAIRO_PDF_METADATA_AUTHOR, author)
            describe(CAIRO_PDF_METADATA_CREATOR, "laseros")
            describe(CAIRO_PDF_METADATA_CREATE_DATE, day + "T00:00:00Z")
        case .svg: cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT)
        case .png(let scale):
            cairo_scale(context, scale, scale)
            fill(0, 0, width, height, .white)
        }
    }

    private func describe(_ what: cairo_pdf_metadata_t, _ text: String) {
        cairo_pdf_surface_set_metadata(surface, what, String(String.UnicodeScalarView(Typesetter.drawn(text))))
    }

    /// Ends this page; what is drawn next stands on a new one.
    package func nextPage() { cairo_show_page(context) }

    /// Ends the drawing and gives its bytes.
    package func finish() throws -> [UInt8] {
        try check(cairo_status(context))
        if case .png = medium {
            cairo_surface_flush(surface)
            try check(cairo_surface_write_to_png_stream(surface, Self.write, Unmanaged.passUnretained(sink).toOpaque()))
        } else {
            cairo_surface_finish(surface)
        }
        try check(cairo_surface_status(surface))
        if case .pdf = medium { markDate() }
        return sink.bytes
    }

    /// cairo 1.16 leaves out the `D:` with which a date begins; there is room for it in place of the seconds.
    private func markDate() {
        let key = Array("/CreationDate (".utf8)
        let ends = sink.bytes.indices.dropLast(key.count + 17).reversed()
        guard let start = ends.first(where: { sink.bytes[$0] == key[0] && sink.bytes[$0..<$0 + key.count].elementsEqual(key) }) else {
            return
        }
        let date = start + key.count
        guard sink.bytes[date..<date + 14].allSatisfy({ (0x30...0x39).contains($0) }), sink.bytes[date + 14] == UInt8(ascii: "Z") else {
            return
        }
        let minutes = sink.bytes[date..<date + 12]
        sink.bytes.replaceSubrange(date..<date + 16, with: Array("D:".utf8) + minutes + Array(") ".utf8))
    }

    private func check(_ status: cairo_status_t) throws {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        let kind: Failure.Kind = status == CAIRO_STATUS_NO_MEMORY || status == CAIRO_STATUS_INVALID_SIZE ? .outside : .defect
        throw Failure(kind, "the page could not be drawn: \(String(cString: cairo_status_to_string(status)))")
    }

    /// Hands the context to drawing that is done in cairo's own words.
    func draw(_ body: (OpaquePointer) -> Void) {
        cairo_save(context)
        body(context)
        cairo_restore(context)
    }
}
