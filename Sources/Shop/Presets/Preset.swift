import Store
import Values

package enum Gas: String, Choice, Stored, Presentable { case oxygen, nitrogen, air }

extension Noun {
    /// The machine parameters for a material and a thickness.
    package static let preset: Noun = {
        var noun = Noun(
            "preset", "Machine settings for a material and a thickness", coding: .series("PS-", digits: 4),
            from: """
                preset JOIN material ON material.id = preset.material_id LEFT JOIN machine ON machine.id = preset.machine_id
                """,
            identityFields + cuttingFields + laserFields + recordFields + [.speedSince, .runs(of: "preset")])
        noun.identity = ["name"]
        noun.distinct = [Distinct("preset", ["name"], "a preset with this name")]
        noun.check = { shop, record in try shop.noteSpeed(&record) }
        noun.insteadOfRemoval = "edit CODE --active no"
        noun.live = Live(leavingOut: "what is retired", unless: "active") { _ in "preset.active" }
        noun.complete = { shop, record in record.fill("created_by", Line(reading: shop.who)) }
        noun.examples = ["add": ["laseros preset add 'SS 2 N2' --material SS --thickness 2 --speed 2200 --gas nitrogen --pierce-time 1"]]
        return noun
    }()

    private static let identityFields: [Field] = [
        Field("name", Line.self, "--name NAME", "the preset's name", sql: "preset.name", operand: "NAME", sorts: true).short(),
        Field("material", to: "material", "-m, --material CODE", "the material it cuts", required: true),
        Field(
            "thickness_mm", Length.self, "-t, --thickness MM", "thickness of the material", column: "thickness_um", required: true,
            sorts: true,
            filters: true),
        Field("machine", to: "machine", "--machine CODE", "the machine it is for", wide: true),
        Field("description", String.self, "--description TEXT", "what it is for", wide: true),
    ]

    private static let cuttingFields: [Field] = [
        Field("cut_speed", Quantity.self, "--speed MM/MIN", "cutting speed in mm per minute", column: "cut_speed_um_min"),
        Field("gas", Gas.self, "--gas GAS", "the cutting gas", sql: "preset.gas"),
        Field("gas_pressure_bar", Quantity.self, "--pressure BAR", "pressure of the gas", column: "gas_pressure_millibar", wide: true),
        Field("nozzle", Line.self, "--nozzle TEXT", "such as '1.5mm Single'", wide: true),
        Field(
            "nozzle_height_mm", Length.self, "--nozzle-height MM",
            "height of the nozzle above the sheet", column: "nozzle_height_um", wide: true),
        Field("pierce_time_s", Seconds.self, "--pierce-time SECONDS", "time for one pierce", column: "pierce_time_ms", wide: true),
        Field("pierce_power_w", Quantity.self, "--pierce-power WATT", "power while piercing", column: "pierce_power_milliwatt", wide: true),
        Field("corner_power_w", Quantity.self, "--corner-power WATT", "power in corners", column: "corner_power_milliwatt", wide: true),
    ]

    private static let laserFields: [Field] = [
        Field("peak_power_w", Quantity.self, "--peak-power WATT", "peak power of the laser", column: "peak_power_milliwatt", wide: true),
        Field(
            "actual_power_w", Quantity.self, "--actual-power WATT", "actual power of the laser", column: "actual_power_milliwatt",
            wide: true),
        Field(
            "duty_cycle_percent", Quantity.self, "--duty-cycle PERCENT", "duty cycle of the pulses", column: "duty_cycle_millipercent",
            wide: true),
        Field(
            "pulse_frequency_hz", Quantity.self, "--frequency HZ", "frequency of the pulses", column: "pulse_frequency_millihertz",
            wide: true),
        Field("beam_width_mm", Length.self, "--beam-width MM", "width of the beam at the focus", column: "beam_width_um", wide: true),
        Field(
            "focus_mm", Quantity.self, "--focus MM", "focus above (+) or below (-) the surface", column: "focus_um", wide: true),
        Field(
            "laser_on_delay_s", Seconds.self, "--on-delay SECONDS", "delay before the beam is on", column: "laser_on_delay_ms", wide: true),
        Field(
            "laser_off_delay_s", Seconds.self, "--off-delay SECONDS", "delay after the beam is off", column: "laser_off_delay_ms",
            wide: true),
        Field(
            "power_percent", Quantity.self, "--power PERCENT", "power of the laser in per cent, as LightBurn says it",
            column: "power_millipercent", wide: true),
        Field(
            "pierce_power_percent", Quantity.self, "--pierce-power-percent PERCENT", "power while piercing, in per cent",
            column: "pierce_power_millipercent", wide: true),
        Field("passes", Count.self, "--passes NUMBER", "how often the contour is cut", wide: true),
    ]

