import CCairo
import Drawings

extension OpaquePointer {
    /// Sets the colour of the next drawing operations of this cairo context.
    func set(_ colour: Colour) { cairo_set_source_rgb(self, colour.red, colour.green, colour.blue) }

    /// Sets the current path of this cairo context, which is filled or stroked next.
    fileprivate func trace(_ path: Path) {
        cairo_new_path(self)
        for step in path.steps {
            switch step {
            case .move(let point): cairo_move_to(self, point.x, point.y)
            case .line(let point): cairo_line_to(self, point.x, point.y)
            case .rectangle(let area): cairo_rectangle(self, area.x, area.y, area.width, area.height)
            case .arc(let centre, let radius, let from, let to): cairo_arc(self, centre.x, centre.y, radius, from, to)
            case .close: cairo_close_path(self)
            }
        }
    }
}

extension Canvas {
    package func fill(_ path: Path, _ colour: Colour) {
        draw {
            $0.set(colour)
            $0.trace(path)
            cairo_fill($0)
        }
    }

    package func stroke(_ path: Path, _ stroke: Stroke) {
        draw {
            $0.set(stroke.colour)
            cairo_set_line_width($0, stroke.width)
            if stroke.isRound { cairo_set_line_join($0, CAIRO_LINE_JOIN_ROUND) }
            cairo_set_dash($0, stroke.dashes, Int32(stroke.dashes.count), 0)
            $0.trace(path)
            cairo_stroke($0)
        }
    }

    /// Restricts what `body` draws to the inside of a path.
    package func clipped(to path: Path, _ body: () throws -> Void) rethrows {
        try draw {
            $0.trace(path)
            cairo_clip($0)
            try body()
        }
    }

    /// Places an image in the centre of an area, as large as it fits, with its aspect ratio.
    package func image(_ image: Image, in area: Area) {
        let scale = min(area.width / image.width, area.height / image.height)
        guard scale > 0, scale.isFinite else { return }
        draw {
            cairo_translate(
                $0, area.x + (area.width - image.width * scale) / 2, area.y + (area.height - image.height * scale) / 2)
            cairo_scale($0, scale, scale)
            cairo_set_source_surface($0, image.surface, 0, 0)
            cairo_rectangle($0, 0, 0, image.width, image.height)
            cairo_fill($0)
        }
    }

    /// - Parameter dashes: the lengths of strokes and gaps; a line without any is solid.
    package func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: Colour, width: Double = 0.5, dashes: [Double] = []
    ) {
        stroke(Path([Point(x1, y1), Point(x2, y2)]), Stroke(colour, width: width, dashes: dashes))
    }

    /// Draws one line of text in a band from `y` to `y + style.leading`, rotated counterclockwise by `turn` radians about (x, y). With
    /// `asPicture` the glyphs are drawn as outlines, which cannot be searched or copied.
    package func text(
        _ text: String, _ x: Double, _ y: Double, _ style: TextStyle, _ side: Side = .left, turn: Double = 0, asPicture: Bool = false
    ) {
        let scalars = Typesetter.drawn(text)
        guard !scalars.isEmpty else { return }
        let glyphs = scalars.map { type.glyph($0, bold: style.bold) }
        let wide = glyphs.reduce(0) { $0 + $1.advance } * style.size
        draw { context in
            context.set(style.colour)
            cairo_translate(context, x, y)
            cairo_rotate(context, -turn)
            var pen = side == .left ? 0 : side == .middle ? -wide / 2 : -wide
            var start = 0
            while start < glyphs.count {
                let end = glyphs[start...].firstIndex { $0.face !== glyphs[start].face } ?? glyphs.count
                cairo_set_font_face(context, glyphs[start].face.face)
                cairo_set_font_size(context, style.size)
                let run = glyphs[start..<end].map { glyph in
                    defer { pen += glyph.advance * style.size }
                    return cairo_glyph_t(index: glyph.index, x: pen, y: style.baseline)
                }
                if asPicture {
                    cairo_glyph_path(context, run, Int32(run.count))
                    cairo_fill(context)
                } else {
                    show(run, standingFor: scalars[start..<end], context)
                }
                start = end
            }
        }
    }

    /// Shows glyphs of one face together with their characters, so that a PDF contains them as text.
    private func show(_ glyphs: [cairo_glyph_t], standingFor scalars: ArraySlice<Unicode.Scalar>, _ context: OpaquePointer) {
        let clusters = scalars.map { cairo_text_cluster_t(num_bytes: Int32(UTF8.width($0)), num_glyphs: 1) }
        let bytes = Array(String(String.UnicodeScalarView(scalars)).utf8)
        bytes.withUnsafeBytes {
            cairo_show_text_glyphs(
                context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), glyphs, Int32(glyphs.count),
                clusters, Int32(clusters.count), cairo_text_cluster_flags_t(0))
        }
    }

    /// Draws lines of text below each other and returns the y of the line after them.
    @discardableResult
    package func text(_ lines: [String], _ x: Double, _ y: Double, _ style: TextStyle, _ side: Side = .left) -> Double {
        lines.reduce(y) { y, line in
            text(line, x, y, style, side)
            return y + style.leading
        }
    }
}
