import Store
import Values

/// What runs say about presets: how often one was used, and how long cutting with it really takes.
extension Field {
    /// How many runs used a preset, or were an operator's.
    static func runs(of noun: String) -> Field {
        Field(
            "runs", Int.self,
            sql: "(SELECT count(*) FROM run WHERE run.\(name: noun + "_id") = \(name: noun).id AND run.removed_on IS NULL)",
            wide: true)
    }

    /// Since when the speed of a preset is what it is: earlier estimates were made with another.
    static let speedSince = Field("speed_since", Moment.self, sql: "preset.speed_since", wide: true)
}

/// Which runs are compared; nil for all.
package struct RunChoice: Sendable {
    package var material: RecordID?
    package var thickness: Length?
    package var machine: RecordID?
    package var period: Period?
    package init() {}
}

/// The estimated and the real time of the runs with a preset, and the speed with which the estimates would have been right.
package struct LearnedSpeed: Sendable {
    package var material: String
    package var thickness: Length?
    /// Nil for runs of which it is not known.
    package var preset: RecordID?
    package var ratio: MinutesRatio
    package var estimated: Seconds
    package var real: Seconds
    var speed: Quantity?
    var isActive: Bool
    /// How long the beam cuts and pierces at these pieces as far as their drawings are known.
    var cuttingTime: Int128 = 0, piercingTime: Int128 = 0

    /// In mm per minute; nil from too few runs, and if it is what it is.
    package var proposed: Quantity? {
        guard isActive, let corrected = speed.flatMap({ ratio.corrected($0, cutting: cutting) }), corrected != speed else { return nil }
        return corrected
    }

    /// The part of the time in which the beam cuts, in millionths; all of it where no drawing is known.
    private var cutting: Int {
        let all = cuttingTime + piercingTime
        return cuttingTime > 0 ? Int(cuttingTime * Int128(MinutesRatio.one) / all) : MinutesRatio.one
    }

    /// How many runs are missing until something is proposed.
    package var missing: Int { max(0, MinutesRatio.fewest - ratio.runs) }

    /// By how much more than the bias four of five runs stay below.
    private var spread: Percent? {
        ratio.isUsed ? Percent(hundredths: Decimal.rounded(Int128(ratio.measuredSafe - ratio.measured), over: 100)) : nil
    }

    package static let columns: [Column<LearnedSpeed>] = [
        Column("material") { $0.material }, Column("thickness_mm") { $0.thickness }, Column("preset") { $0.preset?.code },
        Column("runs") { $0.ratio.runs }, Column("left_out", wide: true) { $0.ratio.leftOut },
        Column("estimated_s") { $0.estimated }, Column("real_s") { $0.real }, Column("bias_percent") { $0.ratio.bias },
        Column("spread_percent") { $0.spread }, Column("cut_speed") { $0.speed }, Column("proposed") { $0.proposed },
        Column("missing") { $0.missing },
    ]
}

extension Shop {
    /// Compares the estimated and the real time of cutting, by preset, and without one by material and thickness.
    package func learnedSpeeds(_ choice: RunChoice) throws -> [LearnedSpeed] {
        var conditions: [SQL] = [
            "\(Shop.isComparable) AND \(Noun.runIsCut)"
        ]
        if let material = choice.material { conditions.append("run.material_id = \(material.id)") }
        if let thickness = choice.thickness { conditions.append("coalesce(preset.thickness_um, run.thickness_um) = \(thickness)") }
        if let machine = choice.machine { conditions.append("run.machine_id = \(machine.id)") }
        if let period = choice.period { conditions.append(Noun.within("run.day", period.cell)) }
        var order: [[Int]] = [], groups: [[Int]: (speed: LearnedSpeed, runs: [MinutesRatio.Run])] = [:]
        try data.each(
            """
            SELECT coalesce(material.code, ''), coalesce(preset.thickness_um, run.thickness_um), preset.id, preset.code, preset.cut_speed_um_min,
                coalesce(preset.active, 0), run.estimate_ms, run.duration_ms, run.material_id, preset.pierce_time_ms,
                \(drawn("cut_length_um")), \(drawn("pierces"))
            FROM \(try runsWithPresets()) LEFT JOIN material ON material.id = run.material_id WHERE \(conditions.joined(" AND ")) ORDER BY 1, 2, preset.id, run.id
            """
        ) { row in
            let thickness: Length? = try row.get(1), preset: Int? = try row.get(2)
            let key = [row.int(8), thickness?.um ?? -1, preset ?? -1], times = (row.int(6), row.int(7))
            if groups[key] == nil {
                order.append(key)
                groups[key] = (
                    LearnedSpeed(
                        material: row.text(0), thickness: thickness, preset: preset.map { RecordID(id: $0, code: row.text(3)) },
                        ratio: .none,
                        estimated: Seconds(ms: 0), real: Seconds(ms: 0), speed: try row.get(4), isActive: row.int(5) != 0), []
                )
            }
            groups[key]?.runs.append(MinutesRatio.Run(estimated: times.0, real: times.1))
            guard let speed: Quantity = try row.get(4), speed.thousandths > 0 else { return }
            groups[key]?.speed.cuttingTime += Int128(row.int(10)) * 60_000 / Int128(speed.thousandths)
            groups[key]?.speed.piercingTime += Int128(row.int(11)) * Int128(row.int(9))
        }
        return order.compactMap { key in
            guard let (known, runs) = groups[key] else { return nil }
            var speed = known
            speed.ratio = MinutesRatio(runs)
            speed.estimated = Seconds(ms: runs.reduce(0) { $0 + $1.estimated })
            speed.real = Seconds(ms: runs.reduce(0) { $0 + $1.real })
            return speed
        }
    }

