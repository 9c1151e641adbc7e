import Values

/// How long a kind of work really takes, compared with its estimates: of a material and thickness, say. In whole millionths.
package struct MinutesRatio: Hashable, Sendable {
    /// The estimated and the real time of a run, in one unit.
    package struct Run: Hashable, Sendable {
        package var estimated: Int
        package var real: Int
        package init(estimated: Int, real: Int) { (self.estimated, self.real) = (estimated, real) }
    }

    /// How many runs it is from.
    package var runs: Int
    /// The real time of all runs over the estimated: 1,070,000 is 7 per cent more.
    package var measured: Int
    /// What four of five runs stay below, and at least `measured`.
    package var measuredSafe: Int
    /// The runs that are left out: without a time, or over three times as far off as the middle one, which is a forgotten clock.
    package var leftOut: Int

    /// With fewer runs the estimates stand.
    package static let fewest = 30
    package static let one = 1_000_000
    package static let none = MinutesRatio(runs: 0, measured: one, measuredSafe: one, leftOut: 0)

    private init(runs: Int, measured: Int, measuredSafe: Int, leftOut: Int) {
        (self.runs, self.measured, self.measuredSafe, self.leftOut) = (runs, measured, measuredSafe, leftOut)
    }

    package init(_ all: [Run]) {
        let timed = all.filter { $0.estimated > 0 && $0.real > 0 }
        func ratio(_ run: Run) -> Int { Decimal.scale(run.real, MinutesRatio.one, over: run.estimated) }
        let ratios = timed.map(ratio).sorted(), middle = ratios.isEmpty ? 0 : ratios[ratios.count / 2]
        let sound = timed.filter { ratio($0) / 3 <= middle && middle / 3 <= ratio($0) }
        guard !sound.isEmpty else {
            self = .none
            leftOut = all.count
            return
        }
        let sums = sound.reduce(into: (estimated: Int128(0), real: Int128(0))) { sums, run in
            sums.estimated += Int128(run.estimated)
            sums.real += Int128(run.real)
        }
        let measured = Decimal.rounded(sums.real * Int128(MinutesRatio.one), over: sums.estimated)
        let order = sound.map(ratio).sorted()
        self.init(
            runs: sound.count, measured: measured, measuredSafe: max(measured, order[(order.count * 4 + 4) / 5 - 1]),
            leftOut: all.count - sound.count)
    }

    package var isUsed: Bool { runs >= MinutesRatio.fewest }
    /// The ratio to plan with.
    package var likely: Int { isUsed ? measured : MinutesRatio.one }
    /// The ratio to promise by.
    package var safe: Int { isUsed ? measuredSafe : MinutesRatio.one }

    /// How much longer the runs took than estimated: 7 per cent is 700; below zero they were faster. Nil from too few runs.
    package var bias: Percent? { isUsed ? Percent(hundredths: Decimal.rounded(Int128(measured - MinutesRatio.one), over: 100)) : nil }

    /// The feed with which the estimates would have been right; in whole units, as feeds are set.
    /// - Parameter cutting: the part of the estimated time in which the beam cuts, in millionths; the rest does not change with the feed.
    /// - Returns: nil from too few runs, or if the runs took less time than the rest alone.
    package func corrected(_ feed: Quantity, cutting: Int = one) -> Quantity? {
        let real = measured - MinutesRatio.one + cutting
        guard isUsed, cutting > 0, real > 0 else { return nil }
        let units = Decimal.rounded(Int128(feed.thousandths) * Int128(cutting), over: Int128(real) * 1000)
        return Quantity(thousandths: max(1, units) * 1000)
    }
}
