import Console
import Shop
import Values

/// `ENTRY...`: entries as words, or on standard input.
struct Entries: Parameter {
    let spec = Spec(
        .rest, "ENTRY...", "numbers from `laseros log`; - reads them from standard input; the last that can be, where none is named")

    func refusal(of text: String, today: () throws -> Day) throws -> String? {
        text == CodesParameter.input || EntryName(reading: text) != nil ? nil : EntryName.expected
    }

    /// Each once, the newest first: a later one may depend on it. Nothing is `last`, as it is without a word.
    func numbers(_ call: Call) throws -> [Int?] {
        let words = try (call.values[spec.name] ?? ["last"]).flatMap { word in
            word == CodesParameter.input ? try CodesParameter.piped(call.environment, in: ["entry"], of: "log") : [word]
        }
        let names = try words.map { word in
            guard let name = EntryName(reading: word) else { throw Failure(.input, .entries, "'\(word)' is not \(EntryName.expected)") }
            return name
        }
        let numbers = Set(names.map { name -> Int? in if case .number(let number) = name { number } else { nil } })
        return numbers.sorted { $0 ?? .max > $1 ?? .max }
    }
}
