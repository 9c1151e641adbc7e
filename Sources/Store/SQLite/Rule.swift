import Values

/// The message for a violated CHECK or a trigger's RAISE; the schema contains only its name.
package struct Rule: Sendable {
    package var kind: Failure.Kind
    package var sentence: String
    package var hint: String?

    package init(_ sentence: String, _ kind: Failure.Kind = .refused, hint: String? = nil) {
        (self.kind, self.sentence, self.hint) = (kind, sentence, hint)
    }
}
