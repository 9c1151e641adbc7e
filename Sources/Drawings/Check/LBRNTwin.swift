import Values

extension Measurement {
    /// Returns a warning about the differences from the LightBurn project or drawing of the same name; nil if both are the same part.
    package func defect(besideTwin twin: Measurement, named name: String) -> Defect? {
        // Curves that LightBurn imported as Bézier curves deviate by some thousandths from the arcs of the drawing.
        let isAsLong = abs(twin.lengthMM - lengthMM) <= 1e-3 * max(lengthMM, twin.lengthMM) + toleranceMM
        var differences: [String] = []
        if twin.contourCount != contourCount { differences.append("\(twin.contourCount) contours, not \(contourCount)") }
        // The project defines the processes of its layers, unlike the drawing: lines that it engraves can be cut in the drawing.
        if twin.contourCount == contourCount, twin.pierces != pierces {
            differences.append("\(counted(twin.pierces, "pierce")), not \(pierces)")
        }
        if !isAsLong { differences.append("\(shown(twin.lengthMM)) mm of lines, not \(shown(lengthMM)) mm") }
        guard !differences.isEmpty else { return nil }
        return Defect(
            severity: .warning, kind: .twinDiffers, place: nil, sizeMM: twin.lengthMM, gapMM: nil,
            consequence: "\(name) beside it has \(differences.joined(separator: " and ")): which of the two is to be cut?")
    }
}
