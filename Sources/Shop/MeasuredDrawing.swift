import Drawings
import Store
import Values

/// What the shop keeps of a drawing that it has measured once.
package struct MeasuredDrawing: Sendable {
    package var part: Part
    package var netArea: Double
    package var grossArea: Double
    package var openContours: Int
    /// Loops that cross themselves, and pairs that cross each other.
    package var crossings: Int

    init(_ row: Row) throws { try self.init(row, from: 0) }

    /// The eight columns from a place on: cut_length_um, pierces, width_um, height_um, net_area_mm2, gross_area_mm2, open_contours, crossings.
    init(_ row: Row, from i: Int) throws {
        part = Part(cutLength: try row.get(i), pierces: row.int(i + 1), width: try row.get(i + 2), height: try row.get(i + 3))
        (netArea, grossArea, openContours, crossings) = (row.real(i + 4), row.real(i + 5), row.int(i + 6), row.int(i + 7))
    }

    /// - Throws: `input` when there is nothing to cut.
    package init(_ measurement: Measurement) throws {
        let box = measurement.box
        guard measurement.contourCount > 0 else { throw Failure(.input, "there is nothing to cut in it") }
        func length(_ mm: Double) throws -> Length {
            guard mm.isFinite, mm >= 0, mm < 1e9 else { throw Failure(.input, "it is too large to be cut: \(mm) mm") }
            return Length(um: Int((mm * 1000).rounded()))
        }
        part = Part(
            cutLength: try length(measurement.cutLengthMM), pierces: measurement.pierces, width: try length(box.width),
            height: try length(box.height))
        (netArea, grossArea, openContours) = (measurement.netAreaMM2, measurement.grossAreaMM2, measurement.open)
        crossings = measurement.selfCrossing + measurement.crossingPairs
    }

    /// What a person should look at before this is cut.
    package var problems: [String] {
        [(openContours, "open contour"), (crossings, "crossing")].filter { $0.0 > 0 }.map { count, what in
            "\(count) \(what)\(count == 1 ? "" : "s"), see laseros dxf check"
        }
    }
}

extension Shop {
    /// What was measured of these bytes before, or is measured now.
    /// - Throws: `input` when they are no drawing, or there is nothing to cut in it.
    package func measured(_ bytes: [UInt8], _ sha256: String) throws -> MeasuredDrawing {
        let known = try data.one(
            """
            SELECT cut_length_um, pierces, width_um, height_um, net_area_mm2, gross_area_mm2, open_contours, crossings FROM drawing
            WHERE sha256 = \(sha256)
            """, MeasuredDrawing.init)
        return try known ?? MeasuredDrawing(Drawing(reading: bytes).measure())
    }

    /// Keeps what was measured.
    /// - Returns: the id of the drawing.
    package func keep(_ drawing: MeasuredDrawing, _ sha256: String) throws -> Int {
        if let known = try data.one("SELECT id FROM drawing WHERE sha256 = \(sha256)", { $0.int(0) }) { return known }
        try data.run(
            """
            INSERT INTO drawing (sha256, width_um, height_um, cut_length_um, pierces, net_area_mm2, gross_area_mm2, open_contours,
                                 crossings)
            VALUES (\(sha256), \(drawing.part.width), \(drawing.part.height), \(drawing.part.cutLength), \(drawing.part.pierces),
                    \(drawing.netArea), \(drawing.grossArea), \(drawing.openContours), \(drawing.crossings))
            """)
        return data.lastID
    }
}
