import Glibc

/// The dynamics of a machine's axes. Lengths are in millimetres, times in seconds.
package struct MachineMotion: Sendable {
    /// In mm/s².
    package var acceleration: Double
    /// The maximum deviation from the path at a corner, in mm.
    package var deviation: Double
    /// The speed between contours, in mm/s.
    package var rapid: Double
    /// The time to raise, settle and lower the head between two contours, in s.
    package var head: Double

    package init(acceleration: Double = 10_000, deviation: Double = 0.03, rapid: Double = 1000, head: Double = 0.5) {
        (self.acceleration, self.deviation, self.rapid, self.head) = (acceleration, deviation, rapid, head)
    }

    /// Returns the time from standstill to standstill: s/v + v/a if the speed v is reached, otherwise 2 sqrt(s/a).
    func time(_ length: Double, at speed: Double) -> Double {
        length >= speed * speed / acceleration ? length / speed + speed / acceleration : 2 * (length / acceleration).squareRoot()
    }

    /// Returns the maximum speed at a corner between two unit vectors, by junction deviation: v = sqrt(a d sin(t/2) / (1 - sin(t/2))),
    /// where t is the angle between the legs.
    ///
    /// The arc that rounds the corner touches each leg at its middle at the latest. The speed along a curve of many short lines is
    /// therefore that of the curve.
    /// - Parameter leg: the length of the shorter leg.
    func cornerSpeed(_ arriving: Point, _ leaving: Point, leg: Double) -> Double {
        // cos t = -arriving . leaving, and sin(t/2) = sqrt((1 - cos t) / 2).
        let half = (max(0, 1 + arriving.dot(leaving)) / 2).squareRoot()
        guard half < 1 - 1e-9 else { return .infinity }
        let radius = min(deviation * half / (1 - half), leg / 2 * half / (1 - half * half).squareRoot())
        return (acceleration * radius).squareRoot()
    }

    /// Returns the maximum speed in a curve, for which the lateral acceleration equals `acceleration`.
    func curveSpeed(radius: Double) -> Double { (acceleration * radius).squareRoot() }
}

/// A stretch of a path without a corner.
struct Stretch {
    var length: Double
    /// The minimum radius of curvature; infinite for a line.
    var radius: Double
    /// The directions at its start and end, as unit vectors.
    var arriving, leaving: Point
}

/// The path of the axes along a contour.
struct MotionPath {
    private let stretches: [Stretch]

    init(_ stretches: [Stretch]) { self.stretches = stretches }

    var length: Double { stretches.reduce(0) { $0 + $1.length } }

    /// Returns the seconds from standstill to standstill with at most `feed` (mm/s). A forward and a backward pass lower the speeds at the
    /// corners until every stretch is long enough for its change of speed.
    func time(feed: Double, _ motion: MachineMotion) -> Double {
        guard !stretches.isEmpty else { return 0 }
        let tops = stretches.map { min(feed, motion.curveSpeed(radius: $0.radius)) }
        var speeds = [Double](repeating: 0, count: stretches.count + 1)
        for place in 1..<max(stretches.count, 1) {
            let leg = min(stretches[place - 1].length, stretches[place].length)
            let corner = motion.cornerSpeed(stretches[place - 1].leaving, stretches[place].arriving, leg: leg)
            let reached = (speeds[place - 1] * speeds[place - 1] + 2 * motion.acceleration * stretches[place - 1].length).squareRoot()
            speeds[place] = min(corner, tops[place - 1], tops[place], reached)
        }
        for place in stride(from: stretches.count - 1, to: 0, by: -1) {
            let reached = (speeds[place + 1] * speeds[place + 1] + 2 * motion.acceleration * stretches[place].length).squareRoot()
            speeds[place] = min(speeds[place], reached)
        }
        return stretches.indices.reduce(0) { sum, place in
            sum + Self.time(stretches[place].length, from: speeds[place], to: speeds[place + 1], top: tops[place], motion.acceleration)
        }
    }

    /// Returns the time for a trapezoidal speed profile, or a triangular one if the top speed is not reached.
    private static func time(_ length: Double, from: Double, to: Double, top: Double, _ acceleration: Double) -> Double {
        let rising = (top * top - from * from) / (2 * acceleration)
        let falling = (top * top - to * to) / (2 * acceleration)
        if rising + falling <= length {
            return (top - from) / acceleration + (top - to) / acceleration + (length - rising - falling) / top
        }
        let peak = max((acceleration * length + (from * from + to * to) / 2).squareRoot(), from, to)
        return (2 * peak - from - to) / acceleration
    }
}
