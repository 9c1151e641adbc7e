/// What the colours of a drawing mean, side by side.
struct Legend {
    private let roles: [PreviewContour.Role]
    private let canvas: Canvas
    private let look: Look
    static let style = TextStyle(8.5, .muted)
    /// Between one colour's name and the next colour.
    private static let between = 18.0
    private static let sample = 16.0, beforeName = 22.0

    /// Of those roles that are drawn.
    init(_ outlines: some Sequence<PreviewContour>, _ look: Look, on canvas: Canvas) {
        let drawn = Set(outlines.lazy.map(\.role))
        (self.roles, self.look, self.canvas) = (PreviewContour.Role.allCases.filter(drawn.contains), look, canvas)
    }

    /// In points.
    var width: Double { max(0, roles.reduce(-Self.between) { $0 + width($1) }) }

    private func width(_ role: PreviewContour.Role) -> Double {
        Self.beforeName + canvas.type.width(role.meaning, Self.style) + Self.between
    }

    func draw(_ left: Double, _ y: Double) {
        var x = left
        for role in roles {
            let middle = y + Self.style.baseline - 3
            canvas.line(x, middle, x + Self.sample, middle, look.colour(role), width: 2, dashes: role.dashes)
            canvas.text(role.meaning, x + Self.beforeName, y, Self.style)
            x += width(role)
        }
    }
}

extension PreviewContour.Role {
    /// What the key says.
    fileprivate var meaning: String {
        switch self {
        case .outer: "outer contour"
        case .hole: "hole"
        case .open: "not closed"
        case .mark: "marked"
        case .engrave: "engraved"
        case .bend: "bend line"
        case .centre: "centre line"
        case .ignored: "ignored"
        }
    }
}
