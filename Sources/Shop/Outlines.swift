import Documents
import Drawings

extension Measurement {
    /// The contours as pictures want them: material, holes and what is open told apart.
    package func documentOutlines(toleranceMM: Double) -> [Documents.Outline] {
        outlines(toleranceMM: toleranceMM).map { outline in
            let role: Documents.Outline.Role = !outline.isClosed ? .open : outline.depth % 2 == 0 ? .outer : .hole
            return Documents.Outline(outline.points.map { (x: $0.x, y: $0.y) }, role)
        }
    }
}
