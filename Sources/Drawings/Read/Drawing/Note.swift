import Values

/// An irregularity of a drawing.
package struct Note: Sendable {
    /// The kind of a note, with a stable identifier for machines.
    package enum Kind: String, Sendable, CaseIterable {
        case unitsAssumed = "units-assumed"
        case unitsUnknown = "units-unknown"
        case badNumber = "bad-number"
        case badRadius = "bad-radius"
        case lonePoint = "lone-point"
        case splineBadKnots = "spline-bad-knots"
        case splineNoKnots = "spline-no-knots"
        case splineDegreeReduced = "spline-degree-reduced"
        case splineFitOnly = "spline-fit-only"
        case splineBadWeights = "spline-bad-weights"
        case splineEmpty = "spline-empty"
        case blockMissing = "block-missing"
        case blockCycle = "block-cycle"
        case blockDepth = "block-depth"
        case resynchronised = "resynchronised"
        case endMissing = "end-missing"
        case nestingCutOff = "nesting-cut-off"
        case markupBroken = "markup-broken"
        case pathBroken = "path-broken"
        case externalReference = "external-reference"
        case splineBroken = "spline-broken"
        case etchedByColour = "etched-by-colour"

        /// Whether the file is damaged or hostile, and a part of it could not be counted.
        var isDamage: Bool {
            switch self {
            case .badNumber, .blockCycle, .blockDepth, .nestingCutOff, .markupBroken, .pathBroken: true
            default: false
            }
        }

        /// Whether a part of the drawing is missing or may differ from the designer's intention.
        var isDoubtful: Bool {
            switch self {
            case .externalReference, .splineBroken, .blockMissing, .splineEmpty, .splineBadKnots, .splineBadWeights, .unitsUnknown,
                .badRadius, .lonePoint, .endMissing,
                .resynchronised:
                true
            default: false
            }
        }

        var message: String {
            switch self {
            case .unitsAssumed: "the drawing names no unit: 1 unit is taken as 1 mm"
            case .unitsUnknown: "the drawing names a unit that does not exist: 1 unit is taken as 1 mm"
            case .badNumber: "an entity has a coordinate that is no number or beyond 10^15: it is left out"
            case .badRadius: "a circle or arc without a radius is left out"
            case .lonePoint: "a polyline of a single point is left out"
            case .splineBadKnots: "the knots of a spline do not fit it: uniform knots are taken"
            case .splineNoKnots: "a spline has no knots: uniform knots are taken"
            case .splineDegreeReduced: "a spline has fewer control points than its degree needs: the degree is lowered"
            case .splineFitOnly: "a spline has fit points only: the curve through them is an interpolation"
            case .splineBadWeights: "the weights of a spline do not fit it: all are taken as 1"
            case .splineEmpty: "a spline without a curve is left out"
            case .blockMissing: "an insert names a block that the drawing does not have"
            case .blockCycle: "a block contains itself: the repetition is cut off"
            case .blockDepth: "blocks are nested more than 64 deep: the rest is cut off"
            case .resynchronised: "lines that are no group code were passed over"
            case .endMissing: "the file ends without EOF: what stood at its end may be missing"
            case .markupBroken: "the XML breaks off or is not well formed: what follows is left out"
            case .pathBroken: "a path names points that it does not have: that stretch is left out"
            case .externalReference: "what is drawn in another file is not here and not counted"
            case .etchedByColour: "green and cyan lines are engraved, as boxes.py draws them: --processes colour:3=cut counts them as cut"
            case .splineBroken: "a spline breaks: it ends in one place and goes on in another"
            case .nestingCutOff: "the contours cross or touch each other too often: which are holes is not told to the end"
            }
        }
    }

    package let kind: Kind
    package let count: Int
    /// The subject of the note, if the kind alone does not identify it.
    package var detail: String?
    /// Where it is, in millimetres, where it has a place.
    package var place: Point?

    package var isDamage: Bool { kind.isDamage }
    var isDoubtful: Bool { kind.isDoubtful }
    package var message: String {
        let place = place.map { " (from \(shown($0.x)), \(shown($0.y)) mm on)" } ?? ""
        return (detail.map { "\(kind.message): \($0)" } ?? kind.message) + place
    }
}

/// The number of notes by kind.
struct Notes: Sendable {
    private var counts = [Int](repeating: 0, count: Note.Kind.allCases.count)

    mutating func add(_ kind: Note.Kind) {
        for (index, each) in Note.Kind.allCases.enumerated() where each == kind { counts[index] += 1 }
    }

    var all: [Note] { zip(Note.Kind.allCases, counts).filter { $0.1 > 0 }.map { Note(kind: $0.0, count: $0.1) } }

    static func + (a: Notes, b: Notes) -> Notes {
        var sum = a
        for index in sum.counts.indices { sum.counts[index] += b.counts[index] }
        return sum
    }
}
