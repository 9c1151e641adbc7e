import Values

/// A note for the user about one item or lot. Several of a kind are one line.
package struct StockNote: Sendable {
    enum Kind: Sendable {
        /// It was moved after the day of the movement.
        case moved
        /// Its value is not known.
        case costless
        /// Less than nothing is left.
        case below
        /// Less is left than others have reserved.
        case reserved
        /// From which lots it was taken.
        case place
        case other
    }

    var kind: Kind
    /// The code of the item or lot.
    var code: String
    /// The whole line if it is the only one of its kind.
    var text: String
}

extension [StockNote] {
    /// The lines to print, in the order of the first note of each kind.
    package var lines: [String] {
        var order: [StockNote.Kind] = [], kinds: [StockNote.Kind: [StockNote]] = [:]
        for note in self {
            if kinds[note.kind] == nil { order.append(note.kind) }
            kinds[note.kind, default: []].append(note)
        }
        return order.flatMap { kind -> [String] in
            let notes = kinds[kind] ?? [], codes = Shop.listed(notes.map(\.code))
            guard notes.count > 1 else { return notes.map(\.text) }
            return switch kind {
            case .moved: ["warning: \(notes.count) were moved after that day: \(codes): what is kept since then changes"]
            case .costless:
                ["\(notes.count) have no cost, so their value is not known: \(codes): laseros inv edit CODE --unit-cost AMOUNT"]
            case .below: ["warning: \(notes.count) are below 0: \(codes): laseros inv count CODE QTY"]
            case .reserved: ["warning: less is left of \(notes.count) than others have reserved: \(codes)"]
            case .place: ["\(notes.count) were taken from lots or put into them: \(codes)"]
            case .other: notes.map(\.text)
            }
        }
    }
}
