import Glibc

/// What a machine's axes can do. Lengths in millimetres, times in seconds.
package struct MachineMotion: Sendable {
    /// mm/s².
    package var acceleration: Double
    /// How far the path may be cut short at a corner, in mm.
    package var deviation: Double
    /// The speed between contours, mm/s.
    package var rapid: Double
    /// To lift, settle and lower the head at each hop, in s.
    package var head: Double

    package init(acceleration: Double = 10_000, deviation: Double = 0.03, rapid: Double = 1000, head: Double = 0.5) {
        (self.acceleration, self.deviation, self.rapid, self.head) = (acceleration, deviation, rapid, head)
    }

    /// From standstill to standstill over a length: s/v + v/a where v is reached, else 2 sqrt(s/a).
    func time(_ length: Double, at speed: Double) -> Double {
        length >= speed * speed / acceleration ? length / speed + speed / acceleration : 2 * (length / acceleration).squareRoot()
    }

    /// The speed at which a corner between two directions of length 1 may be passed, by junction deviation:
    /// v = sqrt(a d sin(t/2) / (1 - sin(t/2))), t being the angle between the legs.
    ///
    /// The arc that cuts the corner short leaves each leg by its middle at the latest. So a curve drawn as many short lines is passed as
    /// fast as the curve itself.
    /// - Parameter leg: the length of the shorter leg.
    func cornerSpeed(_ arriving: Point, _ leaving: Point, leg: Double) -> Double {
        // cos t = -arriving . leaving, and sin(t/2) = sqrt((1 - cos t) / 2).
        let half = (max(0, 1 + arriving.dot(leaving)) / 2).squareRoot()
        guard half < 1 - 1e-9 else { return .infinity }
        let radius = min(deviation * half / (1 - half), leg / 2 * half / (1 - half * half).squareRoot())
        return (acceleration * radius).squareRoot()
    }

    /// The speed in a curve of a radius: the acceleration across it is that along it.
    func curveSpeed(radius: Double) -> Double { (acceleration * radius).squareRoot() }
}

/// A stretch of a path without a corner in it.
struct Stretch {
    var length: Double
    /// The least radius of its curve; infinite where it is straight.
    var radius: Double
    /// Directions of length 1.
    var arriving, leaving: Point
}

/// A contour as the axes follow it.
struct MotionPath {
    private let stretches: [Stretch]

    init(_ stretches: [Stretch]) { self.stretches = stretches }

    var length: Double { stretches.reduce(0) { $0 + $1.length } }

    /// Seconds from standstill to standstill when nothing is faster than `feed` (mm/s): speeds at the corners are lowered going
    /// forwards and backwards until every stretch is long enough for its change of speed.
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

    /// A trapezoid of speed, or a triangle where the top is not reached.
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
