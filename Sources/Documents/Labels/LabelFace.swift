/// The layout of a label: the QR code at the left or above, and the column of text beside or below it. It depends on the code and the size
/// of the label only, so that labels of one sheet look alike. Lengths are in points.
struct LabelFace {
    private let code: QRCode
    private let module: Double
    /// The upper left corner of the QR code's quiet zone.
    private let corner: (x: Double, y: Double)
    private let text: Area
    private let isBelow: Bool
    private let codeLines: [String]
    private let codeStyle: TextStyle

    /// The least side of a module that scanners read from labels: 0.33 mm.
    private static let leastModule = LabelPaper.points(0.33)
    private static let largestModule = LabelPaper.points(1.5)
    /// The share of the width, or of the height where the text is below, that the QR code has if it does not need more.
    private static let share = 0.42
    private static let margin = LabelPaper.points(1.5)
    private static let leastCode = 5.0
    /// The height of a line in its size; narrower than in documents.
    private static let leading = 1.22

    /// Nil if the label is too small.
    /// - Parameter blank: what the printer may be unable to print.
    init?(_ code: QRCode, _ text: String, width: Double, height: Double, blank: Page.Margins, _ type: Typesetter) {
        let isWide = width >= height * 1.15
        for isBelow in [!isWide, isWide] {
            if let face = LabelFace(code, text, width, height, blank, isBelow: isBelow, type) {
                self = face
                return
            }
        }
        return nil
    }

    private init?(
        _ code: QRCode, _ words: String, _ width: Double, _ height: Double, _ blank: Page.Margins, isBelow: Bool, _ type: Typesetter
    ) {
        let all = Double(code.sideWithQuietZone), dark = Double(code.side), quiet = Double(QRCode.quietZone)
        // The quiet zone may lie in what the printer leaves blank, the modules may not.
        let room = min(
            width / all, height / all, (width - blank.left - blank.right) / dark, (height - blank.top - blank.bottom) / dark)
        let shared = LabelFace.share * (isBelow ? height * 1.2 : width) / all
        let module = min(max(min(room, shared), LabelFace.leastModule), LabelFace.largestModule)
        // A millionth is what converting millimetres may lose.
        guard module <= room * 1.000_001 else { return nil }
        let left = max(LabelFace.margin, blank.left), right = width - max(LabelFace.margin, blank.right)
        let top = max(LabelFace.margin, blank.top), bottom = height - max(LabelFace.margin, blank.bottom)
        if isBelow {
            corner = ((width - all * module) / 2, max(0, blank.top - quiet * module))
            let start = corner.y + (all - quiet / 2) * module
            text = Area(left, start, right - left, bottom - start)
        } else {
            corner = (max(0, blank.left - quiet * module), (height - all * module) / 2)
            let start = corner.x + all * module
            text = Area(start, top, right - start, bottom - top)
        }
        (self.code, self.module, self.isBelow) = (code, module, isBelow)
        guard let fitting = LabelFace.set(words, in: text, type) else { return nil }
        (codeLines, codeStyle) = fitting
    }

    /// The least size in whole millimetres for a code, of at least the height of the paper's labels.
    static func least(_ code: QRCode, _ text: String, like paper: LabelPaper, _ type: Typesetter) -> (width: Int, height: Int) {
        let side = Double(code.sideWithQuietZone) * leastModule + paper.blank.top + paper.blank.bottom
        let height = max(Int((side / 72 * 25.4).rounded(.up)), Int(paper.height / 72 * 25.4))
        // Beside the QR code there is room for any code in a label that is so much wider.
        let width = (height...height + 200).first { width in
            LabelFace(
                code, text, width: LabelPaper.points(Double(width)), height: LabelPaper.points(Double(height)), blank: paper.blank, type)
                != nil
        }
        return (width ?? height + 200, height)
    }

    /// Breaks the code into lines in the largest size in which it fits. It is never cut; nil if it does not fit.
    private static func set(_ code: String, in area: Area, _ type: Typesetter) -> ([String], TextStyle)? {
        // What remains is for the other texts.
        let height = area.height * 0.34, words = words(of: code)
        guard area.width > 0, area.height > 0 else { return nil }
        let largest = max(leastCode, min(24, area.width / 6, area.height * 0.26))
        for size in stride(from: largest, to: leastCode - 0.01, by: -0.25) {
            let style = TextStyle(size, bold: true, .black)
            guard let lines = packed(words, area.width, style, type) else { continue }
            if Double(lines.count) * size * leading <= height { return (lines, style) }
        }
        // A small label has room for the code alone.
        let style = TextStyle(leastCode, bold: true, .black)
        let lines = packed(words, area.width, style, type) ?? type.wrap(code, area.width, style)
        let isTooNarrow = lines.contains { type.width($0, style) > area.width } || lines.count > 6
        return isTooNarrow || Double(lines.count) * leastCode * leading > area.height ? nil : (lines, style)
    }

