import Drawings
import Store
import Values

/// A preset as a file of another program says it; or the reason why it is none.
struct PresetReading {
    var name: String
    var material: PresetFacts.Named
    var thickness: Length?
    var cells: [(field: String, cell: Cell)] = []
    var gas: Gas?
    var nozzle: String?
    /// Why it is left out.
    var reason: Reason?
    /// Whether the file has figures, which an import brings up to date.
    var hasFigures = false

    enum Reason: String, CaseIterable {
        case material = "no material"
        case severalMaterials = "several materials"
        case thickness = "no thickness"
        case engraves = "engraves"
        case off = "not cut"
        case unknownMaterial = "unknown material"
        case name = "unfit name"
    }

    /// What a file does not say and the options do.
    struct Defaults {
        var material: String?
        var thickness: Length?
    }

    init(_ item: PresetFiles.Item, _ words: PresetWords, _ defaults: Defaults) {
        switch item.content {
        case .name:
            let name = PresetName(item.file, words)
            self.init(name.title, name.facts)
            if let remark = name.remark { cells.append(("description", .text(remark))) }
        case .setting(let setting, let place, let isLibrary):
            self = isLibrary ? Self.entry(setting, place, words) : Self.layer(setting, item.file, words)
            take(setting)
        }
        if material == .none, let code = defaults.material { material = .known(code) }
        thickness = thickness ?? defaults.thickness
        reason = reason ?? lack
        if Line(reading: name)?.text != name { reason = .name }
    }

    private init(_ name: String, _ facts: PresetFacts) {
        (self.name, material, thickness) = (String(name.prefix(PresetReading.longest)), facts.material, facts.thickness)
        (gas, nozzle) = (facts.gas, facts.nozzle)
    }

    /// Leaves room for a folder or a number.
    private static let longest = 150

    private var lack: Reason? {
        switch material {
        case .none: .material
        case .several: .severalMaterials
        case .unknown: .unknownMaterial
        case .known: thickness == nil ? .thickness : nil
        }
    }

    /// An entry of a library: `Mild Steel 3 mm Cut`. Its title stands for the thickness if there is none.
    private static func entry(_ setting: CutSetting, _ place: SettingPlace, _ words: PresetWords) -> PresetReading {
        var facts = PresetFacts(place.material, words)
        let said = PresetFacts([place.title, place.description].joined(separator: " "), words)
        let thickness = place.thicknessMM.flatMap { PresetReading.thousandths($0, 0.001...1000) }.map { Length(um: $0) }
        facts.thickness = thickness ?? facts.thickness ?? PresetFacts(place.title, words).thickness
        let title = place.description.isEmpty ? place.title : place.description
        let sheet = place.thicknessMM == nil ? place.title == title ? "" : place.title : facts.thickness.map { "\($0) mm" } ?? ""
        let name = [place.material, sheet, title].filter { !$0.isEmpty }.joined(separator: " ")
        var reading = PresetReading(name.isEmpty ? setting.label : name, facts)
        if reading.material == .none { reading.material = place.material.isEmpty ? said.material : .unknown(place.material) }
        (reading.gas, reading.nozzle) = (reading.gas ?? said.gas, reading.nozzle ?? said.nozzle)
        return reading
    }

    /// A layer of a project, of the material that the name of the file says.
    private static func layer(_ setting: CutSetting, _ file: String, _ words: PresetWords) -> PresetReading {
        let stem = PartName.stem(file), part = PartName(file, words.materials).all
        var reading = PresetReading("\(stem) \(setting.label)", PresetFacts("\(stem) \(setting.label)", words))
        if let code = part.material { reading.material = words.known.contains(code) ? .known(code) : .unknown(code) }
        if let thickness = part.thickness { reading.thickness = thickness }
        if !setting.isOutput { reading.reason = .off }
        return reading
    }

    private mutating func take(_ setting: CutSetting) {
        hasFigures = true
        switch setting.process {
        case .cut: break
        case .ignore: reason = .off
        default: reason = .engraves
        }
        func number(_ field: String, _ value: Double?, _ range: ClosedRange<Double>) {
            if let value, let number = PresetReading.thousandths(value, range) { cells.append((field, .integer(number))) }
        }
        // LightBurn keeps few decimals of mm/s: 23.3333 are 1400 mm/min.
        number("cut_speed", setting.speedMMs.map { ($0 * 600).rounded() / 10 }, 0.1...1e9)
        number("power_percent", setting.maxPower, 0...100)
        number("pierce_power_percent", setting.throughPower.flatMap { $0 > 0 ? $0 : nil }, 0...100)
        number("pulse_frequency_hz", setting.frequency, 0.001...1e9)
        if let passes = setting.passes, Count.sound.contains(passes) { cells.append(("passes", .integer(passes))) }
        guard !setting.others.isEmpty else { return }
        let others = setting.others.map { "\($0.name) \(Decimal.hundredths($0.value))" }.joined(separator: ", ")
        cells.append(("notes", .text("LightBurn: \(others)")))
    }

    private static func thousandths(_ value: Double, _ range: ClosedRange<Double>) -> Int? {
        range.contains(value) ? Int((value * 1000).rounded()) : nil
    }
}
