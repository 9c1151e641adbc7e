import Store
import Values

extension DecimalMark: Stored {}

/// What a shop takes `12/01/2026` for.
package enum DateOrderRule: String, Choice, Stored, Presentable {
    case ask, dmy, mdy

    /// Nil if somebody has to say it each time.
    package var order: DateOrder? { DateOrder(rawValue: rawValue) }
}

/// A setting of the shop, with its type, its default value and its description.
package struct Setting<Value: FieldValue>: Sendable {
    package let name: String
    package let initial: Value
    package let help: String
    /// What a valid value is, and the check for it.
    let wanted: String
    let allows: @Sendable (Value) -> Bool

    init(
        _ name: String, _ initial: Value, _ help: String, _ wanted: String = Value.expected,
        allows: @escaping @Sendable (Value) -> Bool = { _ in true }
    ) {
        (self.name, self.initial, self.help, self.wanted, self.allows) = (name, initial, help, wanted, allows)
    }
}

extension Setting where Value: StoredAsInt {
    /// - Parameters:
    ///   - kind: the words for a value: `an amount`.
    ///   - range: the allowed range as stored: in cents, micrometres or thousandths.
    init(_ name: String, _ initial: Value, _ help: String, _ kind: String, _ range: ClosedRange<Int>) {
        let ends = [range.lowerBound, range.upperBound].map { AnySetting.text(Value(stored: $0)) }
        self.init(name, initial, help, "\(kind) from \(ends[0]) to \(ends[1])") { range.contains($0.stored) }
    }
}

/// A setting with its type erased, for lists.
package struct AnySetting: Sendable {
    package let name: String
    package let initial: DisplayValue
    package let initialText: String
    package let help: String
    package let expected: String
    /// What a valid value is, for messages about a typed text.
    let wanted: @Sendable (String) -> String
    package let word: String
    package let choices: [String]
    package let type: ShownType
    /// The stored and the shown form of a typed text; nil if it is not valid.
    package let read: @Sendable (String) -> (text: String, shown: DisplayValue)?

    init<Value>(_ setting: Setting<Value>) {
        (name, initial, help) = (setting.name, setting.initial.shown, setting.help)
        (expected, word, choices, type) = (setting.wanted, Value.word, Value.choices, Value.shownType)
        initialText = AnySetting.text(setting.initial)
        wanted = { setting.wanted == Value.expected ? Value.wanted(for: $0) : setting.wanted }
        read = { typed in
            guard let value = Value(reading: typed), setting.allows(value) else { return nil }
            return (AnySetting.text(value), value.shown)
        }
    }

    fileprivate static func text<Value: FieldValue>(_ value: Value) -> String {
        switch value.shown {
        case .text(let text), .status(let text, _): text
        case .yes(let yes): yes ? "yes" : "no"
        case .int(let number): "\(number)"
        default: "\(value)"
        }
    }
}

