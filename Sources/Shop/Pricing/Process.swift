import Drawings
import Store

extension Processes: StoredAsText { package var storedText: String { text } }

extension Settings {
    package static let processes = Setting(
        "dxf_processes", Processes.standard, "what is done along a drawing's lines, by layer, linetype and colour; what fits no rule is cut"
    )
}
