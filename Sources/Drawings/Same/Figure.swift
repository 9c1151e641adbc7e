/// The cut lines of a part as curves in millimetres, independent of the entities that they were drawn with. Its paths are computed on
/// demand, because most figures differ already in their moments.
package struct Figure: Sendable {
    private let all: ContourPaths
    private let chains: [Chaining.Chain]
    private let error, scale: Double
    /// The map applied since measuring.
    private let map: Rigid
    let moments: LineMoments
    /// The centroid of the curves, weighted by length.
    let centre: Point

    /// The maximum distance of biarcs from ellipses and splines, in millimetres.
    static let arcError = 0.002

    var length: Double { moments.length }
    var strokeCount: Int { chains.count }

    init(_ measured: Measurement, contours places: some Sequence<Int>) {
        let scale = measured.mmPerUnit
        var moments = LineMoments(origin: measured.box.isEmpty ? .zero : measured.box.center)
        var chains: [Chaining.Chain] = [], box = Box()
        for place in places {
            let loop = measured.contours.loops[place]
            chains.append(loop.chain)
            box.include(loop.box.scaled(scale))
            measured.path(of: place).walk { segment, _ in
                moments.add(segment, measured.geometry, scale: scale)
            }
        }
        (all, self.chains) = (measured.paths, chains)
        (error, self.scale) = (Self.error(around: box) / scale, scale)
        (self.moments, centre, map) = (moments, moments.centre, .identity)
    }

    /// Returns the maximum distance of biarcs from the curves in a box, in millimetres. It is larger for figures of hundreds of metres,
    /// which limits their number of biarcs. Small contours of such drawings have the usual precision.
    private static func error(around box: Box) -> Double { max(arcError, max(box.width, box.height) * 1e-8) }

    private init(_ other: Figure, _ map: Rigid) {
        (all, chains, error, scale) = (other.all, other.chains, other.error, other.scale)
        (moments, centre, self.map) = (other.moments, map(other.centre), map)
    }

    /// Returns the figure moved by a map. Its moments stay, because only their invariants are used.
    func mapped(_ map: Rigid) -> Figure { Figure(self, map) }

    /// The paths of its contours.
    var paths: some Sequence<ArcPath> {
        chains.lazy.map { chain in
            var path = all.path(chain).arcs(error: error, scale: scale)
            path.map({ map($0) }, isMirrored: map.isMirrored)
            return path
        }
    }
}

extension Measurement {
    /// The figure of all cut contours.
    package var figure: Figure { Figure(self, contours: contours.indices) }
}
