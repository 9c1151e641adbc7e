import Store
import Values

/// What became of a preset in a file of another program.
package struct ImportedPreset: Sendable {
    package enum Result: String, Sendable {
        case added, changed, same
        case leftOut = "left out"
    }

    var file: String
    /// The line of the setting in its file; nil for a file that is known by its name only.
    var line: Int?
    var code: String?
    var result: Result
    var reading: PresetReading

    private var material: String? {
        switch reading.material {
        case .none: nil
        case .known(let code), .unknown(let code): code
        case .several(let codes): codes.joined(separator: ", ")
        }
    }

    /// Those after the first three are columns that an import of rows does not have.
    package static let columns: [Column<ImportedPreset>] = {
        let first: [Column<ImportedPreset>] = [
            Column("line") { $0.line }, Column("code") { $0.code },
            Column("result", .status) { .status($0.result.rawValue, $0.tone) },
        ]
        return first + own
    }()

    package static let own: [Column<ImportedPreset>] = {
        var columns: [Column<ImportedPreset>] = [
            Column("file", wide: true) { $0.file }, Column("name") { $0.reading.name }, Column("material") { $0.material },
            Column("thickness_mm") { $0.reading.thickness }, Column("gas") { $0.reading.gas }, Column("nozzle") { $0.reading.nozzle },
            Column("reason") { $0.reading.reason?.rawValue },
        ]
        for i in columns.indices { columns[i].heading.isOptional = true }
        return columns
    }()

    private var tone: Tone {
        switch result {
        case .added, .changed: .good
        case .same: .quiet
        case .leftOut: .warning
        }
    }
}

/// What an import of other programs' files has done.
package struct PresetImport {
    package private(set) var rows: [ImportedPreset] = []
    private let shop: Shop
    private let files: PresetFiles
    private let words: PresetWords
    private let ids: [String: Int]
    private let machine: Int?
    private let defaults: PresetReading.Defaults
    private var byName: [String: RecordID] = [:]
    private var bySource: [String: RecordID] = [:]
    /// The names that files of this import have taken.
    private var claimed: Set<String> = []
    /// The last number of each name that several have.
    private var numbers: [String: Int] = [:]

    /// - Parameters:
    ///   - material: the code for files that name no material.
    ///   - thickness: the same for the thickness.
    package init(_ files: PresetFiles, in shop: Shop, material: RecordID?, thickness: Length?, machine: RecordID?) throws {
        let materials = try shop.materials()
        (self.files, self.shop, self.machine) = (files, shop, machine?.id)
        defaults = PresetReading.Defaults(material: material?.code, thickness: thickness)
        words = PresetWords(materials)
        ids = Dictionary(materials.map { ($0.code, $0.id) }) { first, _ in first }
        var byName: [String: RecordID] = [:], bySource: [String: RecordID] = [:]
        try shop.data.each("SELECT id, code, name, source FROM preset") { row in
            byName[row.text(2).searchKey] = RecordID(row)
            if !row.isNull(3) { bySource[row.text(3)] = RecordID(row) }
        }
        (self.byName, self.bySource) = (byName, bySource)
        for item in files.items {
            try Interrupt.check()
            try take(item)
        }
    }

    private mutating func take(_ item: PresetFiles.Item) throws {
        var reading = PresetReading(item, words, defaults), line: Int?
        if case .setting(_, let place, _) = item.content { line = place.line }
        guard reading.reason == nil, case .known(let code) = reading.material else {
            rows.append(ImportedPreset(file: item.file, line: line, result: .leftOut, reading: reading))
            return
        }
        var old: RecordID?
        if case .name = item.content { old = bySource[item.source] }
        if old == nil {
            reading.name = freeName(reading.name, item)
            old = byName[reading.name.searchKey]
        }
        claimed.insert(reading.name.searchKey)
        let (result, stored) = try write(reading, ids[code], old, from: item)
        rows.append(ImportedPreset(file: item.file, line: line, code: stored, result: result, reading: reading))
    }

    /// The name that no other file of this import has: with the name of its folder, or with a number.
    private mutating func freeName(_ name: String, _ item: PresetFiles.Item) -> String {
        guard claimed.contains(name.searchKey) else { return name }
        if case .name = item.content, let folder = item.source.split(separator: "/").dropLast().last {
            let apart = "\(name) (\(folder.prefix(40)))"
            if !claimed.contains(apart.searchKey) { return apart }
        }
        var free = name
        while claimed.contains(free.searchKey) {
            numbers[name, default: 1] += 1
            free = "\(name) (\(numbers[name] ?? 2))"
        }
        return free
    }

    private mutating func write(
        _ reading: PresetReading, _ material: Int?, _ old: RecordID?, from item: PresetFiles.Item
    ) throws -> (ImportedPreset.Result, String) {
        if let old, !reading.hasFigures { return (.same, old.code) }
        var record = Record(.preset, id: old?.id)
        // What the shop has written about a preset stays.
        for (field, cell) in reading.cells where old == nil || !["description", "notes"].contains(field) { record[field] = cell }
        if let old { return (try shop.edit(record) ? .changed : .same, old.code) }
        record["name"] = .text(reading.name)
        record["material"] = material.map { .integer($0) }
        record["thickness_mm"] = reading.thickness?.cell
        record["gas"] = reading.gas?.cell
        record["nozzle"] = reading.nozzle.map { .text($0) }
        record["machine"] = machine.map { .integer($0) }
        record["source"] = Line(reading: item.source)?.cell
        let new = try shop.add(record)
        byName[reading.name.searchKey] = RecordID(id: new.id, code: new.code)
        return (.added, new.code)
    }

    /// `28 presets read from 6000_Presets: 27 added, 0 changed, 1 same, 20 left out`
    package var sentence: String {
        func count(_ result: ImportedPreset.Result) -> Int { rows.count { $0.result == result } }
        let left = count(.leftOut)
        return "\(counted(rows.count - left, .preset)) read from \(files.name): \(count(.added)) added, \(count(.changed)) changed, "
            + "\(count(.same)) same" + (left > 0 ? ", \(left) left out" : "")
    }

    /// A note for each reason why something was left out.
    package var notes: [String] {
        files.notes
            + PresetReading.Reason.allCases.compactMap { reason in
                let left = rows.filter { $0.reading.reason == reason }
                guard !left.isEmpty else { return nil }
                let unknown = left.reduce(into: [String]()) { codes, row in
                    if case .unknown(let code) = row.reading.material, !codes.contains(code) { codes.append(code) }
                }
                return reason.note(left.count, unknown)
            }
    }
}

extension PresetReading.Reason {
    fileprivate func note(_ count: Int, _ unknown: [String]) -> String {
        let one = "\(count) left out"
        switch self {
        case .material: return "\(one): no material is named; --material CODE is for all that name none"
        case .severalMaterials: return "\(one): several materials are named"
        case .thickness: return "\(one): no thickness is named; --thickness MM is for all that name none"
        case .engraves: return "\(one): engraving is no preset for cutting"
        case .off: return "\(one): the laser does not cut the layer"
        case .unknownMaterial:
            return "\(one): there is no material \(Shop.few(unknown)): laseros material add, or --aliases of the one that it is"
        case .name: return "\(one): the name cannot be stored"
        }
    }
}
