import Drawings
import Store
import Values

/// The cutting speed and pierce time for a material and thickness, with their source.
package struct CuttingRate: Sendable {
    package var material: String
    package var thickness: Length
    /// In mm per minute.
    package var feed: Quantity
    package var pierce: Seconds
    /// `PS-0001 MS 3 O2`, `rates.csv line 4`.
    package var source: String

    package init(material: String, thickness: Length, feed: Quantity, pierce: Seconds, source: String) {
        (self.material, self.thickness, self.feed, self.pierce, self.source) = (material, thickness, feed, pierce, source)
    }
}

/// The rates of many materials and thicknesses.
package struct RateTable: Sendable {
    private let rates: [CuttingRate]

    package init(_ rates: [CuttingRate]) { self.rates = rates }

    /// Returns the rate of a material for this thickness, or for the nearest within 0.3 mm.
    /// - Throws: `notFound`, with the available thicknesses.
    package func rate(_ names: [String], _ thickness: Length, in name: String) throws -> CuttingRate {
        let wanted = Set(names.map { $0.lowercased() }), own = rates.filter { wanted.contains($0.material.lowercased()) }
        guard !own.isEmpty else {
            let known = Array(Set(rates.map(\.material))).sorted()
            throw Failure(
                .notFound, .cuttingRate, "\(name) has no material '\(names[0])'",
                hint: suggestion(for: names[0], among: known) ?? "it has \(known.joined(separator: ", "))")
        }
        func off(_ rate: CuttingRate) -> Int { abs(rate.thickness.um - thickness.um) }
        guard let best = own.min(by: { (off($0), $0.thickness) < (off($1), $1.thickness) }), off(best) <= 300 else {
            let known = own.map(\.thickness).sorted().map(\.description).joined(separator: ", ")
            throw Failure(.notFound, .cuttingRate, "\(name) has no rate for \(names[0]) \(thickness) mm", hint: "it has \(known) mm")
        }
        return best
    }

    /// Warns of implausible rates: a thicker sheet of the same material that is cut or pierced faster.
    package var warnings: [String] {
        var warnings: [String] = []
        for material in Array(Set(rates.map(\.material))).sorted() {
            let own = rates.filter { $0.material == material }.sorted { ($0.thickness, $1.feed) < ($1.thickness, $0.feed) }
            for (thin, thick) in zip(own, own.dropFirst()) where thin.thickness < thick.thickness {
                let places = "\(material) \(thick.thickness) mm (\(thick.source))"
                if thick.feed > thin.feed {
                    warnings.append(
                        "\(places) is cut at \(thick.feed) mm/min, faster than \(thin.thickness) mm at \(thin.feed): is that right?")
                }
                if thick.pierce < thin.pierce {
                    warnings.append(
                        "\(places) is pierced in \(thick.pierce) s, sooner than \(thin.thickness) mm in \(thin.pierce) s: is that right?")
                }
            }
        }
        return warnings
    }
}

extension Shop {
    /// The rate of the preset with a code or name.
    package func cuttingRate(preset typed: String) throws -> CuttingRate {
        let found = try find(try noun("preset"), typed)
        let rate = try data.one(
            """
            SELECT preset.code, preset.name, material.code, thickness_um, cut_speed_um_min, pierce_time_ms FROM preset
            JOIN material ON material.id = preset.material_id WHERE preset.id = \(found.id)
            """
        ) { row -> (rate: CuttingRate, hasSpeed: Bool) in
            let speed: Quantity? = try row.get(4), pierce: Seconds? = try row.get(5)
            let rate = CuttingRate(
                material: row.text(2), thickness: try row.get(3), feed: speed ?? Quantity(thousandths: 0), pierce: pierce ?? Seconds(ms: 0),
                source: "\(row.text(0)) '\(row.text(1))'")
            return (rate, speed.map { $0.thousandths > 0 } ?? false)
        }
        guard let rate, rate.hasSpeed else { throw Shop.noSpeed(found.code) }
        return rate.rate
    }

    /// The rate of the best preset for a material and thickness on the pricing machine.
    package func cuttingRate(_ material: Material, _ thickness: Length) throws -> CuttingRate {
        let preset = try presets(for: material, thickness, on: presetMachine())[0]
        guard let speed = preset.speed, speed.thousandths > 0 else { throw Shop.noSpeed(preset.code) }
        return CuttingRate(
            material: material.code, thickness: preset.thickness, feed: speed, pierce: preset.pierce ?? Seconds(ms: 0),
            source: "\(preset.code) '\(preset.name)'")
    }

    private static func noSpeed(_ code: String) -> Failure {
        Failure(.refused, .cuttingRate, "preset \(code) has no cutting speed", hint: "laseros preset edit \(code) --speed MM/MIN")
    }

    /// The active presets of a material as tables, one per machine and gas, because only those are comparable.
    package func presetTables(of materials: Set<String>) throws -> [RateTable] {
        var tables: [String: [CuttingRate]] = [:]
        for material in try materials.sorted().map({ try self.material($0) }) {
            let rows = try data.all(
                """
                SELECT code, name, thickness_um, cut_speed_um_min, pierce_time_ms, machine_id, gas FROM preset
                WHERE material_id = \(material.id) AND active AND cut_speed_um_min IS NOT NULL ORDER BY thickness_um, code
                """
            ) { row in
                let rate = CuttingRate(
                    material: material.code, thickness: try row.get(2), feed: try row.get(3), pierce: try row.get(4) ?? Seconds(ms: 0),
                    source: "\(row.text(0)) '\(row.text(1))'")
                return (key: "\(material.code) \(row.int(5)) \(row.text(6))", rate: rate)
            }
            for row in rows { tables[row.key, default: []].append(row.rate) }
        }
        return tables.sorted { $0.key < $1.key }.map { RateTable($0.value) }
    }
}

extension CutTime.Rates {
    /// The rates for a sheet, with the machine settings of the shop; without a shop, with their defaults.
    package init(_ rate: CuttingRate, thickness: Length, shop: Shop?) throws {
        func set<Value>(_ setting: Setting<Value>) throws -> Value { try shop?.setting(setting) ?? setting.initial }
        func number(_ setting: Setting<Quantity>) throws -> Double { Double(try set(setting).thousandths) / 1000 }
        self.init(
            feed: Double(rate.feed.thousandths) / 1000, pierce: Double(rate.pierce.ms) / 1000, thickness: thickness.millimetres)
        engraveFeed = try number(Settings.engraveFeed)
        smallHoleFeed = Double(try set(Settings.smallHoleFeed).hundredths) / 10_000
        smallHole = try set(Settings.smallHole).millimetres
        smallHoleRatio = try number(Settings.smallHoleRatio)
        leadIn = try set(Settings.leadIn).millimetres
        motion = MachineMotion(
            acceleration: try number(Settings.acceleration) * 1000, deviation: try set(Settings.deviation).millimetres,
            rapid: try number(Settings.rapid) / 60, head: Double(try set(Settings.head).ms) / 1000)
        for (name, value) in [
            (Settings.engraveFeed.name, engraveFeed), (Settings.smallHoleFeed.name, smallHoleFeed),
            (Settings.acceleration.name, motion.acceleration),
            (Settings.rapid.name, motion.rapid),
        ] where !(value > 0) {
            throw Failure(.refused, .cuttingRate, "\(name) is 0: nothing would ever be cut", hint: "laseros config set \(name) NUMBER")
        }
    }
}
