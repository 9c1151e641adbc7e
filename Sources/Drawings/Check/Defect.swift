/// A defect of a drawing, with its place and cost.
package struct Defect: Sendable {
    /// In descending order of severity.
    package enum Severity: String, Sendable, CaseIterable, Comparable {
        case error, warning, note

        package static func < (a: Severity, b: Severity) -> Bool {
            a != b && (a == .error || b == .note)
        }
    }

    /// The kind of a defect, with a stable identifier for machines.
    package enum Kind: String, Sendable, CaseIterable {
        case assumed, damaged, crossing, duplicate, island, junction, overlap, tiny
        case drawingSheet = "drawing-sheet"
        case noGeometry = "no-geometry"
        case openContour = "open-contour"
        case selfCrossing = "self-crossing"
        case smallHole = "small-hole"
        case thinWeb = "thin-web"
        case thinSlot = "thin-slot"
        case polygonCircle = "polygon-circle"
        case tooLarge = "too-large"
        case unitSuspect = "unit-suspect"
        case severalParts = "several-parts"
        case textNotOutlined = "text-not-outlined"
        case hiddenGeometry = "hidden-geometry"
        case skippedEntities = "skipped-entities"
        case notCut = "not-cut"
        case notChecked = "not-checked"
        case notListed = "not-listed"
        case twinDiffers = "twin-differs"
        case stray, slits
        case centreMarks = "centre-marks"
        case notFlat = "not-flat"
        case externalReference = "external-reference"
    }

    package var severity: Severity
    package var kind: Kind
    /// In millimetres; nil if the defect concerns the whole drawing.
    package var place: Point?
    /// The length, diameter or gap of the defect, in millimetres.
    package var sizeMM: Double?
    /// The gap of an open contour that has to be closed; nil if no other end is within 1 mm.
    package var gapMM: Double?
    /// The additional time in seconds, if the feed is known.
    package var seconds: Double?
    /// The consequence, as a sentence.
    package var consequence: String
    /// The edges that it is about, by their numbers in what was measured (`Geometry.edges`), in rising order: of a repeat and of an overlap
    /// those that are repeated as well, of a crossing and of a thin place those of both sides. Empty where it is about the drawing as a
    /// whole.
    package var edges: [Int32] = []

    /// Whether a price for the drawing would be wrong: it cannot be cut as drawn, or a part of it is in another file.
    package var forbidsPricing: Bool { severity == .error || kind == .externalReference }
}

/// The limits that a drawing is checked against.
package enum Check {
    /// The width of the cut, independent of the sheet, in millimetres.
    package static let kerf = 0.3
    /// Faults of a kind that are listed; of more there is a number.
    package static let mostListed = 1000

    package struct Limits: Sendable {
        package var thicknessMM: Double?
        package var bedWidthMM: Double?
        package var bedHeightMM: Double?
        /// The cutting feed in mm/min.
        package var feed: Double?

        package init(thicknessMM: Double? = nil, bedWidthMM: Double? = nil, bedHeightMM: Double? = nil, feed: Double? = nil) {
            (self.thicknessMM, self.bedWidthMM, self.bedHeightMM, self.feed) = (thicknessMM, bedWidthMM, bedHeightMM, feed)
        }
    }
}
