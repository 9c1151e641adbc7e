import Drawings
import FoundationEssentials
import Testing
import Values

/// The seeds of the fuzzers and the inputs that once failed are read, measured and checked, or refused with a message.
struct HostileTests {
    private static let folder = Paths.package + "/Fuzz"

    private static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Self.folder + "/" + folder)) ?? []
        return names.sorted().map { Self.folder + "/" + folder + "/" + $0 }
    }

    /// Reads a file as the fuzzers do: binary drawings have no sentinel in the file.
    private func work(on path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let head = path.hasSuffix(".bdxf") ? Array("AutoCAD Binary DXF\r\n\u{1A}\u{0}".utf8) : []
        do {
            let drawing = try Drawing(reading: head + bytes, mostCopies: 20_000)
            let measured = try drawing.measure(Measure.Options(mostCopies: 20_000))
            _ = drawing.check(measured, Check.Limits(thicknessMM: 3, bedWidthMM: 3000, bedHeightMM: 1500))
            _ = measured.outlines()
            _ = try drawing.measure(Measure.Options(hidden: true, mostCopies: 20_000))
        } catch {
            #expect(error is Failure, "\(path): \(error)")
        }
    }

    @Test(arguments: ["corpus/ascii", "corpus/binary", "corpus/lbrn"]) func seedsAreRead(folder: String) throws {
        let files = Self.files(in: folder)
        #expect(!files.isEmpty)
        for path in files { try work(on: path) }
    }

    @Test func inputsThatOnceFailedAreRead() throws {
        let files = Self.files(in: "regressions").filter { !$0.hasSuffix(".md") }
        #expect(!files.isEmpty)
        for path in files {
            let clock = ContinuousClock()
            let took = try clock.measure { try work(on: path) }
            #expect(took < .seconds(20), "\(path) took \(took)")
        }
    }

    /// Seeds of each kind, truncated at many places: a truncated file is read as far as possible.
    @Test(arguments: ["ascii/0006-Nameplate-Brass-1.5mm-x50.dxf", "lbrn/path.lbrn2"]) func truncatedFilesAreRead(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.folder + "/corpus/" + name)))
        for count in stride(from: 1, to: bytes.count, by: 37) {
            do { _ = try Drawing(reading: Array(bytes[..<count])).measure() } catch { #expect(error is Failure) }
        }
    }
}
