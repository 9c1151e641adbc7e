/// The numbers of contours and of open contours if ends are joined within another distance.
package struct Sensitivity: Sendable, Equatable {
    package let toleranceMM: Double
    package let contours: Int
    package let open: Int

    /// From exact contact to half a millimetre.
    package static let tolerances = [0, 0.001, 0.01, 0.1, 0.5]
}

extension Measurement {
    /// Returns the numbers of contours for several tolerances. Edges that are closed by themselves and duplicates stay as measured.
    /// Repeated contours are counted repeatedly.
    package func sensitivity(_ tolerances: [Double] = Sensitivity.tolerances) -> [Sensitivity] {
        let own = toleranceMM / mmPerUnit
        let kept = duplicates.keptEdges
        return tolerances.map { tolerance in
            let chains = Chaining(geometry, edges: kept, tolerance: tolerance / mmPerUnit, closing: own).chains
            return Sensitivity(toleranceMM: tolerance, contours: chains.count, open: chains.count { !$0.isClosed })
        }
    }
}
