import CCairo
import Values

/// Draws pages with cairo and keeps their bytes. Lengths are in points, y points downwards. The same calls give the same bytes.
package final class Canvas {
    let type: Typesetter
    let page: Page
    /// The lines of text for which there was no room.
    var leftOut: [String] = []
    private let medium: Medium
    /// Whether the only page of a picture is drawn.
    private var isFull = false
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let sink: Sink

    /// The buffer that cairo writes to.
    private final class Sink { var bytes: [UInt8] = [] }

    private static let write: cairo_write_func_t = { closure, data, count in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }

    /// - Parameters:
    ///   - title: the title in the metadata of a PDF. The author is written there, too.
    package init(_ page: Page, _ medium: Medium, title: String = "", author: String = "") throws {
        let sink = Sink(), (width, height) = (page.width, page.height)
        let closure = Unmanaged.passUnretained(sink).toOpaque()
        let surface: OpaquePointer? =
            switch medium {
            case .pdf: cairo_pdf_surface_create_for_stream(Self.write, closure, width, height)
            case .svg: cairo_svg_surface_create_for_stream(Self.write, closure, width, height)
            case .png(let scale):
                cairo_image_surface_create(CAIRO_FORMAT_RGB24, Self.dots(width * scale), Self.dots(height * scale))
            }
        guard let surface, let context = cairo_create(surface) else { throw Failure(.defect, .canvas, "cairo gave no page") }
        (self.page, self.medium, self.surface, self.context, self.sink) = (page, medium, surface, context, sink)
        type = try Typesetter()
        try check(cairo_status(context))
        prepare(title, author)
    }

    /// Returns a side of a picture in dots. cairo refuses more than 32,767 with a status, so larger values need no exact number.
    private static func dots(_ length: Double) -> Int32 { Int32(max(1, min(length.rounded(.up), 40_000))) }

    deinit {
        cairo_destroy(context)
        // Finishing a surface still writes to the sink, which is released after this.
        cairo_surface_finish(surface)
        cairo_surface_destroy(surface)
    }

    private func prepare(_ title: String, _ author: String) {
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(context, options)
        cairo_font_options_destroy(options)
        switch medium {
        case .pdf(let day):
            describe(CAIRO_PDF_METADATA_TITLE, title)
            describe(CAIRO_PDF_METADATA_AUTHOR, author)
            describe(CAIRO_PDF_METADATA_CREATOR, "laseros")
            describe(CAIRO_PDF_METADATA_CREATE_DATE, day + "T00:00:00Z")
        case .svg: cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT)
        case .png(let scale): cairo_scale(context, scale, scale)
        }
        // A picture can be shown on any background and needs a white one. Paper is white already.
        guard medium.isPicture else { return }
        context.set(.white)
        cairo_paint(context)
    }

    private func describe(_ what: cairo_pdf_metadata_t, _ text: String) {
        cairo_pdf_surface_set_metadata(surface, what, String(String.UnicodeScalarView(Typesetter.drawn(text))))
    }

    /// Ends this page. What is drawn next is on a new page; of a picture it is dropped, because a picture has one page.
    package func nextPage() {
        if medium.isPicture { isFull = true } else { cairo_show_page(context) }
    }

    /// Ends the drawing and returns its bytes.
    package func finish() throws -> [UInt8] {
        try check(cairo_status(context))
        if case .png = medium {
            cairo_surface_flush(surface)
            try check(cairo_surface_write_to_png_stream(surface, Self.write, Unmanaged.passUnretained(sink).toOpaque()))
        } else {
            cairo_surface_finish(surface)
        }
        try check(cairo_surface_status(surface))
        switch medium {
        case .pdf: markDate()
        case .svg: dropSurfaceNumber()
        case .png: break
        }
        return sink.bytes
    }

    /// Adds the prefix `D:` of a PDF date, which cairo 1.16 omits. It takes the place of the seconds, so that the length stays.
    private func markDate() {
        guard let date = end(of: "/CreationDate ("), date + 16 <= sink.bytes.count else { return }
        let digits = sink.bytes[date..<date + 14]
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }), sink.bytes[date + 14] == UInt8(ascii: "Z") else { return }
        sink.bytes.replaceSubrange(date..<date + 16, with: Array("D:".utf8) + digits.prefix(12) + Array(") ".utf8))
    }

    /// Removes the number of the surface, which cairo counts within a process: otherwise the same picture would have different bytes. No
    /// element refers to it.
    private func dropSurfaceNumber() {
        guard let start = end(of: "<g id=\"surface") else { return }
        sink.bytes.removeSubrange(start..<(sink.bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? start))
    }

    /// Returns the index after the last occurrence of `key` in the bytes.
    private func end(of key: String) -> Int? {
        let key = Array(key.utf8)
        let starts = sink.bytes.indices.dropLast(key.count - 1)
        let start = starts.last { sink.bytes[$0] == key[0] && sink.bytes[$0..<$0 + key.count].elementsEqual(key) }
        return start.map { $0 + key.count }
    }

    private func check(_ status: cairo_status_t) throws {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        let kind: Failure.Kind = status == CAIRO_STATUS_NO_MEMORY || status == CAIRO_STATUS_INVALID_SIZE ? .outside : .defect
        throw Failure(kind, .canvas, "the page could not be drawn: \(String(cString: cairo_status_to_string(status)))")
    }

    /// Runs calls of cairo that draw. The graphics state is restored after them.
    func draw(_ body: (OpaquePointer) throws -> Void) rethrows {
        guard !isFull else { return }
        cairo_save(context)
        defer { cairo_restore(context) }
        try body(context)
    }
}
