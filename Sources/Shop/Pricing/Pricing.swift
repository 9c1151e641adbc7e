import Store
import Values

/// The properties of a part that determine its price.
package struct Part: Sendable {
    package var cutLength: Length
    package var pierces: Int
    package var width: Length
    package var height: Length
    /// The number of bend lines.
    package var bends = 0
}

/// The rates of a line, looked up once before it is priced.
package struct Rates: Sendable {
    package var material: Material
    package var thickness: Length
    /// Nil if the customer brings the material, or it is cut from a remnant whose cost is known.
    package var materialPrice: Price?
    /// What it is cut from in place of a new sheet.
    package var remnant: StockedRemnant?
    package var preset: Preset
    package var machine: Machine
    package var hour: Money
    package var hourSource: String
    package var gas: Price?
    package var finishes: [(operation: Operation, price: Price)]
    package var setup, handling, minimum: Money
    package var markup, materialMarkup: Percent
    package var gap: Length
    /// What the client has off the price.
    package var discount: Percent?
}

extension Shop {
    /// Returns all rates for a material and thickness on a day.
    /// - Throws: `refused`, with what is missing and how to add it.
    package func rates(
        _ material: Material, _ thickness: Length, finish: String?, isCustomerMaterial: Bool = false, on day: Day
    ) throws -> Rates {
        let machine = try quotingMachine()
        let preset = try presets(for: material, thickness, on: machine)[0]
        guard preset.speed != nil else {
            throw Failure(
                .refused, .pricing, "preset \(preset.code) '\(preset.name)' has no cutting speed",
                hint: "laseros preset edit \(preset.code) --speed MM/MIN")
        }
        let (hour, source) = try hourlyRate(machine, on: day)
        return Rates(
            material: material, thickness: thickness,
            materialPrice: try isCustomerMaterial ? nil : materialPrice(material, thickness, on: day), preset: preset,
            machine: machine, hour: hour, hourSource: source,
            gas: try preset.gas.flatMap { try prices(.gas, [$0.rawValue], on: day).first },
            finishes: try finish.map { try finishes($0).map { try finishPrice($0, on: day) } } ?? [],
            setup: try setting(Settings.setup), handling: try setting(Settings.handling), minimum: try setting(Settings.minimum),
            markup: try setting(Settings.markup), materialMarkup: try setting(Settings.materialMarkup), gap: try setting(Settings.webGap))
    }

    func hourlyRate(_ machine: Machine, on day: Day) throws -> (Money, String) {
        if let price = try prices(.machineHour, [machine.code], on: day).first {
            return (Money(cents: Decimal.scale(price.amount.millionths, 1, over: 10_000)), price.code)
        }
        guard let rate = machine.hourlyRate else {
            throw Failure(
                .refused, .pricing, "machine \(machine.code) has no hourly rate", hint: "laseros machine edit \(machine.code) --rate AMOUNT"
            )
        }
        return (rate, machine.code)
    }

    /// A price per sheet of this thickness takes precedence over a price per kilogram.
    private func materialPrice(_ material: Material, _ thickness: Length, on day: Day) throws -> Price {
        let sheets = try prices(.materialSheet, material.names, thickness: thickness, on: day).filter {
            $0.thickness != nil && $0.size != nil
        }
        if let sheet = sheets.first { return sheet }
        guard let kilogram = try prices(.materialKilogram, material.names, thickness: thickness, on: day).first else {
            throw Failure(
                .refused, .pricing, "there is no price for \(material.code) \(thickness) mm on \(day)",
                hint: "laseros price add material-kg \(material.code) AMOUNT")
        }
        return kilogram
    }

    private func finishPrice(_ finish: String, on day: Day) throws -> (Operation, Price) {
        let operation = try operation(called: finish)
        guard let operation, let price = try prices(.finishing, [operation.code], on: day).first else {
            let code = operation?.code ?? finish
            let known = try data.all("SELECT code FROM operation ORDER BY id") { $0.text(0) }
            let hint = operation == nil ? suggestion(for: finish, among: known) : nil
            throw Failure(
                .refused, .pricing, "there is no price for the finish '\(finish)' on \(day)",
                hint: hint ?? "laseros price add finishing \(ShellLine.text([code])) AMOUNT")
        }
        return (operation, price)
    }
}