/// All settings.
package enum Settings {
    package static let company = Setting("company_name", "Laser Shop", "the name on letterheads")
    package static let address = Setting("company_address", "", "the lines of the letterhead's address, separated by |")
    package static let deliveryAddress = Setting(
        "company_delivery_address", "", "where suppliers deliver, if not to company_address, lines separated by |")
    package static let email = Setting("company_email", "", "the address on letterheads")
    package static let phone = Setting("company_phone", "", "the telephone number on letterheads")
    package static let vatNumber = Setting("company_vat_number", "", "the VAT number on letterheads")
    package static let registration = Setting("company_registration", "", "the company's registration number on letterheads")
    package static let accent = Setting(
        "company_colour", Line("1f3a5f"), "the colour of letterheads, six hexadecimal digits", "six hexadecimal digits (1f3a5f)"
    ) { $0.text.count == 6 && $0.text.allSatisfy(\.isHexDigit) }
    package static let bankName = Setting("bank_name", "", "the bank that customers pay to")
    package static let bankAccount = Setting("bank_account", "", "the account that customers pay to")
    package static let bankBranch = Setting("bank_branch", "", "the branch code of that account")
    package static let bankHolder = Setting("bank_holder", "", "who that account belongs to")
    package static let timeZone = Setting("time_zone", Line("Africa/Johannesburg"), "where the shop stands: decides what day it is")
    package static let currency = Setting("currency", Line("R"), "the sign before amounts on paper, and read before or behind them")
    package static let decimal = Setting(
        "spreadsheet_decimal", DecimalMark.comma,
        "what stands before decimals in spreadsheets here: --excel writes it, with semicolons beside a comma")
    package static let dateOrder = Setting(
        "date_order", DateOrderRule.ask, "the order of day and month in dates like 12/01/2026, unless their column shows another")
    package static let defaultPriority = Setting("default_priority", Priority.normal, "the priority of a new project")
    package static let defaultMaterial = Setting("default_material", "", "the material of a new project; empty for none")
    package static let vatRate = Setting("vat_rate", Percent(hundredths: 1500), "VAT in percent", "a percentage", 0...10_000)
    package static let quoteDays = Setting("quote_valid_days", Count(30), "how many days a quote is valid", "a number of days", 1...3650)
    package static let quoteTerms = Setting(
        "quote_terms", "Prices hold until the date above. Cutting starts when payment has been received.", "the terms below a quote")
    package static let invoiceDays = Setting(
        "invoice_due_days", Count(30), "how many days an invoice may be paid in", "a number of days", 1...3650)
    package static let invoiceTerms = Setting("invoice_terms", "", "the terms below an invoice")
    package static let paymentRequest = Setting(
        "payment_request", "Please pay before cutting, with this reference.", "what stands beside the bank's details on a quote")
    package static let setup = Setting("price_setup", Money(cents: 15_000), "for setting up, once a line", "an amount", 0...100_000_000)
    package static let handling = Setting("price_handling", Money(cents: 500), "for handling, a piece", "an amount", 0...100_000_000)
    package static let markup = Setting(
        "price_markup", Percent(hundredths: 3000), "added to the cost, in percent of it", "a percentage", -10_000...1_000_000)
    package static let minimum = Setting("price_minimum", Money(cents: 25_000), "the least that a line costs", "an amount", 0...100_000_000)
    package static let materialMarkup = Setting(
        "price_material_markup", Percent(hundredths: 0), "added to the material, in percent of it", "a percentage", -10_000...1_000_000)
    package static let webGap = Setting(
        "price_web_gap", Length(um: 5000), "the margin charged around a part's box", "a length in millimetres", 0...1_000_000)
    package static let machine = Setting("price_machine", "", "the machine that quotes are priced for; empty for the only one")
    package static let acceleration = Setting(
        "time_acceleration", Quantity(thousandths: 10_000), "of the axes, in m/s2", "a number", 0...1_000_000)
    package static let rapid = Setting(
        "time_rapid_speed", Quantity(thousandths: 60_000_000), "the speed between contours, in mm a minute", "a number", 0...10_000_000_000)
    package static let deviation = Setting(
        "time_corner_deviation", Length(um: 30), "how far corners may be cut short, in mm", "a length in millimetres", 0...100_000)
    package static let head = Setting(
        "time_head", Seconds(ms: 500), "to lift and lower the head between contours, in seconds", "a time in seconds", 0...3_600_000)
    package static let leadIn = Setting(
        "time_lead_in", Length(um: 2000), "the way into a closed contour, in mm; at least the thickness", "a length in millimetres",
        0...1_000_000)
    package static let smallHole = Setting(
        "time_small_hole", Length(um: 6000), "holes are small up to this, in mm", "a length in millimetres", 0...10_000_000)
    package static let smallHoleRatio = Setting(
        "time_small_hole_ratio", Quantity(thousandths: 1500), "holes are small up to so many times the thickness", "a number", 0...1_000_000
    )
    package static let smallHoleFeed = Setting(
        "time_small_hole_feed", Percent(hundredths: 5000), "how fast small holes are cut, in percent", "a percentage", 0...100_000)
    package static let engraveFeed = Setting(
        "time_engrave_feed", Quantity(thousandths: 6_000_000), "the feed of engraving, in mm a minute", "a number", 0...10_000_000_000)
    package static let fileLimit = Setting(
        "file_size_limit_mb", Count(50), "the largest file that can be attached, in MiB", "a whole number", 1...100_000)
    package static let fileTypes = Setting(
        "file_types", Line("dxf,lbrn2,pdf,jpg,jpeg,png,doc,docx,xlsx,xls,csv,txt,zip"), "the types of file that can be attached")

    package static let backupFolder = Setting(
        "backup_folder", "", "where `backup` puts archives and looks for them: a path, from the shop's folder on; empty for backups/")
    package static let backupRecipients = Setting(
        "backup_recipients", "", "whom encrypted backups are for: public keys of age, separated by commas",
        "public keys of age (age1...), separated by commas"
    ) { (try? BackupSeal.recipients($0)) != nil }

    package static let presetTolerance = Setting(
        "preset_tolerance", Length(um: 300), "how far the thickness of a preset may be from that of the sheet, in mm",
        "a length in millimetres", 0...10_000)

    package static let labelSize = Setting(
        "label_size", Size(width: Length(um: 62_000), height: Length(um: 29_000)), "the size of labels: width x height in mm",
        "a size from 10x10 to 300x300 mm (62x29)"
    ) { Settings.isLabelSize($0) }

    package static func isLabelSize(_ size: Size) -> Bool { [size.width, size.height].allSatisfy { (10_000...300_000).contains($0.um) } }

    package static let all: [AnySetting] = [
        AnySetting(company), AnySetting(address), AnySetting(deliveryAddress), AnySetting(email), AnySetting(phone), AnySetting(vatNumber),
        AnySetting(registration), AnySetting(accent), AnySetting(bankName), AnySetting(bankAccount), AnySetting(bankBranch),
        AnySetting(bankHolder),
        AnySetting(timeZone), AnySetting(currency), AnySetting(decimal), AnySetting(dateOrder),
        AnySetting(defaultPriority), AnySetting(defaultMaterial), AnySetting(vatRate), AnySetting(quoteDays), AnySetting(quoteTerms),
        AnySetting(reminderDays), AnySetting(cancelsExpired), AnySetting(popDays), AnySetting(popCounts), AnySetting(holidays),
        AnySetting(hours),
        AnySetting(invoiceDays), AnySetting(invoiceTerms), AnySetting(paymentRequest),
        AnySetting(setup), AnySetting(handling), AnySetting(markup), AnySetting(minimum),
        AnySetting(materialMarkup), AnySetting(webGap), AnySetting(machine), AnySetting(acceleration), AnySetting(rapid),
        AnySetting(deviation), AnySetting(head), AnySetting(leadIn), AnySetting(smallHole), AnySetting(smallHoleRatio),
        AnySetting(smallHoleFeed), AnySetting(engraveFeed), AnySetting(presetTolerance), AnySetting(labelSize), AnySetting(sheetFill),
        AnySetting(fileLimit), AnySetting(fileTypes), AnySetting(processes), AnySetting(backupFolder), AnySetting(backupRecipients),
        AnySetting(autoQueue), AnySetting(remnants), AnySetting(remnantMargin), AnySetting(remnantGap),
    ]

    /// Aliases are settings, too: `alias.next`.
    package static let aliasPrefix = "alias."

    /// - Throws: `notFound` with the most similar name.
    package static func named(_ name: String) throws -> AnySetting {
        if name.hasPrefix(aliasPrefix) { return AnySetting(Setting(name, "", "the words of a command line that the name stands for")) }
        guard let setting = all.first(where: { $0.name == name }) else {
            throw Failure(
                .notFound, .settings, "there is no setting '\(name)'",
                hint: suggestion(for: name, among: all.map(\.name)) ?? "laseros config list")
        }
        return setting
    }
}

