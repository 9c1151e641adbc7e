/// A drawing with blocks expanded, which can be measured as a whole or by process.
package struct ExpandedDrawing {
    private let drawing: Drawing
    private let options: Measure.Options
    /// The geometry of all processes.
    let geometry: Geometry
    let sheet: DrawingSheet?

    /// Expands the blocks, and isolates the part of a sheet if the options require it.
    init(_ drawing: Drawing, _ options: Measure.Options) throws {
        (self.drawing, self.options) = (drawing, options)
        var expansion = Expansion(drawing, options)
        var geometry = try expansion.run()
        let search = SheetSearch(drawing, geometry, tolerance: options.toleranceMM / options.units(of: drawing).mmPerUnit)
        var sheet = search.sheet
        if options.isolates, sheet != nil, let part = search.part(of: geometry) {
            geometry = geometry.keeping(part.edges)
            sheet?.isIsolated = true
            sheet?.views = part.views
        }
        (self.geometry, self.sheet) = (geometry, sheet)
    }

    /// Returns the geometry that is measured or written.
    /// - Parameter process: the only process to include.
    func geometry(of process: Process?) -> Geometry { process.map { geometry.keeping($0) } ?? geometry }

    package func measure(_ process: Process?) -> Measurement {
        var own = options
        own.process = process
        var measurement = Measuring(drawing, geometry(of: process), own).result
        measurement.sheet = sheet
        return measurement
    }
}

extension Drawing {
    /// Returns all measurements that `dxf info` prints. Throws `.input` if the blocks expand to too many entities.
    package func measure(_ options: Measure.Options = Measure.Options()) throws -> Measurement {
        try expanded(options).measure(options.process)
    }

    package func expanded(_ options: Measure.Options) throws -> ExpandedDrawing { try ExpandedDrawing(self, options) }

    /// Returns the geometry that is measured or written: that of one process if the options name one.
    func taken(_ options: Measure.Options) throws -> (geometry: Geometry, sheet: DrawingSheet?) {
        let expanded = try expanded(options)
        return (expanded.geometry(of: options.process), expanded.sheet)
    }
}

/// The steps of a measurement. All values are in drawing units until they are stored.
struct Measuring {
    var result = Measurement()
    let drawing: Drawing
    let geometry: Geometry
    /// Millimetres per unit.
    let scale: Double
    let tolerance: Double
    /// The only process to measure.
    private let process: Process?
    /// A cache of the chainings of sets of edges, by their first edge.
    var chainings: [Int32: [(edges: [Int32], chaining: Chaining)]] = [:]

    init(_ drawing: Drawing, _ geometry: Geometry, _ options: Measure.Options) {
        self.drawing = drawing
        self.geometry = geometry
        scale = options.units(of: drawing).mmPerUnit
        tolerance = options.toleranceMM / scale
        process = options.process
        (result.mmPerUnit, result.toleranceMM, result.includesHidden) = (scale, options.toleranceMM, options.hidden)
        result.notes = (drawing.readingNotes + geometry.notes).all
        // With a unit in the options, the notes about a missing unit do not apply.
        if options.units(of: drawing) != drawing.units || options.units != nil {
            result.notes.removeAll { $0.kind == .unitsAssumed || $0.kind == .unitsUnknown }
        }
        for (name, count) in geometry.skipped { result.skipped[drawing.typeName(name), default: 0] += count }
        result.externals = geometry.externals.sorted()
        result.notes += result.externals.map { Note(kind: .externalReference, count: 1, detail: $0) }
        measureHeights()
        measureAll()
        for style in geometry.styles { result.layerNames[style.layer] = drawing.layer(style.layer).name }
    }

    private mutating func measureAll() {
        var length = 0.0
        var box = Box()
        for segment in geometry.segments {
            length += segment.length
            geometry.widen(&box, by: segment)
        }
        result.lengthMM = length * scale
        result.box = box.scaled(scale)
        let duplicates = Duplicates(geometry, tolerance: tolerance)
        result.duplicateSegments = duplicates.segments
        result.duplicateLengthMM = duplicates.length * scale
        result.duplicateEntities = duplicates.entities
        result.tiny = duplicates.tiny
        result.duplicates = duplicates
        let chaining = Chaining(geometry, edges: duplicates.keptEdges, tolerance: tolerance, listsJunctions: true)
        measure(chaining)
        measureLayers(duplicates, whole: chaining)
        measureProcesses(duplicates, whole: chaining)
        let loops = Loops(geometry, chaining, tolerance: tolerance, chordError: max(0.005 / scale, 1e-7 * max(box.width, box.height)))
        measure(loops)
        measureCut(duplicates)
        noteRepeats(loops)
    }

    private mutating func measureHeights() {
        // The heights of the process to measure, or of all.
        let styles = geometry.heights.indices.filter { number in process.map { geometry.styles[number].process == $0 } ?? true }
        let heights = styles.reduce(Heights()) { $0 + geometry.heights[$1] }
        guard heights.low <= heights.high else { return }
        result.heightsMM = heights.scaled(scale)
    }

