/// The name of a saved filter: `late`, used as `@late`.
package struct FilterName: Readable, Hashable, Sendable {
    package static let word = "NAME"
    package static let expected = "a name of letters, digits and hyphens (late)"
    package var text: String

    package init?(reading text: String) {
        let name = text.hasPrefix("@") ? text.dropFirst() : text[...]
        guard (1...30).contains(name.utf8.count), name.first != "-",
            name.utf8.allSatisfy({ byte in
                (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == UInt8(ascii: "-")
            })
        else { return nil }
        self.text = name.lowercased()
    }
}
