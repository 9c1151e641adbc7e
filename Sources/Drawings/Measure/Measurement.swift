/// The measurements of a drawing, in millimetres: the fields of `dxf info` (sections 4 to 7 of the definitions).
package struct Measurement: Sendable {
    package struct LayerMeasure: Sendable {
        package var name: String
        /// The length that is included in `lengthMM`.
        package var lengthMM: Double
        package var contours: Int
        package var closed: Int
        /// The number of hidden entities and their length, whether or not they are included.
        package var hidden: Int
        package var hiddenLengthMM: Double
        /// The process of most of its length.
        package var process = Process.cut
    }

    /// All lines of one process.
    package struct ProcessMeasure: Sendable {
        package let process: Process
        package let lengthMM: Double
        /// The number of contours of its own lines.
        package let contours: Int
        package let closed: Int
    }

    /// Lines left out because of their process.
    package struct Passed: Sendable {
        package let process: Process
        package let entities: Int
        package let lengthMM: Double
    }

    package var mmPerUnit = 1.0
    package var toleranceMM = 0.01
    /// Whether hidden geometry is included.
    package var includesHidden = false
    /// The bounding box; empty if there is nothing to cut.
    package var box = Box()
    package var lengthMM = 0.0
    package var duplicateLengthMM = 0.0
    package var openLengthMM = 0.0
    /// The length that the laser cuts, with duplicates counted once. If the options name another process, the length of that.
    package var cutLengthMM = 0.0
    /// The number of contours that are cut, each of which needs a pierce.
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
    /// The number of straight stretches that repeat earlier ones; nil above 150,000 segments.
    package var overlapSegments: Int?
    package var overlapLengthMM: Double?
    /// The number of entities that are not cut, by type.
    package var skipped: [String: Int] = [:]
    package var hiddenLengthMM = 0.0
    package var layers: [LayerMeasure] = []
    /// The processes that occur, in the order of `Process`.
    package var processes: [ProcessMeasure] = []
    package var passed: [Passed] = []
    /// Set if the drawing is a drawing sheet.
    package var sheet: DrawingSheet?
    /// The files of external references that are not available, as named by the drawing.
    package var externals: [String] = []
    /// The range in z, and the maximum change of z within one entity; nil if nothing is drawn.
    var heightsMM: Heights?
    package internal(set) var contours = Contours()
    package var notes: [Note] = []

    package var contourCount: Int { closed + open }

    /// The places of defects that measuring finds and the check reports.
    var defectPlaces = DefectPlaces()
    /// The measured geometry, and the edges of each contour in their order, from which outlines are drawn.
    var paths = ContourPaths(Geometry(), [], tolerance: 0)
    var geometry: Geometry { paths.geometry }
    /// The entities that are too short to be cut or drawn repeatedly.
    var duplicates = Duplicates(Geometry(), tolerance: 0)
    /// The names of the layers with geometry.
    var layerNames: [UInt32: String] = [:]

    /// Returns the process of a contour: that of its first line.
    package func process(_ place: Int) -> Process {
        geometry.process(of: path(of: place).firstEdge)
    }

    /// Returns the path of a contour by its index in `contours`.
    func path(of place: Int) -> ContourPath { paths.path(contours.loops[place].chain) }

    /// Places and lengths in millimetres. Defects that other members describe, such as tiny edges, are not stored again.
    struct DefectPlaces: Sendable {
        /// The open ends, each with the distance to the nearest other one, up to a millimetre.
        var openEnds: [(place: Point, gap: Double?)] = []
        /// The junctions, each with the edges that meet there.
        var junctions: [(place: Point, edges: [Int32])] = []
        /// The contours that are left out because they lie on others, each with the contour that it lies on.
        var repeatedContours: [(repeated: Loop, original: Loop)] = []
        var overlaps: [Overlap] = []
        /// The place where the search for overlaps stopped early.
        var overlapEnd: Point?
    }
}
