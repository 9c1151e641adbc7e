import Store
import Values

extension Shop {
    package static let presetDifferences = [Heading("field", .text), Heading("first", .text), Heading("second", .text)]

    /// What differs between two presets, field by field. Where they come from is no setting of a machine, so that it is left out.
    package func differences(ofPresets first: RecordID, _ second: RecordID) throws -> Listing {
        let fields = [Noun.preset.codeField] + Noun.preset.fields
        let rows = try [first, second].map { try show(.preset, $0.id).firstRow() }
        let unequal = fields.indices.filter { !["source", "created_by"].contains(fields[$0].name) && rows[0][$0] != rows[1][$0] }
        return Listing(Shop.presetDifferences, unequal.map { [.text(fields[$0].name), rows[0][$0], rows[1][$0]] })
    }
}

extension Listing {
    fileprivate func firstRow() throws -> [DisplayValue] {
        var first: [DisplayValue] = []
        try kept().each { if first.isEmpty { first = $0 } }
        return first
    }
}
