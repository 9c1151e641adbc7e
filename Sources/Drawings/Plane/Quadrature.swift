/// Adaptive Gauss-Legendre integration.
enum Quadrature {
    /// The positive nodes and the weights of the rule with ten nodes (Abramowitz and Stegun, table 25.4).
    private static let rule: [(node: Double, weight: Double)] = [
        (0.1488743389816312, 0.2955242247147529), (0.4333953941292472, 0.2692667193099963), (0.6794095682990244, 0.2190863625159820),
        (0.8650633666889845, 0.1494513491505806), (0.9739065285171717, 0.0666713443086881),
    ]

    /// Returns the integral over [from, to] with an error of 1e-11 of `scale`, or of the integral if that is larger.
    static func integrate(from: Double, to: Double, scale: Double, _ f: (Double) -> Double) -> Double {
        // Cusps take some dozens of bisections. More are caused by rounding errors, with numbers that no real drawing contains.
        var halvings = 500
        return refine(from, to, once(from, to, f), scale: scale, &halvings, f)
    }

    /// Calls `body` with the nodes and weights of the rule in equal panels of [from, to], for integrands that are smooth on each.
    @inline(__always)
    static func panels(_ count: Int, from: Double, to: Double, _ body: (Double, Double) -> Void) {
        for panel in 0..<count {
            let half = (to - from) / Double(count) / 2
            let middle = from + (to - from) * (Double(panel) + 0.5) / Double(count)
            for (node, weight) in rule {
                body(middle - half * node, weight * half)
                body(middle + half * node, weight * half)
            }
        }
    }

    private static func refine(
        _ from: Double, _ to: Double, _ whole: Double, scale: Double, _ halvings: inout Int, _ f: (Double) -> Double
    ) -> Double {
        let middle = (from + to) / 2
        let (left, right) = (once(from, middle, f), once(middle, to, f))
        let sum = left + right
        halvings -= 1
        if abs(sum - whole) <= 1e-11 * max(abs(sum), scale) || halvings <= 0 || !sum.isFinite { return sum }
        let reach = max(scale, abs(sum))
        return refine(from, middle, left, scale: reach, &halvings, f) + refine(middle, to, right, scale: reach, &halvings, f)
    }

    @inline(__always)
    private static func once(_ from: Double, _ to: Double, _ f: (Double) -> Double) -> Double {
        let (middle, half) = ((from + to) / 2, (to - from) / 2)
        var sum = 0.0
        for (node, weight) in rule { sum += weight * (f(middle - half * node) + f(middle + half * node)) }
        return sum * half
    }
}
