/// What is cut of a part as bare curves in millimetres, whatever entities it was drawn with: what equal parts have in common. Its paths
/// are made when they are asked for: most figures are told apart by their moments.
package struct Figure: Sendable {
    private let all: ContourPaths
    private let chains: [Chaining.Chain]
    private let error, scale: Double
    /// How it was moved since it was measured.
    private let map: Rigid
    let moments: LineMoments
    /// The centroid of the curves, weighted by length.
    let centre: Point

    /// How far biarcs may be from ellipses and splines.
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

    /// How far biarcs may be from the curves in a box, in millimetres. Of what is hundreds of metres large so many are enough; of what is
    /// small in such a drawing they are as fine as ever.
    private static func error(around box: Box) -> Double { max(arcError, max(box.width, box.height) * 1e-8) }

    private init(_ other: Figure, _ map: Rigid) {
        (all, chains, error, scale) = (other.all, other.chains, other.error, other.scale)
        (moments, centre, self.map) = (other.moments, map(other.centre), map)
    }

    /// The same as measured, moved. Its moments stay: only what no map changes is asked of them.
    func mapped(_ map: Rigid) -> Figure { Figure(self, map) }

    /// The paths of its contours, one after the other.
    var paths: some Sequence<ArcPath> {
        chains.lazy.map { chain in
            var path = all.path(chain).arcs(error: error, scale: scale)
            path.map({ map($0) }, isMirrored: map.isMirrored)
            return path
        }
    }
}

extension Measurement {
    /// All that is cut.
    package var figure: Figure { Figure(self, contours: contours.indices) }
}
