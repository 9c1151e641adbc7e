import Values

extension Measurement {
    /// What the LightBurn project or the drawing of the same name has otherwise, as a warning; nil where both are the same part.
    package func defect(besideTwin twin: Measurement, named name: String) -> Defect? {
        // Curves that LightBurn took over as Bézier pieces are a part in some thousands off the arcs of the drawing.
        let isAsLong = abs(twin.lengthMM - lengthMM) <= 1e-3 * max(lengthMM, twin.lengthMM) + toleranceMM
        var differences: [String] = []
        if twin.contourCount != contourCount { differences.append("\(twin.contourCount) contours, not \(contourCount)") }
        // The project says of its layers what the drawing may not: what it engraves, the drawing cuts.
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