extension Rates {
    /// Prices a line. Every term is calculated exactly for all pieces and rounded once, half a cent away from zero.
    package func price(_ part: Part, quantity: Int) throws -> LinePrice {
        var terms = [try materialTerm(part, quantity)]
        if materialPrice != nil || remnant != nil, materialMarkup.hundredths != 0 {
            terms.append(
                Term(
                    name: "material markup", basis: "\(materialMarkup) % of \(terms[0].amount)",
                    amount: try share(materialMarkup, of: terms[0].amount)))
        }
        terms += [try cuttingTerm(part, quantity), try piercingTerm(part, quantity)]
        if let gas = try gasTerm(part, quantity) { terms.append(gas) }
        for finish in finishes { terms.append(try term(finish.operation, finish.price, part, quantity)) }
        terms.append(Term(name: "setup", basis: "once", amount: setup))
        terms.append(Term(name: "handling", basis: "\(quantity) x \(handling)", amount: try cents([handling.cents, quantity], over: [1])))
        let cost = terms.reduce(Money.zero) { $0 + $1.amount }, added = try share(markup, of: cost)
        var price = cost + added
        terms.append(Term(name: "markup", basis: "\(markup) % of \(cost)", amount: added))
        if let discount, discount.hundredths != 0 {
            let less = try share(discount, of: price)
            terms.append(Term(name: "discount", basis: "\(discount) % of \(price), the client's", amount: -less))
            price = price - less
        }
        // A line that costs less than half a cent is refused, unless all its rates are zero.
        let isFree =
            materialPrice?.amount.millionths ?? 0 == 0 && remnant?.cost ?? .zero == .zero && hour == .zero
            && finishes.allSatisfy { $0.price.amount.millionths == 0 }
        let least = cost == .zero && !isFree ? max(minimum, Money(cents: 1)) : minimum
        if price < least { terms.append(Term(name: "minimum", basis: "\(least) - \(price)", amount: least - price)) }
        guard (terms.reduce(Money.zero) { $0 + $1.amount }).isSound else { throw Rates.tooLarge }
        return try LinePrice(terms, quantity: Quantity(thousandths: quantity * 1000))
    }

    /// The material term: the bounding box with a margin on each side, as a share of a sheet or by mass; or all that the remnant cost, since
    /// what is left of one is rarely used again.
    private func materialTerm(_ part: Part, _ quantity: Int) throws -> Term {
        if let remnant, let cost = remnant.cost { return Term(name: "material", basis: "remnant \(remnant.words)", amount: cost) }
        var term = try sheetTerm(part, quantity)
        if let remnant { term.basis += ", as a new sheet: the cost of remnant \(remnant.words) is not known" }
        return term
    }

    private func sheetTerm(_ part: Part, _ quantity: Int) throws -> Term {
        guard let materialPrice else { return Term(name: "material", basis: "the customer's material", amount: .zero) }
        let width = part.width.um + 2 * gap.um, height = part.height.um + 2 * gap.um
        let box = "\(quantity) x (\(Length(um: width)) x \(Length(um: height)) mm"
        if let sheet = materialPrice.size {
            // millionths of the currency x areas, over the sheet's area and 10,000 millionths a cent
            let amount = try cents(
                [materialPrice.amount.millionths, width, height, quantity], over: [sheet.width.um, sheet.height.um, 10_000])
            return Term(
                name: "material", basis: "\(box) of \(sheet)) at \(materialPrice.amount) a sheet (\(materialPrice.code))", amount: amount)
        }
        // um3 x thousandths of g/cm3 = 10^-15 g, so 10^-18 kg; over 10,000 millionths a cent
        let amount = try cents(
            [materialPrice.amount.millionths, width, height, thickness.um, material.density.thousandths, quantity],
            over: [1_000_000_000_000_000_000, 10_000])
        let grams = try cents([width, height, thickness.um, material.density.thousandths, quantity], over: [1_000_000_000_000_000])
        let mass = Decimal.text(grams.cents, places: 3, least: 3)
        return Term(
            name: "material",
            basis: "\(box) x \(thickness) mm x \(material.density) g/cm3) = \(mass) kg at \(materialPrice.amount) (\(materialPrice.code))",
            amount: amount)
    }

