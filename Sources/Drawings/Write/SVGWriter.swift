import Glibc

extension Drawing {
    /// Returns the drawing as SVG in millimetres: exact arcs and Béziers, a group for each layer, and the picture as large as the drawing.
    package func svg(_ options: Conversion = Conversion()) throws -> [UInt8] {
        let geometry = try taken(options.taking).geometry
        let scale = options.taking.units(of: self).mmPerUnit
        return SVGWriter(self, geometry, scale: scale, error: options.toleranceMM).file()
    }
}

/// Writes an SVG file, in which the y axis points down.
struct SVGWriter {
    private let drawing: Drawing
    private let geometry: Geometry
    /// Millimetres per unit.
    private let scale: Double
    /// The maximum distance of a cubic from the curve that it approximates, in millimetres.
    private let error: Double
    private let box: Box

    init(_ drawing: Drawing, _ geometry: Geometry, scale: Double, error: Double) {
        (self.drawing, self.geometry, self.scale, self.error) = (drawing, geometry, scale, error)
        var box = Box()
        for segment in geometry.segments { geometry.widen(&box, by: segment) }
        self.box = box.isEmpty ? Box(.zero, .zero) : box.scaled(scale)
    }

    func file() -> [UInt8] {
        let (width, height) = (Self.number(box.width), Self.number(box.height))
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" \
            width="\(width)mm" height="\(height)mm" viewBox="0 0 \(width) \(height)">

            """
        var edges: [UInt32: [Int32]] = [:]
        for (number, edge) in geometry.edges.enumerated() { edges[edge.layer, default: []].append(Int32(truncatingIfNeeded: number)) }
        for (place, layer) in edges.keys.sorted().enumerated() {
            let name = Self.escaped(drawing.layer(layer).name)
            text += """
                <g id="layer\(place + 1)" inkscape:groupmode="layer" inkscape:label="\(name)" fill="none" \
                stroke="\(Self.colour(drawing.layer(layer).color))" stroke-width="0.1">

                """
            let chaining = Chaining(geometry, edges: edges[layer] ?? [], tolerance: 0.01 / scale)
            let paths = ContourPaths(geometry, chaining.members, tolerance: 0.01 / scale)
            for chain in chaining.chains { text += element(paths.path(chain)) }
            text += "</g>\n"
        }
        return Array((text + "</svg>\n").utf8)
    }

    private func element(_ contour: ContourPath) -> String {
        if contour.segmentCount == 1 {
            let segment = geometry.segments[Int(contour.firstEdge.first)]
            if case .conic(let index) = segment.shape, let radius = geometry.circleRadius(segment) {
                let centre = place(geometry.conics[index].center)
                return "<circle cx=\"\(Self.number(centre.x))\" cy=\"\(Self.number(centre.y))\" r=\"\(Self.number(radius * scale))\"/>\n"
            }
        }
        var path = ""
        var last: Point?
        var isWhole = true
        contour.walk { segment, isBackwards in
            let start = isBackwards ? segment.b : segment.a
            // Ends joined within the tolerance are not moved; a line closes the gap.
            if let last, pair(last) != pair(start) { path += "L" + pair(start) } else if last == nil { path += "M" + pair(start) }
            let own = self.path(segment, isBackwards)
            isWhole = isWhole && !own.contains("M")
            path += own
            last = isBackwards ? segment.a : segment.b
        }
        return "<path d=\"\(path)\(contour.isClosed && isWhole ? "Z" : "")\"/>\n"
    }

    private func path(_ segment: Segment, _ isBackwards: Bool) -> String {
        switch segment.shape {
        case .line: return "L" + pair(isBackwards ? segment.a : segment.b)
        case .conic(let index): return arcs(geometry.conics[index], segment, isBackwards)
        case .spline(let index):
            let spline = geometry.splines[index]
            var text = ""
            var last: Point?
            for number in 0..<spline.pieces {
                let kept = geometry.piece(spline, isBackwards ? spline.pieces - 1 - number : number)
                let piece = isBackwards ? Bezier(points: kept.points.reversed()[...]) : kept
                // A new subpath begins at a gap of the spline.
                if let last, !last.isWithin(0.01 / scale, of: piece.first) { text += "M" + pair(piece.first) }
                text += curve(piece)
                last = piece.last
            }
            return text
        }
    }

    /// Writes arcs of less than half a turn, because longer ones depend on the last digits of their ends.
    private func arcs(_ conic: Conic, _ segment: Segment, _ isBackwards: Bool) -> String {
        guard let axes = conic.axes else {
            return [conic.middle(after: segment.a), isBackwards ? segment.a : segment.b].map { "L" + pair($0) }.joined()
        }
        let count = Int((abs(conic.end - conic.start) / 3).rounded(.up))
        let (from, to) = isBackwards ? (conic.end, conic.start) : (conic.start, conic.end)
        let long = axes.major.length * scale
        let degrees = -atan2(axes.major.y, axes.major.x) * 180 / .pi
        let isCounter = (conic.sweep > 0) != isBackwards
        let head =
            "A\(Self.number(long)) \(Self.number(long * axes.ratio)) \(Self.number(conic.radius == nil ? degrees : 0)) 0 \(isCounter ? 0 : 1) "
        return (1...max(count, 1)).map { head + pair(conic.point(from + (to - from) * Double($0) / Double(count), after: segment.a)) }
            .joined()
    }

    private func curve(_ piece: Bezier) -> String {
        let isPlain = piece.points.allSatisfy { abs($0.w - piece.points[piece.points.startIndex].w) <= 1e-12 }
        if isPlain, piece.degree <= 3 {
            let letter = ["", "L", "Q", "C"][piece.degree]
            return letter + piece.points.dropFirst().map { pair($0.point) }.joined(separator: " ")
        }
        return cubics(piece, halvings: 10)
    }

    /// Returns a cubic with the ends and tangents of the piece, or cubics of its halves if it deviates too much.
    private func cubics(_ piece: Bezier, halvings: Int) -> String {
        let (a, atA) = piece.evaluate(0)
        let (b, atB) = piece.evaluate(1)
        let cubic = Bezier(points: [a, a + atA * (1.0 / 3), b - atB * (1.0 / 3), b].map { Weighted(x: $0.x, y: $0.y, w: 1) }[...])
        let isNear = [0.2, 0.4, 0.6, 0.8].allSatisfy { cubic.evaluate($0).0.isWithin(error / scale, of: piece.evaluate($0).0) }
        if isNear || halvings == 0 { return "C" + cubic.points.dropFirst().map { pair($0.point) }.joined(separator: " ") }
        let (left, right) = piece.halves()
        return cubics(left, halvings: halvings - 1) + cubics(right, halvings: halvings - 1)
    }

    /// Returns a place in millimetres from the upper left corner.
    private func place(_ p: Point) -> Point { Point(p.x * scale - box.min.x, box.max.y - p.y * scale) }

    private func pair(_ p: Point) -> String {
        let place = place(p)
        return "\(Self.number(place.x)) \(Self.number(place.y))"
    }

    /// Formats a number, rounded to 1e-6 mm.
    private static func number(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6 + 0
        guard let whole = Int(exactly: rounded) else { return "\(rounded)" }
        return "\(whole)"
    }

    private static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: if scalar.value >= 32 { text.unicodeScalars.append(scalar) } else { text += "_" }
            }
        }
        return text
    }

    /// Returns AutoCAD's colours 1 to 6. Colour 7, which is white on a dark screen, and all others are black.
    private static func colour(_ index: Int) -> String {
        let known = ["#000000", "#ff0000", "#b2b200", "#00a000", "#00b2b2", "#0000ff", "#ff00ff"]
        return known.indices.contains(index) ? known[index] : "#000000"
    }
}
