import Values

/// A region into which parts may fit: an outline, without windows, in millimetres from the lower left corner of its box.
package struct FitRegion: Sendable {
    /// Counterclockwise.
    let outer: ArcPath
    let windows: [ArcPath]
    package let width, height: Double
    package let areaMM2: Double
    /// Whether it is a rectangle without windows.
    package let isRectangle: Bool
    /// The longest side that can be stored, in millimetres: beyond it an area would be too large.
    package static let longest = 1e7
    package var isSound: Bool { width <= Self.longest && height <= Self.longest }

    init(_ outer: ArcPath, windows: [ArcPath]) {
        let corner = Rigid(mirrored: false, turn: 0, shift: outer.box.min * -1)
        (self.outer, self.windows) = (outer.counterclockwise.mapped(corner), windows.map { $0.counterclockwise.mapped(corner) })
        (width, height) = (outer.box.width, outer.box.height)
        areaMM2 = self.outer.area - self.windows.reduce(0) { $0 + $1.area }
        isRectangle = windows.isEmpty && self.outer.isRectilinear && self.outer.vertices.count == 4
    }

    /// A rectangle.
    package init(_ size: Size) { self.init(ArcPath(.zero, Point(size.width.millimetres, size.height.millimetres)), windows: []) }

    /// A rectangle, without a rectangle at its upper right corner if it is an L, and without windows.
    /// - Throws: `usage` if the corner is not smaller than the rectangle, or a window is not within what is there or meets another.
    package init(_ size: Size, without corner: Size?, windows: [Window]) throws {
        var outer = ArcPath(.zero, Point(size.width.millimetres, size.height.millimetres))
        if let corner {
            guard corner.width < size.width, corner.height < size.height else {
                throw Failure(
                    .usage, .remnant, "the corner \(corner) is not smaller than \(size)", hint: "--corner WIDTHxHEIGHT of what is cut away")
            }
            let (right, top) = (size.width.millimetres, size.height.millimetres)
            let inner = Point((size.width - corner.width).millimetres, (size.height - corner.height).millimetres)
            outer = ArcPath([.zero, Point(right, 0), Point(right, inner.y), inner, Point(inner.x, top), Point(0, top)])
        }
        self.init(outer, windows: windows.map { ArcPath($0.box.min, $0.box.max) })
        for (number, window) in windows.enumerated() {
            guard FitProof.isApart(self.windows[number], within: outer, from: self.windows[..<number]) else {
                throw Failure(
                    .usage, .remnant, "window \(window) is not within the remnant, or meets another window",
                    hint: "X,Y is its lower left corner, from the lower left corner of the remnant")
            }
        }
    }

    /// Takes the only outline of a measurement, with its holes as windows.
    /// - Throws: `refused` if there is not exactly one.
    package init(_ measured: Measurement) throws {
        let outline = try Self.outline(of: measured)
        let holes = measured.contours.loops.indices.filter { measured.contours.loops[$0].isHole && measured.contours.loops[$0].depth == 1 }
        self.init(outline, windows: holes.map { Self.path(of: $0, measured) })
    }

    /// - Throws: `refused` if there is not exactly one outline, or something is cut outside of it.
    static func outline(of measured: Measurement) throws -> ArcPath {
        let loops = measured.contours.loops, outlines = loops.indices.filter { loops[$0].hasArea && loops[$0].depth == 0 }
        guard outlines.count == 1, let outline = outlines.first else {
            let count = outlines.isEmpty ? "no closed outline" : "\(outlines.count) outlines"
            throw Failure(.refused, .remnant, "the drawing has \(count), not one", hint: "laseros dxf contours lists them")
        }
        guard measured.box.widened(-measured.toleranceMM).isWithin(measured.contours[outline].box) else {
            throw Failure(.refused, .remnant, "something is cut outside of the outline", hint: "laseros dxf check shows where")
        }
        guard measured.contours.selfCrossings[outline] == nil else {
            throw Failure(.refused, .remnant, "the outline crosses itself", hint: "laseros dxf check shows where")
        }
        return path(of: outline, measured)
    }

    private static func path(of contour: Int, _ measured: Measurement) -> ArcPath {
        measured.path(of: contour).arcs(error: 0.0005 / measured.mmPerUnit, scale: measured.mmPerUnit)
    }
}

extension FitRegion {
    /// A rectangular window: `100,50,200x80` is 200 mm wide and 80 mm high, with its lower left corner at 100, 50.
    package struct Window: Sendable, CustomStringConvertible, Readable {
        package static let word = "X,Y,WxH"
        package static let expected = "the lower left corner and the size of a window in mm (100,50,200x80)"
        let x, y: Length
        let size: Size

        package init?(reading text: String) {
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, let x = Length(reading: parts[0]), let y = Length(reading: parts[1]), let size = Size(reading: parts[2])
            else { return nil }
            (self.x, self.y, self.size) = (x, y, size)
        }

        package var description: String { "\(x),\(y),\(size)" }

        var box: Box {
            let corner = Point(x.millimetres, y.millimetres)
            return Box(corner, corner + Point(size.width.millimetres, size.height.millimetres))
        }
    }

    /// The size of the box around it.
    package var size: Size { Size(width: Length(um: Int((width * 1000).rounded())), height: Length(um: Int((height * 1000).rounded()))) }
}

extension Box {
    /// Whether it is within another; true for an empty one.
    fileprivate func isWithin(_ other: Box) -> Bool { !(min.x <= max.x && min.y <= max.y) || other.contains(self) }
}

extension ArcPath {
    /// A closed polygon.
    init(_ corners: [Point]) {
        self.init()
        begin(at: corners[0])
        for corner in corners.dropFirst() { add(to: corner) }
        close(within: 0)
    }

    /// A rectangle between two corners.
    init(_ low: Point, _ high: Point) { self.init([low, Point(high.x, low.y), high, Point(low.x, high.y)]) }

    /// Whether all its pieces are lines along the axes.
    var isRectilinear: Bool { isStraight && pieces.allSatisfy { $0.a.x == $0.b.x || $0.a.y == $0.b.y } }
}
