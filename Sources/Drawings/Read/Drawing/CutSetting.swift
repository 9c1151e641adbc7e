/// The process settings of a layer in a LightBurn file (`CutSetting`).
package struct CutSetting: Sendable {
    /// The `CutIndex` of the shapes that it applies to.
    package var index = 0
    /// `Cut`, `Scan`, `Image`, `Scan+Cut` or `Tool`.
    package var type = "Cut"
    package var name = ""
    /// In percent.
    package var maxPower: Double?
    /// In mm/s.
    package var speedMMs: Double?
    /// The order of processing: 0 before 1.
    package var priority = 0
    /// Whether the laser processes the layer.
    package var isOutput = true
    package var passes: Int?
    /// In Hz.
    package var frequency: Double?
    /// While the beam pierces, in percent.
    package var throughPower: Double?
    /// Other figures that are not 0, by LightBurn's name: what becomes of them depends on the machine.
    package var others: [(name: String, value: Double)] = []

    /// Cut, engrave or ignore. A layer that is both scanned and cut is cut.
    package var process: Process {
        switch type {
        case "Scan", "Image": .engrave
        case "Tool": .ignore
        default: .cut
        }
    }

    /// The name as shown by LightBurn: layers without a name are C00 to C29, tool layers T1 and T2.
    package var label: String {
        if !name.isEmpty { return name }
        if index == 30 || index == 31 { return "T\(index - 29)" }
        return index < 10 ? "C0\(index)" : "C\(index)"
    }
}
