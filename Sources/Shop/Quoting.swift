import Drawings
import Security
import Store
import Values

/// What is asked of one part before it is priced.
package struct Enquiry: Sendable {
    /// Where its drawing is.
    package enum Source: Sendable { case path(String), kept(KeptFile) }

    /// As it was typed; for messages.
    package var name: String
    package var source: Source
    package var facts = PartFacts()
    /// The line of the CSV that it came from.
    package var row: Int?
    /// What a person should look at, beside what the drawing itself tells.
    package var doubt: String?
    /// Where the facts were said: an argument, a column.
    package var said: String

    package init(name: String, _ source: Source, said: String, row: Int? = nil) {
        (self.name, self.source, self.said, self.row) = (name, source, said, row)
    }
}

/// A part that is ready to be priced: measured, and with all that has to be known of it.
package struct Prepared: Sendable {
    var title: String
    var file: String
    var bytes: [UInt8]
    var sha256: String
    var measured: MeasuredDrawing
    var material: Material
    var thickness: Length
    var quantity: Int
    var finish: String?
    /// `material MS, thickness 10 mm from the file's name`, and what a person should look at.
    var sources: String
}

/// Which fact came from where, in the order of the facts.
private struct Sources {
    private var groups: [(from: String, facts: [String])] = []
    /// What the file's name says otherwise.
    var otherwise: [String] = []
    /// That one is taken for granted.
    var isOneByItself = false

    mutating func note(_ fact: String, _ from: String) {
        if let i = groups.firstIndex(where: { $0.from == from }) { groups[i].facts.append(fact) } else { groups.append((from, [fact])) }
    }

