extension Drawing {
    /// Gives the same number, the first one, to names that differ only in case beyond ASCII or in the encoding of characters. This has to
    /// follow reading, because the code page is known only then.
    mutating func mergeNames() {
        let numbers = mergedNumbers()
        guard !numbers.isEmpty else { return }
        func merged(_ number: UInt32) -> UInt32 { numbers[number] ?? number }
        layerTable = Self.rekeyed(layerTable, merged)
        blocks = Self.rekeyed(blocks, merged)
        func merge(_ entity: inout Entity) {
            entity.layer = merged(entity.layer)
            entity.name = merged(entity.name)
            guard entity.kind == .insert else { return }
            let lineType = Int(entity.first + entity.count) - 1
            values[lineType] = Double(merged(UInt32(values[lineType])))
        }
        for index in model.indices { merge(&model[index]) }
        for index in blockEntities.indices { merge(&blockEntities[index]) }
    }

    /// Returns for each number of a repeated name the earlier number. Names are compared in lower case, which preserves the number of
    /// characters: ß in upper case is SS.
    private func mergedNumbers() -> [UInt32: UInt32] {
        func isPlain(_ number: UInt32) -> Bool { names.raw(number).allSatisfy { $0 < 0x80 && $0 != 0x5C } }
        let all = 0..<UInt32(names.count)
        guard !all.allSatisfy(isPlain) else { return [:] }
        var first: [String: UInt32] = [:]
        var numbers: [UInt32: UInt32] = [:]
        for number in all {
            let name = decoded(names.raw(number)).lowercased()
            if let earlier = first[name] { numbers[number] = earlier } else { first[name] = number }
        }
        return numbers
    }

    /// Replaces the keys of a table. The first value of merged keys is kept.
    private static func rekeyed<Value>(_ table: [UInt32: Value], _ merged: (UInt32) -> UInt32) -> [UInt32: Value] {
        Dictionary(table.sorted { $0.key < $1.key }.map { (merged($0.key), $0.value) }) { first, _ in first }
    }
}