    private static let recordFields: [Field] = [
        Field("active", Bool.self, "--active yes|no", "whether it may be used", sql: "preset.active", wide: true, filters: true)
            .unshared(),
        Field("notes", String.self, "--notes TEXT", "internal notes", sql: "preset.notes", wide: true),
        Field("source", Line.self, "--source NAME", "the file that it came from", wide: true).unshared(),
        Field("created_by", Line.self, "--created-by NAME", "who added it; by default you", wide: true).unshared(),
    ]
}

/// A preset for pricing, with the reason why it fits.
package struct Preset: Sendable {
    package var id: Int
    package var code: String
    package var name: String
    /// The machine that it is for; nil if it is for any machine.
    package var machine: String?
    package var thickness: Length
    /// In mm per minute.
    package var speed: Quantity?
    package var pierce: Seconds?
    package var gas: Gas?
    package var pressure: Quantity?
    package var nozzle: String?
    package var why: String
    /// What it does not say of gas and pressure, as one would try it: `air, 4 bar`.
    package var suggested: String?

    package static let columns: [Column<Preset>] = {
        var columns: [Column<Preset>] = [
            Column("code") { $0.code }, Column("name") { $0.name }, Column("machine") { $0.machine },
            Column("thickness_mm") { $0.thickness }, Column("cut_speed") { $0.speed }, Column("pierce_time_s") { $0.pierce },
            Column("gas") { $0.gas }, Column("gas_pressure_bar", wide: true) { $0.pressure }, Column("why") { $0.why },
            Column("suggested") { $0.suggested },
        ]
        columns[columns.count - 1].heading.isOptional = true
        return columns
    }()

    fileprivate init(_ row: Row, of material: Material, for thickness: Length) throws {
        (id, code, name, machine) = (row.int(0), row.text(1), row.text(2), try row.get(3))
        (self.thickness, speed, pierce, gas) = (try row.get(4), try row.get(5), try row.get(6), try row.get(7))
        (pressure, nozzle) = (try row.get(8), try row.get(9))
        let off = abs(self.thickness.um - thickness.um)
        why = "\(material.code), " + (off == 0 ? "the same thickness" : "\(Length(um: off)) mm off")
        if speed == nil { why += ", no cutting speed" }
    }
}

extension Shop {
    /// Returns the presets of a material for the thickness or, if there are none, for the nearest within a tolerance, best first: those with
    /// a speed before those without, then the nearest, then those for this machine before those for any.
    /// - Parameters:
    ///   - machine: excludes presets for other machines; nil excludes none.
    ///   - gas: excludes presets with another gas or none; nil excludes none.
    ///   - tolerance: nil for that of the settings.
    /// - Throws: `notFound` if none is near enough.
    package func presets(
        for material: Material, _ thickness: Length, on machine: Machine?, gas: Gas? = nil, within tolerance: Length? = nil
    ) throws -> [Preset] {
        let off = try tolerance ?? setting(Settings.presetTolerance)
        var fits: SQL = """
            material_id = \(material.id) AND preset.active AND thickness_um BETWEEN \(thickness.um - off.um) AND \(thickness.um + off.um)
            """
        if let machine { fits += " AND (machine_id IS NULL OR machine_id = \(machine.id))" }
        if let gas { fits += " AND gas = \(gas)" }
        let found = try data.all(
            """
            SELECT preset.id, preset.code, preset.name, machine.code, thickness_um, cut_speed_um_min, pierce_time_ms, gas, gas_pressure_millibar,
                nozzle
            FROM preset LEFT JOIN machine ON machine.id = preset.machine_id WHERE \(fits)
            ORDER BY cut_speed_um_min IS NULL, abs(thickness_um - \(thickness)), machine_id IS NULL, preset.name
            """
        ) { try Preset($0, of: material, for: thickness) }
        guard !found.isEmpty else {
            throw Failure(
                .notFound, .preset,
                "there is no preset for \(material.code) \(thickness) mm" + (gas.map { " with \($0.rawValue)" } ?? "")
                    + (machine.map { " on \($0.code)" } ?? ""),
                hint: "laseros preset add NAME --material \(material.code) --thickness \(thickness) --speed MM/MIN --pierce-time SECONDS")
        }
        return found
    }

    /// The machine whose presets are used: the pricing machine; nil if that is undecided.
    package func presetMachine() throws -> Machine? {
        do { return try quotingMachine() } catch let failure as Failure where [.refused, .notFound].contains(failure.kind) { return nil }
    }
}
