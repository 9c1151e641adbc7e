import Values

extension Checking {
    /// Reports vertical or inclined lines, which are not contours in the top view. Returns false if there are any.
    func isFlat() -> Bool {
        guard let heights = measured.heightsMM else { return true }
        // Programs that draw in three dimensions deviate by less than 0.05 mm, and by less than 1e-4 of the size.
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
