import Store
import Values

extension Child {
    /// The files of a record of a noun, which gets the verbs `attach`, `files`, `detach` and `extract` by it. Its table is referred to by a
    /// column of `file`.
    static func files(of noun: String) -> Child {
        files(named: "file", of: noun)
    }

    /// The files of a part, which are also files of its project.
    static let filesOfPart = files(named: "part_file", of: "part", isShown: false)

    private static func files(named name: String, of owner: String, isShown: Bool = true) -> Child {
        Child(
            name, "The files of \(article(owner))", in: "file", of: "\(owner)_id",
            joining: "LEFT JOIN aux_drawing AS drawing ON drawing.sha256 = coalesce(file.measured_as, file.sha256)",
            [Field("name", String.self), Field("kind", FileKind.self), Field("bytes", Int.self)], ordered: .by("name"),
            unlisted: [
                Field("sha256", String.self), Field("added_at", Moment.self), Field("measured_as", String.self),
                Field("width_mm", Length.self, sql: "drawing.width_um"), Field("height_mm", Length.self, sql: "drawing.height_um"),
                Field("cut_length_mm", Length.self, sql: "drawing.cut_length_um"), Field("pierces", Int.self, sql: "drawing.pierces"),
                Field("open_contours", Int.self, sql: "drawing.open_contours"),
                Field("project", Int.self, sql: "file.project_id"),
                Field("part", Int.self, sql: "(SELECT number FROM part WHERE part.id = file.part_id)"),
            ], isShown: isShown, searched: isShown ? ["name"] : [])
    }
}

extension Noun {
    /// Whether its records have files.
    package var hasFiles: Bool { children.contains { $0.table == "file" } }

    /// The column of `file` that refers to its records.
    var fileColumn: String { path("file").child.parent }
}
