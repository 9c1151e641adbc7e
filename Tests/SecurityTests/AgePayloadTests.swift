import Testing
import Values

@testable import Security

@Suite struct AgePayloadTests {
    @Test(arguments: [0, 1, 2, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 500_000])
    func whatIsWrittenIsRead(_ count: Int) throws {
        let plain = Age.sample(count)
        for pieces in [1_000, 65_536, 70_001, Int.max] {
            let sealed = try Age.seal(plain, pieces: pieces)
            #expect(try Age.open(sealed, pieces: pieces) == plain, "\(pieces)")
            let chunks = max(1, (count + 65_535) / 65_536)
            #expect(Age.parts(sealed).chunks.joined().count == count + 16 * chunks)
        }
    }

    @Test func bytesOneByOneAreRead() throws {
        let plain = Age.sample(70_000)
        #expect(try Age.open(Age.seal(plain, pieces: 1), pieces: 1) == plain)
    }

    @Test func theWriterReadsItsFileWithoutAnIdentity() throws {
        let out = Bytes(), plain = Age.sample(100_000)
        let writer = try AgeWriter(to: [AgeIdentity.generate().recipient]) { out.all += $0 }
        try Age.fill(writer, plain, pieces: 3_000)
        #expect(try Age.open(out.all, key: .fileKey(writer.fileKey)) == plain)
        let other = try AgeWriter(to: [Age.identity.recipient]) { _ in }
        #expect(Age.refusal(out.all, key: .fileKey(other.fileKey)) == "the header of a.age is damaged")
    }

    @Test func everyFlippedBitIsRefused() throws {
        let sealed = try Age.seal(Array("laser".utf8))
        for i in sealed.indices {
            for bit in [0, 5, 7] {
                var other = sealed
                other[i] ^= 1 << UInt8(bit)
                #expect(Age.refusal(other) != nil, "byte \(i), bit \(bit)")
            }
        }
    }

    @Test func everyCutIsRefused() throws {
        let sealed = try Age.seal(Array("laser".utf8))
        for count in 0..<sealed.count { #expect(Age.refusal(Array(sealed[..<count])) != nil, "\(count)") }
        #expect(Age.refusal(sealed + [0]) == "a.age is damaged in chunk 1")
    }

    @Test func cutsAtAndAroundChunksAreRefused() throws {
        let (head, chunks) = Age.parts(try Age.seal(Age.sample(200_000)))
        for (count, number) in [(1, 1), (2, 2), (3, 3)] {
            let whole = Array(head + chunks[..<count].joined())
            #expect(Age.refusal(whole) == "a.age is cut short after \(number == 1 ? "its header" : "chunk \(number - 1)")")
            for step in [-1, 1, 15, 16, 17] {
                #expect(Age.refusal(step < 0 ? whole.dropLast() : whole + chunks[count].prefix(step)) != nil, "\(count), \(step)")
            }
        }
    }

    @Test func chunksInAnotherOrderAreRefused() throws {
        let (head, c) = Age.parts(try Age.seal(Age.sample(4 * 65_536)))
        func file(_ order: [Int]) -> [UInt8] { Array(head + order.map { c[$0] }.joined()) }
        #expect(Age.refusal(file([0, 1, 2, 3])) == nil)
        #expect(Age.refusal(file([1, 0, 2, 3])) == "a.age is damaged in chunk 1")
        #expect(Age.refusal(file([0, 0, 1, 2, 3])) == "a.age is damaged in chunk 2")
        #expect(Age.refusal(file([0, 2, 3])) == "a.age is damaged in chunk 2")
        #expect(Age.refusal(file([0, 1, 3])) == "a.age is damaged in chunk 3")
        #expect(Age.refusal(file([0, 1, 2, 3, 3])) == "a.age has bytes after its end")
        #expect(Age.refusal(file([0, 1, 2, 3]) + [0]) == "a.age has bytes after its end")
    }

    @Test func noByteOfADamagedChunkIsGivenOut() throws {
        var sealed = try Age.seal(Age.sample(200_000))
        sealed[sealed.count - 5] ^= 1
        var rest = sealed[...], given = 0
        let reader = try AgeReader(
            name: "a.age",
            source: { buffer in
                let count = min(buffer.count, rest.count)
                buffer.copyBytes(from: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }, key: .identities([Age.identity]))
        #expect(throws: Failure.self) { while let block = try reader.next() { given += block.count } }
        #expect(given == 3 * 65_536)
    }

    @Test func anEmptyLastChunkIsRefused() throws {
        let out = Bytes(), writer = try AgeWriter(to: [Age.identity.recipient]) { out.all += $0 }
        try Age.fill(writer, Age.sample(65_536), pieces: .max)
        let head = Age.parts(out.all).head
        let cipher = try AgeCipher(
            key: AgeCrypto.hkdf(writer.fileKey.secret, salt: Array(head.suffix(16)), info: "payload"), encrypts: true)
        func seal(_ plain: [UInt8], _ index: UInt64, isLast: Bool) throws -> [UInt8] {
            var sealed = [UInt8](repeating: 0, count: plain.count + 16)
            try sealed.withUnsafeMutableBytes { out in
                try plain.withUnsafeBytes { try cipher.seal($0, nonce: AgeNonce(index: index).bytes(isLast: isLast), into: out) }
            }
            return sealed
        }
        let first = try seal(Age.sample(65_536), 0, isLast: false)
        #expect(Age.refusal(head + first + (try seal([1], 1, isLast: true))) == nil)
        #expect(Age.refusal(head + first + (try seal([], 1, isLast: true))) == "a.age ends with an empty chunk")
    }
}
