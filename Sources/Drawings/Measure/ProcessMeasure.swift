extension Measuring {
    /// Measures lengths by layer, and the contours of each layer by itself.
    mutating func measureLayers(_ duplicates: Duplicates, whole: Chaining) {
        var lengths: [UInt32: Double] = [:]
        for edge in geometry.edges { lengths[edge.layer, default: 0] += geometry.length(edge) }
        let chains = chains(duplicates, whole) { $0.layer }
        var hidden: [UInt32: (entities: Int, length: Double)] = [:]
        for (style, sum) in geometry.hidden {
            let layer = geometry.styles[Int(style)].layer, before = hidden[layer] ?? (0, 0)
            hidden[layer] = (before.entities + sum.entities, before.length + sum.length)
        }
        let processes = mainProcesses()
        for layer in Set(lengths.keys).union(hidden.keys).sorted() {
            let own = chains[layer] ?? [], covered = hidden[layer] ?? (0, 0)
            result.hiddenLengthMM += covered.length * scale
            result.layers.append(
                Measurement.LayerMeasure(
                    name: drawing.layer(layer).name, lengthMM: (lengths[layer] ?? 0) * scale, contours: own.count,
                    closed: own.count(where: \.isClosed), hidden: covered.entities, hiddenLengthMM: covered.length * scale,
                    process: processes[layer] ?? .cut))
        }
    }

    /// Returns the process of most of the length of each layer, hidden or not.
    private func mainProcesses() -> [UInt32: Process] {
        var byStyle = [Double](repeating: 0, count: geometry.styles.count)
        for edge in geometry.edges { byStyle[Int(edge.style)] += geometry.length(edge) }
        var best: [UInt32: (length: Double, process: Process)] = [:]
        for (number, style) in geometry.styles.enumerated() {
            let length = byStyle[number] + (geometry.hidden[UInt16(number)]?.length ?? 0)
            if let known = best[style.layer], known.length >= length { continue }
            best[style.layer] = (length, style.process)
        }
        return best.mapValues(\.process)
    }

    /// Measures the length of each process, the contours of its lines, and what was left out.
    mutating func measureProcesses(_ duplicates: Duplicates, whole: Chaining) {
        var lengths: [Process: Double] = [:]
        for edge in geometry.edges { lengths[geometry.process(of: edge), default: 0] += geometry.length(edge) }
        let styles = geometry.styles, chains = chains(duplicates, whole) { styles.isEmpty ? .cut : styles[Int($0.style)].process }
        for process in Process.allCases {
            guard let length = lengths[process] else { continue }
            let own = chains[process] ?? []
            result.processes.append(
                Measurement.ProcessMeasure(
                    process: process, lengthMM: length * scale, contours: own.count, closed: own.count(where: \.isClosed)))
        }
        for process in Process.allCases {
            let sums = geometry.passed.filter { geometry.styles[Int($0.key)].process == process }.values
            guard !sums.isEmpty else { continue }
            result.passed.append(
                Measurement.Passed(
                    process: process, entities: sums.reduce(0) { $0 + $1.entities }, lengthMM: sums.reduce(0) { $0 + $1.length } * scale))
        }
    }

    /// Returns the chains of the edges with the same key; those of the whole drawing if there is one key only.
    private mutating func chains<Key: Hashable>(
        _ duplicates: Duplicates, _ whole: Chaining, by key: (Edge) -> Key
    ) -> [Key: [Chaining.Chain]] {
        guard let first = geometry.edges.first.map(key) else { return [:] }
        if geometry.edges.allSatisfy({ key($0) == first }) { return [first: whole.chains] }
        var edges: [Key: [Int32]] = [:]
        for (number, edge) in geometry.edges.enumerated() where duplicates.isKeptOnLayer(number) {
            edges[key(edge), default: []].append(Int32(truncatingIfNeeded: number))
        }
        return edges.mapValues { chaining($0).chains }
    }

    /// Returns the contours of these edges by themselves. The result is cached, because the cut lines are often exactly one layer.
    mutating func chaining(_ edges: [Int32]) -> Chaining {
        let first = edges.first ?? -1
        if let known = chainings[first]?.first(where: { $0.edges == edges }) { return known.chaining }
        let new = Chaining(geometry, edges: edges, tolerance: tolerance)
        chainings[first, default: []].append((edges, new))
        return new
    }
}

/// All lines of one layer, line type and colour.
package struct StyleMeasure: Sendable {
    package let layer: String
    package let lineType: String
    /// AutoCAD's colour index.
    package let color: Int
    package let process: Process
    /// The length that is included in the total.
    package let lengthMM: Double
    package let entities: Int
    /// The number of contours of its own lines.
    package let contours: Int
    package let closed: Int
    /// The number of hidden entities and their length, whether or not they are included.
    package let hidden: Int
    package let hiddenLengthMM: Double
}

extension Measurement {
    /// The lines by layer, line type and colour, in the order in which they first occur.
    package var styles: [StyleMeasure] {
        var (lengths, counts) = ([Double](repeating: 0, count: geometry.styles.count), [Int](repeating: 0, count: geometry.styles.count))
        var edges = [[Int32]](repeating: [], count: geometry.styles.count)
        for (number, edge) in geometry.edges.enumerated() {
            lengths[Int(edge.style)] += geometry.length(edge)
            counts[Int(edge.style)] += 1
            if duplicates.isKeptOnLayer(number) { edges[Int(edge.style)].append(Int32(truncatingIfNeeded: number)) }
        }
        return geometry.styles.enumerated().compactMap { number, style in
            let hidden = geometry.hidden[UInt16(number)] ?? (0, 0)
            guard counts[number] > 0 || hidden.entities > 0 else { return nil }
            let chains = Chaining(geometry, edges: edges[number], tolerance: toleranceMM / mmPerUnit).chains
            return StyleMeasure(
                layer: layerNames[style.layer] ?? "", lineType: style.lineType, color: style.color, process: style.process,
                lengthMM: lengths[number] * mmPerUnit, entities: counts[number], contours: chains.count,
                closed: chains.count(where: \.isClosed), hidden: hidden.entities, hiddenLengthMM: hidden.length * mmPerUnit)
        }
    }
}
