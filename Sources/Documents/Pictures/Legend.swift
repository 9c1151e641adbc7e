/// Explains the colours of a drawing, side by side.
struct Legend {
    private let roles: [PreviewContour.Role]
    private let canvas: Canvas
    private let look: Look
    private let words: PictureWords
    static let style = TextStyle(8.5, .muted)
    /// The space between the name of one colour and the next sample.
    private static let between = 18.0
    private static let sample = 16.0, beforeName = 22.0

    /// Explains the roles that occur among the contours.
    init(_ outlines: some Sequence<PreviewContour>, _ look: Look, _ words: PictureWords, on canvas: Canvas) {
        let drawn = Set(outlines.lazy.map(\.role))
        (self.look, self.words, self.canvas) = (look, words, canvas)
        roles = PreviewContour.Role.allCases.filter(drawn.contains)
    }

    /// The width in points.
    var width: Double { max(0, roles.reduce(-Self.between) { $0 + width($1) }) }

    private func width(_ role: PreviewContour.Role) -> Double {
        Self.beforeName + canvas.type.width(words.role(role), Self.style) + Self.between
    }

    func draw(_ left: Double, _ y: Double) {
        var x = left
        for role in roles {
            let middle = y + Self.style.baseline - 3
            canvas.line(x, middle, x + Self.sample, middle, look.colour(role), width: 2, dashes: role.dashes)
            canvas.text(words.role(role), x + Self.beforeName, y, Self.style)
            x += width(role)
        }
    }
}
