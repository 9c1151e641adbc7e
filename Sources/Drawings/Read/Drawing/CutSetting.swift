/// What a LightBurn file says that the laser does on one of its layers (`CutSetting`).
package struct CutSetting: Sendable {
    /// `CutIndex` of the shapes that it is for.
    package var index = 0
    /// `Cut`, `Scan`, `Image`, `Scan+Cut` or `Tool`.
    package var type = "Cut"
    package var name = ""
    /// Percent.
    package var maxPower: Double?
    /// Millimetres a second.
    package var speedMMs: Double?
    /// Which is done first; 0 before 1.
    package var priority = 0
    /// Whether the laser does anything here at all.
    package var isOutput = true

    /// Cut, engrave or ignore. What is both scanned and cut is cut.
    package var process: Process {
        switch type {
        case "Scan", "Image": .engrave
        case "Tool": .ignore
        default: .cut
        }
    }

    /// The name as LightBurn shows it: layers without one are C00 to C29, tool layers T1 and T2.
    var label: String {
        if !name.isEmpty { return name }
        if index == 30 || index == 31 { return "T\(index - 29)" }
        return index < 10 ? "C0\(index)" : "C\(index)"
    }
}
