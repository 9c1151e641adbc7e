/// The names that an archive has used. Two that differ only in case or in the form of their accents are the same file on other systems.
///
/// Only hashes are kept, so that long names need no memory; 128 bits with the seed of the process, which nobody can make collide.
struct EntryNames {
    private struct Key: Hashable { let first: Int, second: Int }
    private struct Known { let isFolder: Bool, spelling: Int }
    private var known: [Key: Known] = [:]

    /// The number of files and folders, with the folders that are only in paths.
    var count: Int { known.count }

    /// Returns what is wrong with a further name; nil if nothing is.
    mutating func add(_ path: EntryPath, isFolder: Bool) -> String? {
        var first = Hasher(), second = Hasher(), spelled = Hasher()
        second.combine(0)
        for (i, name) in path.names.enumerated() {
            // Strings hash alike when they are canonically equivalent.
            let folded = name.lowercased()
            first.combine(folded)
            second.combine(folded)
            Array(name.utf8).withUnsafeBytes { spelled.combine(bytes: $0) }
            spelled.combine(0)
            let isLast = i == path.names.count - 1
            let new = Known(isFolder: !isLast || isFolder, spelling: spelled.finalized)
            guard let old = known.updateValue(new, forKey: Key(first: first.finalized, second: second.finalized)) else { continue }
            guard old.isFolder == new.isFolder else { return "is both a file and a folder" }
            guard old.spelling == new.spelling else { return "differs from another name only in case or in the form of its accents" }
            guard new.isFolder else { return "is in it twice" }
        }
        return nil
    }
}

extension Hasher {
    /// The value so far: `finalize` ends a hasher.
    fileprivate var finalized: Int {
        let copy = self
        return copy.finalize()
    }
}
