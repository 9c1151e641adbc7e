import Drawings
import Security
import Store
import Values

/// Lines with the same key have the same rates.
private struct RateKey: Hashable {
    var material: Int
    var thickness: Length
    var finish: String?
    var isCustomerMaterial: Bool
}

/// The price of a line, and the remnant that it is cut from.
private struct Priced {
    var price: LinePrice
    var remnant: StockedRemnant?
}

/// What a quote is created with, besides its lines.
package struct QuoteRequest: Sendable {
    package var client: Int
    package var project: Int?
    package var reference: String?
    package var notes: String?
    package var terms: String?
    package var validUntil: Day?
    /// The id of the contact whom it is addressed to.
    package var contact: Int?
    package init(client: Int) { self.client = client }
}

extension Shop {
    /// Reads, measures and identifies the parts of an enquiry, without a lock.
    /// - Throws: `input` or `usage` with every part that cannot be priced.
    package func prepare(_ enquiries: [Enquiry], _ defaults: Defaults) throws -> [Prepared] {
        let habits = try defaults.habits ?? drawingHabits(ofClient: nil), words = MaterialWords(try materials(), habits.pattern)
        // If the machine is undecided, pricing reports it.
        var defaults = defaults
        defaults.bed = (try? quotingMachine())?.bed
        defaults.shop = PartFacts(material: (try? defaultMaterial())?.code)
        var failed: [(enquiry: Enquiry, failure: Failure)] = [], parts: [Prepared] = []
        for enquiry in enquiries {
            // Within a batch the shop is locked while drawings are measured.
            try Interrupt.check()
            do { parts.append(try prepare(enquiry, defaults, habits, words)) } catch let failure as Failure where failure.ending == nil {
                failed.append((enquiry, failure))
            }
        }
        guard failed.isEmpty else { throw Shop.together(failed, of: enquiries.count) }
        let asked = enquiries.compactMap(\.part).filter { own in !defaults.parts.contains { $0.id == own.id } }
        try assign(&parts, to: defaults.parts + asked)
        return parts
    }

    /// One failure for all parts that cannot be priced. A hint common to all is given once.
    private static func together(_ failed: [(enquiry: Enquiry, failure: Failure)], of count: Int) -> Failure {
        let kind = kind(of: failed.map(\.failure.kind)), hints = Set(failed.map(\.failure.hint))
        let hint = hints.count == 1 ? hints.first ?? nil : nil
        let faults = failed.map { enquiry, failure in
            let more = hint == nil ? failure.hint.map { " (\($0))" } ?? "" : ""
            return enquiry.place.fault(failure.message + more)
        }
        if count == 1, failed[0].enquiry.row == nil {
            return Failure(kind, .quoting, "\(faults[0].file): \(faults[0].message)", hint: hint)
        }
        return Failure(
            kind, .quoting, "\(faults.count) of \(count) lines cannot be priced: nothing was written", hint: hint, faults: faults)
    }

    /// The kind of a combined failure: the common one or, if they differ, that of unreadable files before that of wrong content.
    private static func kind(of kinds: [Failure.Kind]) -> Failure.Kind {
        [.outside, .store].first { kinds.contains($0) } ?? (Set(kinds).count == 1 ? kinds[0] : .input)
    }

