import Store
import Values

extension Noun {
    /// A material to cut.
    package static let material: Noun = {
        var noun = Noun(
            "material", "Materials: density, kerf and other names", coding: .typed,
            [
                Field("name", Line.self, "--name NAME", "the full name", operand: "NAME", sorts: true).short(),
                Field("aliases", Line.self, "--aliases A,B,...", "other names, as used in file names"),
                Field(
                    "density", Quantity.self, "--density G/CM3", "density in g/cm3", column: "density_kg_m3", required: true),
                Field("kerf_mm", Length.self, "--kerf MM", "the width of the cut", column: "kerf_um"),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
            ])
        noun.otherNames = "aliases"
        noun.children = [.files(of: "material")]
        noun.check = { shop, record in
            shop.forgetWords(of: .material)
            try shop.rekeyPrices(materialPrices, of: .material, record)
            try shop.rename(Settings.defaultMaterial, with: record)
        }
        noun.beforeRemoval = { shop, id in
            shop.forgetWords(of: .material)
            try shop.demandNoPrices(materialPrices, of: .material, id)
            if try shop.defaultMaterial()?.id == id { try shop.set(AnySetting(Settings.defaultMaterial), to: nil) }
        }
        noun.examples = ["add": ["laseros material add SS304 'Stainless Steel 304' --density 8 --aliases 304,INOX --kerf 0.15"]]
        return noun
    }()

    private static let materialPrices: [PriceKind] = [.materialKilogram, .materialSheet]

    /// A work centre: a machine, or a place where one job at a time is worked on.
    package static let machine: Noun = {
        var noun = Noun(
            "machine", "Machines and other work centres: bed, power, hours and hourly rate", coding: .typed,
            [
                Field("name", Line.self, "--name NAME", "the full name", operand: "NAME", sorts: true).short(),
                Field(
                    "kind", MachineKind.self, "--kind KIND", "what is done there; a laser where nothing is said", filters: true),
                Field("bed", Size.self, "--bed SIZE", "the largest sheet, width x height in mm"),
                Field("power_w", Int.self, "--power WATT", "the laser's power"),
                Field("gases", Gases.self, "--gases GAS,...", "the gases that it cuts with", wide: true),
                Field(
                    "hours", WorkingHours.self, "--hours HOURS", "when it works; else as the shop does (the setting `hours`)", wide: true),
                Field("hourly_rate", Money.self, "--rate AMOUNT", "price per hour", column: "hourly_rate_cents"),
                Field("active", Bool.self, "--active yes|no", "whether it works").unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true),
            ])
        noun.children = [.machineException, .files(of: "machine")]
        noun.check = { shop, record in
            shop.forgetWords(of: .machine)
            try shop.rekeyPrices([.machineHour], of: .machine, record)
            try shop.renamePricedMachine(record)
        }
        noun.beforeRemoval = { shop, id in
            shop.forgetWords(of: .machine)
            try shop.demandNoPrices([.machineHour], of: .machine, id)
        }
        noun.examples = [
            "add": [
                "laseros machine add CO2 'CO2 laser' --bed 1300x900 --power 150 --rate 320",
                "laseros machine add BEND1 'Press brake' --kind press-brake --hours 'Mon-Fri 06:00-14:00'",
            ],
            "exception edit": ["laseros machine exception edit last 1 --until 2027-01-08"],
            "exception add": [
                "laseros machine exception add last --from 2026-12-24 --until 2027-01-02 --reason repair",
                "laseros machine exception add last --from 2026-12-05 --hours 07:00-12:00 --reason overtime",
            ],
        ]
        return noun
    }()
}

/// A material, for rules and pricing.
package struct Material: Sendable {
    package var id: Int
    package var code: String
    package var name: String
    package var aliases: [String]
    package var density: Quantity
    package var kerf: Length

    /// All words for the material.
    package var names: [String] { [code, name] + aliases }
}

/// A machine, for rules and pricing.
package struct Machine: Sendable {
    package var id: Int
    package var code: String
    package var bed: Size?
    package var hourlyRate: Money?
    package var kind: MachineKind

    static let columns: SQL = "id, code, bed, hourly_rate_cents, kind"

    init(_ row: Row) throws {
        (id, code, bed, hourlyRate, kind) = (row.int(0), row.text(1), try row.get(2), try row.get(3), try row.get(4))
    }
}

extension Shop {
    package func materials() throws -> [Material] {
        try data.all("SELECT id, code, name, aliases, density_kg_m3, kerf_um FROM material ORDER BY id") { row in
            Material(
                id: row.int(0), code: row.text(1), name: row.text(2),
                aliases: row.text(3).split(separator: ",").map { String(String($0).trimmed) }, density: try row.get(4), kerf: try row.get(5)
            )
        }
    }

    /// Finds a material by part of its code or name, or by one of its other names.
    package func material(_ typed: String) throws -> Material {
        let found = try find(.material, typed)
        guard let material = try materials().first(where: { $0.id == found.id }) else {
            throw Failure(.notFound, .material, "there is no material '\(typed)'")
        }
        return material
    }

    package func machine(_ typed: String) throws -> Machine {
        let id = try find(.machine, typed).id
        guard let machine = try data.one("SELECT \(Machine.columns) FROM machine WHERE id = \(id)", Machine.init) else {
            throw Failure(.notFound, .material, "there is no machine '\(typed)'")
        }
        return machine
    }

    /// Updates the setting that names the machine when its code changes.
    func renamePricedMachine(_ record: Record) throws { try rename(Settings.machine, with: record) }

    /// Changes a setting that names a record together with its code.
    fileprivate func rename(_ setting: Setting<String>, with record: Record) throws {
        guard let id = record.id, let code = record.code, case let wanted = try self.setting(setting), !wanted.isEmpty,
            (try? find(record.noun, wanted).id) == id
        else { return }
        try set(AnySetting(setting), to: code)
    }

    /// The machine for which quotes are priced: the one in the settings, or the only active laser.
    package func quotingMachine() throws -> Machine {
        let all = try data.all("SELECT \(Machine.columns) FROM machine WHERE active ORDER BY id", Machine.init)
        let wanted = try setting(Settings.machine)
        if !wanted.isEmpty {
            let id = try find(.machine, wanted).id
            if let machine = all.first(where: { $0.id == id }) { return machine }
            throw Failure(.refused, .material, "machine \(wanted) is not at work", hint: "laseros config set price_machine CODE")
        }
        let lasers = all.filter { $0.kind == .laser }
        guard let first = lasers.first else {
            throw Failure(
                .refused, .material, "there is no machine to price for", hint: "laseros machine add CODE NAME --bed 3000x1500 --rate 850")
        }
        guard lasers.count == 1 else {
            throw Failure(
                .refused, .material, "there are \(lasers.count) machines to price for",
                hint: "laseros config set price_machine \(first.code)")
        }
        return first
    }
}
