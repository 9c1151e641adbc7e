import Values

/// The checked path of an entry: names without `.` between slashes, below the folder of the archive.
struct EntryPath {
    let names: [Substring]
    /// Whether it ends with a slash, as paths of folders do.
    let isFolder: Bool

    /// - Throws: `input` or `refused` with the reason.
    init(_ typed: String, in place: EntryPlace, limits: ArchiveLimits) throws {
        guard !typed.isEmpty else { throw place.wrong("has an entry without a name") }
        if let scalar = typed.unicodeScalars.first(where: EntryPath.isUnfit) {
            let number = String(scalar.value, radix: 16, uppercase: true).padded(to: 4, with: "0")
            throw place.wrong("has the character U+\(number) in its name")
        }
        guard !typed.utf8.contains(UInt8(ascii: "\\")) else { throw place.wrong("has a backslash in its name") }
        let bytes = Array(typed.utf8.prefix(2)), letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let isDrive = bytes.count == 2 && bytes[1] == UInt8(ascii: ":") && letters.contains(bytes[0] | 0x20)
        guard bytes[0] != UInt8(ascii: "/"), !isDrive else { throw place.wrong("is an absolute path") }
        names = typed.split(separator: "/").filter { $0 != "." }
        isFolder = typed.hasSuffix("/") || names.isEmpty
        guard !names.contains("..") else { throw place.wrong("leads out of the folder by '..'") }
        guard names.count - 1 <= limits.depth else { throw place.tooMuch("is more than \(limits.depth) folders deep") }
        guard names.allSatisfy({ $0.utf8.count <= limits.name }) else {
            throw place.tooMuch("has a name of more than \(limits.name) bytes")
        }
        guard typed.utf8.count <= limits.path else { throw place.tooMuch("has a path of more than \(limits.path) bytes") }
    }

    var text: String { names.joined(separator: "/") }

    /// Control characters, the mark of undecodable text, and what turns the direction of text around, so that a name looks like another.
    fileprivate static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<32, 127...159, 0xFFFD, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// Names of files in archives.
package enum ArchiveName {
    /// Whether an archive takes the name of a file.
    package static func isFit(_ name: String) -> Bool {
        guard let path = try? EntryPath(name, in: EntryPlace(archive: ""), limits: ArchiveLimits()) else { return false }
        return !path.isFolder && path.text == name && path.names.count == 1
    }

    /// The name with hyphens for the characters that an archive does not take.
    package static func fitting(_ name: String) -> String {
        guard !isFit(name) else { return name }
        let scalars = name.unicodeScalars.map { EntryPath.isUnfit($0) || "/\\:".unicodeScalars.contains($0) ? "-" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Names for files in one folder: of those that differ only in case or in the form of their accents, all but the first have a number.
    package static func apart(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            let stem: Substring, end: Substring
            if let dot = name.lastIndex(of: "."), dot > name.startIndex {
                (stem, end) = (name[..<dot], name[dot...])
            } else {
                (stem, end) = (name[...], "")
            }
            var apart = name, number = 1
            while !taken.insert(apart.lowercased()).inserted {
                number += 1
                apart = "\(stem)-\(number)\(end)"
            }
            return apart
        }
    }
}

/// The archive and the entry that a message is about.
struct EntryPlace {
    var archive: String
    var entry: String?

    private var words: String {
        guard let entry, !entry.isEmpty else { return archive + " " }
        return "\(archive): '\(entry.count > 60 ? entry.prefix(60) + "…" : entry)' "
    }

    /// The failure for damaged or dangerous contents.
    func wrong(_ what: String, hint: String? = nil) -> Failure { Failure(.input, .archive, words + what, hint: hint) }

    /// The failure for a limit.
    func tooMuch(_ what: String) -> Failure { Failure(.refused, .archive, words + what) }
}
