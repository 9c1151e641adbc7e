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
    static let leading = 1.22

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

    /// The least size in whole millimetres for a code, of at least this height in points.
    static func least(_ code: QRCode, _ text: String, height: Double, blank: Page.Margins, _ type: Typesetter) -> (width: Int, height: Int)
    {
        func isEnough(_ width: Int, _ height: Int) -> Bool {
            let (width, height) = (LabelPaper.points(Double(width)), LabelPaper.points(Double(height)))
            return LabelFace(code, text, width: width, height: height, blank: blank, type) != nil
        }
        let most = 500, height = (max(1, Int(LabelPaper.millimetres(height)))..<most).first { isEnough(most, $0) } ?? most
        return ((1..<most).first { isEnough($0, height) } ?? most, height)
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
        let below = LabelText(label, in: (text.width, text.height - codeHeight - gap), below: codeStyle.size, on: canvas)
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
}