    var text: String {
        var parts = groups.map { "\($0.facts.joined(separator: ", ")) from \($0.from)" }
        if isOneByItself { parts.append("quantity 1, because none is named") }
        if !otherwise.isEmpty { parts.append("the file's name says \(otherwise.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }
}

/// Lines that are alike in these are priced by the same rates.
private struct RateKey: Hashable {
    var material: Int
    var thickness: Length
    var finish: String?
}

/// What a quote is asked for, beside its lines.
package struct QuoteRequest: Sendable {
    package var client: Int
    package var project: Int?
    package var reference: String?
    package var notes: String?
    package var terms: String?
    package var validUntil: Day?
    package init(client: Int) { self.client = client }
}

/// What holds for every line that does not say otherwise.
package struct Defaults: Sendable {
    package var facts = PartFacts()
    /// Whether of a drawing sheet the part in its largest view is priced.
    package var isolates = false
    /// Of the machine that is priced for.
    fileprivate(set) var bed: Size?
    /// The project's own, used where nothing else says anything.
    package var project = PartFacts()
    package init() {}
}

extension Shop {
    /// Reads, measures and identifies the parts of an enquiry. Takes no lock.
    /// - Throws: `input` or `usage` with every part that cannot be priced.
    package func prepare(_ enquiries: [Enquiry], _ defaults: Defaults) throws -> [Prepared] {
        let words = MaterialWords(try materials())
        // Which machine it is may not be known yet: pricing tells.
        var defaults = defaults
        defaults.bed = (try? quotingMachine())?.bed
        var faults: [Failure.Fault] = [], parts: [Prepared] = [], kinds: [Failure.Kind] = []
        for enquiry in enquiries {
            // Within a batch the shop is locked, and drawings take their time.
            try Interrupt.check()
            do { parts.append(try prepare(enquiry, defaults, words)) } catch let failure as Failure where failure.ending == nil {
                kinds.append(failure.kind)
                faults.append(
                    Failure.Fault(file: enquiry.name, line: enquiry.row, failure.message + (failure.hint.map { " (\($0))" } ?? "")))
            }
        }
        guard faults.isEmpty else {
            let kind = Shop.kind(of: kinds)
            if faults.count == 1, enquiries.count == 1 { throw Failure(kind, .quoting, "\(faults[0].file): \(faults[0].message)") }
            throw Failure(
                kind, .quoting, "\(faults.count) of \(enquiries.count) lines cannot be priced: nothing was written", faults: faults)
        }
        return parts
    }

    /// What could not be read goes before what is wrong in files; what is all of one kind is of that kind.
    private static func kind(of kinds: [Failure.Kind]) -> Failure.Kind {
        [.outside, .store].first { kinds.contains($0) } ?? (Set(kinds).count == 1 ? kinds[0] : .input)
    }

    private func prepare(_ enquiry: Enquiry, _ defaults: Defaults, _ words: MaterialWords) throws -> Prepared {
        let bytes =
            switch enquiry.source {
            case .path(let path): try File.read(path)
            case .kept(let file): try contents(of: file)
            }
        let sha256 = bytes.withUnsafeBytes { Digest.of($0) }
        let measured = try measured(bytes, isolating: defaults.isolates, bed: defaults.bed)
        let name = PartName(enquiry.name, words)
        let told: [(from: String, facts: PartFacts)] = [
            (enquiry.said, enquiry.facts), ("the option", defaults.facts), ("the file's name", name.facts),
            ("the drawing's text", PartFacts(texts: measured.texts, words)), ("the project", defaults.project),
        ]
        var sources = Sources()
        func choose<Value: Equatable>(_ what: String, _ fact: KeyPath<PartFacts, Value?>, _ text: (Value) -> String) -> Value? {
            let known = told.compactMap { told in told.facts[keyPath: fact].map { (from: told.from, value: $0) } }
            guard let first = known.first else { return nil }
            sources.note("\(what) \(text(first.value))", first.from)
            if let named = name.facts[keyPath: fact], text(named) != text(first.value) {
                sources.otherwise.append("\(what) \(text(named))")
            }
            return first.value
        }
        let word = choose("material", \.material) { word in (try? self.material(word).code) ?? word }
        let thickness = choose("thickness", \.thickness) { "\($0) mm" }
        let quantity = choose("quantity", \.quantity) { "\($0)" }
        let finish = choose("finish", \.finish) { $0 }
        let lacking: Failure.Kind = enquiry.row == nil ? .usage : .input
        guard let word else { throw Failure(lacking, .quoting, "the material is not known", hint: "--material CODE") }
        guard let thickness else { throw Failure(lacking, .quoting, "the thickness is not known", hint: "--thickness MM") }
        guard thickness.um > 0 else { throw Failure(lacking, .quoting, "a thickness is above 0") }
        sources.isOneByItself = quantity == nil
        let material = try material(word)
        return Prepared(
            title: name.title, file: enquiry.name.split(separator: "/").last.map(String.init) ?? enquiry.name, bytes: bytes, sha256: sha256,
            measured: measured, material: material, thickness: thickness, quantity: quantity ?? 1, finish: finish,
            sources: ([sources.text] + (enquiry.doubt.map { [$0] } ?? []) + measured.problems).joined(separator: "; "))
    }

    /// Prices the parts and writes the quote with its lines and their terms.
    /// - Returns: the new quote's id and code.
    package func addQuote(_ request: QuoteRequest, _ parts: [Prepared]) throws -> (id: Int, code: String) {
        let day = try today(), priced = try prices(parts, on: day)
        let totals = try Totals(priced.map(\.total), vat: setting(Settings.vatRate))
        let code = try nextCode("QT-\(day.civil.year)-", digits: 4, in: "quote")
        let end = try request.validUntil ?? day + setting(Settings.quoteDays).value
        try data.run(
            """
            INSERT INTO quote (code, client_id, project_id, day, valid_until, reference, notes, terms, total_cents)
            VALUES (\(code), \(request.client), \(request.project), \(day), \(end), \(request.reference), \(request.notes), \(request.terms),
                    \(totals.total))
            """)
        let quote = data.lastID
        try request.reference.map(data.keepSearchKey)
        try data.run(
            """
            INSERT INTO quote_version (quote_id, version, made_at, subtotal_cents, vat_rate_bp, vat_cents, total_cents)
            VALUES (\(quote), 1, \(clock), \(totals.subtotal), \(totals.vatRate), \(totals.vat), \(totals.total))
            """)
        let version = data.lastID
        for (place, (part, price)) in zip(parts, priced).enumerated() { try addLine(place + 1, part, price, to: version) }
        return (quote, code)
    }

    /// The price of each part.
    /// - Throws: every part that cannot be priced.
    private func prices(_ parts: [Prepared], on day: Day) throws -> [LinePrice] {
        var priced: [LinePrice] = [], faults: [Failure.Fault] = [], kinds: [Failure.Kind] = [], hint: String?, known: [RateKey: Rates] = [:]
        for part in parts {
            do {
                let key = RateKey(material: part.material.id, thickness: part.thickness, finish: part.finish)
                let rates = try known[key] ?? rates(part.material, part.thickness, finish: part.finish, on: day)
                known[key] = rates
                priced.append(try rates.price(part.measured.part, quantity: part.quantity))
            } catch let failure as Failure where [.refused, .notFound].contains(failure.kind) {
                faults.append(Failure.Fault(file: part.file, failure.message))
                kinds.append(failure.kind)
                hint = hint ?? failure.hint
            }
        }
        if let first = faults.first {
            let message =
                faults.count == 1
                ? "\(first.file): \(first.message)" : "\(faults.count) of \(parts.count) lines cannot be priced: nothing was written"
            let kind: Failure.Kind = kinds.contains(.refused) ? .refused : .notFound
            throw Failure(kind, .quoting, message, hint: hint, faults: faults.count == 1 ? [] : faults)
        }
        return priced
    }

    private func addLine(_ position: Int, _ part: Prepared, _ price: LinePrice, to version: Int) throws {
        try keep(part.measured, part.sha256)
        try data.run(
            """
            INSERT INTO quote_line (version_id, position, title, drawing, file_name, width_um, height_um, material_id, thickness_um, finish,
                                    quantity_millis, unit_price_micros, unit_price_per, total_cents, sources)
            VALUES (\(version), \(position), \(part.title), \(part.sha256), \(part.file), \(part.measured.part.width),
                    \(part.measured.part.height), \(part.material.id), \(part.thickness), \(part.finish), \(price.quantity),
                    \(price.unitPrice.price), \(price.unitPrice.per), \(price.total), \(part.sources))
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

extension [Prepared] {
    /// The bytes that have to be kept before the quote is written.
    package var contents: [FileContent] {
        map { part in FileContent(part.file, part.sha256, size: part.bytes.count) { part.bytes } }
    }

    /// What was decided for each part and what a person should look at.
    package var notes: [String] { map { "\($0.file): \($0.sources)" } }
}
