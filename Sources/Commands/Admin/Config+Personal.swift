import Console
import Glibc
import Values

/// The path of the personal configuration file.
private func ownPath(_ call: Call) throws -> String {
    guard let path = call.environment.preferences.path else {
        throw Failure(.outside, .config, "there is no place for a personal file", hint: "set HOME or XDG_CONFIG_HOME")
    }
    return path
}

private func ownText(_ path: String) throws -> String? {
    access(path, F_OK) == 0 ? String(decoding: try File.read(path), as: UTF8.self) : nil
}

private func keepOwn(_ text: String, _ path: String) throws {
    RunLog.make(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    File.sweep(beside: path)
    try File.write(Array(text.utf8), to: path)
}

/// Sets a key in the file, or removes it.
func setOwn(_ name: String, to value: String?, _ call: Call, _ answer: Answer) throws {
    let path = try ownPath(call), old = try ownText(path) ?? ""
    if let value {
        try checkAlias(name, value)
        if let wrong = Preferences.refusal(name, value) { throw Failure(.usage, .config, wrong) }
    }
    let text = Preferences.text(old, setting: name, to: value)
    if call[Standard.dryRun] { answer.note("dry run: nothing was stored") } else if text != old { try keepOwn(text, path) }
    try answer.put(.done(value.map { "\(name) is '\($0)' in \(path)" } ?? "\(name) is not set in \(path)"))
}

/// Opens the file, or a template for it, in an editor.
@Sendable func editOwn(_ call: Call, _ answer: Answer) throws {
    let path = try ownPath(call)
    let changed = try Editor.offer(try ownText(path) ?? Preferences.template, isWhole: true, in: call.environment) { text, pairs in
        for pair in pairs.all { try checkAlias(pair.key, pair.value) }
        let faults = Preferences(checking: text, file: path).faults
        guard faults.isEmpty else { throw Failure(.input, .config, "laseros cannot use this", faults: faults) }
        if call[Standard.dryRun] { answer.note("dry run: nothing was stored") } else { try keepOwn(text, path) }
    }
    try answer.put(.done(changed ? "\(path) changed" : "nothing was changed"))
}
