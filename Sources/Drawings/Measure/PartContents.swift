/// The parts of a drawing with the lines that lie in them: open cuts, markings, engravings and bend lines.
package struct PartContents: Sendable {
    /// A contour that bounds no part.
    package struct Line: Sendable {
        package let process: Process
        /// The index in `Measurement.contours`; if the processes were measured separately, in the measurement of its process.
        package let contour: Int
        /// The smallest outline or hole that the line lies in or on; nil if there is none.
        package let around: Int?
        /// The number in `tree.parts` of the part with that outline or hole.
        package let owner: Int?
    }

    package let tree: PartTree
    /// The lines by process; those of one process in the order of the file.
    package let lines: [Line]
    /// The place where the search for owners stopped early: the owners of some lines are unknown.
    let end: Point?
    /// For each part the indices of its lines in `lines`.
    private let linesOfParts: [[Int32]]

    /// Takes the open contours and those without an area as lines.
    package init(_ measured: Measurement) { self.init([(.cut, measured)]) }

    /// Takes the parts from the first process, and all contours of the other processes as lines.
    package init(_ apart: ProcessParts) { self.init(apart.parts) }

    private init(_ measured: [(process: Process, measured: Measurement)]) {
        let main = measured[0].measured
        tree = PartTree(main.contours.loops)
        var found: [(process: Process, contour: Int)] = [], places: [HolderSearch.Line] = []
        for (number, (process, measured)) in measured.enumerated() {
            for contour in measured.contours.indices where number > 0 || !measured.contours.loops[contour].hasArea {
                found.append((process, contour))
                places.append(HolderSearch.Line(measured, contour))
            }
        }
        let search = HolderSearch(main, lines: places), tree = tree
        end = search.end
        lines = zip(found, search.holders).map { line, around in
            Line(process: line.process, contour: line.contour, around: around, owner: around.flatMap(tree.part))
        }
        var linesOfParts = [[Int32]](repeating: [], count: tree.parts.count)
        for (number, line) in lines.enumerated() {
            if let part = line.owner { linesOfParts[part].append(Int32(truncatingIfNeeded: number)) }
        }
        self.linesOfParts = linesOfParts
    }

    /// Returns the lines in a part and in its holes, without those of the parts in these holes.
    package func lines(of part: Int) -> some RandomAccessCollection<Line> { linesOfParts[part].lazy.map { lines[Int($0)] } }

    /// The lines that lie in no part.
    package var linesApart: [Line] { lines.filter { $0.owner == nil } }
}