    private func prepare(
        _ enquiry: Enquiry, _ defaults: Defaults, _ habits: DrawingHabits, _ words: MaterialWords
    ) throws -> Prepared {
        let bytes =
            switch enquiry.source {
            case .path(let path): try File.read(path)
            case .kept(let file): try contents(of: file)
            }
        let sha256 = bytes.withUnsafeBytes { Digest.of($0) }
        // The drawing of a product is the shop's own.
        let isOwn = enquiry.part?.product.map { $0.difference != "drawing" } ?? false
        let measured = try measured(
            bytes, by: isOwn ? drawingHabits(ofClient: nil) : habits, isolating: defaults.isolates, bed: defaults.bed,
            checking: !defaults.despiteFaults)
        if let refusal = measured.refusal {
            throw Failure(.refused, .quoting, refusal, hint: "laseros dxf check shows where; --despite-faults prices it as it is")
        }
        var name = PartName(enquiry.name, words, of: enquiry.facts.material ?? defaults.facts.material)
        if isOwn { (name.facts, name.folder) = (PartFacts(), PartFacts()) }
        var choice = FactChoice(enquiry, defaults, name, texts: PartFacts(texts: measured.texts, words))
        let word = try choice.choose("material", \.material) { word in (try? self.material(word).code) ?? word }
        let thickness = try choice.choose("thickness", \.thickness) { "\($0) mm" }
        let quantity = try choice.choose("quantity", \.quantity) { "\($0)" }
        let finish = try choice.choose("finish", \.finish) { try finishName($0) }
        let lacking: Failure.Kind = enquiry.row == nil ? .usage : .input
        guard let word else {
            let names = name.mentioned.isEmpty ? "" : ": the file's name mentions \(name.mentioned.joined(separator: " and "))"
            throw Failure(lacking, .quoting, "the material is not known\(names)", hint: "--material CODE")
        }
        guard let thickness else { throw Failure(lacking, .quoting, "the thickness is not known", hint: "--thickness MM") }
        guard thickness.um > 0 else { throw Failure(lacking, .quoting, "a thickness is above 0") }
        choice.isOneByItself = quantity == nil
        let material = try material(word)
        var prepared = Prepared(
            title: name.title, file: enquiry.name.split(separator: "/").last.map(String.init) ?? enquiry.name,
            place: enquiry.place, bytes: bytes, sha256: sha256,
            measured: measured, material: material, thickness: thickness, quantity: quantity ?? 1,
            finish: try finish.map { try finishName($0) },
            sources: ([choice.text] + (enquiry.doubt.map { [$0] } ?? []) + measured.problems).joined(separator: "; "))
        prepared.part = enquiry.part?.id
        prepared.outline = try outline(of: prepared)
        return prepared
    }

    /// Prices the parts and stores the quote with its lines and their terms.
    /// - Returns: the id and code of the new quote, and notes for the user about the remnants that it takes.
    package func addQuote(_ request: QuoteRequest, _ parts: [Prepared]) throws -> (id: Int, code: String, notes: [String]) {
        try demandOwn(request)
        try demandActive(client: request.client)
        try demandContact(request.contact.map { .integer($0) }, of: request.client)
        let discount = try data.one("SELECT discount_bp FROM client WHERE id = \(request.client)") { try $0.get(0) as Percent? } ?? nil
        let day = try today(), priced = try prices(parts, for: request, less: discount, on: day)
        let totals = try Totals(priced.map(\.price.total), vat: setting(Settings.vatRate))
        let code = try nextCode("QT-\(day.civil.year)-", digits: 4, in: "quote")
        let end = try request.validUntil ?? day + setting(Settings.quoteDays).value
        try data.run(
            """
            INSERT INTO quote (code, client_id, project_id, day, valid_until, reference, notes, terms, total_cents, contact_id)
            VALUES (\(code), \(request.client), \(request.project), \(day), \(end), \(request.reference), \(request.notes), \(request.terms),
                    \(totals.total), \(request.contact))
            """)
        let quote = data.lastID
        try request.reference.map(data.keepSearchKey)
        try data.run(
            """
            INSERT INTO quote_version (quote_id, version, made_at, subtotal_cents, vat_rate_bp, vat_cents, total_cents)
            VALUES (\(quote), 1, \(clock), \(totals.subtotal), \(totals.vatRate), \(totals.vat), \(totals.total))
            """)
        let version = data.lastID
        for (place, (part, priced)) in zip(parts, priced).enumerated() { try addLine(place + 1, part, priced, to: version) }
        let notes = zip(parts, priced).compactMap { part, priced in priced.remnant.map { "\(part.file): cut from remnant \($0.words)" } }
        return (quote, code, notes)
    }

