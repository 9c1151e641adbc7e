import Values

/// The name of an archive: `laseros-20261201T020000Z-5f0c9a1e-3b1d0c5e8f42.tar.zst`, with `.age` behind it if it is encrypted.
package struct BackupName: Equatable, Sendable {
    /// When the database was copied, in whole seconds.
    package var at: Moment
    /// The id of the shop; see `Shop.backupID`.
    package var shop: String
    /// The first digits of the SHA-256 of the archive's own bytes. So it can be proved whole without its key.
    package var digest: String
    package var isEncrypted: Bool

    package init(at: Moment, shop: String, digest: String, isEncrypted: Bool) {
        self.at = Moment(ms: at.ms - (at.ms % 1000 + 1000) % 1000)
        (self.shop, self.digest, self.isEncrypted) = (shop, String(digest.prefix(BackupName.digestDigits)), isEncrypted)
    }

    static let shopDigits = 8, digestDigits = 12
    private static let start = "laseros-", end = ".tar.zst", encryptedEnd = ".tar.zst.age"

    /// - Returns: nil for a name that laseros gives to no archive.
    package init?(_ name: String) {
        isEncrypted = name.hasSuffix(BackupName.encryptedEnd)
        let end = isEncrypted ? BackupName.encryptedEnd : BackupName.end
        guard name.hasPrefix(BackupName.start), name.hasSuffix(end) else { return nil }
        let parts = name.dropFirst(BackupName.start.count).dropLast(end.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let at = BackupName.moment(parts[0]) else { return nil }
        (self.at, shop, digest) = (at, String(parts[1]), String(parts[2]))
        func isHexadecimal(_ text: String) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
        guard shop.utf8.count == BackupName.shopDigits, digest.utf8.count == BackupName.digestDigits, isHexadecimal(shop + digest),
            text == name
        else { return nil }
    }

    package var text: String {
        let ending = isEncrypted ? BackupName.encryptedEnd : BackupName.end
        return "\(BackupName.start)\(BackupName.stamp(at))-\(shop)-\(digest)\(ending)"
    }

    /// `20261201T020000Z`
    static func stamp(_ moment: Moment) -> String {
        String(moment.description.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }

    private static func moment(_ stamp: Substring) -> Moment? {
        let c = Array(stamp)
        guard c.count == 16, c[8] == "T", c[15] == "Z" else { return nil }
        func part(_ range: Range<Int>) -> String { String(c[range]) }
        return Moment(
            reading: "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).000Z")
    }
}
