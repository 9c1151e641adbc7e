import Console
import Drawings
import Shop
import Values

private let files = Rest<String>("DRAWING...", "DXF drawings, or folders of them; - is standard input", from: .files)
private let preset = Option<Line>("--preset NAME", "the preset that cuts it, by code or name", from: .codes("preset"))
private let material = Option<Line>(
    "-m, --material CODE", "the material; default: by the file's name", from: .codes("material"))
private let thickness = Option<Length>("-t, --thickness MM", "how thick; as the file's name says it, where this is left out")
private let ratesFile = Option<String>(
    "--rates FILE", "a CSV of rates in place of the presets: material,thickness_mm,feed,pierce", from: .files)
private let quantity = Option<Count>("--quantity NUMBER", "how many are cut; default 1")

let timeCommand = Command.free(
    "dxf time", "Work out how long drawings take to cut, and why",
    [files, preset, material, thickness, ratesFile, quantity] + Measuring.cutParameters
        + RowFile.parameters("rates").parameters,
    permission: .open,
    relations: [.excludes(["preset", "rates"]), .excludes(["preset", "material"])] + RowFile.parameters("rates").relations,
    about: """
        Each term is shown with its basis: lengths at their feeds, slower small holes, corners, curves and acceleration, pierces,
        lead-ins, travel between contours (holes before their outline, nearest first, improved by 2-opt), and lifting the head.
        Loading, unloading and setup are not included.

        Feed and pierce come from the preset that is named, from the best preset for the material and the thickness, or from a CSV with the
        columns `material`, `thickness_mm`, `feed` (mm per minute) and `pierce` (seconds). Machine and small holes are set by
        `laseros config`, in the settings that begin with `time_`.
        """,
    examples: [
        "laseros dxf time 0001-Flange-MS-10mm-x4.dxf --preset 'MS 10 O2' --quantity 4",
        "laseros dxf time 0001-Flange-MS-10mm-x4.dxf --rates example-rates.csv",
    ], answer: TimeListing.headings
) { call in
    let bench = try TimeBench(call), options = try measureOptions(call), quantity = call[quantity]?.value ?? 1
    let names = try DrawingFile.names(call[files], in: call.environment)
    let batch = try DrawingBatch(call[files], in: call.environment) { file, drawing in
        let (rate, rates) = try bench.rates(for: file), expanded = try drawing.expanded(options)
        let measured = expanded.measure(.cut)
        let engraved = [Process.mark, .engrave].filter { process in measured.passed.contains { $0.process == process } }
            .map { expanded.measure($0) }
        guard measured.contourCount + engraved.reduce(0, { $0 + $1.contourCount }) > 0 else {
            throw Failure(.input, .dxfTime, "there is nothing to cut in it")
        }
        let rows = try TimeListing.rows(file.name, CutTime(measured, engraved: engraved, rates), quantity: quantity)
        let uncounted = MeasuringNotes(file, drawing, measured, options).counting([.mark, .engrave])
        return (
            rows: rows, uncounted: uncounted, file: file.name,
            rate: "\(rate.feed) mm/min and \(rate.pierce) s a pierce, by \(rate.source)",
            twin: file.twinWarning(try drawing.measure(options), options, among: names)
        )
    }
    let listing = Listing(TimeListing.headings, batch.made.flatMap(\.rows))
    return batch.telling(
        Output.rows(listing).noting(rateNotes(batch.made.map { ($0.file, $0.rate) }) + bench.warnings).noting(batch.made.map(\.uncounted))
            .noting(batch.made.compactMap(\.twin)))
}

/// One note per rate, with the drawings that it applies to.
private func rateNotes(_ made: [(file: String, rate: String)]) -> [String] {
    let rates = made.reduce(into: [String]()) { if !$0.contains($1.rate) { $0.append($1.rate) } }
    return rates.map { rate in
        let files = made.filter { $0.rate == rate }.map(\.file)
        return "\(files.count > 3 ? "\(files.count) drawings" : files.joined(separator: ", ")): \(rate)"
    }
}

extension Measure.Options {
    /// The same options, restricted to one process.
    func doing(_ process: Process) -> Measure.Options {
        var options = self
        options.process = process
        return options
    }
}

/// The terms of a cutting time, one row each, and their sum.
private enum TimeListing {
    static let headings = [Heading("file", .text), Heading("term", .text), Heading("basis", .text), Heading("time_s", .seconds)]

    /// The longest total in seconds, about 30 years.
    private static let longest = 1e9

    /// - Throws: `input` if the time is longer than that.
    static func rows(_ file: String, _ time: CutTime, quantity: Int) throws -> [[DisplayValue]] {
        guard time.seconds * Double(quantity) < longest else {
            throw Failure(.input, .dxfTime, "it is too large to be cut: it would take decades")
        }
        let terms = time.terms.map { (term: $0, ms: Int(($0.seconds * 1000).rounded())) }
        // The sum is computed from the rounded terms, so that it agrees with them.
        let total = terms.reduce(0) { $0 + $1.ms }
        func row(_ term: String, _ basis: String, _ ms: Int) -> [DisplayValue] {
            [.text(file), .text(term), .text(basis), .seconds(Seconds(ms: ms))]
        }
        var rows = terms.map { row($0.term.name, $0.term.basis, $0.ms) }
        rows.append(row("one part", "", total))
        if quantity > 1 { rows.append(row("\(quantity) parts", "\(quantity) x \(Seconds(ms: total)) s", total * quantity)) }
        return rows
    }
}

