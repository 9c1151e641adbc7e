import Testing
import Values

@testable import Shop

@Suite struct BackupNameTests {
    @Test func namesAreReadAsTheyAreWritten() throws {
        for (isEncrypted, ending) in [(false, ".tar.zst"), (true, ".tar.zst.age")] {
            let name = BackupName(
                at: Moment(ms: 1_796_090_400_789), shop: "5f0c9a1e", digest: "3b1d0c5e8f42" + String(repeating: "a", count: 52),
                isEncrypted: isEncrypted)
            #expect(name.text == "laseros-20261201T020000Z-5f0c9a1e-3b1d0c5e8f42\(ending)")
            #expect(BackupName(name.text) == name)
        }
    }

    @Test(arguments: [
        "laseros-20261201T020000Z-5f0c9a1e-3b1d0c5e8f42.tar.gz", "laseros-20261201T020000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst.part",
        "backup-20261201T020000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst", "laseros-20261301T020000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst",
        "laseros-20261201T250000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst", "laseros-20261201T020000-5f0c9a1e-3b1d0c5e8f42.tar.zst",
        "laseros-20261201T020000Z-5f0c9a1e-3b1d0c5e8f4.tar.zst", "laseros-20261201T020000Z-5F0C9A1E-3b1d0c5e8f42.tar.zst",
        "laseros-20261201T020000Z-5f0c9a1e-3b1d0c5e8f42-x.tar.zst", "laseros-20261201T020000Z--3b1d0c5e8f42.tar.zst", "laseros.db", "",
        "laseros-20260230T020000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst", "laseros-20261201 020000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst",
    ]) func othersAreLeftAside(_ name: String) { #expect(BackupName(name) == nil) }
}
