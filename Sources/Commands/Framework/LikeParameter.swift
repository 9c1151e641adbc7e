import Console
import Shop
import Values

/// `--like CODE` of `add`: what is not given is taken from another record.
struct LikeParameter: Parameter {
    let spec: Spec
    private let noun: Noun

    init(_ noun: Noun) {
        self.noun = noun
        var spec = Spec(
            .option, "--like CODE", "take what is not given from another \(noun.word); last is the one that you added last",
            source: .codes(noun.name))
        spec.waives = true
        self.spec = spec
    }

    func refusal(of text: String, today: () throws -> Day) throws -> String? { text.isEmpty ? "a code" : nil }

    /// - Returns: a note with what was taken: `as CL-0001: terms account`.
    func take(_ record: inout Record, _ call: Call, _ shop: Shop) throws -> [String] {
        guard let typed = call.text(spec.name) else { return [] }
        let other = try shop.find(noun, typed), taken = try shop.take(&record, like: other)
        guard !taken.isEmpty else { return ["\(other.code) has nothing that a new \(noun.word) could take"] }
        let said = taken.map { "\($0.field.name) \($0.shown.typed)" }
        return ["as \(other.code): " + said.joined(separator: ", ")]
    }
}
