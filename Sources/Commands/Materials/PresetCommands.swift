import Console
import Shop
import Values

private let material = Operand<Line>("MATERIAL", "code or name", from: .codes("material"))
private let thickness = Operand<Length>("THICKNESS", "in millimetres")
private let machine = Option<Line>(
    "--machine CODE", "the machine that cuts, in place of the one that quotes are priced for", from: .codes("machine"))
private let gas = Option<Gas>("--gas GAS", "only presets with this gas")
private let tolerance = Option<Length>(
    "--tolerance MM", "how far the thickness may be off, in place of the setting \(Settings.presetTolerance.name)")
private let first = Operand<Line>("FIRST", "a preset, by code or name", from: .codes("preset"))
private let second = Operand<Line>("SECOND", "another one", from: .codes("preset"))

let presetCommands: [Command] =
    StandardVerb.allCases.filter { $0 != .import }.map { $0.command(.preset, changing: .resources) } + [
        presetImportCommand,
        reads(
            "preset find", "Find the best presets for a material and a thickness, and say why",
            [material, thickness, machine, gas, tolerance], permission: .view,
            about: """
                The best first: one with a cutting speed before one without, the same thickness before one within 0.3 mm or what
                `--tolerance` or the setting `\(Settings.presetTolerance.name)` says, one for the machine before one for any. Presets of other
                machines are left out, unless the shop has several machines and none of them is set as `price_machine`.

                The column `suggested` has the gas and the pressure that are usual for the material and the thickness where a preset does not
                say them; so has the hint if there is no preset.
                """,
            examples: ["laseros preset find MS 3", "laseros preset find MS 4.8 --tolerance 0.5 --gas oxygen"],
            answer: Preset.columns.map(\.heading)
        ) { call, shop in
            let material = try shop.material(try call[material].text)
            let named = try call[machine].map { try shop.machine($0.text) }
            let found = try shop.suggestedPresets(
                for: material, try call[thickness], on: named ?? shop.presetMachine(), gas: call[gas], within: call[tolerance])
            return .rows(Listing(found, Preset.columns))
        },
        reads(
            "preset compare", "Show what differs between two presets, field by field", [first, second], permission: .view,
            examples: ["laseros preset compare PS-0001 PS-0002"], answer: Shop.presetDifferences
        ) { call, shop in
            let (one, other) = (try shop.find(.preset, try call[first].text), try shop.find(.preset, try call[second].text))
            return .rows(try shop.differences(ofPresets: one, other))
        },
        presetLearnCommand,
    ]
