import Store
import Values

/// What no two things of a noun may share, beside their codes. It is asked for when a command is done: on the way there two names may swap,
/// and so may an undo of that.
extension Shop {
    static func alreadyThere(_ noun: Noun, _ field: String) -> String { "there is already \(article(noun.name)) with this \(field)" }

    /// The first and the last of those that share what only one may have.
    func alike(_ noun: Noun) throws -> [(field: String, first: Int, last: Int)] {
        try noun.distinct.flatMap { field in
            try data.all(
                "SELECT min(id), max(id) FROM \(name: noun.name) GROUP BY \(name: field) HAVING count(*) > 1 ORDER BY 1"
            ) { (field: field, first: $0.int(0), last: $0.int(1)) }
        }
    }

    /// - Throws: `refused` when something was written that is there already.
    package func demandDistinct() throws {
        for noun in written {
            guard let twin = try alike(noun).first else { continue }
            throw Failure(.refused, Shop.alreadyThere(noun, twin.field), about: noun.name)
        }
    }
}