    /// The parts of a code after which a line may end: `JB-`, `2026-`, `12-`, `CL0001-`, `001.3`.
    private static func words(of code: String) -> [String] {
        code.reduce(into: [""]) { words, character in
            words[words.count - 1].append(character)
            if "-_/:+&".contains(character) { words.append("") }
        }.filter { !$0.isEmpty }
    }

    /// As few lines as possible; nil if a word is wider than a line.
    private static func packed(_ words: [String], _ width: Double, _ style: TextStyle, _ type: Typesetter) -> [String]? {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, type.width(last + word, style) <= width {
                lines[lines.count - 1] = last + word
            } else {
                guard type.width(word, style) <= width else { return nil }
                lines.append(word)
            }
        }
        return lines
    }

    /// Draws a label whose upper left corner is (x, y).
    func draw(_ label: Label, _ x: Double, _ y: Double, on canvas: Canvas) {
        canvas.qrCode(code, x + corner.x, y + corner.y, module: module)
        let codeHeight = Double(codeLines.count) * codeStyle.size * LabelFace.leading, gap = codeStyle.size * 0.25
        let below = LabelText(label, width: text.width, height: text.height - codeHeight - gap, of: codeStyle.size, on: canvas)
        let used = codeHeight + (below.lines.isEmpty ? 0 : gap + below.height)
        var top = y + text.y + (isBelow ? 0 : (text.height - used) / 2)
        func put(_ line: String, _ style: TextStyle) {
            let room = style.size * LabelFace.leading, middle = x + text.x + text.width / 2
            canvas.text(line, isBelow ? middle : x + text.x, top + (room - style.leading) / 2, style, isBelow ? .middle : .left)
            top += room
        }
        for line in codeLines { put(line, codeStyle) }
        top += gap
        for line in below.lines { put(line.text, line.style) }
    }

    /// The title and the details of a label, in the largest size in which they fit.
    private struct LabelText {
        var lines: [(text: String, style: TextStyle)] = []
        var height: Double { lines.reduce(0) { $0 + $1.style.size * LabelFace.leading } }

        /// The least size of lines that are not broken, of texts that are printed whole, and of those that are cut or left out.
        private static let leastUnbroken = 7.0, leastWhole = 6.0, least = 5.0
        private static let mostLines = 3

        init(_ label: Label, width: Double, height: Double, of codeSize: Double, on canvas: Canvas) {
            let type = canvas.type, texts = ([label.title] + label.details).filter { !Typesetter.drawn($0).isEmpty }
            func style(_ i: Int, _ size: Double) -> TextStyle { TextStyle(size, bold: i == 0 && !label.title.isEmpty, .black) }
            func isWhole(down least: Double, in most: Int) -> Bool {
                for size in stride(from: max(codeSize * 0.85, least), to: least - 0.01, by: -0.25) {
                    let wrapped = texts.enumerated().map { i, text in type.wrap(text, width, style(i, size)) }
                    lines = wrapped.enumerated().flatMap { i, lines in lines.map { ($0, style(i, size)) } }
                    if wrapped.allSatisfy({ $0.count <= most }), self.height <= height { return true }
                }
                return false
            }
            // A longer text is cut anyway, and to measure all of it would take long.
            if texts.allSatisfy({ $0.utf8.count < 500 }),
                isWhole(down: LabelText.leastUnbroken, in: 1) || isWhole(down: LabelText.leastWhole, in: LabelText.mostLines)
            {
                return
            }
            for size in stride(from: LabelText.leastWhole, to: LabelText.least - 0.01, by: -0.25) {
                let room = Int(height / (size * LabelFace.leading)), isLast = size - 0.25 < LabelText.least
                // The title may have two lines where the details have theirs.
                let ofTitle = max(1, min(2, room - texts.count + 1))
                guard room >= texts.count || isLast else { continue }
                lines = texts.prefix(max(0, room)).enumerated().flatMap { i, text -> [(String, TextStyle)] in
                    let first = String(text.prefix(500)), style = style(i, size)
                    guard i == 0, ofTitle > 1 else { return [(type.shortened(first, width, style), style)] }
                    return type.wrap(first, width, style, limit: ofTitle).map { ($0, style) }
                }
                canvas.leftOut += texts.dropFirst(max(0, room))
                return
            }
        }
    }
}
