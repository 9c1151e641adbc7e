/// The parts of a drawing with the lines that lie in them: open cuts, and what is marked, engraved or bent.
package struct PartContents: Sendable {
    /// A contour that bounds no part.
    package struct Line: Sendable {
        package let process: Process
        /// Its place in `Measurement.contours`, in that of its process where each was measured by itself.
        package let contour: Int
        /// The smallest outline or hole that it lies in or on; nil where it lies in none.
        package let around: Int?
        /// The part of that, by its number in `tree.parts`.
        package let owner: Int?
    }

    package let tree: PartTree
    /// By process, and of each in the order of the file.
    package let lines: [Line]
    /// Where it was given up to look what lines lie in: of some the owner is not known.
    let end: Point?
    /// By part, the places of its lines in `lines`.
    private let linesOfParts: [[Int32]]

    /// Of all that was measured at once: its lines are the open contours and those that enclose nothing.
    package init(_ measured: Measurement) { self.init([(.cut, measured)]) }

    /// Of a drawing that was measured by process: the first bounds the parts, all contours of others are lines.
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

    /// The lines in a part and in its holes, not those of parts in these.
    package func lines(of part: Int) -> some RandomAccessCollection<Line> { linesOfParts[part].lazy.map { lines[Int($0)] } }

    /// The lines that lie in no part.
    package var linesApart: [Line] { lines.filter { $0.owner == nil } }
}
