/// Whether bytes equal a word, which is in capitals, ignoring case.
@inline(__always)
func isWord(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard bytes.count == word.utf8CodeUnitCount else { return false }
    let known = word.utf8Start
    for index in 0..<bytes.count where bytes[index] != known[index] {
        guard bytes[index] &- 0x61 < 26, bytes[index] &- 0x20 == known[index] else { return false }
    }
    return true
}