    /// Runs with their presets. One that was meant for something else has no part in the estimate.
    func runsWithPresets() throws -> SQL {
        """
        run LEFT JOIN preset ON preset.id = run.preset_id AND preset.material_id = run.material_id
            AND abs(preset.thickness_um - run.thickness_um) <= \(try setting(Settings.presetTolerance))
        """
    }

    /// The condition that the time of a run says something about estimates. What was estimated with an earlier speed of its preset does not.
    static let isComparable: SQL = """
        run.removed_on IS NULL AND run.ended_at IS NOT NULL AND run.estimate_ms > 0 AND run.duration_ms > 0
            AND (preset.speed_since IS NULL OR NOT EXISTS (SELECT 1 FROM run_row JOIN queue_part ON queue_part.id = queue_part_id
                JOIN queue ON queue.id = queue_id WHERE run_row.run_id = run.id AND queue.added_at <= preset.speed_since))
        """

    /// What the drawings of all pieces of a run sum up to.
    private func drawn(_ column: SQL) -> SQL {
        """
        (SELECT CAST(total((good + scrapped) * \(column)) AS INTEGER) FROM run_row JOIN queue_part ON queue_part.id = queue_part_id
            JOIN part ON part.id = queue_part.part_id JOIN aux_drawing ON aux_drawing.sha256 = \(Shop.measuredDrawing)
            WHERE run_row.run_id = run.id AND good + scrapped > 0)
        """
    }

    /// Sets presets to the speeds that their runs propose.
    /// - Returns: the presets that were changed.
    package func accept(_ speeds: [LearnedSpeed]) throws -> [RecordID] {
        try speeds.compactMap { learned in
            guard let preset = learned.preset, let speed = learned.proposed else { return nil }
            var record = Record(.preset, id: preset.id)
            record["cut_speed"] = speed.cell
            return try edit(record) ? preset : nil
        }
    }

    /// Notes since when a preset has its speed.
    func noteSpeed(_ record: inout Record) throws {
        guard let id = record.id, let new = record["cut_speed"],
            let old = try data.one("SELECT cut_speed_um_min FROM preset WHERE id = \(id)", { $0.cell(0) }), old != new
        else { return }
        record["speed_since"] = clock.cell
    }

    /// - Throws: `refused` for an operator who does not work here any more, or a preset that is retired.
    func demandActive(_ request: RunRequest) throws {
        if let person = request.operator, try data.one("SELECT active FROM operator WHERE id = \(person.id)", { $0.int(0) }) == 0 {
            throw Failure(
                .refused, .operator, "operator \(person.code) does not work here any more",
                hint: "laseros operator edit \(person.code) --active yes")
        }
        if let preset = request.preset, try data.one("SELECT active FROM preset WHERE id = \(preset.id)", { $0.int(0) }) == 0 {
            throw Failure(
                .refused, .preset, "preset \(preset.code) is retired", hint: "laseros preset edit \(preset.code) --active yes")
        }
    }
}
