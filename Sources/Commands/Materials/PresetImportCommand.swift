import Console
import Shop
import Values

private let file = Operand<String>(
    "FILE", "CSV or JSON; a .clb or .lbrn2 of LightBurn, an .fsm, or a folder of them; - is standard input", from: .files)
private let material = Option<Line>("-m, --material CODE", "the material of files that name none", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "the thickness of files that name none")
private let machine = Option<Line>("--machine CODE", "the machine that the files are of", from: .codes("machine"))

/// The options that only files of other programs take.
private let otherOptions: [any Parameter] = [material, thickness, machine]

private let rows = importVerb(.preset, permission: .resources, others: ImportedPreset.own.map(\.heading))

/// `preset import FILE`: rows like every noun's, or the files of other programs.
let presetImportCommand: Command = {
    var command = rows
    command.summary = "Add and change presets from CSV, JSON, LightBurn or names of .fsm files"
    command.parameters = rows.parameters.map { $0.spec.name == file.spec.name ? file : $0 }
    command.parameters.insert(contentsOf: otherOptions, at: 1)
    command.about += """


        Of an `.fsm` only the name is read, `10mm O2 MS Cut 1.2D - New.fsm`: thickness, material, gas, nozzle and remark, in any order. A folder
        is searched for `.fsm` and `.clb`. An entry of a LightBurn library and a layer of a project have speed, power in per cent, passes and
        frequency; a layer is of the material and the thickness that the name of its file says. What engraves is left out, and so is what
        names no material or thickness, with the reason.

        The name decides which preset is meant: one that is there already is the same, with the figures that a library says. Of two files with
        one name in different folders the second gets the name of its folder in brackets.
        """
    command.examples.append("laseros preset import library.clb --machine FIBER3")
    let others = filesCommand(command)
    command.body = { call, answer in
        let typed = try call[file]
        let isOther = typed != "-" && PresetFiles.areThere(at: call.environment.path(typed))
        let wrong = isOther ? rows.parameters.filter { $0.spec.isOption && $0.spec.name != Standard.dryRun.spec.name } : otherOptions
        if let option = wrong.first(where: call.has) {
            let kind = isOther ? "CSV and JSON" : "files of LightBurn and .fsm"
            throw Failure(.usage, .preset, "--\(option.spec.name) is for \(kind): \(typed) is none")
        }
        guard isOther else { return try rows.body(call, answer) }
        try others.body(call, answer)
    }
    return command
}()

private func filesCommand(_ command: Command) -> Command {
    writes(
        command.name, command.summary, command.parameters, permission: command.permission,
        prepare: { call, shop in
            let typed = try call[file]
            return try PresetFiles(.init(typed: typed, path: call.environment.path(typed)), shop)
        }
    ) { call, shop, files in
        let done = try PresetImport(
            files, in: shop, material: try call[material].map { try shop.find(.material, $0.text) }, thickness: call[thickness],
            machine: try call[machine].map { try shop.find(.machine, $0.text) })
        let listing = Listing(done.rows, ImportedPreset.columns)
        return Output.done(done.sentence, all: listing).previewing(listing).noting(done.notes)
    }
}
