import Values

/// The process of the machine along a line.
package enum Process: UInt8, Sendable, CaseIterable {
    case cut, mark, engrave, bend, centre, ignore

    package var word: String { "\(self)" }

    package init?(word: Substring) {
        guard let process = Process.allCases.first(where: { $0.word == word || ($0 == .centre && word == "center") }) else { return nil }
        self = process
    }
}

/// Rules that determine the process of a line by its layer, line type and colour. The first matching rule applies; a line without one is
/// cut.
package struct Processes: Sendable, Equatable {
    /// The property that a rule compares. A word is a run of letters in the layer's name.
    enum Subject: String { case layer, word, linetype, colour }

    struct Rule: Sendable, Equatable {
        let subject: Subject
        /// The pattern in capitals, with `*` for any characters and `?` for one.
        let pattern: [UInt8]
        let process: Process

        init(_ subject: Subject, _ pattern: some StringProtocol, _ process: Process) {
            (self.subject, self.pattern, self.process) = (subject, Array(pattern.uppercased().utf8), process)
        }

        /// Parses `layer:BEND*=bend`.
        init?(reading word: Substring) {
            guard let colon = word.firstIndex(of: ":"), let equals = word.lastIndex(of: "="), colon < equals,
                let subject = Subject(rawValue: word[..<colon].lowercased().replacing("color", with: "colour")),
                let process = Process(word: word[word.index(after: equals)...].lowercased()[...])
            else { return nil }
            let pattern = String(word[word.index(after: colon)..<equals]).trimmed
            guard !pattern.isEmpty, subject != .colour || Int(pattern).map((1...255).contains) ?? false else { return nil }
            self.init(subject, pattern, process)
        }

        var text: String { "\(subject):\(String(decoding: pattern, as: UTF8.self))=\(process)" }
    }

    let rules: [Rule]
    /// The rules as written; `standard` is replaced by the standard rules.
    package let text: String
    /// The indices of the rules by key, in ascending order.
    private let index: [Key: [Int]]

    /// Parses rules separated by commas: `layer:BEND*=bend,colour:5=mark,standard`. Nil if a rule is not valid.
    package init?(reading text: String) {
        var rules: [Rule] = []
        var words: [String] = []
        for part in text.split(separator: ",") {
            let word = String(part).trimmed
            guard !word.isEmpty else { continue }
            if word.lowercased() == Self.standard.text {
                rules += Self.standard.rules
                words.append(Self.standard.text)
            } else {
                guard let rule = Rule(reading: word) else { return nil }
                rules.append(rule)
                words.append(rule.text)
            }
        }
        self = words == [Self.standard.text] ? .standard : Processes(rules: rules, text: words.joined(separator: ","))
    }

    /// These rules, then others.
    package func before(_ others: Processes) -> Processes { Processes(rules: rules + others.rules, text: text + "," + others.text) }

    init(rules: [Rule], text: String) {
        (self.rules, self.text) = (rules, text)
        index = Dictionary(grouping: rules.indices) { Key(subject: rules[$0].subject, first: Key.first(of: rules[$0].pattern)) }
    }

    /// The key of a rule: its subject and the first byte of its pattern. It excludes most of the hundreds of rules.
    private struct Key: Hashable {
        let subject: Subject
        /// Nil if the pattern begins with `*` or `?`.
        let first: UInt8?

        static func first(of pattern: [UInt8]) -> UInt8? { pattern.first.flatMap { $0 == 0x2A || $0 == 0x3F ? nil : $0 } }
    }

    /// Returns the process of the first matching rule.
    func process(layer: String, lineType: String, color: Int) -> Process? {
        let layer = layer.uppercased()
        var best = rules.count
        func look(_ subject: Subject, _ name: ArraySlice<UInt8>) {
            for first in [name.first, nil] {
                // The rules are in ascending order.
                let fitting = index[Key(subject: subject, first: first)]?.first { $0 >= best || Self.fits(name, rules[$0].pattern[...]) }
                best = min(best, fitting ?? best)
            }
        }
        look(.layer, Array(layer.utf8)[...])
        for word in Self.words(layer) { look(.word, word) }
        look(.linetype, Array(lineType.uppercased().utf8)[...])
        look(.colour, Array("\(color)".utf8)[...])
        return best < rules.count ? rules[best].process : nil
    }

    /// Returns the runs of letters in a name.
    private static func words(_ name: String) -> [ArraySlice<UInt8>] {
        guard name.isASCII else { return name.split { !$0.isLetter }.map { Array($0.utf8)[...] } }
        return Array(name.utf8).split { !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// Whether a name matches a pattern. Each star matches as little as possible, and only the last one is extended: linear in practice.
    static func fits(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var (at, want) = (name.startIndex, pattern.startIndex)
        var star: (want: Int, at: Int)?
        while at < name.endIndex {
            if want < pattern.endIndex, pattern[want] == UInt8(ascii: "*") {
                star = (want, at)
                want += 1
            } else if want < pattern.endIndex, pattern[want] == name[at] || pattern[want] == UInt8(ascii: "?") {
                (at, want) = (at + 1, want + 1)
            } else if let last = star {
                star = (last.want, last.at + 1)
                (at, want) = (last.at + 1, last.want + 1)
            } else {
                return false
            }
        }
        return pattern[want...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

extension Processes: Readable, Presentable {
    package static let word = "RULES"
    package static let expected =
        "rules such as 'layer:BEND*=bend,linetype:CENTER*=centre,colour:5=mark,standard' (cut, mark, engrave, bend, centre, ignore)"
    package static let shownType = ShownType.text
    package var shown: DisplayValue { .text(text) }
}
