/// The differences between two versions of a drawing, separately for each process: a hole that is only marked now is no longer cut.
package struct ProcessRevision: Sendable {
    package struct Part: Sendable {
        package let process: Process
        package let before, after: Measurement
        package let revision: Revision
    }

    /// The processes of either drawing, in the order of `Process`.
    package let parts: [Part]
    private let reach: Double

    /// - Parameter map: maps the newer drawing onto the older.
    package init(_ before: ProcessParts, _ after: ProcessParts, withinMM reach: Double, map: Rigid) {
        self.reach = reach
        parts = Process.allCases.compactMap { process in
            let (old, new) = (before[process] ?? Measurement(), after[process] ?? Measurement())
            guard !old.contours.isEmpty || !new.contours.isEmpty else { return nil }
            return Part(process: process, before: old, after: new, revision: Revision(old, new, withinMM: reach, map: map))
        }
    }

    package var isSame: Bool { parts.allSatisfy(\.revision.isSame) }
    package var kept: Int { parts.reduce(0) { $0 + $1.revision.kept.count } }

    package func count(_ kind: Revision.Kind) -> Int {
        parts.reduce(0) { $0 + $1.revision.changes.count { $0.kind == kind } }
    }

    /// The common displacement of all contours, if the drawing was moved as a whole.
    package var commonShift: Point? {
        let shifts = parts.map(\.revision.commonShift)
        guard let first = shifts.first ?? nil, shifts.allSatisfy({ $0?.isWithin(2 * reach, of: first) == true }) else { return nil }
        return first
    }
}
