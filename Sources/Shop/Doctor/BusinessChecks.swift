import Store
import Values

// What papers and prices need.

@Sendable func findTimeZone(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let name = try shop.setting(Settings.timeZone).text
    guard (try? Zone(named: name)) != nil else {
        return [.lacks("this machine does not know the time zone \(name): tzdata is missing", mend: "sudo apt-get install tzdata")]
    }
    guard try shop.storedSettings()[Settings.timeZone.name] != nil else {
        let mend = surroundings.laseros("config set time_zone \(name)")
        return [.lacks("nobody has said where the shop stands: it goes by the clocks of \(name)", mend: mend)]
    }
    return [.well("the shop goes by the clocks of \(name)")]
}

@Sendable func findLetterhead(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    try [
        found(Settings.company, "the shop's name", "'THE NAME'", shop, surroundings),
        found(Settings.address, "the shop's address", "'STREET|TOWN|CODE'", shop, surroundings),
        found(Settings.phone, "a telephone number", "'NUMBER'", shop, surroundings),
        found(Settings.email, "an email address", "ADDRESS", shop, surroundings),
    ]
}

@Sendable func findVAT(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let rate = try shop.setting(Settings.vatRate)
    guard rate.hundredths > 0 else { return [.well("no VAT is charged")] }
    return [try found(Settings.vatNumber, "\(rate) % VAT is charged, but the VAT number", "NUMBER", shop, surroundings)]
}

@Sendable func findBank(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    try [
        found(Settings.bankName, "the bank that customers pay to", "'THE BANK'", shop, surroundings),
        found(Settings.bankAccount, "the account that customers pay to", "NUMBER", shop, surroundings),
    ]
}

/// Whether a text for papers is set.
private func found(
    _ setting: Setting<String>, _ what: String, _ placeholder: String, _ shop: Shop, _ surroundings: Surroundings
) throws -> Finding {
    guard try !(shop.storedSettings()[setting.name] ?? "").isEmpty else {
        return .lacks("\(what) is not set: papers go without it", mend: surroundings.laseros("config set \(setting.name) \(placeholder)"))
    }
    return .well("\(setting.name) is set")
}

@Sendable func findMachines(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let machine = try shop.quotingMachine()
    _ = try shop.hourlyRate(machine, on: try shop.today())
    return [.well("quotes are priced for machine \(machine.code)")]
}

@Sendable func findPresets(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    guard let material = try shop.data.one("SELECT code FROM material ORDER BY id LIMIT 1", { $0.text(0) }) else {
        return [
            .lacks("there is no material: nothing can be quoted", mend: surroundings.laseros("material add CODE NAME --density NUMBER"))
        ]
    }
    let count = try shop.data.one("SELECT count(*) FROM preset WHERE cut_speed_um_min > 0") { $0.int(0) } ?? 0
    guard count > 0 else {
        let mend = "preset add NAME --material \(material) --thickness MM --speed MM/MIN --pierce-time SECONDS"
        return [.lacks("no preset says how fast a material is cut: nothing can be quoted", mend: surroundings.laseros(mend))]
    }
    return [.well("\(counted(count, "preset")) with a cutting speed")]
}

@Sendable func findPrices(_ shop: Shop, _ surroundings: Surroundings) throws -> [Finding] {
    let today = try shop.today()
    let unpriced = try shop.data.all(
        """
        SELECT code FROM material WHERE id IN (SELECT material_id FROM preset WHERE cut_speed_um_min > 0) AND NOT EXISTS (
            SELECT 1 FROM price WHERE kind IN ('material-kg', 'material-sheet') AND key IN (material.code, material.name)
            AND valid_from <= \(today)) ORDER BY id
        """
    ) { $0.text(0) }
    guard unpriced.isEmpty else {
        return unpriced.map { code in
            .lacks(
                "\(code) is cut but has no price: it can be quoted only where customers bring it",
                mend: surroundings.laseros("price add material-kg \(ShellLine.quoted(code)) AMOUNT"))
        }
    }
    return [.well("every material that is cut has a price")]
}
