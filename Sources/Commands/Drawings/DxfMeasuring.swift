import Console
import Drawings
import Shop
import Values

private let hidden = Flag("--hidden", "include hidden layers")
private let layer = Option<Line>("--layer NAME", "only this layer")
private let tolerance = Option<Length>("--tolerance MM", "join ends within this distance; default 0.01")
private let units = Option<DrawingUnit>("--units UNIT", "the drawing's unit, in place of the one that it states")
private let process = Option<ProcessWord>("--process NAME", "only lines with this process")
private let isolate = Flag("--isolate", "of a drawing sheet take only the part in its largest view")
private let rules = Option<Processes>("--processes RULES", "the rules for processes, in place of the setting dxf_processes")

private let client = Option<Line>(
    "--client CODE", "read the drawings as those of this client: its rules and its unit", from: .codes("client"))
private let allCut = Flag("--all-cut", "take every layer as cut")

/// The process of a line: cutting, bending and so on.
struct ProcessWord: Readable {
    static let word = "PROCESS"
    static let expected = "a process (\(choices.joined(separator: ", ")))"
    static let choices = Process.allCases.map(\.word)
    let process: Process
    init?(reading text: String) {
        guard let process = Process(word: text.lowercased()[...]) else { return nil }
        self.process = process
    }
}

/// The options for measuring drawings.
enum Measuring {
    static let parameters: [any Parameter] = [hidden, layer, tolerance, units, process, rules, client, isolate]
    static let infoParameters: [any Parameter] = [hidden, layer, tolerance, units, process, rules, client, allCut, isolate]
    /// For commands that deal only with what is cut.
    static let cutParameters: [any Parameter] = [hidden, layer, tolerance, units, rules, client, isolate]
    /// The options that select lines, without the tolerance for joining them.
    static let takingParameters: [any Parameter] = [hidden, layer, units, process, rules, client, isolate]
    static let notWithLines = ["hidden", "layer", "tolerance", "units", "process", "processes", "client", "all-cut", "isolate"]
}

/// The measuring options of a call.
/// - Throws: `store` if there is a shop whose settings cannot be read.
func measureOptions(_ call: Call) throws -> Measure.Options {
    let habits = try call[client].map { code in
        let shop = try openShop(call, .reading)
        return try shop.data.reading { try shop.drawingHabits(ofClient: try shop.find(.client, code.text).id) }
    }
    var options = Measure.Options(
        hidden: call[hidden], layer: call[layer]?.text, toleranceMM: call[tolerance]?.millimetres ?? 0.01, units: call[units]?.units,
        rules: try call[rules] ?? habits?.processes ?? withShop(call) { try $0.setting(Settings.processes) } ?? .standard,
        allCut: call[allCut],
        process: call[process]?.process, isolates: call[isolate])
    options.unstatedUnits = habits?.unit
    return options
}

let measureParameters = Measuring.parameters
