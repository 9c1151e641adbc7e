import Console
import Shop
import Values

private let material = Operand<Line>("MATERIAL", "code or name", from: .codes("material"))
private let thickness = Operand<Length>("THICKNESS", "in millimetres")

let presetCommands: [Command] =
    verbs(.preset) + [
        reads(
            "preset find", "Find the best presets for a material and a thickness, and say why", [material, thickness],
            about: "The best first: the same thickness before one within 0.3 mm, and one with a cutting speed before one without.",
            examples: ["laseros preset find MS 3"], answer: Preset.columns.map(\.heading)
        ) { call, shop in
            let material = try shop.material(try call[material].text)
            return .rows(Listing(try shop.presets(for: material, try call[thickness]), Preset.columns))
        }
    ]
