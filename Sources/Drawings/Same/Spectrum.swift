import Glibc

/// The distribution of a figure's length around its centre, by angle and in rings, as Fourier coefficients. Their correlation gives the
/// rotation between two figures without trying angles.
struct Spectrum {
    static let angles = 1024
    private static let rings = 8
    private var real: [[Double]] = []
    private var imaginary: [[Double]] = []

    init(_ paths: [ArcPath], centre: Point, radius: Double, length: Double) {
        var table = [[Double]](repeating: [Double](repeating: 0, count: Self.angles), count: Self.rings)
        let step = max(radius * .pi / Double(Self.angles), length / 50_000, 1e-6)
        for piece in paths.lazy.flatMap(\.pieces) {
            let length = piece.length, count = max(1, Int(min((length / step).rounded(.up), 10_000)))
            for part in 0..<count {
                let place = piece.point(at: (Double(part) + 0.5) / Double(count)) - centre
                Self.add(length / Double(count), at: place, radius: radius, to: &table)
            }
        }
        for ring in table {
            // The mean of a ring does not depend on the rotation.
            let mean = ring.reduce(0, +) / Double(Self.angles)
            var (re, im) = (ring.map { $0 - mean }, [Double](repeating: 0, count: Self.angles))
            Fourier.transform(&re, &im)
            real.append(re)
            imaginary.append(im)
        }
    }

    /// Distributes a length over two angles and two rings by linear interpolation, so that small deviations cause small changes.
    private static func add(_ length: Double, at place: Point, radius: Double, to table: inout [[Double]]) {
        let distance = place.length
        guard radius > 0, distance > radius / 1000 else { return }
        let turn = atan2(place.y, place.x) / (2 * .pi) + 1
        let angle = turn * Double(angles) - 0.5
        let ring = distance / radius * Double(rings - 1)
        let (low, inner) = (Int(angle.rounded(.down)), min(Int(ring), rings - 2))
        let (angleShare, ringShare) = (angle - Double(low), min(ring - Double(inner), 1))
        for (offset, share) in [(0, 1 - angleShare), (1, angleShare)] {
            let slot = (low + offset) % angles
            table[inner][slot] += length * share * (1 - ringShare)
            table[inner + 1][slot] += length * share * ringShare
        }
    }

    /// Returns the rotations in radians that best align this figure with another, the best first.
    func turns(onto other: Spectrum, mirrored: Bool) -> [Double] {
        var re = [Double](repeating: 0, count: Self.angles)
        var im = re
        for ring in 0..<Self.rings {
            for k in 0..<Self.angles {
                // The correlation is the product with the conjugate. The coefficients of a mirrored figure are conjugate already.
                let (a, b) = (real[ring][k], mirrored ? imaginary[ring][k] : -imaginary[ring][k])
                re[k] += a * other.real[ring][k] - b * other.imaginary[ring][k]
                im[k] += a * other.imaginary[ring][k] + b * other.real[ring][k]
            }
        }
        // The inverse transform is the transform of the conjugate. Only its real part is used, and its scale does not matter.
        for k in 0..<Self.angles { im[k] = -im[k] }
        Fourier.transform(&re, &im)
        return Self.peaks(re).map { $0 * 2 * .pi / Double(Self.angles) }
    }

    /// Returns the positions of the local maxima near the largest one, interpolated by a parabola through three values.
    private static func peaks(_ values: [Double]) -> [Double] {
        guard let top = values.max(), top > 0 else { return [0] }
        var found: [(place: Double, value: Double)] = []
        for index in values.indices where values[index] > 0.8 * top {
            let (before, here, after) = (values[(index + angles - 1) % angles], values[index], values[(index + 1) % angles])
            guard here >= before, here > after else { continue }
            let bend = before - 2 * here + after
            found.append((Double(index) + (bend < 0 ? (before - after) / (2 * bend) : 0), here))
        }
        return found.sorted { ($1.value, $0.place) < ($0.value, $1.place) }.prefix(128).map(\.place) + [0]
    }
}

/// The discrete Fourier transform for a power of two of numbers, in place (Cooley and Tukey, 1965).
enum Fourier {
    static func transform(_ re: inout [Double], _ im: inout [Double]) {
        let count = re.count
        var reversed = 0
        for index in 1..<count {
            var bit = count >> 1
            while reversed & bit != 0 {
                reversed ^= bit
                bit >>= 1
            }
            reversed |= bit
            if index < reversed {
                re.swapAt(index, reversed)
                im.swapAt(index, reversed)
            }
        }
        var size = 2
        while size <= count {
            let roots = (0..<size / 2).map { (cos(-2 * .pi * Double($0) / Double(size)), sin(-2 * .pi * Double($0) / Double(size))) }
            for start in stride(from: 0, to: count, by: size) {
                for (offset, root) in roots.enumerated() {
                    let (even, odd) = (start + offset, start + offset + size / 2)
                    let (x, y) = (re[odd] * root.0 - im[odd] * root.1, re[odd] * root.1 + im[odd] * root.0)
                    (re[odd], im[odd]) = (re[even] - x, im[even] - y)
                    (re[even], im[even]) = (re[even] + x, im[even] + y)
                }
            }
            size *= 2
        }
    }
}
