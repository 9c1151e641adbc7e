/// What is printed on a label. All its texts come from the caller.
package struct Label: Sendable {
    /// The text of the QR code, which is also printed beside it.
    package var code: String
    /// In bold below the code.
    package var title: String
    /// What stands below the title, the most important first: what has no room is left out from the end.
    package var details: [String]

    package init(code: String, title: String, details: [String]) { (self.code, self.title, self.details) = (code, title, details) }
}
