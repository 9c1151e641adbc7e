/// What a drawing measures, in millimetres: the fields of `dxf info` (definitions: sections 4 to 7).
package struct Measurement: Sendable {
    package struct LayerMeasure: Sendable {
        package var name: String
        /// The length that counts in `lengthMM`.
        package var lengthMM: Double
        package var contours: Int
        package var closed: Int
        /// Hidden entities on it, and their length, whether they count or not.
        package var hidden: Int
        package var hiddenLengthMM: Double
        /// What is done along most of its length.
        package var process = Process.cut
    }

    /// All that one process does.
    package struct ProcessMeasure: Sendable {
        package let process: Process
        package let lengthMM: Double
        /// Of the contours that its own lines make.
        package let contours: Int
        package let closed: Int
    }

    /// Lines that were left out because something else is done along them.
    package struct Passed: Sendable {
        package let process: Process
        package let entities: Int
        package let lengthMM: Double
    }

    package var mmPerUnit = 1.0
    package var toleranceMM = 0.01
    /// Whether hidden geometry counts.
    package var includesHidden = false
    /// Empty when there is nothing to cut.
    package var box = Box()
    package var lengthMM = 0.0
    package var duplicateLengthMM = 0.0
    package var openLengthMM = 0.0
    /// What the laser travels while it cuts, doubles counted once; of all processes where another than cutting is asked for.
    package var cutLengthMM = 0.0
    /// The contours of what is cut, each a pierce.
    package var pierces = 0
    package var closed = 0
    package var open = 0
    package var outer = 0
    package var holes = 0
    package var grossAreaMM2 = 0.0
    package var netAreaMM2 = 0.0
    package var duplicateSegments = 0
    package var duplicateEntities = 0
    package var duplicateContours = 0
    package var openEnds = 0
    package var junctions = 0
    package var nearGaps = 0
    package var selfCrossing = 0
    package var crossingPairs = 0
    package var noAreaLoops = 0
    package var tiny = 0
    package var circles = 0
    package var minCircleDiameterMM: Double?
    /// Straight stretches that repeat earlier ones; nil above 150,000 segments.
    package var overlapSegments: Int?
    package var overlapLengthMM: Double?
    /// What is not cut, by type.
    package var skipped: [String: Int] = [:]
    package var hiddenLengthMM = 0.0
    package var layers: [LayerMeasure] = []
    /// In the order of the processes, those that are not there left out.
    package var processes: [ProcessMeasure] = []
    package var passed: [Passed] = []
    /// Set where the drawing is a drawing sheet.
    package var sheet: DrawingSheet?
    /// The files that blocks are drawn in and that are not at hand, as the drawing names them.
    package var externals: [String] = []
    /// Where in z it is drawn, and by how much z changes within one entity at most; nil where nothing is drawn.
    var heightsMM: Heights?
    package internal(set) var contours = Contours()
    package var notes: [Note] = []

    package var contourCount: Int { closed + open }

    /// What the check tells of and measuring comes across.
    var faults = Faults()
    /// What was measured, and the edges of each contour in their order: the outlines of a preview are drawn from them.
    var paths = ContourPaths(Geometry(), [], tolerance: 0)
    var geometry: Geometry { paths.geometry }
    /// Which of it is too short to be cut, or drawn more than once.
    var duplicates = Duplicates(Geometry(), tolerance: 0)
    /// The names of the layers that anything stands on.
    var layerNames: [UInt32: String] = [:]

    /// What is done along a contour; by its first line, where there are several.
    package func process(_ place: Int) -> Process {
        geometry.process(of: path(of: place).firstEdge)
    }

    /// The way along a contour, by its place in `contours`.
    func path(of place: Int) -> ContourPath { paths.path(contours.loops[place].chain) }

    /// Places and lengths in millimetres. What the other members tell, such as what is too short, is not kept again.
    struct Faults: Sendable {
        /// With the distance to the nearest other one, up to a millimetre.
        var openEnds: [(place: Point, gap: Double?)] = []
        /// With the edges that meet there.
        var junctions: [(place: Point, edges: [Int32])] = []
        /// Contours that are left out because they lie on others, with these.
        var repeatedContours: [(repeated: Loop, original: Loop)] = []
        var overlaps: [Overlap] = []
        /// Where it was given up to look for more.
        var overlapEnd: Point?
    }
}
