/// The title and the details of a label, in the largest size in which they fit.
struct LabelText {
    private(set) var lines: [(text: String, style: TextStyle)] = []
    private let texts: [String]
    private let hasTitle: Bool
    private let room: (width: Double, height: Double)
    private let type: Typesetter

    var height: Double { lines.reduce(0) { $0 + $1.style.size * LabelFace.leading } }

    /// The least size of texts in one line each, of texts that are printed whole, and of those that are cut or left out.
    private static let leastUnbroken = 7.0, leastWhole = 6.0, least = 5.0
    /// How many lines a text that is printed whole may have.
    private static let mostLines = 3
    /// Longer texts are cut, and not measured whole.
    private static let longest = 500

    /// - Parameter codeSize: the size of the code, which is larger than these texts.
    init(_ label: Label, in room: (width: Double, height: Double), below codeSize: Double, on canvas: Canvas) {
        texts = ([label.title] + label.details).filter { !Typesetter.drawn($0).isEmpty }
        (hasTitle, self.room, type) = (!Typesetter.drawn(label.title).isEmpty, room, canvas.type)
        let largest = codeSize * 0.85
        let isWhole =
            texts.allSatisfy { $0.utf8.count < LabelText.longest }
            && (set(from: largest, to: LabelText.leastUnbroken, in: 1)
                || set(from: largest, to: LabelText.leastWhole, in: LabelText.mostLines))
        if !isWhole { cut(on: canvas) }
    }

    private func style(_ i: Int, _ size: Double) -> TextStyle { TextStyle(size, bold: i == 0 && hasTitle, .black) }

    private static func sizes(from largest: Double, to least: Double) -> StrideThrough<Double> {
        stride(from: max(largest, least), through: least, by: -0.25)
    }

    /// Sets all texts whole, each in at most so many lines.
    /// - Returns: whether they fit.
    private mutating func set(from largest: Double, to least: Double, in most: Int) -> Bool {
        for size in LabelText.sizes(from: largest, to: least) {
            let wrapped = texts.enumerated().map { i, text in type.wrap(text, room.width, style(i, size)) }
            lines = wrapped.enumerated().flatMap { i, lines in lines.map { ($0, style(i, size)) } }
            if wrapped.allSatisfy({ $0.count <= most }), height <= room.height { return true }
        }
        return false
    }

    /// Sets as many texts as there is room for, in one line each, and the title in two where all have their line.
    private mutating func cut(on canvas: Canvas) {
        func most(_ size: Double) -> Int { max(0, Int(room.height / (size * LabelFace.leading))) }
        let size = LabelText.sizes(from: LabelText.leastWhole, to: LabelText.least).first { most($0) >= texts.count } ?? LabelText.least
        let ofTitle = most(size) > texts.count ? 2 : 1
        lines = texts.prefix(most(size)).enumerated().flatMap { i, text in
            let shown = String(text.prefix(LabelText.longest)), style = style(i, size)
            let lines = i == 0 ? type.wrap(shown, room.width, style, limit: ofTitle) : [type.shortened(shown, room.width, style)]
            return lines.map { ($0, style) }
        }
        canvas.leftOut += texts.dropFirst(most(size))
    }
}
