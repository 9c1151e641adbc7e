import Values

extension Checking {
    /// Lines that are upright or lean are no contours as they are seen from above; false where there are such.
    func isFlat() -> Bool {
        guard let heights = measured.heightsMM else { return true }
        // Whoever draws in space is off by less, and by less than a part in ten thousand.
        let least = max(0.05, 1e-4 * max(measured.box.width, measured.box.height, heights.high - heights.low))
        let range = "z from \(shown(heights.low)) to \(shown(heights.high)) mm"
        if heights.tilt > least || heights.upright > least && heights.high - heights.low > least {
            add(
                .error, .notFlat, measured.box.center, heights.high - heights.low,
                "it lies not in the plane: \(range), and what is measured is only how it looks from above")
            return false
        }
        if heights.high - heights.low > least {
            add(
                .warning, .notFlat, measured.box.center, heights.high - heights.low,
                "it lies not in one plane: \(range); its contours are measured as if they lay in one")
        } else if max(abs(heights.low), abs(heights.high)) > least {
            add(.note, .notFlat, nil, nil, "it lies not in the plane: z is \(shown(heights.high)) mm everywhere")
        }
        return true
    }
}
