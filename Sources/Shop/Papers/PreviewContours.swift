import Documents
import Drawings

extension Measurement {
    /// The contours as pictures want them: material, holes and what is open told apart.
    package func documentOutlines(toleranceMM: Double) -> [PreviewContour] {
        outlines(toleranceMM: toleranceMM).map { outline in
            PreviewContour(outline, !outline.isClosed ? .open : outline.depth % 2 == 0 ? .outer : .hole)
        }
    }
}

extension ProcessParts {
    /// What is cut as material, holes and what is open, the rest as lines by what is done along them.
    package func documentOutlines(toleranceMM: Double) -> [PreviewContour] {
        parts.flatMap { process, measured in
            guard let role = process.role else { return measured.documentOutlines(toleranceMM: toleranceMM) }
            return measured.outlines(toleranceMM: toleranceMM).map { PreviewContour($0, role) }
        }
    }
}

extension Process {
    /// Nil where it depends on the contour.
    fileprivate var role: PreviewContour.Role? {
        switch self {
        case .cut: nil
        case .mark: .mark
        case .engrave: .engrave
        case .bend: .bend
        case .centre: .centre
        case .ignore: .ignored
        }
    }
}
