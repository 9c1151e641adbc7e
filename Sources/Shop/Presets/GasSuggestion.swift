import Values

/// The gas and the pressure that a shop would try first. They are suggestions: real presets differ, and nothing is refused for them.
package struct GasSuggestion: Equatable, Sendable {
    package var gas: Gas
    package var pressure: Quantity

    /// - Parameters:
    ///   - family: the common abbreviation of the material: `AL`.
    ///   - chosen: the gas, if it is decided.
    package init(_ family: String, _ thickness: Length, gas chosen: Gas? = nil) {
        gas = chosen ?? GasSuggestion.gas(family, thickness)
        pressure = Quantity(thousandths: GasSuggestion.millibar(gas, thickness))
    }

    private static func gas(_ family: String, _ thickness: Length) -> Gas {
        if thickness.um >= 6000 { return .oxygen }
        return ["AL", "ZN"].contains(family) ? .nitrogen : .air
    }

    private static func millibar(_ gas: Gas, _ thickness: Length) -> Int {
        switch (gas, thickness.um) {
        case (.oxygen, ..<3000): 500
        case (.oxygen, ..<6000): 1000
        case (.oxygen, ..<10_000): 1500
        case (.oxygen, _): 2000
        case (.nitrogen, ..<3000): 8000
        case (.nitrogen, ..<6000): 12_000
        case (.nitrogen, _): 15_000
        case (.air, ..<3000): 4000
        case (.air, _): 6000
        }
    }

    /// `oxygen, 1.5 bar`
    package var words: String { "\(gas.rawValue), \(bar)" }
    package var bar: String { "\(pressure) bar" }
}

extension Shop {
    /// The presets that fit, with the gas and the pressure to try where they name none.
    /// - Throws: `notFound` if there are none, with what to try in the hint.
    package func suggestedPresets(
        for material: Material, _ thickness: Length, on machine: Machine?, gas: Gas?, within tolerance: Length?
    ) throws -> [Preset] {
        let family = MaterialWords(try materials()).family(of: material.code)
        do {
            return try presets(for: material, thickness, on: machine, gas: gas, within: tolerance).map { preset in
                var preset = preset
                let usual = GasSuggestion(family, preset.thickness, gas: preset.gas)
                if preset.gas == nil { preset.suggested = usual.words } else if preset.pressure == nil { preset.suggested = usual.bar }
                return preset
            }
        } catch var failure as Failure where failure.kind == .notFound {
            let usual = GasSuggestion(family, thickness, gas: gas), said = "--thickness \(thickness)"
            failure.hint = failure.hint?.replacing(said, with: "\(said) --gas \(usual.gas.rawValue) --pressure \(usual.pressure)")
            throw failure
        }
    }
}
