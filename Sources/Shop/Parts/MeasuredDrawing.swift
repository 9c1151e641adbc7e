import Drawings
import Store
import Values

/// The stored measurements of a drawing.
package struct MeasuredDrawing: Sendable {
    package var part: Part
    package var netArea: Double
    package var grossArea: Double
    package var openContours: Int
    /// The number of contours that cross themselves, plus the pairs that cross each other.
    package var crossings: Int
    /// The key of its geometry, by which equal parts are found.
    package var geometry: String?
    /// Sentences about what is not cut or priced, what had to be assumed, and what is unusual.
    package var remarks: [String] = []
    /// The reasons why part of it is neither measured nor priced.
    package var damage: [String] = []
    /// How it was read.
    var habits: DrawingHabits?
    /// Whether of a drawing sheet only a part was read.
    private(set) var isIsolated = false
    /// The texts in the drawing, which may name the material.
    var texts: [String] = []
    /// The defects that keep it from being made. Looked for only if it is to be priced.
    private(set) var faults: [Defect] = []

    /// Measures what is cut.
    /// - Parameters:
    ///   - bed: the bed of the machine that it is priced for.
    ///   - checking: whether to look for defects that keep it from being made.
    /// - Throws: `input` if there is nothing to cut, `refused` for a drawing sheet that is not isolated.
    init(cutting drawing: Drawing, by habits: DrawingHabits, isolating: Bool = false, bed: Size? = nil, checking: Bool = false) throws {
        var options = Measure.Options(rules: habits.processes, process: .cut, isolates: isolating)
        options.unstatedUnits = habits.unit
        let measured = try drawing.measure(options), units = options.units(of: drawing)
        if let sheet = measured.sheet, !sheet.isIsolated {
            throw Failure(
                .refused, .measuredDrawing, "it is a drawing sheet, made to be read and not to be cut: \(sheet.reason)",
                hint: isolating ? "no closed outline stands in it" : "--isolate prices the part in its largest view")
        }
        try self.init(measured)
        (texts, self.habits, isIsolated) = (drawing.texts, habits, isolating)
        let limits = Check.Limits(bedWidthMM: bed?.width.millimetres, bedHeightMM: bed?.height.millimetres)
        remarks = MeasuredDrawing.remarks(drawing, measured, limits)
        if units != drawing.units { remarks.append("it names no unit: measured in \(units.word), as the client's drawings are") }
        if checking { faults = drawing.check(measured, limits).filter(\.forbidsPricing) }
    }

    private static func remarks(_ drawing: Drawing, _ measured: Measurement, _ limits: Check.Limits) -> [String] {
        var remarks: [String] = []
        if let sheet = measured.sheet, sheet.isIsolated {
            remarks.append("a drawing sheet, of which only the part in the largest of \(sheet.views) views is priced")
        }
        let uncut = measured.passed.filter { $0.process != .ignore }.map { "\($0.process) \(Decimal.hundredths($0.lengthMM)) mm" }
        if !uncut.isEmpty { remarks.append("not cut and not priced: \(uncut.joined(separator: ", "))") }
        if measured.hiddenLengthMM > 0 {
            remarks.append("not priced: \(Decimal.hundredths(measured.hiddenLengthMM)) mm on hidden layers")
        }
        let skipped = measured.skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        if !skipped.isEmpty { remarks.append("not counted: \(skipped.joined(separator: ", "))") }
        remarks += measured.notes.filter { !$0.isDamage }.map(\.message)
        return remarks + drawing.checkSize(measured, limits).map(\.consequence)
    }

    /// - Throws: `input` if there is nothing to cut.
    package init(_ measurement: Measurement) throws {
        let box = measurement.box
        guard measurement.contourCount > 0 else { throw Failure(.input, .measuredDrawing, "there is nothing to cut in it") }
        func length(_ mm: Double) throws -> Length {
            guard mm.isFinite, mm >= 0, mm < 1e9 else { throw Failure(.input, .measuredDrawing, "it is too large to be cut: \(mm) mm") }
            return Length(um: Int((mm * 1000).rounded()))
        }
        part = Part(
            cutLength: try length(measurement.cutLengthMM), pierces: measurement.pierces, width: try length(box.width),
            height: try length(box.height), bends: measurement.passed.first { $0.process == .bend }?.entities ?? 0)
        (netArea, grossArea, openContours) = (measurement.netAreaMM2, measurement.grossAreaMM2, measurement.open)
        crossings = measurement.wideSelfCrossings + measurement.crossingPairs
        damage = measurement.notes.filter(\.isDamage).map(\.message)
        geometry = measurement.fingerprint.key
    }

    /// `it cannot be made as it is drawn: open-contour: an end is 2 mm from the next (and 3 more)`; nil if it can be made.
    var refusal: String? {
        guard !faults.isEmpty else { return nil }
        let kinds = Defect.Kind.allCases.compactMap { kind -> String? in
            let alike = faults.filter { $0.kind == kind }
            guard let first = alike.first else { return nil }
            return "\(kind.rawValue): \(first.consequence)" + (alike.count > 1 ? " (and \(alike.count - 1) more)" : "")
        }
        return "it cannot be made as it is drawn: " + kinds.joined(separator: "; ")
    }

    /// Warnings for the user before the part is cut.
    package var problems: [String] {
        let open = [(openContours, "open contour"), (crossings, "crossing")].filter { $0.0 > 0 }.map { count, what in
            "\(counted(count, what)), see laseros dxf check"
        }
        return damage.map { "not all of it could be measured: \($0)" } + open + remarks
    }
}

extension Shop {
    /// Measures what is cut.
    /// - Parameters:
    ///   - isolating: whether to isolate the part on a drawing sheet.
    ///   - bed: the bed of the machine that it is priced for.
    ///   - checking: whether to look for defects that keep it from being made.
    /// - Throws: `input` if the bytes are not a drawing or there is nothing to cut; `refused` for a drawing sheet.
    package func measured(
        _ bytes: [UInt8], by habits: DrawingHabits, isolating: Bool = false, bed: Size? = nil, checking: Bool = false
    ) throws -> MeasuredDrawing {
        try MeasuredDrawing(cutting: Drawing(reading: bytes), by: habits, isolating: isolating, bed: bed, checking: checking)
    }

    /// Stores the measurements: those by the habits of a client beside those by the rules of the shop.
    package func keep(_ drawing: MeasuredDrawing, _ sha256: String) throws {
        let key = drawing.habits?.key(of: sha256), habits = key == nil ? nil : drawing.habits
        let part = drawing.part, measures = Shop.measures.map { "\(name: $0)" as SQL }.joined(", ")
        let new = Shop.measures.map { "excluded.\(name: $0)" as SQL }.joined(", ")
        try data.run(
            """
            INSERT INTO aux_drawing (sha256, processes, unit, \(measures))
            VALUES (\(key ?? sha256), \(habits?.processes.text), \(habits?.unit?.word), \(drawing.geometry), \(part.width), \(part.height), \(part.cutLength), \(part.pierces), \(drawing.netArea),
                    \(drawing.grossArea), \(drawing.openContours), \(drawing.crossings))
            ON CONFLICT (sha256) DO UPDATE SET (\(measures)) = (\(new)) WHERE (\(measures)) IS NOT (\(new))
            """)
    }

    private static let measures = [
        "geometry", "width_um", "height_um", "cut_length_um", "pierces", "net_area_mm2", "gross_area_mm2", "open_contours", "crossings",
    ]
}
