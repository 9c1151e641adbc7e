import CExamples
import Console
import Glibc
import Shop
import Store
import Values

/// Creates the demo shop by running the commands in `examples/demo-shop.txt` as if on earlier days.
struct Demo {
    private let call: Call
    /// The folder of the shop.
    private let shop: String
    /// The folder with the files that the commands read.
    private let folder: String

    /// Fills a new shop, using a temporary folder for the files.
    static func fill(_ shop: String, _ call: Call) throws {
        let demo = Demo(call: call, shop: shop, folder: shop + "/examples")
        guard mkdir(demo.folder, 0o700) == 0 else { throw File.failure("make the folder", demo.folder) }
        try demo.writeFiles()
        try demo.runAll()
    }

    private var files: [laseros_example] {
        Array(
            sequence(state: Int32(0)) { i in
                let file = laseros_example(i)
                i += 1
                return file.name == nil ? nil : file
            })
    }

    private func path(_ file: laseros_example) -> String { "\(folder)/\(String(cString: file.name))" }

    private func writeFiles() throws {
        for file in files { try File.write(Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), to: path(file)) }
    }

    private func runAll() throws {
        let script = laseros_demo()
        let text = String(decoding: UnsafeBufferPointer(start: script.bytes, count: script.count), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let progress = Progress("making the shop", of: lines.count, in: call.environment)
        for (i, line) in lines.enumerated() {
            // The commands are a second apart, so that their order on a day is visible, and none lies in the future.
            try run(String(line), secondsAgo: lines.count - i)
            progress.step()
        }
        progress.finish()
    }

    /// Runs a line such as `-48d quote send last`.
    private func run(_ line: String, secondsAgo: Int) throws {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let days = Int(parts[0].dropFirst().dropLast()) else {
            throw Failure(.defect, .demo, "the demo has no day in: \(line)")
        }
        var environment = Environment(
            clock: Moment(ms: call.environment.clock.ms - (days * 86_400 + secondsAgo) * 1000), variables: ["LASEROS_SHOP": shop],
            directory: folder,
            user: call.environment.user, say: { _ in })
        environment.variables["TMPDIR"] = call.environment.temporary
        let outcome = program.run(try ShellLine.words(String(parts[1])), in: ShopSession(environment))
        guard outcome.code != 0 else { return }
        try Interrupt.check()
        let reason = "the demo stopped at '\(parts[1])': \(try outcome.said.text().trimmed)"
        // No other process uses the new shop, so a failure of its data file comes from the disk.
        if [Failure.Kind.store, .outside].map(\.rawValue).contains(outcome.code) { throw Failure(.outside, .demo, reason) }
        throw Failure(.defect, .demo, reason)
    }
}