/// The cutting rates of each drawing, from the options or the material and thickness in its file name.
private struct TimeBench: Sendable {
    typealias Known = (rate: CuttingRate, rates: CutTime.Rates)

    private var known: [String: Result<Known, Failure>] = [:]
    private(set) var warnings: [String] = []

    init(_ call: Call) throws {
        let names = try DrawingFile.named(call[files], in: call.environment).map(\.name)
        let table = try call[ratesFile].map { try RateTable(reading: $0, call) }
        if let table { warnings = table.warnings }
        var bench = self
        let inShop: Void? = try withShop(call) { shop in
            let words = MaterialWords(try shop.materials()), preset = try call[preset].map { try shop.cuttingRate(preset: $0.text) }
            for name in names {
                bench.known[name] = try Self.caught(name) {
                    guard let preset else { return try Self.known(name, words, table, shop, call) }
                    return (preset, try CutTime.Rates(preset, thickness: call[thickness] ?? preset.thickness, shop: shop))
                }
            }
            guard table == nil else { return }
            let materials = bench.known.values.compactMap { try? $0.get().rate.material }
            bench.warnings = try shop.presetTables(of: Set(materials)).flatMap(\.warnings)
        }
        self = bench
        guard inShop == nil else { return }
        guard let table else { throw Self.noRates }
        for name in names { known[name] = try Self.caught(name) { try Self.known(name, .common, table, nil, call) } }
    }

    private static let noRates = Failure(
        .usage, .dxfTime, "the cutting speed is not known: there is no shop with presets here", hint: "--rates FILE, or laseros init")

    /// - Throws: the reason why the drawing's rate is not known.
    func rates(for file: DrawingFile) throws -> Known {
        guard let result = known[file.name] else { throw Failure(.outside, .dxfTime, "\(file.name) came while the drawings were read") }
        return try result.get()
    }

    /// Catches the failure of one drawing, so that the others still get their rates.
    private static func caught(_ name: String, _ body: () throws -> Known) throws -> Result<Known, Failure> {
        do { return .success(try body()) } catch let failure as Failure where failure.ending == nil {
            // Failures of a file's content already contain its name.
            let message = failure.kind == .input ? failure.message : "\(name): \(failure.message)"
            return .failure(Failure(failure.kind, .dxfTime, message, hint: failure.hint))
        }
    }

    private static func known(_ name: String, _ words: MaterialWords, _ table: RateTable?, _ shop: Shop?, _ call: Call) throws -> Known {
        let facts = PartName(name, words, of: call[material]?.text).all
        guard let material = call[material]?.text ?? facts.material else {
            throw Failure(.usage, .dxfTime, "the material is not known", hint: "--material CODE, or --preset NAME")
        }
        guard let thickness = call[thickness] ?? facts.thickness else {
            throw Failure(.usage, .dxfTime, "the thickness is not known", hint: "--thickness MM, or --preset NAME")
        }
        if table == nil, let shop {
            let rate = try shop.cuttingRate(shop.material(material), thickness)
            return (rate, try CutTime.Rates(rate, thickness: thickness, shop: shop))
        }
        guard let table else { throw noRates }
        // The shop's other names of a material are searched for, too.
        let names = (try? shop?.material(material).names) ?? [material]
        let rate = try table.rate([material] + names.filter { $0 != material }, thickness, in: call[ratesFile] ?? "")
        return (rate, try CutTime.Rates(rate, thickness: thickness, shop: shop))
    }
}

extension RateTable {
    /// Reads a CSV of rates.
    /// - Throws: `input` with every fault and its line.
    fileprivate init(reading typed: String, _ call: Call) throws {
        let columns = ["material", "thickness_mm", "feed", "pierce"]
        let rows = try RowFile(typed, call, columns, needed: columns, others: true, .dxfTime)
        var found: [CuttingRate] = []
        while try rows.next() {
            let material = rows.value("material", Line.self, needed: true)
            let thickness = rows.value("thickness_mm", Length.self, needed: true)
            let feed = rows.value("feed", Quantity.self, needed: true), pierce = rows.value("pierce", Seconds.self, needed: true)
            guard let material, let thickness, let feed, let pierce else { continue }
            guard feed.thousandths > 0 else {
                rows.fault("feed", "nothing is cut at a feed of \(feed)")
                continue
            }
            found.append(
                CuttingRate(
                    material: material.text, thickness: thickness, feed: feed, pierce: pierce, source: "\(rows.name) line \(rows.line)"))
        }
        guard rows.faults.isEmpty else { throw Failure(.input, .dxfTime, rows.summary, faults: rows.faults) }
        self.init(found)
    }
}
