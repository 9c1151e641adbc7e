import Documents
import Drawings

extension Measurement {
    /// The contours for pictures, with their role: material, hole or open.
    package func documentOutlines(toleranceMM: Double) -> [PreviewContour] {
        outlines(toleranceMM: toleranceMM).map { outline in
            PreviewContour(outline, !outline.isClosed ? .open : outline.depth % 2 == 0 ? .outer : .hole)
        }
    }
}

extension ProcessParts {
    /// The contours for pictures. Cut ones are material, holes or open; the others are lines with their process.
    package func documentOutlines(toleranceMM: Double) -> [PreviewContour] {
        parts.flatMap { process, measured in
            guard let role = process.role else { return measured.documentOutlines(toleranceMM: toleranceMM) }
            return measured.outlines(toleranceMM: toleranceMM).map { PreviewContour($0, role) }
        }
    }
}

extension Process {
    /// Nil if it depends on the contour.
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
