import FoundationEssentials
import Glibc
import Testing

/// Real drawings measured by another program. They are beside the project, in `../shared/dxf`, and not part of it. Without them the tests
/// that need them are reported as skipped. With `CI` set, as by `.ci/run`, these tests are run nevertheless, and fail.
enum SharedDrawings {
    static let folder = Paths.package + "/../shared/dxf"
    static let truth = folder + "/truth.jsonl"

    static let areDemanded = getenv("CI").map { String(cString: $0) }.map { !$0.isEmpty && $0 != "false" } ?? false
    static let areThere = FileManager.default.fileExists(atPath: truth)
}

extension Trait where Self == ConditionTrait {
    /// Skips a test if the shared drawings are missing.
    static var sharedDrawings: Self {
        .enabled(if: SharedDrawings.areThere || SharedDrawings.areDemanded, "\(SharedDrawings.folder) is not there: nothing was compared")
    }
}