    /// - Throws: `refused` if the project belongs to another client.
    private func demandOwn(_ request: QuoteRequest) throws {
        let other = try data.one(
            """
            SELECT project.code, client.code FROM project JOIN client ON client.id = client_id
            WHERE project.id = \(request.project) AND client_id <> \(request.client)
            """
        ) { ($0.text(0), $0.text(1)) }
        if let (project, client) = other {
            throw Failure(
                .refused, .quoting, "project \(project) is a job of client \(client)", hint: "laseros quote add --client \(client)")
        }
    }

    /// The price of each part: that of its product for the quantity, else what the rates come to.
    /// - Throws: a failure with every part that cannot be priced.
    private func prices(_ parts: [Prepared], for request: QuoteRequest, less discount: Percent?, on day: Day) throws -> [Priced] {
        var offers = try RemnantOffers(self, client: request.client, project: request.project)
        var priced: [Priced] = [], faults: [Failure.Fault] = [], kinds: [Failure.Kind] = [], hint: String?, known: [RateKey: Rates] = [:]
        let products = try prices(ofProducts: Set(parts.compactMap(\.product?.id)))
        for part in parts {
            do {
                if let product = part.product, product.difference == nil, let price = products[product.id]?.price(for: part.quantity) {
                    priced.append(Priced(price: try LinePrice(price, of: product.code, quantity: part.quantity)))
                    continue
                }
                let remnant = try offers.take(for: part), hasSheet = !part.isCustomerMaterial && remnant?.cost == nil
                let key = RateKey(
                    material: part.material.id, thickness: part.thickness, finish: part.finish, isCustomerMaterial: !hasSheet)
                var rates =
                    try known[key]
                    ?? rates(part.material, part.thickness, finish: part.finish, isCustomerMaterial: !hasSheet, on: day)
                rates.discount = discount
                known[key] = rates
                rates.remnant = remnant
                priced.append(Priced(price: try rates.price(part.measured.part, quantity: part.quantity), remnant: remnant))
            } catch let failure as Failure where [.refused, .notFound].contains(failure.kind) {
                faults.append(part.place.fault(failure.message))
                kinds.append(failure.kind)
                hint = hint ?? failure.hint
            }
        }
        if let first = faults.first {
            let message =
                faults.count == 1 && first.line == nil
                ? "\(first.file): \(first.message)" : "\(faults.count) of \(parts.count) lines cannot be priced: nothing was written"
            let kind: Failure.Kind = kinds.contains(.refused) ? .refused : .notFound
            throw Failure(kind, .quoting, message, hint: hint, faults: faults.count == 1 && first.line == nil ? [] : faults)
        }
        return priced
    }

    private func addLine(_ position: Int, _ part: Prepared, _ priced: Priced, to version: Int) throws {
        let price = priced.price
        try keep(part.measured, part.sha256)
        try data.run(
            """
            INSERT INTO quote_line (version_id, position, title, drawing, file_name, width_um, height_um, material_id, thickness_um, finish,
                                    quantity_millis, unit_price_micros, unit_price_per, total_cents, sources, part_id, lot_id)
            VALUES (\(version), \(position), \(part.title), \(part.sha256), \(part.file), \(part.measured.part.width),
                    \(part.measured.part.height), \(part.material.id), \(part.thickness), \(part.finish), \(price.quantity),
                    \(price.unitPrice.price), \(price.unitPrice.per), \(price.total), \(part.sources), \(part.part), \(priced.remnant?.id))
            """)
        let line = data.lastID
        for (place, term) in price.terms.enumerated() {
            try data.run(
                """
                INSERT INTO quote_term (line_id, position, name, basis, amount_cents)
                VALUES (\(line), \(place + 1), \(term.name), \(term.basis), \(term.amount))
                """)
        }
    }
}
