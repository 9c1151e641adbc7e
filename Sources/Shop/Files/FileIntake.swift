import Archives
import Drawings
import Glibc
import Security
import Store
import Values

/// Checks files by the rules of the shop before they are attached. It only reads.
package struct FileIntake: Sendable {
    private let types: [String]
    private let limit: Int
    private let habits: DrawingHabits

    /// Reads the settings for types and sizes.
    /// - Parameter habits: those of the client whose drawings they are; nil for the rules of the shop.
    package init(_ shop: Shop, _ habits: DrawingHabits? = nil) throws {
        types = try shop.setting(Settings.fileTypes).text.lowercased().split(separator: ",").map { String(String($0).trimmed) }
        limit = try shop.setting(Settings.fileLimit).value << 20
        self.habits = try habits ?? shop.drawingHabits(ofClient: nil)
    }

    /// The name of a file as typed, and its path.
    package struct Source: Sendable {
        package var typed: String
        package var path: String
        package init(typed: String, path: String) { (self.typed, self.path) = (typed, path) }
    }

    /// Each file, or the reason why it is refused.
    package func results(of sources: [Source], kind: FileKind?) throws -> [Result<NewFile, any Error>] {
        // Within a batch the shop is locked while drawings are measured, so an interrupt is checked for.
        let results = Parallel.map(sources) { source in
            Result {
                try Interrupt.check()
                return try look(at: source, kind)
            }
        }
        try Interrupt.check()
        return results
    }

    /// Returns all files, or throws all the reasons why they are refused.
    /// - Parameter keepingApart: whether to add the name of its folder to that of a file whose name another has.
    package func look(at sources: [Source], kind: FileKind?, keepingApart: Bool = false) throws -> [NewFile] {
        let results = try results(of: sources, kind: kind)
        var files: [NewFile] = [], places: [String: Int] = [:], faults: [(fault: Failure.Fault, failure: Failure)] = []
        for (source, result) in zip(sources, results) {
            do {
                var file = try result.get()
                // The same file in two folders is one.
                if let other = places[file.name], files[other].sha256 == file.sha256 { continue }
                if keepingApart, places[file.name] != nil { file.addFolderToName() }
                if let other = places[file.name].map({ files[$0] }) {
                    if other.sha256 == file.sha256 { continue }
                    throw Failure(
                        .refused, .fileIntake, "\(other.typed) is another file of that name", hint: "attach one of them under another name")
                }
                places[file.name] = files.count
                files.append(file)
            } catch let failure as Failure {
                faults.append((Failure.Fault(file: source.typed, failure.message), failure))
            }
        }
        guard let first = faults.first else { return files }
        guard sources.count > 1 else {
            guard first.failure.kind == .refused else { throw first.failure }
            throw Failure(.refused, .fileIntake, "cannot attach \(first.fault.file): \(first.fault.message)", hint: first.failure.hint)
        }
        throw Failure(
            first.failure.kind, .fileIntake, "\(faults.count) of \(sources.count) files cannot be attached: nothing was written",
            hint: first.failure.hint,
            faults: faults.map(\.fault))
    }

    private func look(at source: Source, _ said: FileKind?) throws -> NewFile {
        let name = try FileIntake.storedName(source.typed), ending = File.ending(of: name)
        guard takes(ending) else {
            throw Failure(
                .refused, .fileIntake, ending.isEmpty ? "it has no type" : "'\(ending)' is not a type that can be attached",
                hint: "types: \(types.joined(separator: ", ")); laseros config set \(Settings.fileTypes.name)")
        }
        try demandSize(source)
        let kind = said ?? FileKind(ofName: name)
        return try File.withBytes(of: source.path, name: source.typed) { bytes in
            var file = NewFile(
                name: name, kind: kind, typed: source.typed, path: source.path, bytes: bytes.count, sha256: Digest.of(bytes), problems: [])
            if FileKind.drawingEndings.contains(ending), kind == .drawing { file.measure(bytes, by: habits) }
            return file
        }
    }

    /// Whether the settings allow files with this extension.
    func takes(_ ending: String) -> Bool { types.contains(ending) }

    /// Checks the size before reading, because a large file would take long.
    func demandSize(_ source: Source) throws {
        var about = stat()
        guard stat(source.path, &about) == 0 else { throw File.failure("read", source.typed) }
        guard about.st_mode & S_IFMT == S_IFREG else { throw Failure(.refused, .fileIntake, "it is not a regular file") }
        guard about.st_size <= limit else {
            throw Failure(
                .refused, .fileIntake, "it has \(about.st_size) bytes, more than \(limit >> 20) MiB",
                hint: "laseros config set \(Settings.fileLimit.name) MIB")
        }
    }

    /// The last component of a path, if it is a name for a file here and in archives.
    static func storedName(_ typed: String) throws -> String {
        let name = typed.split(separator: "/").last.map(String.init) ?? ""
        guard isFit(name), ArchiveName.isFit(name) else {
            throw Failure(
                .refused, .fileIntake, "its name cannot be stored",
                hint: "rename it: control characters, \\\\, and a letter with a colon in front are not taken")
        }
        return name
    }

    /// Whether the name contains nothing that leads to another folder or that a terminal interprets.
    static func isFit(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
            && name.unicodeScalars.allSatisfy {
                $0.value >= 32 && !(127...159).contains($0.value) && $0 != "/" && $0 != "\\" && $0 != "\u{FFFD}"
            }
    }
}

extension NewFile {
    /// `plan (old).dxf` for `old/plan.dxf`
    fileprivate mutating func addFolderToName() {
        let folder = typed.split(separator: "/").dropLast().last.map { " (\($0))" } ?? "", ending = File.ending(of: name)
        let named = ending.isEmpty ? name + folder : "\(name.dropLast(ending.count + 1))\(folder).\(name.suffix(ending.count))"
        if FileIntake.isFit(named) { name = named }
    }

    /// A drawing that cannot be read or cut is attached all the same, because the client sent it.
    fileprivate mutating func measure(_ bytes: UnsafeRawBufferPointer, by habits: DrawingHabits) {
        do {
            let drawing = try MeasuredDrawing(cutting: Drawing(reading: bytes), by: habits)
            measured = drawing
            problems = drawing.problems.map { "\(name): \($0)" }
        } catch {
            let reason = (error as? Failure)?.message ?? "\(error)"
            problems = ["\(name) is kept, but it cannot be cut as it is: \(reason)"]
        }
    }
}
