/// Compound files (MS-CFB): what Office wrote before 2007, and the envelope of the encrypted files it writes since.
package enum CompoundFile {
    private static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// The stream that holds an encrypted file (MS-OFFCRYPTO, section 2.3.4.4), as the directory spells its name.
    private static let encryptedStream: [UInt8] = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

    /// Why a compound file cannot be read; `nil` when the bytes are something else.
    ///
    /// - Complexity: O(n) for a compound file, else O(1).
    package static func failure(of bytes: UnsafeRawBufferPointer) -> FormatFailure? {
        guard bytes.starts(with: magic) else { return nil }
        // Entries of the directory begin at multiples of 128 bytes.
        for offset in stride(from: 0, through: bytes.count - encryptedStream.count, by: 128)
        where bytes[offset] == encryptedStream[0] && bytes[offset...].starts(with: encryptedStream) {
            return .passwordProtected
        }
        return .damaged("it is an older binary office file")
    }
}
