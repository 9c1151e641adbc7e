import Console
import Shop
import Store
import Values

/// The parameters that several commands share.
enum CommonParameters {
    static let entry = Operand<EntryName>("ENTRY", "a number from `laseros log`, or last")
    static let limit = Option<Count>("--limit NUMBER", "print at most NUMBER rows")
    static let offset = Option<Count>("--offset NUMBER", "skip the first NUMBER rows")
    static let sort = Option<Line>("--sort A,-B,...", "sort by these columns; - before a name reverses it")
    static let input = Operand<String>("FILE", "CSV or JSON, by lines or as an array; - is standard input", from: .files)

    static func code(_ noun: Noun) -> Operand<Line> { Operand("CODE", "which \(noun.word)", from: .codes(noun.name)) }
    static func codes(_ noun: Noun) -> CodesParameter { CodesParameter(noun.subject) }
}

/// A parameter for a field of a noun.
struct FieldParameter: Parameter {
    let spec: Spec
    let field: Field
    /// Whether an empty text is accepted, which clears the field.
    let clears: Bool
    /// A short option has the same meaning in all commands; these are for fields that only filter, too.
    private static let letters = ["client": "c", "project": "p", "material": "m", "status": "s", "due": "d"]

    /// An operand that takes the remaining words as values of a field: `LINE...`.
    init(_ field: Field, rest: String, help: String) {
        (self.field, clears, spec) = (field, false, Spec(.rest, rest, help, required: true))
    }

    /// - Parameters:
    ///   - operand: the name, if the field is an operand.
    ///   - word: the placeholder in help.
    init(
        _ field: Field, operand: Bool = false, filtering noun: Noun? = nil, required: Bool = false, option: String? = nil,
        word: String? = nil, help: String? = nil
    ) {
        self.field = field
        clears = !operand && noun == nil && !field.required
        let source: Spec.Source = field.reference.map { .codes($0) } ?? (field.choices.isEmpty ? .none : .words(field.choices))
        let led = field.led.mapValues { lead in lead.noun.map { Spec.Source.codes($0) } ?? .words(lead.words) }
        let said = option ?? field.option
        let long =
            said.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }.first { $0.hasPrefix("--") } ?? "--\(field.name)"
        let letter = FieldParameter.letters[field.name].map { "-\($0), " } ?? ""
        let spelling = operand ? word ?? field.operand ?? field.name.uppercased() : said.isEmpty ? "\(letter)\(long) \(field.word)" : said
        spec = Spec(
            operand ? .operand : .option, spelling, word: field.word,
            noun.map { FieldParameter.filterHelp($0, field) } ?? help ?? field.help,
            source: operand && !led.isEmpty ? .behind(led) : source, required: required)
    }

    /// `only projects of this client`, `only presets with this thickness`
    private static func filterHelp(_ noun: Noun, _ field: Field) -> String {
        let word = field.name.split(separator: "_")[0]
        if field.reference == nil, !field.choices.isEmpty { return "only \(noun.plural) with this \(word), or with any of A,B" }
        return field.reference != nil ? "only \(noun.plural) of this \(word)" : "only \(noun.plural) with this \(word)"
    }

    func refusal(of text: String, today: () throws -> Day) throws -> String? {
        if text.isEmpty, clears { return nil }
        if field.reference != nil { return text.isEmpty ? "a code" : nil }
        return try field.read(text, today) == nil ? field.wanted(text) : nil
    }

    /// The cell for a text: the id for a code, and NULL for an empty text that clears the field.
    func cell(_ text: String, _ call: Call, _ shop: Shop) throws -> Cell? {
        if text.isEmpty, clears { return .null }
        if let reference = field.reference { return .integer(try shop.find(try shop.noun(reference), text).id) }
        if field.isAmount { try shop.demandOwnCurrency(text) }
        return try field.read(text, call.today)
    }
}
