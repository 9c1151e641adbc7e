import Values

/// What people are told when data breaks a CHECK, or a trigger refuses a change: the schema has only the name.
package struct Rule: Sendable {
    package var kind: Failure.Kind
    package var sentence: String
    package var hint: String?

    package init(_ sentence: String, _ kind: Failure.Kind = .refused, hint: String? = nil) {
        (self.kind, self.sentence, self.hint) = (kind, sentence, hint)
    }
}
