import Console
import Shop
import Values

/// `ENTRY...`: journal entries, as words or on standard input.
struct Entries: Parameter {
    let spec = Spec(
        .rest, "ENTRY...", "numbers from `laseros log`; - reads them from standard input; the last that can be, where none is named")

    func refusal(of text: String, today: () throws -> Day) throws -> String? {
        text == CodesParameter.input || EntryName(reading: text) != nil ? nil : EntryName.expected
    }

    /// The numbers without duplicates, newest first, because a later entry may depend on an earlier one. Nil stands for the last entry,
    /// also if no word is given.
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
