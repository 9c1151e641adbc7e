import Drawings
import Store
import Values

/// A remnant into which parts fit, and how.
package struct RemnantMatch: Sendable {
    package var remnant: StockedRemnant
    /// How many parts a grid holds; nil if one was asked for, whose fit is proved.
    package var count: Int?
    /// The rotation of the parts in degrees, and the lower left corner of the box around the first one, from that of the remnant.
    package var degrees: Double
    package var place: Point
    /// What the outlines of the parts leave, in mm2.
    package var wasteMM2: Double

    package var wastePercent: Double { wasteMM2 / Double(max(remnant.areaMM2, 1)) * 100 }
}

/// A search for remnants, from the smallest on: what it wastes grows with its area.
package struct RemnantSearch: Sendable {
    /// How many parts one remnant has to hold.
    package var quantity: Int
    /// The distances to keep from the edge, and from windows and other parts.
    package var margin, gap: Length
    /// The number of matches at which it stops; nil for none.
    package var limit: Int?
    package var client: Int?
    package var project: Int?
    /// The remnants that are taken already.
    var taken: Set<Int> = []

    package init(_ quantity: Int, margin: Length, gap: Length, limit: Int? = nil) {
        (self.quantity, self.margin, self.gap, self.limit) = (quantity, margin, gap, limit)
    }

    /// The number of rotations that are tried in irregular remnants where the number of matches is limited.
    static let mostTurns = 1500
    /// More parts than that in a remnant are not counted.
    static let mostCounted = 10_000
}

extension Prepared {
    /// For notes: its name, what it is made of, and where that was found.
    package var name: String { file }
    package var words: String { "\(material.code) \(thickness) mm" }
    package var note: String { "\(file): \(sources)" }
    package var count: Int { quantity }
}

extension Shop {
    /// The same for a part that was read.
    package func matches(_ part: Prepared, _ search: RemnantSearch) throws -> (matches: [RemnantMatch], notes: [String]) {
        let known = try StockedRemnants(self, part.material.id, part.thickness, client: search.client, project: search.project)
        do { return try matches(part.fitPart(), known, search) } catch let failure as Failure
            where failure.kind == .refused
        {
            throw Failure(failure.kind, .remnant, "\(part.file): \(failure.message)", hint: failure.hint)
        }
    }

    /// The condition for remnants in whose box a rectangle fits.
    package func condition(forRemnantsOf size: Size) -> SQL {
        let width: SQL = "CAST(lot.size AS REAL)", height: SQL = "CAST(substr(lot.size, instr(lot.size, 'x') + 1) AS REAL)"
        let sides = [size.width.um, size.height.um].sorted()
        return "min(\(width), \(height)) >= \(sides[0]) / 1000.0 AND max(\(width), \(height)) >= \(sides[1]) / 1000.0"
    }

    /// Returns the remnants into which all pieces of a part fit, those with the least waste first, and notes for the user.
    func matches(_ part: FitPart, _ known: StockedRemnants, _ search: RemnantSearch) throws -> (matches: [RemnantMatch], notes: [String]) {
        let needed = part.areaMM2 * Double(search.quantity)
        var fitting = FitSearch(
            part, margin: search.margin.millimetres, gap: search.gap.millimetres,
            turns: search.limit == nil ? .max : RemnantSearch.mostTurns)
        var matches: [RemnantMatch] = [], unread = 0
        for remnant in known.all where !search.taken.contains(remnant.id) {
            if let limit = search.limit, matches.count >= limit { break }
            if Double(remnant.areaMM2) + 1 < needed { continue }
            let (width, height) = (remnant.size.width.millimetres, remnant.size.height.millimetres)
            if fitting.isTooLarge(for: width, height, areaMM2: Double(remnant.areaMM2)) { continue }
            try Interrupt.check()
            guard let region = remnant.region else {
                unread += 1
                continue
            }
            if search.quantity == 1 {
                guard let fit = fitting.fit(in: region) else { continue }
                matches.append(
                    RemnantMatch(
                        remnant: remnant, degrees: fit.degrees, place: fit.place, wasteMM2: Double(remnant.areaMM2) - needed))
            } else {
                let grid = BoxGrid(fitting, in: region, wanted: max(search.quantity, RemnantSearch.mostCounted))
                guard grid.count >= search.quantity else { continue }
                matches.append(
                    RemnantMatch(
                        remnant: remnant, count: grid.count, degrees: grid.degrees, place: grid.place,
                        wasteMM2: Double(remnant.areaMM2) - needed))
            }
        }
        var notes = known.notes
        if fitting.unfinished > 0 {
            notes.append("in \(counted(fitting.unfinished, "irregular remnant")) not every rotation was tried: --all tries them")
        }
        if unread > 0 { notes.append("warning: the outline of \(counted(unread, "remnant")) cannot be read") }
        return (matches, notes)
    }
}
