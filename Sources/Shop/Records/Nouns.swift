/// The nouns that a shop has, made when they are asked for: most commands need one, and making all of them costs more than the rest of
/// such a command.
package struct Nouns: Sendable, ExpressibleByArrayLiteral {
    package let all: @Sendable () -> [Noun]
    /// One of them by its name; nil where there is none.
    package let named: @Sendable (String) -> Noun?

    package init(all: @escaping @Sendable () -> [Noun], named: @escaping @Sendable (String) -> Noun?) {
        (self.all, self.named) = (all, named)
    }

    package init(_ nouns: [Noun]) {
        self.init(all: { nouns }, named: { name in nouns.first { $0.name == name } })
    }

    package init(arrayLiteral nouns: Noun...) { self.init(nouns) }
}
