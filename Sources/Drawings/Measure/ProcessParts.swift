/// A drawing taken apart by what is done along its lines: a bend line that ends on an outline is no part of it.
package struct ProcessParts: Sendable {
    /// Each process that the drawing has, in the order of `Process`: what is cut comes first.
    package let parts: [(process: Process, measured: Measurement)]

    /// What is cut; of a drawing that is not cut its first process.
    package var main: Measurement { parts[0].measured }
    /// Around all processes, in millimetres.
    package var box: Box { parts.lazy.map(\.measured.box).filter { !$0.isEmpty }.reduce(into: Box()) { $0.include($1) } }
    package var cut: Measurement? { self[.cut] }

    package subscript(process: Process) -> Measurement? { parts.first { $0.process == process }?.measured }
}

extension Drawing {
    /// Measures each process by itself.
    package func measureApart(_ options: Measure.Options) throws -> ProcessParts {
        let whole = try measure(options)
        let found = whole.processes.map(\.process)
        guard found.count > 1 else { return ProcessParts(parts: [(found.first ?? .cut, whole)]) }
        return ProcessParts(
            parts: try found.map { process in
                var own = options
                own.process = process
                return (process, try measure(own))
            })
    }
}
