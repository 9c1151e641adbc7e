import Drawings
import Values

/// The listing of what changed between two versions of a drawing, one row per contour.
enum DiffListing {
    static let headings = [
        Heading("change", .status), Heading("contour", .text), Heading("process", .text, wide: true), Heading("x_mm", .number),
        Heading("y_mm", .number), Heading("width_mm", .number), Heading("height_mm", .number), Heading("dx_mm", .number),
        Heading("dy_mm", .number), Heading("length_mm", .number, wide: true), Heading("old_width_mm", .number, wide: true),
        Heading("old_height_mm", .number, wide: true), Heading("old_length_mm", .number, wide: true),
        Heading("layer", .text, wide: true), Heading("message", .text),
    ]

    /// Tables show the process only if a drawing has others than cutting.
    static func listing(_ revision: ProcessRevision) -> Listing {
        var headings = headings
        let isCutOnly = revision.parts.allSatisfy { $0.process == .cut || $0.revision.isSame }
        for place in headings.indices where headings[place].name == "process" { headings[place].wide = isCutOnly }
        return Listing(headings, revision.parts.flatMap { part in part.revision.changes.map { row($0, part) } })
    }

    /// The sizes are those of the new contour, or of the old one if it was removed.
    private static func row(_ change: Revision.Change, _ part: ProcessRevision.Part) -> [DisplayValue] {
        let contour = newest(change, part), box = change.new == nil ? change.from : change.to
        let tone: Tone =
            switch change.kind {
            case .added: .good
            case .removed: .bad
            default: .warning
            }
        let was = change.new == nil ? nil : change.old.map { part.before.contours[$0] }
        let isPair = change.old != nil && change.new != nil
        return [
            .status(change.kind.rawValue, tone), .text(role(contour, part.process)), .text(part.process.word), neat(box.center.x).shown,
            neat(box.center.y).shown, neat(box.width).shown, neat(box.height).shown, (isPair ? neat(change.shift.x) : nil).shown,
            (isPair ? neat(change.shift.y) : nil).shown, contour.lengthMM.shown, was.map { _ in neat(change.from.width) }.shown,
            was.map { _ in neat(change.from.height) }.shown, (was?.lengthMM).shown, .text(contour.layer), .text(sentence(change, part)),
        ]
    }

    static func sentence(_ change: Revision.Change, _ part: ProcessRevision.Part) -> String {
        let sentence = sentence(change, newest(change, part), part)
        return part.process == .cut ? sentence : "\(part.process.word): \(sentence)"
    }

    private static func sentence(_ change: Revision.Change, _ contour: Contour, _ part: ProcessRevision.Part) -> String {
        let role = role(contour, part.process), size = size(contour, change.new == nil ? change.from : change.to)
        let one = "\(role.first == "o" ? "an" : "a") \(role) of \(size)"
        switch change.kind {
        case .added: return "\(one) is new"
        case .removed: return "\(one) is gone"
        case .moved: return "\(role) of \(size) moved by \(Decimal.hundredths(change.shift.x)), \(Decimal.hundredths(change.shift.y)) mm"
        case .resized:
            let was = change.old.map { self.size(part.before.contours[$0], change.from) } ?? ""
            return "\(role) of \(size) was \(was)"
        case .reshaped:
            let length = change.old.map { part.before.contours[$0].lengthMM } ?? 0
            return
                "\(role) of \(size) has another shape, \(Decimal.hundredths(contour.lengthMM)) mm long instead of \(Decimal.hundredths(length)) mm"
        }
    }

    private static func newest(_ change: Revision.Change, _ part: ProcessRevision.Part) -> Contour {
        change.new.map { part.after.contours[$0] } ?? part.before.contours[change.old ?? 0]
    }

    /// Outline or hole. Only cut contours separate material from holes.
    private static func role(_ contour: Contour, _ process: Process) -> String {
        guard contour.isClosed else { return "open contour" }
        return process != .cut ? "contour" : contour.depth % 2 == 0 ? "outline" : "hole"
    }

    private static func size(_ contour: Contour, _ box: Box) -> String {
        if let diameter = contour.circleDiameterMM { return "\(Decimal.hundredths(diameter)) mm diameter" }
        return "\(Decimal.hundredths(box.width)) x \(Decimal.hundredths(box.height)) mm"
    }

    /// Rounds to a thousandth: bounding boxes of rotated curves come from chords and are not more exact.
    private static func neat(_ mm: Double) -> Double { (mm * 1000).rounded() / 1000 + 0 }
}
