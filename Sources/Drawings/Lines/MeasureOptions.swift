/// How a drawing is to be measured.
package enum Measure {
    package struct Options: Sendable {
        /// Whether hidden geometry counts.
        package var hidden: Bool
        /// Only this layer; its case does not matter.
        package var layer: String?
        /// Ends within this distance are joined.
        package var toleranceMM: Double
        /// Overrules the unit of the file.
        package var units: Units?
        /// More entities than any real drawing draws through its blocks; a file that asks for more is refused before it fills the memory.
        package var mostCopies: Int
        /// What is done along each line.
        package var rules: Processes
        /// Whether every line counts as one that is cut, whatever the rules and the file say.
        package var allCut: Bool
        /// Only lines that this is done along; what is left out is told in `Measurement.passed`.
        package var process: Process?
        /// Whether of a drawing sheet only the part in its largest view is measured.
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
    }
}
