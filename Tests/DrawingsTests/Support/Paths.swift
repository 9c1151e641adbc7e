/// The folders that the tests read files from.
enum Paths {
    /// The folder that holds `Tests`.
    static let package = {
        let parts = #filePath.split(separator: "/")
        return parts.prefix(upTo: parts.lastIndex(of: "Tests") ?? 0).map { "/" + $0 }.joined()
    }()
    static let examples = package + "/examples"
}