    /// The term of an operation, by its unit.
    private func term(_ operation: Operation, _ price: Price, _ part: Part, _ quantity: Int) throws -> Term {
        let rate = price.amount.millionths, at = "\(price.amount) (\(price.code))"
        func term(_ count: String, _ factors: [Int], over divisors: [Int]) throws -> Term {
            Term(
                name: "finish \(operation.name)", basis: "\(quantity) x \(count)\(at)",
                amount: try cents([rate, quantity] + factors, over: divisors))
        }
        switch operation.charge {
        case .piece: return try term("", [], over: [10_000])
        case .bend:
            guard part.bends > 0 else {
                throw Failure(
                    .refused, .pricing, "'\(operation.code)' is charged by the bend, and the drawing has no bend lines",
                    hint: "laseros operation edit \(operation.code) --charge piece, or laseros config set dxf_processes")
            }
            return try term("\(counted(part.bends, "bend")) at ", [part.bends], over: [10_000])
        // um in a metre
        case .metre: return try term("\(part.cutLength) mm at ", [part.cutLength.um], over: [1_000_000, 10_000])
        // um2 in a square metre
        case .squareMetre:
            return try term(
                "(\(part.width) x \(part.height) mm) at ", [part.width.um, part.height.um], over: [1_000_000_000_000, 10_000])
        }
    }

    private func cuttingTerm(_ part: Part, _ quantity: Int) throws -> Term {
        let speed = preset.speed?.thousandths ?? 1
        // um over um a minute and 60 minutes an hour
        let amount = try cents([hour.cents, part.cutLength.um, quantity], over: [speed, 60])
        let time = try cuttingTime(part, quantity)
        return Term(
            name: "cutting",
            basis:
                "\(quantity) x \(part.cutLength) mm at \(Quantity(thousandths: speed)) mm/min (\(preset.code)) = \(time) s at \(hour) an hour (\(hourSource))",
            amount: amount)
    }

    private func cuttingTime(_ part: Part, _ quantity: Int) throws -> Seconds {
        Seconds(ms: try cents([part.cutLength.um, 60_000, quantity], over: [preset.speed?.thousandths ?? 1]).cents)
    }

    private func piercingTerm(_ part: Part, _ quantity: Int) throws -> Term {
        guard let pierce = preset.pierce else {
            return Term(name: "piercing", basis: "\(preset.code) has no pierce time", amount: .zero)
        }
        let amount = try cents([hour.cents, part.pierces, pierce.ms, quantity], over: [3_600_000])
        return Term(
            name: "piercing", basis: "\(quantity) x \(part.pierces) x \(pierce) s (\(preset.code)) at \(hour) an hour (\(hourSource))",
            amount: amount)
    }

    /// Choked flow through the nozzle: 0.52 x 0.9 x d2 [mm2] x (p [bar] + 1) Nm3 an hour, while cutting and piercing.
    private func gasTerm(_ part: Part, _ quantity: Int) throws -> Term? {
        guard let gas, let pressure = preset.pressure, let nozzle = preset.nozzle.flatMap(Rates.bore) else { return nil }
        let time = try cuttingTime(part, quantity).ms + cents([part.pierces, preset.pierce?.ms ?? 0, quantity], over: [1]).cents
        let flow = [468, nozzle.um, nozzle.um, pressure.thousandths + 1000]
        let litres = try cents(flow + [time], over: [1_000_000_000, 3_600_000]).cents
        let amount = try cents([gas.amount.millionths] + flow + [time], over: [1_000_000_000_000, 3_600_000, 10_000])
        let volume = Decimal.text(litres, places: 3, least: 3)
        return Term(
            name: "gas",
            basis: """
                \(preset.gas?.rawValue ?? "") 0.468 x (\(nozzle) mm)^2 x (\(pressure) bar + 1) an hour (\(preset.code)) x \(Seconds(ms: time)) s \
                = \(volume) Nm3 at \(gas.amount) (\(gas.code))
                """,
            amount: amount)
    }

    /// The bore at the start of a nozzle's name: `1.5mm Single`.
    static func bore(_ nozzle: String) -> Length? {
        let digits = nozzle.prefix { $0.isNumber || $0 == "." }
        return Length(reading: String(digits)).flatMap { $0.um > 0 ? $0 : nil }
    }

    private static let tooLarge = Failure(.refused, .pricing, "the price of this line is too large")

    private func share(_ percent: Percent, of money: Money) throws -> Money {
        try cents([money.cents, percent.hundredths], over: [10_000])
    }

    /// A fraction of integers in cents, limited so that the sum of a line's terms does not overflow.
    private func cents(_ factors: [Int], over divisors: [Int]) throws -> Money {
        guard let above = Rates.product(factors), let below = Rates.product(divisors), below > 0,
            case let money = Money(cents: Decimal.rounded(above, over: below)), money.isSound
        else { throw Rates.tooLarge }
        return money
    }

    private static func product(_ factors: [Int]) -> Int128? {
        var product: Int128 = 1
        for factor in factors {
            let (next, over) = product.multipliedReportingOverflow(by: Int128(factor))
            if over { return nil }
            product = next
        }
        return product
    }
}
