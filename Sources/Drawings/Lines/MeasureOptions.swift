/// The options for measuring a drawing.
package enum Measure {
    package struct Options: Sendable {
        /// Whether hidden geometry is included.
        package var hidden: Bool
        /// The only layer to measure, ignoring case.
        package var layer: String?
        /// The distance within which ends are joined.
        package var toleranceMM: Double
        /// The unit that overrides the unit of the file.
        package var units: Units?
        /// The unit of a drawing that states none; nil to assume millimetres.
        package var unstatedUnits: Units?
        /// The maximum number of entities drawn by blocks. A file that exceeds it is refused before it exhausts the memory.
        package var mostCopies: Int
        /// The rules that determine the process of each line.
        package var rules: Processes
        /// Whether every line is cut, regardless of the rules and the file.
        package var allCut: Bool
        /// The only process to measure; other lines are counted in `Measurement.passed`.
        package var process: Process?
        /// Whether only the part in the largest view of a drawing sheet is measured.
        package var isolates: Bool

        package init(
            hidden: Bool = false, layer: String? = nil, toleranceMM: Double = 0.01, units: Units? = nil, mostCopies: Int = 1_000_000,
            rules: Processes = .standard, allCut: Bool = false,
            process: Process? = nil, isolates: Bool = false
        ) {
            (self.hidden, self.layer, self.toleranceMM, self.units) = (hidden, layer, toleranceMM, units)
            self.mostCopies = mostCopies
            (self.rules, self.allCut, self.process, self.isolates) = (rules, allCut, process, isolates)
        }

        /// The unit to measure a drawing in.
        package func units(of drawing: Drawing) -> Units {
            units ?? (drawing.units == .unitless ? unstatedUnits : nil) ?? drawing.units
        }
    }
}
