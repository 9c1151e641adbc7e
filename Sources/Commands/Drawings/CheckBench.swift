import Console
import Drawings
import Shop
import Values

/// The limits that drawings are checked against: the bed of the shop's machine, and the material and thickness from the options or the file
/// name.
struct CheckBench: Sendable {
    private var words = MaterialWords.common
    private var bed: Size?
    private var said: Length?
    /// In mm per minute, if a preset matches the material and thickness.
    private var feed: Double?
    /// The checks that were left out, with the reason.
    private(set) var notes: [String] = []

    static let material = Option<Line>("-m, --material CODE", "what will be cut", from: .codes("material"))
    static let thickness = Option<Length>("-t, --thickness MM", "how thick; as the file's name says it, where this is left out")

    init(_ call: Call) throws {
        let material = call[Self.material], thickness = call[Self.thickness]
        said = thickness
        var bench = self
        try withShop(call) { shop in
            bench.words = MaterialWords(try shop.materials())
            do { bench.bed = try shop.quotingMachine().bed } catch let failure as Failure where failure.kind == .refused {
                bench.notes.append("the bed is not checked: \(failure.message)")
            }
            guard let material else { return }
            let known = try shop.material(material.text)
            guard let thickness else { return }
            do {
                bench.feed = try shop.presets(for: known, thickness, on: shop.presetMachine()).first?.speed.map {
                    Double($0.thousandths) / 1000
                }
            } catch let failure as Failure where failure.kind == .notFound {
                bench.notes.append(failure.message)
            }
        }
        self = bench
    }

    /// The thickness from the option, the file name or the folder name, and which of them it is.
    func thickness(of file: DrawingFile) -> (Length?, from: String) {
        if let said { return (said, "the option") }
        let name = PartName(file.name, words)
        return (name.all.thickness, name.facts.thickness == nil ? "the folder's name" : "the file's name")
    }

    /// `MS 10 mm, 4 pieces`, from the options or the file name; empty if neither says anything.
    func facts(of file: DrawingFile) -> String {
        let facts = PartName(file.name, words).facts
        let sheet = [facts.material, (said ?? facts.thickness).map { "\($0) mm" }].compactMap { $0 }.joined(separator: " ")
        let pieces = facts.quantity.map { "\(counted($0, "piece"))" }
        return [sheet.isEmpty ? nil : sheet, pieces].compactMap { $0 }.joined(separator: ", ")
    }

    func limits(_ thickness: Length?) -> Check.Limits {
        Check.Limits(
            thicknessMM: thickness?.millimetres, bedWidthMM: bed?.width.millimetres, bedHeightMM: bed?.height.millimetres, feed: feed)
    }
}
