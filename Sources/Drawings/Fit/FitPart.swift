import Values

/// The outline of a part that is to fit somewhere, in millimetres about the centre of its box.
package struct FitPart: Sendable {
    /// Above this number of corners the pieces of its hull are compared with irregular regions.
    static let mostCorners = 300
    /// The error of the chords for its arcs, where a place is looked for.
    static let chordError = 0.02

    /// Counterclockwise.
    let outline: ArcPath
    let support: SupportFunction
    let widths: WidthProfile
    /// Convex polygons that it consists of, with the error of the chords.
    let shapes: [ConvexShape]
    let error: Double
    /// The area within the outline, with holes.
    package let areaMM2: Double
    /// The rotation after which the box around it is smallest.
    let bestTurn: Double

    /// Takes the only outline of a measurement.
    /// - Throws: `refused` if there is not exactly one part.
    package init(_ measured: Measurement) throws { try self.init(FitRegion.outline(of: measured)) }

    init(_ path: ArcPath) {
        let centre = path.box.center
        outline = path.counterclockwise.mapped(Rigid(mirrored: false, turn: 0, shift: centre * -1))
        support = SupportFunction(outline)
        widths = WidthProfile(support)
        areaMM2 = outline.area
        error = outline.isStraight ? 0 : Self.chordError
        let corners = outline.corners(error: Self.chordError)
        shapes = (corners.count <= Self.mostCorners ? ConvexShape.pieces(of: corners) : nil) ?? [ConvexShape(hull: corners)]
        let support = support
        bestTurn =
            ([0] + support.flats.map { 1.5 * .pi - $0.angle }).min { one, two in
                let (a, b) = (support.box(turnedBy: one), support.box(turnedBy: two))
                return a.width * a.height < b.width * b.height - 1e-6
            } ?? 0
    }

    /// Whether it can be ruled out that it fits into a region whose box has these sides, in millimetres.
    package func isTooLarge(for width: Double, _ height: Double, areaMM2 area: Double) -> Bool {
        areaMM2 > area + 1 || widths.least > min(width, height) + 0.001
            || widths.most > (width * width + height * height).squareRoot() + 0.001
    }

    /// The box around the part as it is drawn.
    package var box: Box { outline.box }
}

extension ArcPath {
    var counterclockwise: ArcPath {
        guard area < 0 else { return self }
        var path = ArcPath()
        // The piece before a vertex is that after it in the other direction.
        for number in vertices.indices.reversed() {
            let before = vertices[number == 0 ? vertices.count - 1 : number - 1]
            path.begin(at: vertices[number].place)
            path.add(to: before.place, bulge: -before.bulge)
        }
        path.close(within: 0)
        return path
    }
}