    private mutating func measure(_ chaining: Chaining) {
        result.openEnds = chaining.openEnds.count
        result.junctions = chaining.junctions.count
        result.defectPlaces.junctions = chaining.junctions.map { ($0.place * scale, $0.edges) }
        let gaps = Gaps.nearest(chaining.openEnds, within: 1 / scale)
        result.nearGaps = gaps.count { $0 != nil }
        result.defectPlaces.openEnds = zip(chaining.openEnds, gaps).map { place, gap in (place * scale, gap.map { $0 * scale }) }
    }

    /// Measures contours and cut length of the cut lines, if there are other processes. Prices are based on these.
    private mutating func measureCut(_ duplicates: Duplicates) {
        result.pierces = result.contourCount
        guard process == nil, result.processes.contains(where: { $0.process != .cut }) else { return }
        let loops: Loops
        if let edges = keptCuts(duplicates) {
            loops = Loops(geometry, chaining(edges), tolerance: tolerance)
        } else {
            let cut = geometry.keeping(.cut), edges = Duplicates(cut, tolerance: tolerance).keptEdges
            loops = Loops(cut, Chaining(cut, edges: edges, tolerance: tolerance), tolerance: tolerance)
        }
        result.cutLengthMM = loops.all.reduce(0) { $0 + ($1.isDuplicate ? 0 : $1.length) } * scale
        result.pierces = loops.all.count - loops.duplicates
    }

    /// Returns the kept edges among the cut ones. Nil if some of them repeat edges that are not cut, and would be kept without those.
    private func keptCuts(_ duplicates: Duplicates) -> [Int32]? {
        var isCut = [Bool](repeating: false, count: geometry.segments.count)
        let edges = geometry.edges.indices.filter { geometry.process(of: geometry.edges[$0]) == .cut }
        for edge in edges { for segment in geometry.edges[edge].segments { isCut[segment] = true } }
        for edge in edges {
            var isSpeck = true
            for segment in geometry.edges[edge].segments where duplicates.kept[segment] >= 0 {
                guard isCut[Int(duplicates.kept[segment])] else { return nil }
                isSpeck = false
            }
            if isSpeck, duplicates.isDuplicate[edge] { return nil }
        }
        return edges.filter { !duplicates.isTiny[$0] && !duplicates.isDuplicate[$0] }.map { Int32(truncatingIfNeeded: $0) }
    }

    private mutating func measure(_ loops: Loops) {
        result.duplicateContours = loops.duplicates
        result.crossingPairs = loops.nesting.crossings.count
        result.selfCrossing = loops.nesting.selfCrossings.count
        for loop in loops.all where !loop.isDuplicate {
            result.cutLengthMM += loop.length * scale
            if loop.chain.isClosed {
                add(loop)
            } else {
                result.openLengthMM += loop.length * scale
                result.open += 1
            }
        }
        if let end = loops.nesting.ends.min(by: { ($0.x, $0.y) < ($1.x, $1.y) }) {
            result.notes.append(Note(kind: .nestingCutOff, count: loops.nesting.ends.count, place: end * scale))
        }
        keep(loops)
        result.paths = loops.paths
    }

    /// Stores the contours without duplicates. The indices of parents are adjusted.
    private mutating func keep(_ loops: Loops) {
        result.contours.scale = scale
        result.contours.loops = loops.duplicates == 0 ? loops.all : loops.all.filter { !$0.isDuplicate }
        (result.contours.selfCrossings, result.contours.crossings) = (loops.nesting.selfCrossings, loops.nesting.crossings)
        for layer in Set(loops.all.lazy.map(\.layer)) { result.contours.layers[layer] = drawing.layer(layer).name }
        guard loops.duplicates > 0 else { return }
        var places = [Int32](repeating: -1, count: loops.all.count)
        var count: Int32 = 0
        for (index, loop) in loops.all.enumerated() where !loop.isDuplicate {
            places[index] = count
            count += 1
        }
        for index in result.contours.loops.indices where result.contours.loops[index].parent >= 0 {
            result.contours.loops[index].parent = places[Int(result.contours.loops[index].parent)]
        }
        for index in result.contours.crossings.indices {
            let crossing = result.contours.crossings[index]
            result.contours.crossings[index].one = places[Int(crossing.one)]
            result.contours.crossings[index].two = places[Int(crossing.two)]
        }
        result.contours.selfCrossings = Dictionary(
            uniqueKeysWithValues: loops.nesting.selfCrossings.map { (Int(places[$0.key]), $0.value) })
    }

    /// Adds a closed contour, which is material or a hole by the parity of its depth.
    private mutating func add(_ loop: Loop) {
        result.closed += 1
        guard loop.hasArea else { return result.noAreaLoops += 1 }
        let area = loop.area * scale * scale
        if loop.depth == 0 { result.grossAreaMM2 += area }
        if loop.isOutline {
            result.outer += 1
            result.netAreaMM2 += area
        } else {
            result.holes += 1
            result.netAreaMM2 -= area
        }
        if loop.isCircle {
            result.circles += 1
            result.minCircleDiameterMM = min(result.minCircleDiameterMM ?? .infinity, loop.diameter * scale)
        }
    }
}
