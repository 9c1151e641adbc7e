import Values

extension LateReason: CustomStringConvertible {
    /// A word for lists: `material`.
    package var word: String {
        switch self {
        case .overdue: "overdue"
        case .work: "work"
        case .material: "material"
        case .outside: "outside"
        case .earliest: "earliest"
        case .ownPin: "own-pin"
        case .waits: "waits"
        case .pin: "pin"
        case .place: "place"
        case .priority: "priority"
        case .capacity: "capacity"
        }
    }

    package var description: String {
        switch self {
        case .overdue: "the promised day is over"
        case .work(let day): "its work alone ends on \(day)"
        case .material(let day): "material arrives \(day)"
        case .outside(let day): "outside until \(day)"
        case .earliest(let day): "not before \(day)"
        case .ownPin(let day): "pinned to \(day)"
        case .waits: "material, outside work and its days together"
        case .pin(let code?): "behind the pin of \(code)"
        case .pin(nil): "behind pins"
        case .place: "behind places by hand"
        case .priority: "behind higher priorities"
        case .capacity(let centre): "\(centre) is full"
        }
    }
}

extension PlanFault: CustomStringConvertible {
    /// A word for lists: `material`.
    package var word: String {
        switch self {
        case .material: "material"
        case .outsideUnknown: "outside"
        case .noCentre: "no-machine"
        case .closed: "closed"
        case .waits: "waits"
        case .circle: "circle"
        case .horizon: "horizon"
        }
    }

    package var description: String {
        switch self {
        case .material: "nobody knows when its material arrives"
        case .outsideUnknown: "nobody knows when it is back from outside"
        case .noCentre: "no machine can do it"
        case .closed(let centres): "\(centres.joined(separator: ", ")) \(worded(centres.count, "is", "are")) never open"
        case .waits(let code): "waits for \(code), which has no place"
        case .circle: "operations wait for each other"
        case .horizon: "no time is left before the end of the plan"
        }
    }
}
