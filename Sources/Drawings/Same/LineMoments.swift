import Glibc

/// Length, centroid and spread of curves, weighted by length. They do not depend on how the curves are divided into segments.
struct LineMoments: Sendable {
    /// The origin of coordinates, so that a part far from zero does not lose digits.
    private let origin: Point
    private(set) var length = 0.0
    private var x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0

    init(origin: Point) { self.origin = origin }

    mutating func add(_ segment: Segment, _ geometry: Geometry, scale: Double) {
        switch segment.shape {
        case .line: add(line: segment.a * scale, segment.b * scale)
        case .conic(let index):
            let conic = geometry.conics[index]
            // The integrands of a circle are smooth, while a flat ellipse has a high curvature at its ends.
            let panels = conic.radius == nil ? 16 : 4
            Quadrature.panels(panels, from: conic.start, to: conic.end) { t, weight in
                add(conic.point(t, after: segment.a) * scale, abs(weight) * conic.velocity(t).length * scale)
            }
        case .spline(let index):
            let spline = geometry.splines[index]
            for number in 0..<spline.pieces {
                let piece = geometry.piece(spline, number)
                Quadrature.panels(4, from: 0, to: 1) { t, weight in
                    let (place, velocity) = piece.evaluate(t)
                    add(place * scale, weight * velocity.length * scale)
                }
            }
        }
    }

    private mutating func add(_ place: Point, _ weight: Double) {
        let p = place - origin
        length += weight
        x += p.x * weight
        y += p.y * weight
        xx += p.x * p.x * weight
        xy += p.x * p.y * weight
        yy += p.y * p.y * weight
    }

    private mutating func add(line first: Point, _ last: Point) {
        let (a, b) = (first - origin, last - origin)
        let weight = (b - a).length
        length += weight
        x += (a.x + b.x) / 2 * weight
        y += (a.y + b.y) / 2 * weight
        xx += (a.x * a.x + a.x * b.x + b.x * b.x) / 3 * weight
        yy += (a.y * a.y + a.y * b.y + b.y * b.y) / 3 * weight
        xy += (2 * a.x * a.y + a.x * b.y + b.x * a.y + 2 * b.x * b.y) / 6 * weight
    }

    var centre: Point { length > 0 ? origin + Point(x, y) * (1 / length) : origin }

    /// The larger and the smaller mean square distance from the centroid along the principal axes.
    var spreads: (large: Double, small: Double) {
        guard length > 0 else { return (0, 0) }
        let (mx, my) = (x / length, y / length)
        let (a, b, c) = (xx / length - mx * mx, xy / length - mx * my, yy / length - my * my)
        let middle = (a + c) / 2
        let reach = (((a - c) / 2) * ((a - c) / 2) + b * b).squareRoot()
        return (max(middle + reach, 0), max(middle - reach, 0))
    }
}
