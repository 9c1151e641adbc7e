import Drawings
import Glibc
import Store
import Values

/// What the files of other programs say about presets, read before anything is locked: the names of `.fsm` files, and the settings in
/// LightBurn's libraries and projects.
package struct PresetFiles: Sendable {
    struct Item: Sendable {
        enum Content: Sendable {
            case name
            case setting(CutSetting, SettingPlace, isLibrary: Bool)
        }
        /// As typed.
        var file: String
        /// The file from the folder on that was named, which the preset keeps.
        var source: String
        var content: Content
    }

    private(set) var items: [Item] = []
    /// The file or folder, as typed.
    let name: String
    package private(set) var notes: [String] = []

    /// What is taken from a folder. Projects lie in folders of drawings, so that they have to be named.
    private static let inFolders: Set = ["fsm", "clb"]
    private static let endings: Set = ["fsm", "clb", "lbrn", "lbrn2"]

    /// Whether a path is a folder, or by its name a file of another program.
    package static func areThere(at path: String) -> Bool {
        File.kind(of: File.resolved(path)) == S_IFDIR || endings.contains(File.ending(of: path))
    }

    /// - Throws: `input` for a file that cannot be read, and `notFound` if there is nothing to read.
    package init(_ source: FileIntake.Source, _ shop: Shop) throws {
        name = source.typed
        guard File.kind(of: File.resolved(source.path)) == S_IFDIR else {
            guard File.kind(of: source.path) != nil else { throw File.failure("read", source.typed) }
            let file = source.typed.split(separator: "/").last.map(String.init) ?? source.typed
            try add(source, source: file, FileIntake(shop))
            return
        }
        let intake = try FileIntake(shop), folder = File.resolved(source.path).split(separator: "/").last.map(String.init) ?? ""
        var found = FolderFiles()
        for file in try found.add(source, where: PresetFiles.inFolders.contains) {
            try Interrupt.check()
            try add(file, source: folder + file.path.dropFirst(source.path.count), intake)
        }
        if let left = found.leftOut { notes.append("left out of \(source.typed): \(left)") }
        guard !found.sources.isEmpty else {
            throw Failure(.notFound, .preset, "there are no .fsm or .clb files in \(source.typed)", hint: notes.first)
        }
    }

    private mutating func add(_ file: FileIntake.Source, source: String, _ intake: FileIntake) throws {
        let ending = File.ending(of: file.path)
        guard ending != "fsm" else { return items.append(Item(file: file.typed, source: source, content: .name)) }
        do {
            try intake.demandSize(file)
            let found = try File.withBytes(of: file.path, name: file.typed) { try LightBurnSettings(reading: $0) }
            items += found.settings.map { setting, place in
                Item(file: file.typed, source: source, content: .setting(setting, place, isLibrary: ending == "clb"))
            }
            if found.settings.isEmpty { notes.append("\(file.typed) has no settings") }
        } catch let failure as Failure where [.input, .refused].contains(failure.kind) {
            throw Failure(failure.kind, .preset, "\(file.typed): \(failure.message)", hint: failure.hint)
        }
    }
}
