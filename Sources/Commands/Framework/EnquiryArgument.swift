import Console
import Shop
import Values

extension Enquiry {
    /// Splits `FILE:QTY` at the last colon that only digits follow.
    init(argument word: String, _ environment: Environment) throws {
        guard let colon = word.lastIndex(of: ":"), case let digits = word[word.index(after: colon)...], Int(digits) != nil else {
            self.init(name: word, .path(environment.path(word)), said: "the argument")
            return
        }
        guard let count = Count(reading: String(digits)) else {
            throw Failure(.usage, .quoteCommands, "'\(digits)' is not \(Count.wanted(for: String(digits))): \(word)")
        }
        let name = String(word[..<colon])
        self.init(name: name, .path(environment.path(name)), said: "the argument")
        facts.quantity = count.value
    }
}
