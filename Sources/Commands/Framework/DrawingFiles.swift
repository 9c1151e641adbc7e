import Console
import Drawings
import Glibc
import Shop
import Values

/// A drawing named on the command line: a file, a file in a named folder, or standard input.
struct DrawingFile: Sendable {
    /// The name as typed; `-` for standard input.
    var name: String
    var path: String

    /// Returns the drawings that words name, in order. A folder stands for the drawings in and below it, sorted by name.
    static func named(_ words: [String], in environment: Environment) throws -> [DrawingFile] {
        try words.flatMap { word in
            let file = DrawingFile(name: word, path: environment.path(word))
            var about = stat()
            guard word != "-", stat(file.path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else { return [file] }
            let found = try file.drawingsBelow()
            guard !found.isEmpty else { throw Failure(.outside, .drawingFiles, "there is no DXF or LightBurn file in the folder \(word)") }
            return found
        }
    }

    /// Links to folders are not followed, because they could form a cycle.
    private func drawingsBelow() throws -> [DrawingFile] {
        let prefix = name == "." || name == "./" ? "" : name.hasSuffix("/") ? name : name + "/"
        return try File.names(in: path, name: name).flatMap { entry -> [DrawingFile] in
            let file = DrawingFile(name: prefix + entry, path: path + "/" + entry)
            if File.kind(of: file.path) == S_IFDIR { return try file.drawingsBelow() }
            return FileKind.drawingEndings.contains(File.ending(of: entry)) ? [file] : []
        }
    }

    /// The names of the drawings in the form that `FileKind.isTwin` expects.
    static func names(_ words: [String], in environment: Environment) throws -> Set<String> {
        Set(try named(words, in: environment).map { $0.name.lowercased() })
    }

    /// Compares a LightBurn project with the DXF drawing of the same name in the same folder, if both can be read. The difference is
    /// reported for the drawing; for the project only if the drawing is not among the files of the call.
    func twinDefect(_ measured: @autoclosure () throws -> Measurement, _ options: Measure.Options, among others: Set<String>) -> Defect? {
        let endings = FileKind.drawingEndings, ending = File.ending(of: name)
        guard name != "-", options.layer == nil, endings.contains(ending), !FileKind.isTwin(name, among: others) else { return nil }
        for other in ending == endings[0] ? Array(endings.dropFirst()) : ["dxf", "DXF"] {
            let twin = DrawingFile(name: name.dropLast(ending.count) + other, path: path.dropLast(ending.count) + other)
            guard File.kind(of: twin.path) == S_IFREG,
                let other = try? File.withBytes(of: twin.path, name: twin.name, { try Drawing(reading: $0) }).measure(options)
            else { continue }
            return try? measured().defect(besideTwin: other, named: twin.name)
        }
        return nil
    }

    /// The same as a note.
    func twinWarning(_ measured: @autoclosure () throws -> Measurement, _ options: Measure.Options, among others: Set<String>) -> String? {
        twinDefect(try measured(), options, among: others).map { "warning: \(name): \($0.consequence)" }
    }

    /// Releases the file's bytes before the drawing is used, so that both are not in memory together.
    func read<Result>(_ environment: Environment, _ body: (Drawing) throws -> Result) throws -> Result {
        guard name == "-" else { return try body(File.withBytes(of: path, name: name) { try Drawing(reading: $0) }) }
        return try body(Drawing(reading: try DrawingFile.standardInput(environment)))
    }

    /// Adds the file's name to a failure about its content.
    func naming(_ failure: Failure) -> Failure {
        guard failure.kind == .input else { return failure }
        return Failure(.input, .drawingFiles, "\(name == "-" ? "standard input" : name): \(failure.message)", hint: failure.hint)
    }

    private static func standardInput(_ environment: Environment) throws -> [UInt8] {
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = try buffer.withUnsafeMutableBytes({ try environment.input($0) }), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}

/// The results for many drawings. Drawings that cannot be read do not stop the others.
struct DrawingBatch<Made: Sendable> {
    private(set) var made: [Made] = []
    private var failed: [(file: DrawingFile, failure: Failure)] = []

    /// Runs `make` for every drawing, on all cores.
    /// - Throws: if no drawing can be read.
    init(_ words: [String], in environment: Environment, _ make: @escaping @Sendable (DrawingFile, Drawing) throws -> Made) throws {
        let files = try DrawingFile.named(words, in: environment)
        let results = Parallel.map(files, weight: { File.size(of: $0.path) }) { file in
            Result { try file.read(environment) { try make(file, $0) } }
        }
        for (file, result) in zip(files, results) {
            switch result {
            case .success(let value): made.append(value)
            case .failure(let failure as Failure): failed.append((file, failure))
            case .failure(let error): throw error
            }
        }
        guard made.isEmpty, let first = failed.first else { return }
        guard failed.count > 1 else { throw first.file.naming(first.failure) }
        let faults = failed.map { Failure.Fault(file: $0.file.name, $0.failure.message) }
        let worst = failed.map(\.failure.kind).max { $0.rawValue < $1.rawValue } ?? .input
        throw Failure(worst, .drawingFiles, "none of \(failed.count) drawings can be read", faults: faults)
    }

    /// Adds a note and an exit code for the files that could not be read. For a single file, tables leave out the file column.
    func telling(_ output: Output) -> Output {
        var output = output
        if case .rows(var listing) = output.body, listing.headings[0].name == "file", made.count + failed.count == 1 {
            listing.headings[0].wide = true
            output.body = .rows(listing)
        }
        output = output.noting(failed.map { "error: " + $0.file.naming($0.failure).message })
        if let worst = failed.map(\.failure.kind.rawValue).max() { output.code = max(output.code, worst) }
        return output
    }
}
