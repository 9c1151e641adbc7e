import Console
import Shop
import Values

private let material = Operand<Line>("MATERIAL", "code or name", from: .codes("material"))
private let thickness = Operand<Length>("THICKNESS", "in millimetres")
private let machine = Option<Line>(
    "--machine CODE", "the machine that cuts, in place of the one that quotes are priced for", from: .codes("machine"))

let presetCommands: [Command] =
    verbs(.preset, changing: .resources) + [
        reads(
            "preset find", "Find the best presets for a material and a thickness, and say why", [material, thickness, machine],
            permission: .view,
            about: """
                The best first: the same thickness before one within 0.3 mm, one with a cutting speed before one without,
                one for the machine before one for any. Presets of other machines are left out, unless the shop has several
                machines and none of them is set as `price_machine`.
                """,
            examples: ["laseros preset find MS 3"], answer: Preset.columns.map(\.heading)
        ) { call, shop in
            let material = try shop.material(try call[material].text)
            let named = try call[machine].map { try shop.machine($0.text) }
            return .rows(Listing(try shop.presets(for: material, try call[thickness], on: named ?? shop.presetMachine()), Preset.columns))
        },
        presetLearnCommand,
    ]
