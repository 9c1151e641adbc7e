import Bounds
import Drawings
import Values

/// The bytes before the input of the fuzzer, which select the reader.
#if BINARY
    private let head = Array("AutoCAD Binary DXF\r\n\u{1A}\u{0}".utf8)
#else
    private let head: [UInt8] = []
#endif

/// Does everything that a user can do with a drawing from a client: reads, measures, checks and outlines it.
private func work(on bytes: [UInt8]) {
    do {
        let drawing = try Drawing(reading: bytes, mostCopies: 20_000)
        _ = (drawing.layers, drawing.texts, drawing.notes)
        for hidden in [false, true] {
            let measured = try drawing.measure(Measure.Options(hidden: hidden, mostCopies: 20_000))
            guard !hidden else { continue }
            _ = drawing.check(measured, Check.Limits(thicknessMM: 3, bedWidthMM: 3000, bedHeightMM: 1500))
            _ = measured.outlines()
        }
    } catch {
        // A refusal with a message is a correct result.
        precondition(error is Failure)
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = head + UnsafeBufferPointer(start: start, count: count)
    bounds_begin()
    work(on: bytes)
    bounds_end(bytes.count)
    return 0
}
