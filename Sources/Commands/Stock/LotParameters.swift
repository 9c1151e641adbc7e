import Console
import Shop
import Values

/// What is said of sheets that make a lot when they come.
enum LotParameters {
    static let reference = Option<Line>("--reference TEXT", "the number of the delivery note")
    static let lot = Flag("--lot", "make a lot of the sheets, with a code of its own")
    private static let heat = Option<Line>("--heat NUMBER", "the heat number of their certificate")
    private static let size = Option<Size>("--size SIZE", "width x height in mm, where it is not that of the item")
    private static let grade = Option<Line>("--grade GRADE", "the grade, where it is not that of the item")
    private static let grain = Option<Grain>("--grain width|height", "the side along which their grain lies")
    private static let location = Option<Line>("--location PLACE", "where they are")
    private static let certificate = Option<String>("--certificate FILE", "attach their certificate to the lot", from: .files)

    private static let details: [any Parameter] = [heat, size, grade, grain, location, certificate]
    static let all: [any Parameter] = [lot] + details
    static let relations: [Relation] = details.map { .needs($0.spec.name, lot.spec.name) }

    /// The lot that is to be made; nil if none is.
    static func new(_ call: Call) -> NewLot? {
        guard call[lot] else { return nil }
        return NewLot(
            heat: call[heat]?.text, size: call[size], grade: call[grade]?.text, grain: call[grain], location: call[location]?.text)
    }

    /// Reads the certificate before the lock is taken; empty if there is none.
    static func certificate(_ call: Call, _ shop: Shop) throws -> [NewFile] {
        guard let file = call[certificate] else { return [] }
        return try FileIntake(shop).look(at: [.init(typed: file, path: call.environment.path(file))], kind: .certificate)
    }

    static func attach(_ certificate: [NewFile], to lot: RecordID?, _ shop: Shop) throws {
        if let lot, !certificate.isEmpty { _ = try shop.attach(certificate, to: lot, of: .lot) }
    }
}
