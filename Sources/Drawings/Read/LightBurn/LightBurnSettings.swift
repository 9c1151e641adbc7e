import Values

/// Where a setting stands in a library: at what material and entry. Empty in a project.
package struct SettingPlace: Sendable {
    package var material = ""
    /// In mm; nil if there is none, which LightBurn writes as -1.
    package var thicknessMM: Double?
    /// What the entry is for: `Cut`.
    package var description = ""
    /// The title of an entry without a thickness.
    package var title = ""
    package var line = 0

    mutating func begin(_ attributes: LBRNAttributes) {
        thicknessMM = attributes.number("Thickness").flatMap { $0 > 0 ? $0 : nil }
        (description, title) = (attributes.word("Desc") ?? "", attributes.word("NoThickTitle") ?? "")
    }
}

/// The settings in a LightBurn library, `.clb`, or of the layers of a project, `.lbrn2`.
package struct LightBurnSettings: Sendable {
    package var settings: [(setting: CutSetting, place: SettingPlace)] = []

    /// - Throws: `input` with the place of the first invalid byte.
    package init(reading bytes: UnsafeRawBufferPointer) throws {
        guard LBRNReader.isMarkup(bytes) else { throw Failure(.input, .lbrn, "not a LightBurn library or project: it is no XML") }
        settings = try LBRNReader.parsed(bytes, takesLibraries: true) { Array(zip($0.settings, $0.places)) }
    }

    package init(reading bytes: [UInt8]) throws { self = try bytes.withUnsafeBytes { try LightBurnSettings(reading: $0) } }
}

extension CutSetting {
    init(_ attributes: LBRNAttributes) {
        type = attributes.word("type") ?? type
        index = attributes["index"].map(Numeral.whole) ?? 0
        name = attributes.word("name") ?? ""
        maxPower = attributes.number("maxPower")
        speedMMs = attributes.number("speed")
        priority = attributes["priority"].map(Numeral.whole) ?? 0
    }

    /// Reads a value, which LightBurn writes as an element of its own.
    mutating func take(_ name: LBRNName, _ attributes: LBRNAttributes) {
        guard let value = attributes["Value"] else { return }
        if name.is("index") { index = Numeral.whole(value) }
        if name.is("name") { self.name = attributes.word("Value") ?? "" }
        if name.is("maxPower") { maxPower = attributes.number("Value") }
        if name.is("speed") { speedMMs = attributes.number("Value") }
        if name.is("priority") { priority = Numeral.whole(value) }
        if name.is("doOutput") { isOutput = Numeral.whole(value) != 0 }
        if name.is("numPasses") { passes = Numeral.whole(value) }
        if name.is("frequency") { frequency = attributes.number("Value") }
        if name.is("throughPower") { throughPower = attributes.number("Value") }
        for other in CutSetting.otherNames where name.is(other) {
            let number = Numeral.real(value)
            if number.isFinite, number != 0 { others.append((other.description, number)) }
        }
    }

    private static let otherNames: [StaticString] = [
        "minPower", "kerf", "zOffset", "zPerPass", "startDelay", "endDelay", "QPulseWidth",
    ]
}
