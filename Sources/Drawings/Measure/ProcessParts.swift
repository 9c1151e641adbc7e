/// A drawing divided by process: a bend line that ends on an outline is not part of it.
package struct ProcessParts: Sendable {
    /// The processes that occur, in the order of `Process`, which begins with cutting.
    package let parts: [(process: Process, measured: Measurement)]

    /// The cut lines; of a drawing without any those of its first process.
    package var main: Measurement { parts[0].measured }
    /// The bounding box of all processes, in millimetres.
    package var box: Box { parts.lazy.map(\.measured.box).filter { !$0.isEmpty }.reduce(into: Box()) { $0.include($1) } }
    package var cut: Measurement? { self[.cut] }

    package subscript(process: Process) -> Measurement? { parts.first { $0.process == process }?.measured }
}

extension Drawing {
    /// Measures each process by itself.
    package func measureApart(_ options: Measure.Options) throws -> ProcessParts {
        let expanded = try expanded(options), whole = expanded.measure(options.process)
        let found = whole.processes.map(\.process)
        guard found.count > 1 else { return ProcessParts(parts: [(found.first ?? .cut, whole)]) }
        return ProcessParts(parts: found.map { ($0, expanded.measure($0)) })
    }
}
