import Store
import Values

/// How a client builds the names of files: `{title}_{thickness}_{material}_{quantity}`. `*` stands for any text.
package struct FilePattern: StoredAsText, Presentable, Equatable {
    package static let word = "PATTERN"
    package static let expected =
        "a pattern of {title}, {material}, {thickness}, {quantity} and * ({title}_{material}_{thickness}_x{quantity})"
    package static let shownType = ShownType.text

    enum Part: Equatable {
        case text(String), any
        case field(Name)
    }

    enum Name: String, CaseIterable { case title, material, thickness, quantity }

    package let storedText: String
    let parts: [Part]

    /// Nil for a text without a field, with a field twice, or with two parts side by side that both fit any text.
    package init?(reading text: String) {
        var parts: [Part] = [], rest = text.trimmed
        while let first = rest.first {
            if first == "*" {
                parts.append(.any)
                rest = rest.dropFirst()
            } else if first == "{" {
                guard let end = rest.firstIndex(of: "}"),
                    let name = Name(rawValue: rest[rest.index(after: rest.startIndex)..<end].lowercased())
                else { return nil }
                parts.append(.field(name))
                rest = rest[rest.index(after: end)...]
            } else {
                let literal = rest.prefix { $0 != "*" && $0 != "{" }
                guard !literal.contains(where: { $0 == "}" || $0 == "/" }) else { return nil }
                parts.append(.text(literal.lowercased()))
                rest = rest.dropFirst(literal.count)
            }
        }
        let fields = parts.filter { if case .field = $0 { true } else { false } }
        let isFree = { (part: Part) in part == .any || part == .field(.title) }
        guard !fields.isEmpty, Name.allCases.allSatisfy({ name in fields.count { $0 == .field(name) } <= 1 }),
            !zip(parts, parts.dropFirst()).contains(where: { isFree($0) && isFree($1) })
        else { return nil }
        (self.parts, storedText) = (parts, String(text.trimmed))
    }

    package var shown: DisplayValue { .text(storedText) }

    /// The texts of the fields in a file's name without its extension; nil if the name is not built like this.
    /// - Parameter isMaterial: whether a text names a material.
    func fields(of name: String, isMaterial: @escaping (String) -> Bool) -> [Name: String]? {
        var match = Match(parts: parts, name: Array(name), isMaterial: isMaterial)
        return match.rest(0, from: 0) ? match.found : nil
    }

    /// Fits the parts to a name, with the longest numbers and materials and the shortest other texts first.
    private struct Match {
        private struct Place: Hashable { var part: Int, at: Int }

        let parts: [Part]
        let name: [Character]
        let isMaterial: (String) -> Bool
        var found: [Name: String] = [:]
        /// Where the rest of the parts has been tried in vain, so that the time grows with the square of the name at most.
        private var failed: Set<Place> = []

        init(parts: [Part], name: [Character], isMaterial: @escaping (String) -> Bool) {
            (self.parts, self.name, self.isMaterial) = (parts, name, isMaterial)
        }

        mutating func rest(_ part: Int, from at: Int) -> Bool {
            guard part < parts.count else { return at == name.count }
            guard !failed.contains(Place(part: part, at: at)) else { return false }
            let least = parts[part] == .any ? 0 : 1
            if case .text(let literal) = parts[part] {
                let end = at + literal.count
                if end <= name.count, String(name[at..<end]).lowercased() == literal, rest(part + 1, from: end) { return true }
            } else {
                let isFree = parts[part] == .any || parts[part] == .field(.title),
                    ends = Array(min(at + least, name.count + 1)...name.count + 1)
                for end in (isFree ? ends : ends.reversed()) where end <= name.count {
                    let text = String(name[at..<end])
                    guard fits(text, parts[part]), rest(part + 1, from: end) else { continue }
                    if case .field(let name) = parts[part] { found[name] = text }
                    return true
                }
            }
            failed.insert(Place(part: part, at: at))
            return false
        }

        private func fits(_ text: String, _ part: Part) -> Bool {
            switch part {
            case .field(.material): isMaterial(text)
            case .field(.thickness): FilePattern.thickness(text) != nil
            case .field(.quantity): Count(reading: text) != nil
            default: true
            }
        }
    }

    /// A thickness in a name: `3`, `0.5mm`, `1,5`; without a mark after a zero: `05` is 0.5.
    static func thickness(_ text: String) -> Length? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let isFraction = digits.count > 1 && digits.first == "0"
        let typed = isFraction ? "0." + text.dropFirst() : text
        return Length(reading: typed).flatMap { $0.um > 0 ? $0 : nil }
    }
}
