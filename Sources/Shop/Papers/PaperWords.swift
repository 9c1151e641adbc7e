import Documents
import Values

extension PictureWords {
    package static let english = PictureWords(
        role: { role in
            switch role {
            case .outer: "outer contour"
            case .hole: "hole"
            case .open: "not closed"
            case .mark: "marked"
            case .engrave: "engraved"
            case .bend: "bend line"
            case .centre: "centre line"
            case .ignored: "ignored"
            }
        },
        nothingToDraw: "nothing to draw", nothingToCut: "nothing to cut", unchanged: "unchanged", removed: "gone", added: "new",
        more: { "and \($0) more" }, length: { "\(Decimal.hundredths($0)) mm" },
        size: { "\(Decimal.hundredths($0)) x \(Decimal.hundredths($1)) mm" }, page: { "\($0) / \($1)" })
}

extension Losses {
    /// For whoever made the paper.
    var notes: [String] {
        var notes = leftOut.isEmpty ? [] : ["left out on the paper, for want of room: \(leftOut.joined(separator: ", "))"]
        notes += cut.map { "cut on the paper: \($0)" }
        return notes + missingNotes
    }

    /// A note about the characters that no font contains.
    var missingNotes: [String] {
        guard !missing.isEmpty else { return [] }
        let letters = missing.sorted().map { String($0) }, more = letters.count > 20 ? " and \(letters.count - 20) more" : ""
        return ["no font here has \(letters.prefix(20).joined(separator: " "))\(more): boxes stand in their place"]
    }
}
