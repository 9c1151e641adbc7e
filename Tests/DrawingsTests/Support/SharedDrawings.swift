import FoundationEssentials
import Glibc
import Testing

/// Real drawings measured by another program. They stand beside the project, in `../shared/dxf`, and are no part of it: where they are not,
/// the tests that compare with them say that they are skipped. With `CI` set, as `.ci/run` does, they are run all the same, and fail.
enum SharedDrawings {
    static let folder = Paths.package + "/../shared/dxf"
    static let truth = folder + "/truth.jsonl"

    static let areDemanded = getenv("CI").map { String(cString: $0) }.map { !$0.isEmpty && $0 != "false" } ?? false
    static let areThere = FileManager.default.fileExists(atPath: truth)
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where the shared drawings are not there.
    static var sharedDrawings: Self {
        .enabled(if: SharedDrawings.areThere || SharedDrawings.areDemanded, "\(SharedDrawings.folder) is not there: nothing was compared")
    }
}
