/// The folders of the files that the tests read.
enum Paths {
    /// The folder that contains `Tests`.
    static let package = {
        let parts = #filePath.split(separator: "/")
        return parts.prefix(upTo: parts.lastIndex(of: "Tests") ?? 0).map { "/" + $0 }.joined()
    }()
    static let examples = package + "/examples"
}