extension Shop {
    /// Whether an amount has no currency sign or that of the shop.
    func isOwnCurrency(_ amount: String) throws -> Bool {
        let sign = Decimal.currency(of: amount)
        return try sign.isEmpty || sign.lowercased() == setting(Settings.currency).text.lowercased()
    }

    /// - Throws: `usage` for an amount with the sign of another currency.
    package func demandOwnCurrency(_ amount: String) throws {
        guard try isOwnCurrency(amount) else {
            throw Failure(.usage, .reading, "'\(amount)' is not an amount in \(try setting(Settings.currency).text)")
        }
    }

    /// A warning about an unusual value; nil if there is none.
    package static func doubt(of name: String, _ text: String) -> String? {
        guard let setting = Settings.all.first(where: { $0.name == name }), setting.type == .percent,
            let percent = Percent(reading: text), (1..<100).contains(percent.hundredths.magnitude)
        else { return nil }
        let whole = Percent(hundredths: percent.hundredths * 100)
        return "warning: \(name) is \(percent) %, less than one in a hundred: \(whole) % is typed as \(whole)"
    }

    /// Stores a setting, or removes it if the text is nil.
    package func set(_ setting: AnySetting, to text: String?) throws {
        guard let text else {
            try data.run("DELETE FROM setting WHERE name = \(setting.name)")
            return forgetSettings()
        }
        guard let kept = setting.read(text) else {
            throw Failure(.usage, .settings, "'\(text)' is not \(setting.wanted(text)): \(setting.name)")
        }
        if setting.type == .money { try demandOwnCurrency(text) }
        if setting.name == Settings.timeZone.name { _ = try Zone(named: kept.text) }
        try data.run(
            "INSERT INTO setting (name, value) VALUES (\(setting.name), \(kept.text)) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        forgetSettings()
    }
}
