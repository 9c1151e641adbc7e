import Values

/// Chooses between contradictory facts about a part, by their source.
struct FactChoice {
    /// In order of precedence.
    private let told: [(from: String, facts: PartFacts)]
    private let option: PartFacts
    /// The sources that an option may not override without `--override`: names, the row of a CSV, and the part of a project.
    private let guarded: [(from: String, facts: PartFacts)]
    /// The facts in an argument. They take precedence over the option, so there is nothing to override.
    private let argument: PartFacts
    private let name: PartFacts
    private var groups: [(from: String, facts: [String])] = []
    /// The facts in the file's name that were not chosen.
    private var otherwise: [String] = []
    /// Whether a quantity of one is assumed.
    var isOneByItself = false

    init(_ enquiry: Enquiry, _ defaults: Defaults, _ name: PartName, texts: PartFacts) {
        let said = (from: enquiry.said, facts: enquiry.facts), option = (from: "the option", facts: defaults.facts)
        let isListed = enquiry.row != nil || enquiry.part != nil, folder = (from: "the folder's name", facts: name.folder)
        let names = [(from: "the file's name", facts: name.facts), folder]
        let first = defaults.overrides ? (isListed ? [option, said] : [said, option]) + names : [said] + names + [option]
        told =
            first + [
                (from: "the drawing's text", facts: texts), (from: "the project", facts: defaults.project),
                (from: "the setting \(Settings.defaultMaterial.name)", facts: defaults.shop),
            ]
        guarded = defaults.overrides ? [] : (isListed ? [said] : []) + names
        argument = isListed ? PartFacts() : enquiry.facts
        (self.option, self.name) = (defaults.facts, name.facts)
    }

    /// Returns the chosen value; nil if no source has one.
    /// - Throws: `refused` if an option would override a name, a row or a part.
    mutating func choose<Value: Equatable>(
        _ what: String, _ fact: KeyPath<PartFacts, Value?>, _ text: (Value) throws -> String
    ) throws -> Value? {
        let known = told.compactMap { told in told.facts[keyPath: fact].map { (from: told.from, value: $0) } }
        guard let first = known.first else { return nil }
        let other = guarded.compactMap { other in other.facts[keyPath: fact].map { (from: other.from, value: $0) } }.first
        if let asked = option[keyPath: fact], argument[keyPath: fact] == nil, let other, try text(other.value) != text(asked) {
            throw Failure(
                .refused, .quoting, "\(other.from) says \(what) \(try text(other.value)), the option \(what) \(try text(asked))",
                hint: "--override prices by the option")
        }
        note("\(what) \(try text(first.value))", first.from)
        if let named = name[keyPath: fact], try text(named) != text(first.value) { otherwise.append("\(what) \(try text(named))") }
        return first.value
    }

    private mutating func note(_ fact: String, _ from: String) {
        if let i = groups.firstIndex(where: { $0.from == from }) { groups[i].facts.append(fact) } else { groups.append((from, [fact])) }
    }

    /// `material MS, thickness 10 mm from the file's name; quantity 4 from the option`
    var text: String {
        var parts = groups.map { "\($0.facts.joined(separator: ", ")) from \($0.from)" }
        if isOneByItself { parts.append("quantity 1, because none is named") }
        if !otherwise.isEmpty { parts.append("the file's name says \(otherwise.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }
}
