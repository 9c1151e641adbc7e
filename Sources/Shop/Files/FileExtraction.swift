import Glibc
import Store
import Values

/// Reads stored files and writes them to other folders.
extension Shop {
    /// Returns the bytes of a file after checking their hash. All reads of `files/` go through this function.
    /// - Throws: `store` if they are missing or damaged.
    package func contents(of file: KeptFile) throws -> [UInt8] {
        guard let bytes = try contentsIfThere(of: file) else { throw gone(file) }
        return bytes
    }

    /// The same; nil if they are missing.
    func contentsIfThere(of file: KeptFile) throws -> [UInt8]? {
        let (standing, bytes) = try read(file.sha256, size: file.size)
        if standing == .damaged { throw damaged(file) }
        return standing == .gone ? nil : bytes
    }

    /// - Throws: `store` if the bytes of any file are missing or damaged.
    package func demandWhole(_ files: [KeptFile]) throws {
        for file in files {
            switch try standing(of: file.sha256, size: file.size) {
            case .whole: continue
            case .gone: throw gone(file)
            case .damaged: throw damaged(file)
            }
        }
    }

    private func gone(_ file: KeptFile) -> Failure {
        Failure(.store, .fileExtraction, "the bytes of \(file.name) are gone from the shop's files", hint: "attach it again")
    }

    private func damaged(_ file: KeptFile) -> Failure {
        Failure(
            .store, .fileExtraction, "the bytes of \(file.name) are not what they were: \(path(ofFile: file.sha256)) is damaged",
            hint: "attach it again, or take it from a backup")
    }

    /// Attaching checks the name of a file, but one in an altered database might lead out of the folder.
    func demandFit(_ file: AttachedFile) throws {
        guard FileIntake.isFit(file.name) else { throw Failure(.refused, .fileExtraction, "'\(file.name)' is no name for a file") }
    }

    /// Checks that the files can be written below a folder at their paths, and nowhere else.
    /// - Throws: `refused` if something is in the way.
    package func demandRoom(for files: [ArchivedFile], in folder: String, named said: String, replacing: Bool) throws {
        var taken: [String] = []
        for place in Set(files.map { File.folder(of: "\(folder)/\($0.path)") }) where place != folder {
            guard let kind = File.kind(of: place), kind != S_IFDIR else { continue }
            throw notRegular(said + place.dropFirst(folder.count), "folder")
        }
        for file in files {
            switch File.kind(of: "\(folder)/\(file.path)") {
            case nil: continue
            // A link could lead out of the folder.
            case S_IFREG?: if !replacing { taken.append(file.path) }
            default: throw notRegular("\(said)/\(file.path)", "regular file")
            }
        }
        guard let first = taken.first else { return }
        let what =
            taken.count == 1 ? "\(said)/\(first) is there already" : "\(taken.count) of the files are in \(said) already, \(first) first"
        throw Failure(.refused, .fileExtraction, "\(what): nothing was written", hint: "--force replaces what is there")
    }

    private func notRegular(_ path: String, _ what: String) -> Failure {
        Failure(.refused, .fileExtraction, "\(path) is not a \(what): it is left alone", hint: "name another folder")
    }

    /// Writes the files below a folder, each checked against its hash. Nothing is written if the bytes of any are missing or damaged.
    package func extract(_ files: [ArchivedFile], to folder: String, named said: String) throws {
        try demandWhole(files.map(\.file.kept))
        var made: Set<String> = []
        func make(_ place: String, _ said: String) throws {
            guard made.insert(place).inserted else { return }
            guard mkdir(place, 0o777) == 0 || errno == EEXIST else { throw File.failure("make the folder", said) }
            try File.sync(folder: place + "/..")
        }
        try make(folder, said)
        for file in files {
            let path = "\(folder)/\(file.path)", place = File.folder(of: path)
            if !made.contains(place) {
                try make(place, said + place.dropFirst(folder.count))
            }
            File.sweep(beside: path)
            try File.write(try contents(of: file.file.kept), to: path, as: .document)
        }
    }
}
