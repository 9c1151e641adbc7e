import Console
import Glibc
import Shop
import Values

/// Finds the shop: from the option, the environment, the nearest folder above the working directory, or the person's usual or own shop. A
/// shop that was found but is not trusted is not skipped in favour of another.
/// - Throws: `store` if there is none.
func shopPlace(_ said: String?, in environment: Environment) throws -> ShopPlace {
    func holds(_ folder: String) -> Bool { File.kind(of: folder + "/" + Shop.fileName) != nil }
    if let said = said ?? environment.variables["LASEROS_SHOP"], !said.isEmpty {
        let folder = environment.path(said)
        guard holds(folder) else { throw Failure(.store, .access, "there is no shop in \(said)", hint: "laseros init \(said)") }
        return ShopPlace(folder: try realFolder(folder), isNamed: true)
    }
    var folder = environment.directory[...]
    while true {
        if holds(String(folder)) { return ShopPlace(folder: try realFolder(folder.isEmpty ? "/" : String(folder)), isNamed: false) }
        guard let slash = folder.lastIndex(of: "/"), !folder.isEmpty else { break }
        folder = folder[..<slash]
    }
    if let said = environment.preferences["shop"], !said.isEmpty {
        let usual = environment.expanded(said)
        guard usual.hasPrefix("/"), holds(usual) else {
            throw Failure(.store, .access, "there is no shop in \(said), which your own file names", hint: "laseros config edit --personal")
        }
        return ShopPlace(folder: try realFolder(usual), isNamed: true)
    }
    let home = ownFolder(environment)
    guard let home, holds(home) else { throw Failure(.store, .access, "there is no shop here", hint: "laseros init") }
    return ShopPlace(folder: try realFolder(home), isNamed: false)
}

/// The real path of a folder.
func realFolder(_ folder: String) throws -> String {
    guard let real = realpath(folder, nil) else {
        throw Failure(.store, .access, "cannot open \(folder): \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    return String(cString: real)
}

/// `$XDG_DATA_HOME/laseros`
func ownFolder(_ environment: Environment) -> String? { Preferences.folder("XDG_DATA_HOME", ".local/share", environment.variables) }
