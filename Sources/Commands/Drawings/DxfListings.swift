import Drawings
import Shop
import Values

/// A drawing with its measurements: one row of `dxf info`.
struct MeasuredFile: Sendable {
    let file: String
    let drawing: Drawing
    let units: Units
    let measured: Measurement
    /// Empty unless requested.
    let sensitivity: [Sensitivity]

    static let columns: [Column<MeasuredFile>] = identity + lengths + contours + faults + lists + more
    static let headings = columns.map(\.heading)

    /// Computed on the thread that measured the drawing, so that the drawing itself can be released.
    var row: [DisplayValue] { MeasuredFile.columns.map { $0.value(self) } }

    private static let identity: [Column<MeasuredFile>] = [
        Column("file") { $0.file },
        Column("version", wide: true) { $0.drawing.version },
        Column("units", wide: true) { $0.units.word },
        Column("measurement", wide: true) { $0.drawing.measurement.map { $0 == 0 ? "imperial" : "metric" } },
        Column("mm_per_unit", wide: true) { $0.measured.mmPerUnit },
        Column("min_x_mm", wide: true) { file in file.inBox { $0.min.x } },
        Column("min_y_mm", wide: true) { file in file.inBox { $0.min.y } },
        Column("width_mm") { file in file.inBox { $0.width } },
        Column("height_mm") { file in file.inBox { $0.height } },
    ]

    /// Nil if there is nothing to cut.
    private func inBox(_ value: (Box) -> Double) -> Double? { measured.box.isEmpty ? nil : value(measured.box) }

    private static let lengths: [Column<MeasuredFile>] = [
        Column("length_mm", wide: true) { $0.measured.lengthMM },
        Column("duplicate_length_mm", wide: true) { $0.measured.duplicateLengthMM },
        Column("open_length_mm", wide: true) { $0.measured.openLengthMM },
        Column("cut_length_mm") { $0.measured.cutLengthMM },
    ]

    private static let contours: [Column<MeasuredFile>] = [
        Column("contours", wide: true) { $0.measured.contourCount },
        Column("closed", wide: true) { $0.measured.closed },
        Column("open") { $0.measured.open },
        Column("pierces") { $0.measured.pierces },
        Column("outer", wide: true) { $0.measured.outer },
        Column("holes") { $0.measured.holes },
        Column("gross_area_mm2", wide: true) { $0.measured.grossAreaMM2 },
        Column("net_area_mm2", wide: true) { $0.measured.netAreaMM2 },
    ]

    private static let faults: [Column<MeasuredFile>] = [
        Column("duplicate_segments", wide: true) { $0.measured.duplicateSegments },
        Column("open_ends", wide: true) { $0.measured.openEnds },
        Column("junctions", wide: true) { $0.measured.junctions },
        Column("near_gaps", wide: true) { $0.measured.nearGaps },
        Column("self_crossing", wide: true) { $0.measured.selfCrossing },
        Column("crossing_pairs", wide: true) { $0.measured.crossingPairs },
        Column("tiny", wide: true) { $0.measured.tiny },
    ]

    private static let lists: [Column<MeasuredFile>] = [
        Column("entities", wide: true) { counts($0.drawing.entities) },
        Column("skipped", wide: true) { counts($0.measured.skipped) },
        Column("layers", wide: true) { file in Nested.array(file.measured.layers.map(layer)) },
    ]

    private static let more: [Column<MeasuredFile>] = [
        Column("hidden_length_mm", wide: true) { $0.measured.hiddenLengthMM },
        Column("overlap_segments", wide: true) { $0.measured.overlapSegments },
        Column("overlap_length_mm", wide: true) { $0.measured.overlapLengthMM },
        Column("circles", wide: true) { $0.measured.circles },
        Column("smallest_circle_mm", wide: true) { $0.measured.minCircleDiameterMM },
        Column("tolerance_mm", wide: true) { $0.measured.toleranceMM },
        Column("processes", wide: true) { file in Nested.array(file.measured.processes.map(process)) },
        Column("sheet", wide: true) { $0.measured.sheet?.reason },
        Column("sensitivity", .nested, wide: true) { file in
            file.sensitivity.isEmpty ? .nothing : .nested(.array(file.sensitivity.map(SensitivityListing.nested)))
        },
        Column("notes", wide: true) { file in Nested.array(file.measured.notes.map(note)) },
    ]

