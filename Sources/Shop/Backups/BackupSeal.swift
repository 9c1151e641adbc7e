import Values

/// Encrypts archives.
package struct BackupSeal {
    func sealing(_ sink: File.Sink, _ body: (File.Sink) throws -> Void) throws -> BackupKey { fatalError() }
}

/// The key of one archive.
package struct BackupKey {}

/// What opens encrypted archives.
package enum BackupOpener {
    case key(BackupKey)

    /// The bytes of the tar file that zstd has compressed.
    static func plain(_ source: BackupSource, _ opener: BackupOpener?) throws -> () throws -> UnsafeRawBufferPointer {
        { try source.next() }
    }
}
