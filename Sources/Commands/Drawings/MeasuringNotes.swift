import Console
import Drawings
import Values

/// Notes what a drawing contains that the figures leave out, or what had to be assumed.
struct MeasuringNotes: Sendable {
    let file: String
    let skipped: [String: Int]
    let hiddenMM: Double
    private(set) var passed: [Measurement.Passed]
    let notes: [Note]
    let missingLayer: String?
    let sheet: String?
    /// Whether the drawing is converted, not only measured.
    private let isWriting: Bool

    init(
        _ file: DrawingFile, _ drawing: Drawing, _ measured: Measurement, _ options: Measure.Options, writing isWriting: Bool = false
    ) {
        self.file = file.name
        skipped = measured.skipped
        hiddenMM = options.hidden ? 0 : measured.hiddenLengthMM
        (passed, notes) = (measured.passed, measured.notes)
        let done = isWriting ? (participle: "written", verb: "writes") : (participle: "measured", verb: "measures")
        sheet = measured.sheet.map { Self.sheet($0, asked: options.isolates, done: done) }
        self.isWriting = isWriting
        missingLayer = options.layer.flatMap { Self.missing($0, in: drawing) }
    }

    /// The notes of a drawing whose processes are all measured separately.
    init(_ file: DrawingFile, _ drawing: Drawing, _ parts: ProcessParts, _ options: Measure.Options) {
        self.init(file, drawing, parts.main, options)
        if options.process == nil { passed = [] }
    }

    /// The notes of a command that also counts lines of these processes.
    func counting(_ processes: Set<Process>) -> MeasuringNotes {
        var other = self
        other.passed.removeAll { processes.contains($0.process) }
        return other
    }

    /// The words of the notes.
    fileprivate var words: (skipped: String, passed: String, hidden: String, flag: String) {
        guard isWriting else { return ("not counted", "left out by its process", "on hidden layers and not counted", "counts it") }
        return ("not written, because it is not cut", "not written", "on hidden layers and not written", "writes it")
    }

    private static func sheet(_ sheet: DrawingSheet, asked: Bool, done: (participle: String, verb: String)) -> String {
        let what = "is a drawing sheet: \(sheet.reason)"
        if sheet.isIsolated {
            return "\(what); only the part in the largest of \(counted(sheet.views, "view")) is \(done.participle)"
        }
        return asked ? "\(what); no closed outline stands in it" : "\(what); --isolate \(done.verb) only the part in its largest view"
    }

    /// Notes a requested layer that the drawing does not have.
    private static func missing(_ layer: String, in drawing: Drawing) -> String? {
        let names = drawing.layers.map(\.name)
        guard !names.isEmpty else { return "has no layers, and so no '\(layer)'" }
        guard !names.contains(where: { $0.lowercased() == layer.lowercased() }) else { return nil }
        let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
        return "has no layer '\(layer)'; it has \(shown)"
    }
}

extension Output {
    /// Adds the notes to an output. If part of a drawing could not be measured, the figures are too small, so the exit code is that of an
    /// invalid file.
    func noting(_ uncounted: [MeasuringNotes]) -> Output {
        var output = noting(uncounted.sentences)
        if uncounted.contains(where: { $0.notes.contains(where: \.isDamage) }) { output.code = Failure.Kind.input.rawValue }
        return output
    }
}

extension [MeasuringNotes] {
    /// One sentence for each thing that was left out or assumed.
    var sentences: [String] {
        guard let words = first?.words else { return [] }
        var sentences = compactMap { each in each.missingLayer.map { "\(each.file) \($0)" } }
        sentences += compactMap { each in each.sheet.map { "\(each.file) \($0)" } }
        sentences += sum(words.skipped, of: { $0.skipped.mapValues(Double.init) }, shown: { "\(Int($1)) \($0)" })
        sentences += sum(
            words.passed,
            of: { Dictionary(uniqueKeysWithValues: $0.passed.map { ($0.process.word, $0.lengthMM) }) },
            shown: { "\($0) \(Decimal.hundredths($1)) mm" })
        let hidden = filter { $0.hiddenMM > 0 }
        if !hidden.isEmpty {
            let length = Decimal.hundredths(hidden.reduce(0) { $0 + $1.hiddenMM })
            sentences.append("\(words.hidden)\(among(hidden.count)): \(length) mm; --hidden \(words.flag)")
        }
        for kind in Note.Kind.allCases {
            let noted = compactMap { $0.notes.first { $0.kind == kind } }
            guard let first = noted.first else { continue }
            guard !first.isDamage else {
                sentences += filter { $0.notes.contains { $0.kind == kind } }.map { "error: \($0.file): \(first.message)" }
                continue
            }
            guard first.detail == nil else {
                sentences += flatMap { each in
                    each.notes.filter { $0.kind == kind }.map { count == 1 ? $0.message : "\(each.file): \($0.message)" }
                }
                continue
            }
            sentences.append(count == 1 ? first.message : "\(noted.count) of \(count) drawings: \(first.message)")
        }
        return sentences
    }

    private func among(_ some: Int) -> String { count == 1 ? "" : " in \(some) of \(count) drawings" }

    private func sum(_ head: String, of counts: (MeasuringNotes) -> [String: Double], shown: (String, Double) -> String) -> [String] {
        let all = map(counts).filter { !$0.isEmpty }
        guard !all.isEmpty else { return [] }
        let total = all.reduce(into: [String: Double]()) { sum, counts in sum.merge(counts) { $0 + $1 } }
        let parts = total.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { shown($0.key, $0.value) }
        return ["\(head)\(among(all.count)): \(parts.joined(separator: ", "))"]
    }
}