    private static func counts(_ counts: [String: Int]) -> Nested {
        .object(counts.sorted { $0.key < $1.key }.map { Nested.Member($0.key, $0.value) })
    }

    private static func layer(_ layer: Measurement.LayerMeasure) -> Nested {
        .object([
            .init("name", layer.name), .init("length_mm", layer.lengthMM), .init("contours", layer.contours), .init("closed", layer.closed),
            .init("hidden", layer.hidden), .init("process", layer.process.word), .init("hidden_length_mm", layer.hiddenLengthMM),
        ])
    }

    private static func process(_ process: Measurement.ProcessMeasure) -> Nested {
        .object([
            .init("process", process.process.word), .init("length_mm", process.lengthMM), .init("contours", process.contours),
            .init("closed", process.closed),
        ])
    }

    private static func note(_ note: Note) -> Nested {
        .object([.init("note", note.kind.rawValue), .init("count", note.count), .init("message", note.message)])
    }
}

/// The defects of a drawing, for `dxf check`.
enum DefectListing {
    static let headings = [
        Heading("file", .text), Heading("severity", .status), Heading("kind", .text), Heading("x_mm", .number), Heading("y_mm", .number),
        Heading("size_mm", .number), Heading("gap_mm", .number, wide: true), Heading("cost_s", .number, wide: true),
        Heading("count", .int), Heading("places", .nested, wide: true), Heading("message", .text),
    ]

    static func row(_ file: String, _ group: DefectGroup) -> [DisplayValue] {
        let defect = group.defect
        let tone: Tone =
            switch defect.severity {
            case .error: .bad
            case .warning: .warning
            case .note: .quiet
            }
        return [
            .text(file), .status(defect.severity.rawValue, tone), .text(defect.kind.rawValue), (defect.place?.x).shown,
            (defect.place?.y).shown,
            defect.sizeMM.shown, defect.gapMM.shown, group.totalSeconds.shown, .int(group.count),
            .nested(.array(group.places.map { .object([.init("x_mm", $0.x), .init("y_mm", $0.y)]) })), .text(group.consequence),
        ]
    }
}

/// What a file name says about the part: one line of an enquiry.
enum PartListing {
    static let headings = [
        Heading("file", .text), Heading("quantity", .int), Heading("material", .text), Heading("thickness_mm", .length),
        Heading("finish", .text),
    ]

    static func row(_ file: String, _ facts: PartFacts) -> [DisplayValue] {
        [.text(file), facts.quantity.shown, facts.material.shown, facts.thickness.shown, facts.finish.shown]
    }
}

/// How the number of contours depends on the tolerance.
enum SensitivityListing {
    static let headings = [Heading("file", .text), Heading("tolerance_mm", .length), Heading("contours", .int), Heading("open", .int)]

    static func row(_ file: String, _ each: Sensitivity) -> [DisplayValue] {
        [.text(file), .length(tolerance(each)), .int(each.contours), .int(each.open)]
    }

    static func nested(_ each: Sensitivity) -> Nested {
        .object([.init("tolerance_mm", tolerance(each)), .init("contours", each.contours), .init("open", each.open)])
    }

    /// `0.01 mm: 6, 1 open; 0.5 mm: 6`
    static func text(_ sweep: [Sensitivity]) -> String {
        sweep.map { "\(tolerance($0)) mm: \($0.contours)" + ($0.open > 0 ? ", \($0.open) open" : "") }.joined(separator: "; ")
    }

    private static func tolerance(_ each: Sensitivity) -> Length { Length(um: Int((each.toleranceMM * 1000).rounded())) }
}
