/// How many contours there are, and how many of them open, when ends are joined within another distance.
package struct Sensitivity: Sendable, Equatable {
    package let toleranceMM: Double
    package let contours: Int
    package let open: Int

    /// From touching exactly up to half a millimetre.
    package static let tolerances = [0, 0.001, 0.01, 0.1, 0.5]
}

extension Measurement {
    /// The same lines chained at several tolerances. What is closed by itself and what is doubled stays as the measurement found it;
    /// contours drawn twice count twice.
    package func sensitivity(_ tolerances: [Double] = Sensitivity.tolerances) -> [Sensitivity] {
        let own = toleranceMM / mmPerUnit
        let kept = duplicates.keptEdges
        return tolerances.map { tolerance in
            let chains = Chaining(geometry, edges: kept, tolerance: tolerance / mmPerUnit, closing: own).chains
            return Sensitivity(toleranceMM: tolerance, contours: chains.count, open: chains.count { !$0.isClosed })
        }
    }
}
